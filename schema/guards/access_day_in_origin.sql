-- code: access_day_in_origin
-- title: Where a capture came from names the day of access
-- severity: error
-- stage: 2
-- hint: Write the day in ISO form at the end of obtained_from; both say the same day.
SELECT 'sources' AS table_name, source_id AS record_id, 'accessed_on' AS field,
  'accessed_on is ' || CAST(accessed_on AS VARCHAR) || ', but obtained_from (“' || obtained_from || '”) does not name that day' AS message
FROM sources WHERE strpos(obtained_from, CAST(accessed_on AS VARCHAR)) = 0
