-- code: event_dated_by_account
-- title: An event is dated by one of its accounts
-- severity: error
-- kind: proof
-- stage: 3
-- hint: Choose a source that has a statement at this event.
SELECT 'events' AS table_name, e.event_id AS record_id, 'date_source_id' AS field,
  '`' || e.date_source_id || '` has no statement at this event' AS message
FROM events AS e
WHERE EXISTS (SELECT 1 FROM statements AS s WHERE s.event_id = e.event_id)
  AND NOT EXISTS (SELECT 1 FROM statements AS s WHERE s.event_id = e.event_id AND s.source_id = e.date_source_id)
  AND e.date_source_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'sources')
