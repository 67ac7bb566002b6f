-- code: relay_is_evidenced
-- title: A relaying account names the publisher that it relays, or has its words
-- severity: error
-- stage: 3
-- hint: Name as relayed only an account whose publisher the text names, or whose statements it repeats word for word; else delete the line relays.
WITH repeated AS (
  SELECT DISTINCT a.statement_id FROM sources AS s JOIN statements AS a ON a.source_id = s.source_id JOIN statements AS b ON b.source_id = s.relays AND b.text = a.text),
counted AS (
  SELECT a.source_id, count(*) AS number, count(r.statement_id) AS repeated FROM statements AS a LEFT JOIN repeated AS r ON r.statement_id = a.statement_id GROUP BY a.source_id)
SELECT 'sources' AS table_name, s.source_id AS record_id, 'relays' AS field, 'the text neither names the publisher of `' || s.relays || '` nor repeats its statements' AS message
FROM sources AS s JOIN sources AS o ON o.source_id = s.relays JOIN captures AS c ON c.source_id = s.source_id JOIN counted AS k ON k.source_id = s.source_id
WHERE NOT EXISTS (SELECT 1 FROM agent_names AS n WHERE n.agent_id = o.publisher_id AND strpos(lower(c.text), lower(n.name)) > 0)
  AND k.number > 2 * k.repeated
