-- code: same_words_same_relation
-- title: The same words stand in the same relation to a claim
-- severity: error
-- stage: 4
-- unless: attestation_quotes_statement
-- hint: Two attestations that quote the same words have one relation; if they differ, quote the words that make the difference.
SELECT 'attestations' AS table_name, b.claim_id || '/' || b.statement_id AS record_id, 'relation' AS field,
  'the same words are `' || a.relation || '` in `' || a.statement_id || '` and `' || b.relation || '` here' AS message
FROM attestations AS a JOIN attestations AS b ON a.claim_id = b.claim_id AND a.statement_id < b.statement_id CROSS JOIN blanks
WHERE a.relation <> b.relation
  AND lower(translate(a.quote, blanks.characters, blanks.spaces)) = lower(translate(b.quote, blanks.characters, blanks.spaces))
