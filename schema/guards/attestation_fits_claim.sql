-- code: attestation_fits_claim
-- title: Quoted words have a distinctive word in common with their claim
-- severity: error
-- kind: review
-- stage: 4
-- unless: attestation_quotes_statement, claim_is_attested
-- hint: Quote enough words to recognise the claim, from the statement that makes it. (Only English is checked.)
WITH frequent AS (
  SELECT event_id, stem, count(*) AS number FROM claim_words GROUP BY event_id, stem HAVING count(*) > 3),
common AS (
  SELECT f.event_id, f.stem FROM frequent AS f
  JOIN (SELECT event_id, count(*) AS number FROM claims_batch GROUP BY event_id) AS n ON n.event_id = f.event_id
  WHERE f.number > n.number / 5),
rare AS (
  SELECT w.claim_id, stem_needle(w.stem) AS needle
  FROM claim_words AS w LEFT JOIN common AS k ON k.event_id = w.event_id AND k.stem = w.stem WHERE k.stem IS NULL),
-- One shared word is enough. Two words are looked for first, and the others only if neither occurs.
two AS (
  SELECT claim_id, min(needle) AS first, max(needle) AS last FROM rare GROUP BY claim_id),
english AS (
  SELECT a.claim_id, a.statement_id, ' ' || unmarked(lower(a.quote)) || ' ' AS words
  FROM attestations_batch AS a JOIN statements AS s ON s.statement_id = a.statement_id WHERE substr(s.language, 1, 2) = 'en'),
asked AS (
  SELECT e.claim_id, e.statement_id, e.words, w.claim_id IS NULL AS none_rare
  FROM english AS e LEFT JOIN two AS w ON w.claim_id = e.claim_id
  WHERE w.claim_id IS NULL OR (strpos(e.words, w.first) = 0 AND strpos(e.words, w.last) = 0)),
met AS (
  SELECT DISTINCT e.claim_id, e.statement_id FROM asked AS e JOIN rare AS t ON t.claim_id = e.claim_id WHERE strpos(e.words, t.needle) > 0
  UNION ALL SELECT DISTINCT e.claim_id, e.statement_id FROM asked AS e JOIN claim_words AS w ON w.claim_id = e.claim_id
  WHERE e.none_rare AND strpos(e.words, stem_needle(w.stem)) > 0),
unmet AS (SELECT e.claim_id, e.statement_id FROM asked AS e LEFT JOIN met AS m ON m.claim_id = e.claim_id
  AND m.statement_id = e.statement_id WHERE m.claim_id IS NULL),
-- A distinctive word shared with the words of another statement that carries the claim is enough too.
quoted AS (
  SELECT DISTINCT w.claim_id, w.statement_id, substr(w.word, 1, 5) AS stem FROM (
    SELECT a.claim_id, a.statement_id, unnest(string_split(unmarked(lower(a.quote)), ' ')) AS word FROM attestations_batch AS a
    WHERE a.claim_id IN (SELECT claim_id FROM unmet)) AS w
  WHERE length(w.word) >= 4),
shared_quotes AS (
  SELECT DISTINCT q.claim_id, q.statement_id FROM quoted AS q JOIN quoted AS o ON o.claim_id = q.claim_id AND o.stem = q.stem
    AND o.statement_id <> q.statement_id
  JOIN claims_batch AS c ON c.claim_id = q.claim_id LEFT JOIN common AS k ON k.event_id = c.event_id AND k.stem = q.stem
  WHERE k.stem IS NULL)
SELECT 'attestations' AS table_name, a.claim_id || '/' || a.statement_id AS record_id, 'quote' AS field,
  '“' || a.quote || '” has no distinctive word in common with the claim “' || c.proposition || '”' AS message
FROM unmet AS u JOIN attestations_batch AS a ON a.claim_id = u.claim_id AND a.statement_id = u.statement_id
JOIN claims_batch AS c ON c.claim_id = a.claim_id
LEFT JOIN shared_quotes AS d ON d.claim_id = u.claim_id AND d.statement_id = u.statement_id
WHERE d.claim_id IS NULL
