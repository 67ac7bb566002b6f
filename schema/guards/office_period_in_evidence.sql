-- code: office_period_in_evidence
-- title: The evidence of an office gives its start and end dates
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Look the date up and correct the field or the evidence. Write dates in the evidence like 2020-02-11.
WITH missing_dates AS (
  SELECT office_id, evidence, CASE WHEN strpos(evidence, CAST(start_date AS VARCHAR)) = 0 THEN 'start_date' ELSE 'end_date' END AS field,
    CASE WHEN strpos(evidence, CAST(start_date AS VARCHAR)) = 0 THEN CAST(start_date AS VARCHAR) ELSE CAST(end_date AS VARCHAR) END AS day
  FROM offices WHERE strpos(evidence, CAST(start_date AS VARCHAR)) = 0
    OR (end_date IS NOT NULL AND strpos(evidence, CAST(end_date AS VARCHAR)) = 0))
SELECT 'offices' AS table_name, office_id AS record_id, field,
  field || ' is ' || day || ', but this date is not in the evidence: “'
    || CASE WHEN length(evidence) > 160 THEN substr(evidence, 1, 157) || '…' ELSE evidence END || '”' AS message
FROM missing_dates
UNION ALL
SELECT 'offices', office_id, 'end_date', 'the evidence gives the end date '
  || regexp_extract(evidence, '(' || pattern('en until_words') || '|–) ([0-9]{4}-[0-9]{2}-[0-9]{2})', 3)
  || ', but end_date is null → Write that date as end_date.'
FROM offices WHERE end_date IS NULL AND regexp_matches(evidence, '(^| )(' || pattern('en until_words') || '|–) [0-9]{4}-[0-9]{2}-[0-9]{2}')
