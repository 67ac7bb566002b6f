-- code: part_is_named
-- title: An agent with a part in a statement is named in the source
-- severity: error
-- stage: 3
-- unless: reference_resolves
-- hint: Give a part only to an agent whom the source names; write `agent: null` and the label if it leaves open who is meant.
SELECT 'attributions' AS table_name, a.statement_id || '/' || CAST(a.ordinal AS VARCHAR) AS record_id, 'agent_id' AS field, 'the source nowhere names `' || a.agent_id || '`' AS message
FROM attributions AS a JOIN statements AS s ON s.statement_id = a.statement_id JOIN folded_captures AS c ON c.source_id = s.source_id
WHERE a.role <> 'speaker' AND a.agent_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM agent_names AS n WHERE n.agent_id = a.agent_id AND strpos(c.text, lower(n.name)) > 0)
