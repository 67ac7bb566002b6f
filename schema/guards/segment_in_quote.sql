-- code: segment_in_quote
-- title: A segment is in the quotation at its offsets
-- severity: error
-- kind: proof
-- stage: 3
-- unless: offsets_fit_text
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
SELECT 'segments' AS table_name, g.statement_id || '/' || CAST(g.ordinal AS VARCHAR) AS record_id, 'text' AS field,
  '“' || g.text || '” is not in the quotation at its offsets' AS message
FROM segments AS g JOIN statements AS s ON s.statement_id = g.statement_id
WHERE g.start < s.start OR g."end" > s."end" OR substr(s.exact, g.start - s.start + 1, g."end" - g.start) <> g.text
