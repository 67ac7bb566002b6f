-- code: segments_tile
-- title: The segments of a statement cover it without gaps or overlaps
-- severity: error
-- kind: proof
-- stage: 3
-- unless: quote_in_capture, offsets_fit_text
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
WITH steps AS (
  SELECT statement_id, ordinal, start, "end",
    lag("end") OVER (PARTITION BY statement_id ORDER BY ordinal) AS previous,
    row_number() OVER (PARTITION BY statement_id ORDER BY ordinal) AS number
  FROM segments),
sums AS (
  SELECT statement_id, min(start) AS first, max("end") AS last,
    sum(CASE WHEN (previous IS NOT NULL AND previous <> start) OR number <> ordinal THEN 1 ELSE 0 END) AS breaks
  FROM steps GROUP BY statement_id)
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'segments' AS field,
  CASE WHEN t.statement_id IS NULL THEN 'the statement has no segments'
    ELSE 'the segments leave a gap, overlap, or are misnumbered' END AS message
FROM statements AS s LEFT JOIN sums AS t ON t.statement_id = s.statement_id
WHERE (t.statement_id IS NULL OR t.breaks > 0 OR t.first <> s.start OR t.last <> s."end")
  AND s.statement_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'statements')
