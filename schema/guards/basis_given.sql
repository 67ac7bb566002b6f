-- code: basis_given
-- title: A fact and its basis are given together
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Add the missing value (a basis is stated, resolved or inferred), or write null for all of them.
SELECT 'sources' AS table_name, source_id AS record_id, 'publisher_basis' AS field,
  concat_ws(' and ', CASE WHEN publisher_id IS NOT NULL THEN 'publisher' END,
    CASE WHEN publisher_basis IS NOT NULL THEN 'publisher_basis' END,
    CASE WHEN publisher_evidence IS NOT NULL THEN 'publisher_evidence' END) || ' without '
    || concat_ws(' and ', CASE WHEN publisher_id IS NULL THEN 'publisher' END, CASE WHEN publisher_basis IS NULL THEN 'publisher_basis' END,
    CASE WHEN publisher_evidence IS NULL THEN 'publisher_evidence' END) AS message
FROM sources WHERE (publisher_id IS NULL) <> (publisher_basis IS NULL) OR (publisher_id IS NULL) <> (publisher_evidence IS NULL)
UNION ALL
SELECT 'sources', source_id, 'published_on_basis', concat_ws(' and ', CASE WHEN published_on IS NOT NULL THEN 'published_on' END,
  CASE WHEN published_on_basis IS NOT NULL THEN 'published_on_basis' END) || ' without '
  || concat_ws(' and ', CASE WHEN published_on IS NULL THEN 'published_on' END,
  CASE WHEN published_on_basis IS NULL THEN 'published_on_basis' END)
FROM sources WHERE (published_on IS NULL) <> (published_on_basis IS NULL)
UNION ALL
SELECT 'events', event_id, 'date_expression', CASE WHEN date_basis = 'inferred'
  THEN 'date_basis is `inferred`, but date_expression is given (“' || date_expression
  || '”) → Write date_basis: stated (with its year) or resolved, or delete date_expression.'
  ELSE 'date_basis is `' || date_basis || '`, but date_expression is missing → Copy the words that give the date into date_expression, '
  || 'or write date_basis: inferred.' END
FROM events WHERE (date_basis = 'inferred') <> (date_expression IS NULL)
UNION ALL
SELECT 'statements', statement_id, CASE WHEN date IS NULL THEN 'date_basis' ELSE 'date' END,
  concat_ws(' and ', CASE WHEN date IS NOT NULL THEN 'date' END, CASE WHEN date_basis IS NOT NULL THEN 'date_basis' END,
  CASE WHEN date_precision IS NOT NULL THEN 'date_precision' END) || ' without '
  || concat_ws(' and ', CASE WHEN date IS NULL THEN 'date' END, CASE WHEN date_basis IS NULL THEN 'date_basis' END,
  CASE WHEN date_precision IS NULL THEN 'date_precision' END)
FROM statements WHERE (date IS NULL) <> (date_basis IS NULL) OR (date IS NULL) <> (date_precision IS NULL)
UNION ALL
SELECT 'statements', statement_id, 'date_expression', CASE WHEN date_basis = 'inferred'
  THEN 'date_basis is `inferred`, but date_expression is given (“' || date_expression
  || '”) → Write date_basis: stated (with its year) or resolved, or delete date_expression.'
  ELSE 'date_basis is `' || date_basis || '`, but date_expression is missing → Copy the words that give the date into date_expression, '
  || 'or write date_basis: inferred.' END
FROM statements WHERE date_basis IS NOT NULL AND (date_basis = 'inferred') <> (date_expression IS NULL)
UNION ALL
SELECT 'sources', source_id, 'publisher_basis', 'the basis of a publisher or publication date must be stated or inferred, not resolved'
FROM sources WHERE publisher_basis = 'resolved' OR published_on_basis = 'resolved'
UNION ALL
SELECT 'events', event_id, 'date_basis', '“' || date_expression || '” '
  || CASE WHEN date_basis = 'stated' THEN 'does not contain the year, so the date is resolved → Write date_basis: resolved'
  ELSE 'contains the year, so the date is stated → Write date_basis: stated' END
FROM events AS e WHERE date_basis <> 'inferred' AND (date_basis = 'stated') <> regexp_matches(date_expression, '[12][0-9][0-9][0-9]')
  AND NOT EXISTS (SELECT 1 FROM captures AS c WHERE c.source_id = e.date_source_id AND strpos(c.text, e.date_expression) = 0)
UNION ALL
SELECT 'statements', statement_id, 'date_basis', '“' || date_expression || '” '
  || CASE WHEN date_basis = 'stated' THEN 'does not contain the year, so the date is resolved → Write date_basis: resolved'
  ELSE 'contains the year, so the date is stated → Write date_basis: stated' END
FROM statements WHERE date_basis <> 'inferred' AND (date_basis = 'stated') <> regexp_matches(date_expression, '[12][0-9][0-9][0-9]')
UNION ALL
SELECT 'statements', statement_id, 'date_precision', 'a month or year must be written as its first day, and an inferred date must be a day'
FROM statements WHERE (date_precision = 'month' AND day(date) <> 1) OR (date_precision = 'year' AND (day(date) <> 1 OR month(date) <> 1))
  OR (date_basis = 'inferred' AND date_precision <> 'day')
