-- code: review_still_needed
-- title: An accepted finding still occurs
-- severity: error
-- kind: proof
-- stage: 5
-- unless: reviewed_rule_is_review
-- hint: Delete the line under `reviewed`: the rule no longer reports anything here.
-- It is unknown what a rule finds if its record, or a record that it is compared with, is incomplete,
-- or if the rule reads captures or exclusions that are absent.
SELECT 'reviews' AS table_name, r.table_name || '/' || r.record_id || '/' || r.rule AS record_id, 'rule' AS field,
  'the review accepts a finding of `' || r.rule || '`, but the rule no longer reports `' || r.record_id || '`' AS message
FROM reviews AS r JOIN rules AS g ON g.code = r.rule AND g.kind = 'review'
JOIN identifiers AS i ON i.table_name = r.table_name AND i.record_id = r.record_id
LEFT JOIN applied AS a ON a.table_name = r.table_name AND a.record_id = r.record_id AND a.rule = r.rule
WHERE a.rule IS NULL AND r.record_id NOT IN (SELECT record_id FROM incomplete)
  AND (g.needs_whole = 0 OR split_part(split_part(r.record_id, '/', 1), '.', 1) NOT IN (SELECT record_id FROM incomplete))
  AND (g.needs_captures = 0 OR NOT EXISTS (SELECT 1 FROM sources AS s LEFT JOIN captures AS c ON c.source_id = s.source_id
    WHERE c.source_id IS NULL))
  AND (g.needs_exclusions = 0 OR EXISTS (SELECT 1 FROM exclusions))
