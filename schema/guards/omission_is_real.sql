-- code: omission_is_real
-- title: An account that leaves a claim out does not have the words that carry it elsewhere
-- severity: error
-- stage: 4
-- unless: omissions_are_right
-- hint: Attest the claim with the statement named; or quote more of the other account, so that the difference shows.
WITH wanted AS (
  SELECT DISTINCT o.claim_id, o.source_id, w.quoted_id, w.word FROM omissions AS o JOIN quoted_words AS w ON w.claim_id = o.claim_id),
numbers AS (SELECT claim_id, source_id, quoted_id, count(*) AS number FROM wanted GROUP BY claim_id, source_id, quoted_id HAVING count(*) >= 5),
shared AS (
  SELECT w.claim_id, w.source_id, w.quoted_id, v.statement_id, count(*) AS number
  FROM wanted AS w JOIN statement_words AS v ON v.source_id = w.source_id AND v.word = w.word
  GROUP BY w.claim_id, w.source_id, w.quoted_id, v.statement_id)
SELECT 'claims' AS table_name, n.claim_id AS record_id, 'attestations' AS field,
  '`' || n.source_id || '` counts as leaving it out, but `' || min(h.statement_id) || '` has the words that carry it in `' || min(n.quoted_id) || '`' AS message
FROM numbers AS n JOIN shared AS h ON h.claim_id = n.claim_id AND h.source_id = n.source_id AND h.quoted_id = n.quoted_id
WHERE h.number * 10 >= n.number * 9 AND split_part(n.claim_id, '.', 1) NOT IN (SELECT event_id FROM incomplete_events)
GROUP BY n.claim_id, n.source_id
UNION ALL
SELECT 'claims', o.claim_id, 'attestations',
  '`' || o.source_id || '` counts as leaving it out, but “' || min(a.quote) || '” stands in `' || min(s.statement_id) || '` and is attested there for no claim'
FROM omissions AS o JOIN attestations AS a ON a.claim_id = o.claim_id JOIN statements AS s ON s.source_id = o.source_id
WHERE strpos(lower(s.exact), lower(a.quote)) > 0
  AND NOT EXISTS (SELECT 1 FROM attestations AS b WHERE b.statement_id = s.statement_id AND strpos(lower(b.quote), lower(a.quote)) > 0)
  AND split_part(o.claim_id, '.', 1) NOT IN (SELECT event_id FROM incomplete_events)
GROUP BY o.claim_id, o.source_id
