-- code: passages_disjoint
-- title: No words are content of two statements, or both quoted and excluded
-- severity: error
-- kind: proof
-- stage: 3
-- unless: nested_inside_parent
-- hint: Exclude only words that no statement quotes; statements may share content only with `within`.
-- Two statements can share content only in a source where one begins before an earlier one ends.
WITH reached AS (
  SELECT source_id, start, max("end") OVER (PARTITION BY source_id ORDER BY start, "end" ROWS BETWEEN UNBOUNDED PRECEDING
    AND 1 PRECEDING) AS previous FROM statements),
shared AS (
  SELECT s.source_id, s.statement_id, s.within, g.start, g."end" FROM statements AS s JOIN segments AS g ON g.statement_id = s.statement_id
  WHERE g.role = 'content' AND s.source_id IN (SELECT source_id FROM reached WHERE start < previous))
SELECT 'exclusions' AS table_name, e.source_id || '/' || CAST(e.start AS VARCHAR) AS record_id, 'quote' AS field,
  'the excluded words overlap the statement `' || min(s.statement_id)
    || '` → Shorten or delete this exclusion, or shorten the statement.' AS message
FROM exclusions AS e JOIN statements AS s ON s.source_id = e.source_id AND s.start < e."end" AND e.start < s."end"
GROUP BY e.source_id, e.start
UNION ALL
SELECT 'statements', b.statement_id, 'exact', 'its content is also content of `' || min(a.statement_id)
  || '` → Delete or shorten one of the two; if one is nested in the other, add `within`.'
FROM shared AS b JOIN shared AS a ON a.source_id = b.source_id AND a.statement_id < b.statement_id AND a.start < b."end"
  AND b.start < a."end"
LEFT JOIN statements AS outer_a ON outer_a.statement_id = a.within LEFT JOIN statements AS outer_b ON outer_b.statement_id = b.within
WHERE b.statement_id NOT IN (coalesce(a.within, ''), coalesce(outer_a.within, ''))
  AND a.statement_id NOT IN (coalesce(b.within, ''), coalesce(outer_b.within, ''))
GROUP BY b.statement_id
