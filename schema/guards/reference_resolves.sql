-- code: reference_resolves
-- title: Every reference leads to a record
-- severity: error
-- stage: 1
-- hint: Write an id that exists, or add the record that is meant.
SELECT r.table_name, r.record_id, r.field,
  'there is no `' || r.value || '` in ' || r.target_table || coalesce((
    SELECT '; nearest: `' || min_by(i.record_id, levenshtein(i.record_id, r.value)) || '`'
    FROM identifiers AS i WHERE i.table_name = r.target_table AND abs(length(i.record_id) - length(r.value)) < 4), '') AS message
FROM refs AS r
LEFT JOIN identifiers AS t ON t.table_name = r.target_table AND t.record_id = r.value
WHERE t.record_id IS NULL
