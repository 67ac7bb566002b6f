-- code: name_is_attested
-- title: Every name appears, letter for letter, in a captured text or an evidence field
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Write the name as a source prints it, or add it to the evidence.
WITH referred AS (
  SELECT agent_id FROM agent_sources UNION SELECT organization_id FROM offices WHERE organization_id IS NOT NULL)
SELECT 'agents' AS table_name, u.agent_id AS record_id, u.field,
  CASE WHEN max(r.agent_id) IS NULL THEN 'the agent is not used by any statement, source, event or office, so nothing confirms the name '
    ELSE '' END
    || '“' || min(u.name) || '”' || CASE WHEN count(*) > 1 THEN ' and “' || max(u.name) || '”' ELSE '' END
      || CASE WHEN count(*) > 2 THEN ' and more' ELSE '' END
    || CASE WHEN max(r.agent_id) IS NULL THEN ' → Use the agent, or delete its file.'
      WHEN count(*) > 1 THEN ' were not found in a source of the agent or in evidence'
      ELSE ' was not found in a source of the agent or in evidence' END AS message
FROM unattested_names AS u LEFT JOIN referred AS r ON r.agent_id = u.agent_id
WHERE (u.field = 'name' OR r.agent_id IS NOT NULL)
  AND u.agent_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'agents')
  -- the missing evidence may be what confirms the name; that is reported there
  AND u.agent_id NOT IN (SELECT publisher_id FROM sources WHERE publisher_id IS NOT NULL AND publisher_evidence IS NULL)
GROUP BY u.agent_id, u.field
