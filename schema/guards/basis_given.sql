-- code: basis_given
-- title: A fact has a basis, and a basis a fact
-- severity: error
-- stage: 2
-- hint: Write the basis (stated, resolved, inferred) with the fact, or null for both.
SELECT 'sources' AS table_name, source_id AS record_id, 'publisher_basis' AS field,
  'publisher, publisher_basis and publisher_evidence go together' AS message
FROM sources WHERE (publisher_id IS NULL) <> (publisher_basis IS NULL) OR (publisher_id IS NULL) <> (publisher_evidence IS NULL)
UNION ALL
SELECT 'sources', source_id, 'published_on_basis', 'published_on and published_on_basis go together'
FROM sources WHERE (published_on IS NULL) <> (published_on_basis IS NULL)
UNION ALL
SELECT 'events', event_id, 'date_expression', 'a date that is stated or resolved needs its date_expression, an inferred one has none'
FROM events WHERE (date_basis = 'inferred') <> (date_expression IS NULL)
UNION ALL
SELECT 'statements', statement_id, 'date_basis', 'date, date_basis and date_precision go together'
FROM statements WHERE (date IS NULL) <> (date_basis IS NULL) OR (date IS NULL) <> (date_precision IS NULL)
UNION ALL
SELECT 'statements', statement_id, 'date_expression', 'a date that is stated or resolved needs its date_expression, an inferred one has none'
FROM statements WHERE date_basis IS NOT NULL AND (date_basis = 'inferred') <> (date_expression IS NULL)
UNION ALL
SELECT 'sources', source_id, 'publisher_basis', 'a publisher or a day of publication is stated or inferred; there are no words to resolve'
FROM sources WHERE publisher_basis = 'resolved' OR published_on_basis = 'resolved'
UNION ALL
SELECT 'events', event_id, 'date_basis', 'a date with its year is `stated`, one without is `resolved`'
FROM events AS e WHERE date_basis <> 'inferred' AND (date_basis = 'stated') <> regexp_matches(date_expression, '[12][0-9][0-9][0-9]')
  AND NOT EXISTS (SELECT 1 FROM captures AS c WHERE c.source_id = e.date_source_id AND strpos(c.text, e.date_expression) = 0)
UNION ALL
SELECT 'statements', statement_id, 'date_basis', 'a date with its year is `stated`, one without is `resolved`'
FROM statements WHERE date_basis <> 'inferred' AND (date_basis = 'stated') <> regexp_matches(date_expression, '[12][0-9][0-9][0-9]')
UNION ALL
SELECT 'statements', statement_id, 'date_precision', 'a month is written as its first day, a year as its first day, and an inferred date is a day'
FROM statements WHERE (date_precision = 'month' AND day(date) <> 1) OR (date_precision = 'year' AND (day(date) <> 1 OR month(date) <> 1)) OR (date_basis = 'inferred' AND date_precision <> 'day')
