-- code: quote_in_capture
-- title: A quotation is in the captured text at its offsets
-- severity: error
-- kind: proof
-- stage: 3
-- hint: Copy the words from source.txt and run `readouts build`.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'exact' AS field,
  'the captured text has different characters at ' || CAST(s.start AS VARCHAR) || '–' || CAST(s."end" AS VARCHAR) AS message
FROM misplaced_statements AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE s.start >= s."end" OR substr(c.text, s.start + 1, s."end" - s.start) <> s.exact
