-- code: dates_in_order
-- title: What is said is published afterwards, and accessed after that
-- severity: error
-- kind: proof
-- stage: 3
-- unless: date_in_event, published_date_in_capture
-- hint: One of the two dates is wrong: mend it. (One day of difference between time zones is allowed for.)
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'date' AS field,
  'said on ' || CAST(s.date AS VARCHAR) || ', but published on ' || CAST(p.published_on AS VARCHAR) AS message
FROM statements AS s JOIN sources AS p ON p.source_id = s.source_id
WHERE date_diff('day', p.published_on, s.date) > 1
UNION ALL
SELECT 'sources', source_id, 'published_on', 'published on ' || CAST(published_on AS VARCHAR) || ', but accessed on ' || CAST(accessed_on AS VARCHAR)
FROM sources WHERE date_diff('day', accessed_on, published_on) > 1
