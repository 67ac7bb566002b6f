-- code: relay_is_evidenced
-- title: A relaying account names the publisher that it relays, or repeats its words
-- severity: error
-- kind: review
-- stage: 3
-- hint: Use `relays` only if the text names the other publisher or repeats its statements word for word; otherwise delete it.
WITH unnamed AS (
  SELECT s.source_id, s.relays FROM sources AS s JOIN sources AS o ON o.source_id = s.relays JOIN captures AS c ON c.source_id = s.source_id
  WHERE NOT EXISTS (SELECT 1 FROM agent_names AS n WHERE n.agent_id = o.publisher_id AND strpos(lower(c.text), lower(n.name)) > 0)),
-- Each relaying account with the texts of the account that it relays, so that no text is searched in all accounts.
relayed AS (SELECT DISTINCT u.source_id, b.text FROM unnamed AS u JOIN statements AS b ON b.source_id = u.relays),
counted AS (
  SELECT a.source_id, count(*) AS number, count(r.text) AS repeated
  FROM statements AS a LEFT JOIN relayed AS r ON r.source_id = a.source_id AND r.text = a.text
  WHERE a.source_id IN (SELECT source_id FROM unnamed) GROUP BY a.source_id)
SELECT 'sources' AS table_name, u.source_id AS record_id, 'relays' AS field,
  'the text neither names the publisher of `' || u.relays || '` nor repeats its statements' AS message
FROM unnamed AS u JOIN counted AS k ON k.source_id = u.source_id
WHERE k.number > 2 * k.repeated
