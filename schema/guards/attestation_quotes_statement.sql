-- code: attestation_quotes_statement
-- title: The quoted words of a claim are in the statement
-- severity: error
-- kind: proof
-- stage: 4
-- hint: Copy the words from that statement.
SELECT 'attestations' AS table_name, a.claim_id || '/' || a.statement_id AS record_id, 'quote' AS field,
  '“' || a.quote || '” was not found in `' || a.statement_id || '`' AS message
FROM attestations_batch AS a JOIN statements AS s ON s.statement_id = a.statement_id
WHERE strpos(s.exact, a.quote) = 0 AND strpos(s.text, a.quote) = 0
