-- code: relay_is_evidenced
-- title: A relaying account names the publisher that it relays, or has its words
-- severity: error
-- stage: 3
-- hint: Name as relayed only an account whose publisher the text names, or whose statements it repeats word for word.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'relays' AS field, 'the text neither names the publisher of `' || s.relays || '` nor repeats its statements' AS message
FROM sources AS s JOIN sources AS o ON o.source_id = s.relays JOIN captures AS c ON c.source_id = s.source_id
WHERE NOT EXISTS (SELECT 1 FROM agent_names AS n WHERE n.agent_id = o.publisher_id AND strpos(lower(c.text), lower(n.name)) > 0)
  AND (SELECT count(*) FROM statements AS a WHERE a.source_id = s.source_id)
    > 2 * (SELECT count(*) FROM statements AS a WHERE a.source_id = s.source_id AND EXISTS (SELECT 1 FROM statements AS b WHERE b.source_id = s.relays AND b.text = a.text))
