-- code: segment_in_quote
-- title: A segment is what stands at its place in the quotation
-- severity: error
-- kind: proof
-- stage: 3
-- unless: stretch_fits_quote
-- hint: Derived values are never written by hand: run `readouts build`, or download the tables again.
SELECT 'segments' AS table_name, g.statement_id || '/' || CAST(g.ordinal AS VARCHAR) AS record_id, 'text' AS field,
  '“' || g.text || '” does not stand there in the quotation' AS message
FROM segments AS g JOIN statements AS s ON s.statement_id = g.statement_id
WHERE g.start < s.start OR g."end" > s."end" OR substr(s.exact, g.start - s.start + 1, g."end" - g.start) <> g.text
