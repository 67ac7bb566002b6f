-- code: dates_in_order
-- title: Dates are in order: said, published, accessed
-- severity: error
-- kind: proof
-- stage: 3
-- unless: date_in_event, published_date_in_capture
-- hint: Correct the wrong one of the two dates. (A difference of one day is allowed for time zones.)
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'date' AS field,
  'said on ' || CAST(s.date AS VARCHAR) || ', but published on ' || CAST(p.published_on AS VARCHAR) AS message
FROM statements AS s JOIN sources AS p ON p.source_id = s.source_id
WHERE date_diff('day', p.published_on, s.date) > 1
UNION ALL
SELECT 'sources', source_id, 'published_on', 'published on ' || CAST(published_on AS VARCHAR) || ', but accessed on '
  || CAST(accessed_on AS VARCHAR)
FROM sources WHERE date_diff('day', accessed_on, published_on) > 1
