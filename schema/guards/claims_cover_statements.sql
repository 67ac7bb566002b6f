-- code: claims_cover_statements
-- title: If the accounts of an event are collated, every statement has a claim
-- severity: error
-- kind: review
-- stage: 4
-- unless: attestation_quotes_statement, repeat_shares_claim
-- hint: Add the statement to a claim of its event, quoting its words, or write a new claim.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'attestations' AS field,
  'the statement has no claim → In data/events/' || s.event_id
  || '.yaml, add it to a claim, quoting its words, or write a new claim.' AS message
FROM statements AS s
WHERE s.mode <> 'reported' AND NOT (s.mode = 'direct' AND s.speech_act = 'expressive') AND s.within IS NULL
  AND EXISTS (SELECT 1 FROM claims AS c WHERE c.event_id = s.event_id)
  AND NOT EXISTS (SELECT 1 FROM attestations AS a WHERE a.statement_id = s.statement_id)
  AND s.event_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'events')
  AND s.statement_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'drafted')
