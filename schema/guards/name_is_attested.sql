-- code: name_is_attested
-- title: Every name stands in a capture or in an evidence field
-- severity: error
-- stage: 2
-- hint: Write the name as a source prints it, or name it in the evidence that it is known from.
SELECT 'agents' AS table_name, n.agent_id AS record_id, n.field, 'the name “' || n.name || '” stands in no capture of a source that has to do with the agent, and in no evidence' AS message
FROM agent_names AS n CROSS JOIN blanks
WHERE NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
  AND NOT EXISTS (SELECT 1 FROM sources AS s WHERE s.publisher_id = n.agent_id AND strpos(translate(lower(s.publisher_evidence), blanks.characters, blanks.spaces), lower(n.name)) > 0)
  AND NOT EXISTS (SELECT 1 FROM agent_captures AS c WHERE c.agent_id = n.agent_id AND strpos(c.text, lower(n.name)) > 0)
  AND NOT EXISTS (SELECT 1 FROM offices AS o WHERE o.organization_id = n.agent_id AND strpos(lower(o.evidence), lower(n.name)) > 0)
  AND NOT EXISTS (SELECT 1 FROM agent_sources AS x WHERE x.agent_id = n.agent_id AND x.source_id NOT IN (SELECT source_id FROM captures))
