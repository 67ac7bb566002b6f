-- code: date_expression_resolves
-- title: The words that date a statement give its date
-- severity: error
-- kind: proof
-- stage: 3
-- unless: basis_given, language_fits_words
-- hint: Count the weekday or `today` from the day of publication in the publisher’s zone; check date and date_expression.
SELECT 'statements' AS table_name, r.record_id, 'date' AS field, '“' || r.expression || '” does not give ' || CAST(r.date AS VARCHAR)
  || CASE WHEN r.published_on IS NULL THEN '' ELSE ' in a text published on ' || CAST(r.published_on AS VARCHAR) END AS message
FROM date_readings AS r WHERE r.table_name = 'statements' AND NOT r.resolved
UNION ALL
SELECT 'statements', s.statement_id, 'date_expression', '“' || s.date_expression || '” does not stand in the capture'
FROM statements AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE strpos(c.text, s.date_expression) = 0
