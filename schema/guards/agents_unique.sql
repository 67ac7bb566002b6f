-- code: agents_unique
-- title: Agents are not duplicated, and only persons hold offices
-- severity: error
-- kind: proof
-- stage: 2
-- hint: An office belongs to a person and to an organisation: correct the agent or its type.
SELECT 'agents' AS table_name, b.agent_id AS record_id, 'wikidata_id' AS field,
  'the Wikidata item ' || b.wikidata_id || ' also belongs to `' || min(a.agent_id)
  || '` → Correct the wrong number (null if unknown), or merge the two files if they describe the same agent.' AS message
FROM agents AS a JOIN agents AS b ON a.wikidata_id = b.wikidata_id AND a.agent_id < b.agent_id GROUP BY b.agent_id, b.wikidata_id
UNION ALL
SELECT 'offices', o.office_id, 'agent_id', '`' || o.agent_id || '` is not a person'
FROM offices AS o JOIN agents AS a ON a.agent_id = o.agent_id WHERE a.type <> 'person'
UNION ALL
SELECT 'offices', o.office_id, 'organization_id', '`' || o.organization_id || '` is not an organisation'
FROM offices AS o JOIN agents AS a ON a.agent_id = o.organization_id WHERE a.type IN ('person', 'news-agency')
