-- code: name_is_attested
-- title: Every name stands, letter for letter, in a capture or in an evidence field
-- severity: error
-- stage: 2
-- hint: Write the name as a source prints it, or name it in the evidence that it is known from.
WITH referred AS (
  SELECT agent_id FROM agent_sources UNION SELECT organization_id FROM offices WHERE organization_id IS NOT NULL)
SELECT 'agents' AS table_name, u.agent_id AS record_id, u.field,
  CASE WHEN max(r.agent_id) IS NULL THEN 'nothing refers to the agent, so no capture attests the name ' ELSE 'in no capture of a source that has to do with the agent, and in no evidence, stands ' END
    || '“' || min(u.name) || '”' || CASE WHEN count(*) > 1 THEN ' and “' || max(u.name) || '”' ELSE '' END || CASE WHEN count(*) > 2 THEN ' and more' ELSE '' END AS message
FROM unattested_names AS u LEFT JOIN referred AS r ON r.agent_id = u.agent_id
WHERE u.field = 'name' OR r.agent_id IS NOT NULL
GROUP BY u.agent_id, u.field
