-- code: claim_is_attested
-- title: A claim is attested by a statement made at its event
-- severity: error
-- kind: proof
-- stage: 4
-- hint: Add a statement that makes the claim, or delete the claim.
SELECT 'claims' AS table_name, c.claim_id AS record_id, 'attestations' AS field, 'the claim has no attestation' AS message
FROM claims AS c LEFT JOIN attestations AS a ON a.claim_id = c.claim_id
WHERE a.claim_id IS NULL AND c.claim_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'claims')
  AND c.event_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'events')
UNION ALL
SELECT 'attestations', a.claim_id || '/' || a.statement_id, 'statement_id',
  '`' || a.statement_id || '` was made at `' || s.event_id || '`, but the claim belongs to `' || c.event_id
  || '` → If the statement belongs to `' || c.event_id || '`, correct the line `event:` in data/sources/' || s.source_id
  || '/curation.yaml; otherwise delete this attestation and the divergences that refer to it.'
FROM attestations AS a JOIN claims AS c ON c.claim_id = a.claim_id JOIN statements AS s ON s.statement_id = a.statement_id
WHERE s.event_id <> c.event_id
