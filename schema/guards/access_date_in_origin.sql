-- code: access_date_in_origin
-- title: obtained_from includes the access date
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Find out on which date the text was obtained, and write it (like 2021-04-02) in accessed_on and at the end of obtained_from.
SELECT 'sources' AS table_name, source_id AS record_id, 'accessed_on' AS field,
  'accessed_on is ' || CAST(accessed_on AS VARCHAR) || ', but obtained_from '
    || CASE WHEN regexp_matches(obtained_from, '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
      THEN 'says ' || regexp_extract(obtained_from, '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]') || ''
      ELSE '(“' || obtained_from || '”) contains no date' END AS message
FROM sources WHERE strpos(obtained_from, CAST(accessed_on AS VARCHAR)) = 0
