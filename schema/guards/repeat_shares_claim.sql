-- code: repeat_shares_claim
-- title: A statement that repeats another is a headline or caption and shares a claim with it
-- severity: error
-- kind: review
-- stage: 4
-- hint: Refer to the statement in the body that says the same.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'repeats' AS field,
  CASE WHEN s.section = 'body' THEN 'only a headline or caption can repeat a statement → '
    || 'Delete repeats, or write the section: headline or caption.'
    WHEN r.source_id <> s.source_id OR r.statement_id = s.statement_id THEN '`repeats` must refer to another statement of the same source'
    ELSE 'it shares no claim with `' || s.repeats
      || '` → Attest a claim with both, refer to another statement, or delete repeats.' END AS message
FROM statements AS s JOIN statements AS r ON r.statement_id = s.repeats
WHERE s.section = 'body' OR r.source_id <> s.source_id OR r.statement_id = s.statement_id
  OR (EXISTS (SELECT 1 FROM claims AS c WHERE c.event_id = s.event_id)
    AND NOT EXISTS (SELECT 1 FROM attestations AS a JOIN attestations AS b ON a.claim_id = b.claim_id
      WHERE a.statement_id = s.statement_id AND b.statement_id = s.repeats)
    AND s.event_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'events')
    AND s.statement_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'drafted'))
