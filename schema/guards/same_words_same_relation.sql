-- code: same_words_same_relation
-- title: The same words have the same relation to a claim
-- severity: error
-- kind: review
-- stage: 4
-- unless: attestation_quotes_statement
-- hint: Give attestations with the same words the same relation; if they differ, quote the words that make the difference.
WITH said AS (
  SELECT a.claim_id, a.statement_id, a.relation, folded(a.quote) AS words FROM attestations AS a),
relations AS (
  SELECT claim_id, words, relation, min(statement_id) AS first,
    row_number() OVER (PARTITION BY claim_id, words ORDER BY count(*) DESC, min(statement_id)) AS place
  FROM said GROUP BY claim_id, words, relation)
SELECT 'attestations' AS table_name, s.claim_id || '/' || s.statement_id AS record_id, 'relation' AS field,
  'the same words are `' || m.relation || '` in `' || m.first || '` and `' || s.relation || '` here' AS message
FROM said AS s JOIN relations AS r ON r.claim_id = s.claim_id AND r.words = s.words AND r.relation = s.relation AND r.place > 1
JOIN relations AS m ON m.claim_id = s.claim_id AND m.words = s.words AND m.place = 1
