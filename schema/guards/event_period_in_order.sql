-- code: event_period_in_order
-- title: An event begins before it ends, and its id begins with its start date
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Rename the event’s file with `readouts rename`, or correct the date.
SELECT 'events' AS table_name, event_id AS record_id, 'start_date' AS field,
  'the id does not begin with the start date, ' || CAST(start_date AS VARCHAR) || ' → Correct start_date, or run `readouts rename '
  || event_id || ' ' || CAST(start_date AS VARCHAR) || substr(event_id, 11) || '`.' AS message
FROM events WHERE substr(event_id, 1, 11) <> CAST(start_date AS VARCHAR) || '-'
UNION ALL
SELECT 'events', event_id, 'end_date', 'it ends (' || CAST(end_date AS VARCHAR) || ') before it begins (' || CAST(start_date AS VARCHAR)
  || ') → Correct end_date.'
FROM events WHERE end_date < start_date AND substr(event_id, 1, 11) = CAST(start_date AS VARCHAR) || '-'
