-- code: agents_apart
-- title: One agent has one record, and only a person holds an office
-- severity: error
-- kind: proof
-- stage: 2
-- hint: An office belongs to a person and is of an organisation: mend the agent, or its type.
SELECT 'agents' AS table_name, b.agent_id AS record_id, 'wikidata_id' AS field, 'the Wikidata item ' || b.wikidata_id || ' is also that of `' || min(a.agent_id) || '` → One of the two numbers is wrong (write null if you do not know it), or both are one agent: join the files.' AS message
FROM agents AS a JOIN agents AS b ON a.wikidata_id = b.wikidata_id AND a.agent_id < b.agent_id GROUP BY b.agent_id, b.wikidata_id
UNION ALL
SELECT 'offices', o.office_id, 'agent_id', '`' || o.agent_id || '` is no person' FROM offices AS o JOIN agents AS a ON a.agent_id = o.agent_id WHERE a.type <> 'person'
UNION ALL
SELECT 'offices', o.office_id, 'organization_id', '`' || o.organization_id || '` is no organisation' FROM offices AS o JOIN agents AS a ON a.agent_id = o.organization_id WHERE a.type IN ('person', 'news-agency')
