-- code: omissions_match_claims
-- title: Omissions are the independent, fully curated accounts of the event that lack the claim
-- severity: error
-- kind: proof
-- stage: 4
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
WITH carried AS (
  SELECT DISTINCT a.claim_id, s.source_id FROM attestations AS a JOIN statements AS s ON s.statement_id = a.statement_id),
expected AS (
  SELECT c.claim_id, x.source_id FROM claims AS c JOIN full_accounts AS x ON x.event_id = c.event_id
  LEFT JOIN carried AS k ON k.claim_id = c.claim_id AND k.source_id = x.source_id WHERE k.claim_id IS NULL)
SELECT 'omissions' AS table_name, o.claim_id || '/' || o.source_id AS record_id, 'source_id' AS field,
  'the account contains the claim, relays another account, or is not an account of the event' AS message
FROM omissions AS o LEFT JOIN expected AS e ON e.claim_id = o.claim_id AND e.source_id = o.source_id WHERE e.claim_id IS NULL
  AND split_part(o.claim_id, '.', 1) NOT IN (SELECT event_id FROM incomplete_events)
UNION ALL
SELECT 'claims', e.claim_id, 'omissions', 'the account `' || e.source_id || '` omits the claim, but the omission is not listed'
FROM expected AS e LEFT JOIN omissions AS o ON o.claim_id = e.claim_id AND o.source_id = e.source_id WHERE o.claim_id IS NULL
  AND split_part(e.claim_id, '.', 1) NOT IN (SELECT event_id FROM incomplete_events)
