-- code: date_in_event
-- title: The date of a statement is within its event
-- severity: error
-- kind: proof
-- stage: 3
-- unless: date_expression_resolves
-- hint: Check the date of the statement and the dates of the event.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'date' AS field,
  'said on ' || CAST(s.date AS VARCHAR) || ', but the event lasted from ' || CAST(e.start_date AS VARCHAR) || ' to '
    || CAST(e.end_date AS VARCHAR) AS message
FROM statements AS s JOIN events AS e ON e.event_id = s.event_id
WHERE (s.date_precision = 'day' AND (s.date < e.start_date OR s.date > e.end_date))
  OR (s.date_precision = 'month' AND (substr(CAST(s.date AS VARCHAR), 1, 7) < substr(CAST(e.start_date AS VARCHAR), 1, 7)
    OR substr(CAST(s.date AS VARCHAR), 1, 7) > substr(CAST(e.end_date AS VARCHAR), 1, 7)))
  OR (s.date_precision = 'year' AND (substr(CAST(s.date AS VARCHAR), 1, 4) < substr(CAST(e.start_date AS VARCHAR), 1, 4)
    OR substr(CAST(s.date AS VARCHAR), 1, 4) > substr(CAST(e.end_date AS VARCHAR), 1, 4)))
UNION ALL
SELECT 'statements', s.statement_id, 'date_basis', 'the date is inferred from an event of several days'
FROM statements AS s JOIN events AS e ON e.event_id = s.event_id WHERE s.date_basis = 'inferred' AND e.start_date <> e.end_date
