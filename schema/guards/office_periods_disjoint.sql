-- code: office_periods_disjoint
-- title: A period in office begins before it ends, and periods of one office do not overlap
-- severity: error
-- kind: proof
-- stage: 2
-- unless: office_period_in_evidence
-- hint: Check the dates of the two periods.
SELECT 'offices' AS table_name, office_id AS record_id, 'end_date' AS field,
  'it ends (' || CAST(end_date AS VARCHAR) || ') before it begins (' || CAST(start_date AS VARCHAR)
  || ') → Correct start_date or end_date, and the evidence if the date is wrong there too.' AS message
FROM offices WHERE end_date < start_date
UNION ALL
SELECT 'offices', b.office_id, 'start_date', 'it begins before the period `' || a.office_id || '` of the same office ends'
FROM offices AS a JOIN offices AS b ON a.agent_id = b.agent_id AND a.title = b.title AND a.office_id <> b.office_id
  AND a.start_date <= b.start_date
WHERE a.end_date IS NULL OR a.end_date >= b.start_date
