-- code: office_period_in_evidence
-- title: The evidence of an office names its first and last day
-- severity: error
-- stage: 2
-- hint: Write both days in ISO form into the evidence, and a last day that it names into end_date.
SELECT 'offices' AS table_name, office_id AS record_id, CASE WHEN strpos(evidence, CAST(start_date AS VARCHAR)) = 0 THEN 'start_date' ELSE 'end_date' END AS field,
  'the evidence does not name the day ' || CASE WHEN strpos(evidence, CAST(start_date AS VARCHAR)) = 0 THEN CAST(start_date AS VARCHAR) ELSE CAST(end_date AS VARCHAR) END AS message
FROM offices WHERE strpos(evidence, CAST(start_date AS VARCHAR)) = 0 OR (end_date IS NOT NULL AND strpos(evidence, CAST(end_date AS VARCHAR)) = 0)
UNION ALL
SELECT 'offices', office_id, 'end_date', 'the evidence names the last day ' || regexp_extract(evidence, '(to|until|till|–) ([0-9]{4}-[0-9]{2}-[0-9]{2})', 2) || ', and end_date is null'
FROM offices WHERE end_date IS NULL AND regexp_matches(evidence, '(^| )(to|until|till|–) [0-9]{4}-[0-9]{2}-[0-9]{2}')
