-- code: attestation_fits_claim
-- title: The words that carry a claim have a telling word in common with it
-- severity: error
-- stage: 4
-- unless: attestation_quotes_statement, claim_is_attested
-- hint: Quote enough words for the claim to be known by; name the statement that carries it. (Only English is checked.)
WITH common AS (
  SELECT c.event_id, w.stem FROM claim_words AS w JOIN claims AS c ON c.claim_id = w.claim_id JOIN (SELECT event_id, count(*) AS number FROM claims GROUP BY event_id) AS n ON n.event_id = c.event_id
  GROUP BY c.event_id, w.stem, n.number HAVING count(*) > greatest(3, n.number / 5)),
telling AS (
  SELECT w.claim_id, w.stem, CASE WHEN k.stem IS NULL THEN 1 ELSE 0 END AS rare
  FROM claim_words AS w JOIN claims AS c ON c.claim_id = w.claim_id LEFT JOIN common AS k ON k.event_id = c.event_id AND k.stem = w.stem),
counted AS (SELECT claim_id, max(rare) AS rare FROM telling GROUP BY claim_id),
wanted AS (
  SELECT t.claim_id, t.stem, '' AS quoted_id FROM telling AS t JOIN counted AS n ON n.claim_id = t.claim_id WHERE t.rare = n.rare
  UNION ALL
  SELECT q.claim_id, q.stem, q.quoted_id FROM quoted_words AS q JOIN claims AS c ON c.claim_id = q.claim_id LEFT JOIN common AS k ON k.event_id = c.event_id AND k.stem = q.stem
  WHERE q.stem IS NOT NULL AND k.stem IS NULL),
met AS (
  SELECT DISTINCT q.claim_id, q.quoted_id FROM quoted_words AS q JOIN wanted AS w ON w.claim_id = q.claim_id AND w.stem = q.stem AND w.quoted_id <> q.quoted_id)
SELECT 'attestations' AS table_name, a.claim_id || '/' || a.statement_id AS record_id, 'quote' AS field,
  'nothing in “' || a.quote || '” tells of the claim “' || c.proposition || '”' AS message
FROM attestations AS a JOIN claims AS c ON c.claim_id = a.claim_id JOIN statements AS s ON s.statement_id = a.statement_id
LEFT JOIN met AS m ON m.claim_id = a.claim_id AND m.quoted_id = a.statement_id
WHERE substr(s.language, 1, 2) = 'en' AND m.claim_id IS NULL
