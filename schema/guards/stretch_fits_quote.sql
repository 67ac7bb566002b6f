-- code: stretch_fits_quote
-- title: A stretch begins before it ends and is as long as its words
-- severity: error
-- kind: proof
-- stage: 3
-- unless: quote_in_capture
-- hint: Derived values are never written by hand: run `readouts build`, or download the tables again.
SELECT 'statements' AS table_name, statement_id AS record_id, 'start' AS field, 'start, end and the length of exact do not fit' AS message
FROM statements WHERE start >= "end" OR length(exact) <> "end" - start
UNION ALL
SELECT 'segments', statement_id || '/' || CAST(ordinal AS VARCHAR), 'start', 'start, end and the length of text do not fit'
FROM segments WHERE start >= "end" OR length(text) <> "end" - start
