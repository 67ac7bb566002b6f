-- code: offsets_fit_text
-- title: A passage begins before it ends and is as long as its words
-- severity: error
-- kind: proof
-- stage: 3
-- unless: quote_in_capture
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
SELECT 'statements' AS table_name, statement_id AS record_id, 'start' AS field, 'start and end do not match the length of exact' AS message
FROM statements WHERE start >= "end" OR length(exact) <> "end" - start
UNION ALL
SELECT 'segments', statement_id || '/' || CAST(ordinal AS VARCHAR), 'start', 'start and end do not match the length of text'
FROM segments WHERE start >= "end" OR length(text) <> "end" - start
