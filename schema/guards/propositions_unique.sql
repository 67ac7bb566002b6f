-- code: propositions_unique
-- title: No two claims of an event have the same proposition
-- severity: error
-- kind: proof
-- stage: 4
-- hint: Merge the two claims, or word the difference.
SELECT 'claims' AS table_name, b.claim_id AS record_id, 'proposition' AS field,
  '`' || min(a.claim_id) || '` has the same proposition' AS message
FROM claims AS a JOIN claims AS b ON a.event_id = b.event_id AND a.claim_id < b.claim_id AND folded(a.proposition) = folded(b.proposition)
GROUP BY b.claim_id
