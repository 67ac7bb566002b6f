-- code: date_expression_resolves
-- title: The words that date a statement resolve to its date
-- severity: error
-- kind: proof
-- stage: 3
-- unless: basis_given, language_fits_words
-- hint: Check date and date_expression; a weekday or `today` is counted from the publication date in the publisher’s time zone.
SELECT 'statements' AS table_name, r.record_id, 'date' AS field, '“' || r.expression || '” does not resolve to ' || CAST(r.date AS VARCHAR)
  || CASE WHEN r.published_on IS NULL THEN '' ELSE ' in a text published on ' || CAST(r.published_on AS VARCHAR) END AS message
FROM date_readings AS r WHERE r.table_name = 'statements' AND NOT r.resolved
UNION ALL
SELECT 'statements', s.statement_id, 'date_expression', '“' || s.date_expression || '” was not found in the captured text'
FROM statements AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE strpos(c.text, s.date_expression) = 0
