-- code: released_ids_kept
-- title: No id that was released is lost or used again, unless the ledger says so
-- severity: error
-- stage: 3
-- hint: Put the record back; to take it out for good use `readouts withdraw`, to give it another id `readouts rename`.
SELECT l."table" AS table_name, l.record_id, 'id' AS field, '`' || l.record_id || '` was released in ' || l.added_in || ' and is gone' AS message
FROM ledger AS l LEFT JOIN identifiers AS i ON i.table_name = l."table" AND i.record_id = l.record_id
WHERE l."table" IN ('sources', 'agents', 'offices', 'events', 'statements', 'claims') AND l.withdrawn_in IS NULL AND i.record_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM incomplete AS x WHERE x.record_id = l.record_id)
  AND NOT EXISTS (SELECT 1 FROM incomplete AS x WHERE x.table_name IN ('files', 'sources', 'events') AND x.record_id = split_part(l.record_id, '.', 1))
UNION ALL
SELECT l."table", l.record_id, 'id', '`' || l.record_id || '` was withdrawn in ' || l.withdrawn_in || ' and is used again'
FROM ledger AS l JOIN identifiers AS i ON i.table_name = l."table" AND i.record_id = l.record_id
WHERE l."table" IN ('sources', 'agents', 'offices', 'events', 'statements', 'claims') AND l.withdrawn_in IS NOT NULL
