-- code: released_ids_kept
-- title: Released ids are never lost or reused, except as recorded in the ledger
-- severity: error
-- kind: proof
-- stage: 3
-- hint: Restore the record; to remove it permanently, use `readouts withdraw`. A released id never changes and is never used again.
WITH released AS (
  SELECT l."table" AS table_name, l.record_id, l.added_in, l.withdrawn_in, l.reason, i.record_id IS NOT NULL AS present,
    CASE l."table" WHEN 'statements' THEN 'sources' WHEN 'claims' THEN 'events' WHEN 'offices' THEN 'agents' END AS owner_table,
    split_part(l.record_id, '.', 1) AS owner_id
  FROM ledger AS l LEFT JOIN identifiers AS i ON i.table_name = l."table" AND i.record_id = l.record_id
  WHERE l."table" IN ('sources', 'agents', 'offices', 'events', 'statements', 'claims')),
-- Records whose id cannot be read or is new: one of them may be the record that seems to be missing.
unclear AS (
  SELECT x.table_name, split_part(x.record_id, '.', 1) AS owner_id
  FROM incomplete AS x LEFT JOIN released AS p ON p.table_name = x.table_name AND p.record_id = x.record_id
  WHERE x.table_name IN ('statements', 'claims', 'offices') AND p.record_id IS NULL),
-- Missing, unless another mistake that is already reported explains it: the record or its file breaks a rule.
missing AS (
  SELECT p.* FROM released AS p
  LEFT JOIN identifiers AS o ON o.table_name = p.owner_table AND o.record_id = p.owner_id
  WHERE NOT p.present AND p.withdrawn_in IS NULL AND p.reason IS NULL
    AND NOT EXISTS (SELECT 1 FROM incomplete AS x WHERE x.table_name = p.table_name AND x.record_id = p.record_id)
    AND NOT EXISTS (SELECT 1 FROM incomplete AS x WHERE o.record_id IS NULL AND x.table_name = p.owner_table AND x.record_id = p.owner_id)
    AND NOT EXISTS (SELECT 1 FROM incomplete AS x WHERE p.table_name = 'offices' AND x.table_name = 'agents'
      AND strpos(p.record_id, x.record_id || '-') = 1)
    AND NOT EXISTS (SELECT 1 FROM unclear AS u WHERE u.table_name = p.table_name AND (u.owner_id = p.owner_id OR p.table_name = 'offices')))
SELECT l.table_name, l.record_id, 'id' AS field, '`' || l.record_id || '` was released in ' || l.added_in
  || ' but is missing → Restore it, for example from git; to remove it permanently, restore it and run `readouts withdraw ' || l.record_id
  || ' --reason "…"`.' AS message
FROM missing AS l
-- If a file is missing, so are the records in it: one finding.
WHERE NOT EXISTS (SELECT 1 FROM missing AS o WHERE o.table_name = l.owner_table
  AND (o.record_id = l.owner_id OR (l.table_name = 'offices' AND strpos(l.record_id, o.record_id || '-') = 1)))
UNION ALL
SELECT table_name, record_id, 'id', '`' || record_id || '` was withdrawn in ' || withdrawn_in
  || ' but is used again → Give this record the next free id: delete its `id` and run `readouts fmt`.'
FROM released WHERE present AND withdrawn_in IS NOT NULL
UNION ALL
SELECT table_name, record_id, 'id', '`' || record_id || '` is marked as withdrawn in data/released.jsonl (' || reason
  || ') but still exists → Delete it, or restore the ledger from git.'
FROM released WHERE present AND withdrawn_in IS NULL AND reason IS NOT NULL
