-- code: claim_keeps_negation
-- title: A proposition is negated if the quoted words are
-- severity: error
-- kind: review
-- stage: 4
-- unless: attestation_quotes_statement, attestation_fits_claim
-- hint: Keep the negation of the quoted words in the claim (not, never, without; reject, refuse), or write relation: conflicting.
WITH said AS (
  SELECT a.claim_id, a.statement_id, c.proposition,
    ' ' || regexp_replace(unmarked(lower(c.proposition)), ' *\b' || pattern('en negation_exceptions') || '\b', ' ', 'g') || ' ' AS claim,
    ' ' || regexp_replace(unmarked(lower(a.quote)), ' *\b' || pattern('en negation_exceptions') || '\b', ' ', 'g') || ' ' AS quote,
    ' ' || unmarked(lower(s.text)) || ' ' AS text
  FROM attestations_batch AS a JOIN claims_batch AS c ON c.claim_id = a.claim_id JOIN statements AS s ON s.statement_id = a.statement_id
  WHERE a.relation <> 'conflicting' AND substr(s.language, 1, 2) = 'en'
    AND regexp_matches(lower(a.quote || ' ' || c.proposition), '\b' || pattern('en negations') || '\b'))
SELECT 'attestations' AS table_name, claim_id || '/' || statement_id AS record_id, 'quote' AS field,
  CASE WHEN regexp_matches(quote, ' ' || pattern('en negations') || ' ')
    THEN 'the quoted words say “' || regexp_extract(quote, ' ' || pattern('en negations') || ' ', 1) || '”, but the claim “' || proposition
      || '” has no negation'
      || ' → Reword the claim so that it is negated too; or, if the words contradict it, write relation: conflicting.'
  ELSE 'the claim “' || proposition || '” says “' || regexp_extract(claim, ' ' || pattern('en negations') || ' ', 1)
    || '”, but the statement has no negation'
      || ' → Use the verb of the account in the claim, or quote the negation; '
        || 'or, if the words contradict the claim, write relation: conflicting.' END AS message
FROM said
WHERE (regexp_matches(quote, ' ' || pattern('en negations') || ' ')
    AND NOT regexp_matches(claim, ' (' || pattern('en negations') || '|' || pattern('en denying_verbs') || '|'
      || pattern('en denying_words') || '|[a-z]+n t) '))
  OR (regexp_matches(claim, ' ' || pattern('en negations') || ' ')
    AND NOT regexp_matches(text, ' (' || pattern('en negations') || '|' || pattern('en denying_verbs') || '|' || pattern('en denying_words')
      || '|[a-z]+n t) '))
