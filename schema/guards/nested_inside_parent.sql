-- code: nested_inside_parent
-- title: A nested statement is inside its parent's content
-- severity: error
-- kind: proof
-- stage: 3
-- hint: Refer to the statement whose content contains this one, or delete within.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'within' AS field,
  'it is not inside the content of `' || s.within || '`' AS message
FROM statements AS s JOIN segments AS p ON p.statement_id = s.statement_id AND p.role <> 'context'
WHERE s.within IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM segments AS g JOIN statements AS o ON o.statement_id = g.statement_id
  WHERE g.statement_id = s.within AND o.source_id = s.source_id AND g.role = 'content' AND g.start <= p.start AND g."end" >= p."end")
GROUP BY s.statement_id, s.within
