-- code: agent_names_unique
-- title: No two agents share a name, and offices or descriptions are not names
-- severity: error
-- kind: review
-- stage: 2
-- unless: name_is_attested
-- hint: Delete the name here, or merge the two files if they describe the same agent. (Two persons may share a short form.)
SELECT 'agents' AS table_name, n.agent_id AS record_id, n.field,
  'the name “' || n.name || '” also belongs to `' || min(m.agent_id) || '`' AS message
FROM agent_names AS n JOIN agents AS a ON a.agent_id = n.agent_id
JOIN agent_names AS m ON m.needle = n.needle AND m.agent_id <> n.agent_id JOIN agents AS b ON b.agent_id = m.agent_id
WHERE n.field <> 'name' AND (m.field = 'name' OR (a.type = 'person') <> (b.type = 'person'))
  OR n.field = 'name' AND m.field = 'name' AND n.agent_id > m.agent_id
GROUP BY n.agent_id, n.field, n.name
UNION ALL
SELECT 'agents', n.agent_id, n.field, '“' || n.name || '” is not a name → Delete it.'
FROM agent_names AS n
WHERE trim(n.needle) = '' OR trim(n.needle) IN (SELECT word FROM lexicon WHERE list = 'not_names')
UNION ALL
SELECT 'agents', n.agent_id, n.field,
  '“' || n.name || '” is an office or description, not a name → Delete it here; in a statement that uses it, '
  || '`continues` or `antecedent` says who is meant.'
FROM agent_names AS n JOIN agents AS a ON a.agent_id = n.agent_id AND a.type = 'person'
WHERE n.field = 'other_names' AND (regexp_matches(n.needle, ' ' || pattern('en described_as') || ' $')
  OR EXISTS (SELECT 1 FROM offices AS o WHERE o.agent_id = n.agent_id
    AND (lower(o.title) = lower(n.name) OR strpos(lower(o.title), lower(n.name) || ' ') = 1
    OR strpos(lower(o.title) || '|', ' ' || lower(n.name) || '|') > 0)))
