-- code: event_date_resolves
-- title: The words that date an event resolve to its first and last day
-- severity: error
-- kind: proof
-- stage: 2
-- unless: event_period_in_order, basis_given
-- hint: Copy the words that give the date from the account in date_source; check start_date and end_date.
WITH absent AS (
  SELECT e.event_id FROM events AS e JOIN captures AS c ON c.source_id = e.date_source_id WHERE strpos(c.text, e.date_expression) = 0),
unresolved AS (
  SELECT r.record_id, r.field, '“' || r.expression || '” does not resolve to ' || CAST(r.date AS VARCHAR)
    || CASE WHEN r.published_on IS NULL THEN '' ELSE ' in a text published on ' || CAST(r.published_on AS VARCHAR) END AS message,
    row_number() OVER (PARTITION BY r.record_id ORDER BY r.field DESC) AS place
  FROM date_readings AS r WHERE r.table_name = 'events' AND NOT r.resolved AND r.record_id NOT IN (SELECT event_id FROM absent))
SELECT 'events' AS table_name, e.event_id AS record_id, 'date_expression' AS field,
  '“' || e.date_expression || '” was not found in `' || e.date_source_id || '`' AS message
FROM events AS e WHERE e.event_id IN (SELECT event_id FROM absent)
UNION ALL
SELECT 'events', u.record_id, u.field, u.message FROM unresolved AS u WHERE u.place = 1
UNION ALL
SELECT 'events', e.event_id, 'start_date', 'the date is inferred from the publication of `' || s.source_id
  || '`, but that was published on ' || coalesce(CAST(s.published_on AS VARCHAR), 'an unknown date')
FROM events AS e JOIN sources AS s ON s.source_id = e.date_source_id
WHERE e.date_basis = 'inferred' AND (s.published_on IS NULL OR s.published_on <> e.start_date OR e.end_date <> e.start_date)
