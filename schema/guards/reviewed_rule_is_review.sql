-- code: reviewed_rule_is_review
-- title: Only findings of reviews can be accepted, on records that exist
-- severity: error
-- kind: proof
-- stage: 1
-- hint: Correct the record and delete the line under `reviewed`: findings of proofs cannot be accepted.
SELECT 'reviews' AS table_name, r.table_name || '/' || r.record_id || '/' || r.rule AS record_id, 'rule' AS field,
  CASE WHEN g.code IS NULL THEN '`' || r.rule
    || '` is not the code of a review → Write the code of the finding to accept, or delete the line (`readouts explain` lists the codes).'
  ELSE '`' || r.rule || '` is a proof, so its findings cannot be accepted' END AS message
FROM reviews AS r LEFT JOIN rules AS g ON g.code = r.rule
WHERE coalesce(g.kind, 'proof') = 'proof' AND EXISTS (SELECT 1 FROM rules)
UNION ALL
SELECT 'reviews', r.table_name || '/' || r.record_id || '/' || r.rule, 'record_id',
  'there is no `' || r.record_id || '` in ' || r.table_name || ' → Delete the review.'
FROM reviews AS r LEFT JOIN identifiers AS i ON i.table_name = r.table_name AND i.record_id = r.record_id
LEFT JOIN incomplete AS x ON x.table_name = r.table_name AND x.record_id = r.record_id
WHERE i.record_id IS NULL AND x.record_id IS NULL AND EXISTS (SELECT 1 FROM rules)
