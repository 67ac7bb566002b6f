-- code: claim_is_attested
-- title: A claim is attested by a statement at its own event
-- severity: error
-- kind: proof
-- stage: 4
-- hint: Attest the claim with a statement that carries it, or delete the claim.
SELECT 'claims' AS table_name, c.claim_id AS record_id, 'attestations' AS field, 'no statement attests the claim' AS message
FROM claims AS c LEFT JOIN attestations AS a ON a.claim_id = c.claim_id
WHERE a.claim_id IS NULL AND c.claim_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'claims') AND c.event_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'events')
UNION ALL
SELECT 'attestations', a.claim_id || '/' || a.statement_id, 'statement_id', '`' || a.statement_id || '` was said at `' || s.event_id || '`, the claim made at `' || c.event_id || '` → If the statement belongs to `' || c.event_id || '`, mend the line `event:` in data/sources/' || s.source_id || '/curation.yaml; else delete this attestation and the divergences that name it.'
FROM attestations AS a JOIN claims AS c ON c.claim_id = a.claim_id JOIN statements AS s ON s.statement_id = a.statement_id WHERE s.event_id <> c.event_id
