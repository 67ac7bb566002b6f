-- code: names_apart
-- title: A name belongs to one agent, and is a name
-- severity: error
-- stage: 2
-- unless: name_is_attested
-- hint: Two persons may share a short form; the full name of one, or a name of a person, is no other agent’s. A pronoun is no name.
SELECT 'agents' AS table_name, n.agent_id AS record_id, n.field, 'the name “' || n.name || '” is also that of `' || min(m.agent_id) || '`' AS message
FROM agent_names AS n JOIN agents AS a ON a.agent_id = n.agent_id
JOIN agent_names AS m ON m.needle = n.needle AND m.agent_id <> n.agent_id JOIN agents AS b ON b.agent_id = m.agent_id
WHERE n.field <> 'name' AND (m.field = 'name' OR (a.type = 'person') <> (b.type = 'person'))
  OR n.field = 'name' AND m.field = 'name' AND n.agent_id > m.agent_id
GROUP BY n.agent_id, n.field, n.name
UNION ALL
SELECT 'agents', n.agent_id, n.field, '“' || n.name || '” is no name'
FROM agent_names AS n
WHERE trim(n.needle) IN ('', 'he', 'she', 'they', 'it', 'we', 'i', 'you', 'the', 'a', 'an', 'and', 'of', 'in', 'on', 'to', 'that', 'this', 'said', 'il', 'elle', 'ils', 'nous', 'le', 'la', 'les', 'él', 'ella', 'el', 'los')
