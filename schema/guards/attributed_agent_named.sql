-- code: attributed_agent_named
-- title: Every agent of an attribution is named in the source
-- severity: error
-- kind: proof
-- stage: 3
-- unless: reference_resolves
-- hint: Use only agents that the source names; write `agent: null` and the label if the source leaves open who is meant.
WITH parts AS (
  SELECT a.statement_id, a.ordinal, a.agent_id, s.source_id FROM attributions AS a
  JOIN statements_batch AS s ON s.statement_id = a.statement_id
  WHERE a.role <> 'speaker' AND a.agent_id IS NOT NULL AND s.source_id IN (SELECT source_id FROM folded_batch)),
named AS (
  SELECT DISTINCT p.source_id, p.agent_id FROM (SELECT DISTINCT source_id, agent_id FROM parts) AS p
  JOIN folded_batch AS c ON c.source_id = p.source_id JOIN agent_names AS n ON n.agent_id = p.agent_id
  WHERE strpos(c.text, lower(n.name)) > 0)
SELECT 'attributions' AS table_name, p.statement_id || '/' || CAST(p.ordinal AS VARCHAR) AS record_id, 'agent_id' AS field,
  'the source does not name `' || p.agent_id || '`' AS message
FROM parts AS p LEFT JOIN named AS d ON d.source_id = p.source_id AND d.agent_id = p.agent_id
WHERE d.source_id IS NULL
