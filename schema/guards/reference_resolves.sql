-- code: reference_resolves
-- title: Every reference points to an existing record
-- severity: error
-- kind: proof
-- stage: 1
-- hint: Use an existing id, or add the missing record.
WITH broken AS (
  SELECT DISTINCT r.table_name, r.record_id, r.field, r.value, r.target_table
  FROM refs AS r LEFT JOIN targets AS t ON t.table_name = r.target_table AND t.record_id = r.value
  WHERE t.record_id IS NULL
    -- a statement or claim that has no id yet may be the one meant
    AND NOT (r.target_table IN ('statements', 'claims') AND split_part(r.value, '.', 1) IN (SELECT record_id FROM incomplete
      WHERE table_name = 'unnamed'))
    -- the first attribution repeats the speaker of the statement, which is reported there
    AND NOT (r.table_name = 'attributions' AND r.field = 'agent_id'
      AND EXISTS (SELECT 1 FROM statements AS s WHERE s.statement_id = split_part(r.record_id, '/', 1) AND s.speaker_id = r.value))),
near AS (
  SELECT b.target_table, b.value, i.record_id,
    row_number() OVER (PARTITION BY b.target_table, b.value ORDER BY levenshtein(i.record_id, b.value), i.record_id) AS place
  FROM (SELECT DISTINCT target_table, value FROM broken) AS b
  JOIN (SELECT DISTINCT table_name, record_id FROM targets) AS i ON i.table_name = b.target_table
  WHERE levenshtein(i.record_id, b.value) <= greatest(2, floor(length(b.value) / 3))),
named AS (
  SELECT target_table, value, max(CASE WHEN place = 1 THEN '; did you mean `' || record_id || '`' END)
    || coalesce(max(CASE WHEN place = 2 THEN ' or `' || record_id || '`' END), '')
    || coalesce(max(CASE WHEN place = 3 THEN ' or `' || record_id || '`' END), '') || '?' AS names
  FROM near WHERE place <= 3 GROUP BY target_table, value)
SELECT b.table_name, b.record_id, b.field, 'there is no `' || b.value || '` in ' || b.target_table || coalesce(n.names, '') AS message
FROM broken AS b LEFT JOIN named AS n ON n.target_table = b.target_table AND n.value = b.value
