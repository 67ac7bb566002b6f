-- code: text_is_content
-- title: The text of a statement is its content segments, joined
-- severity: error
-- kind: proof
-- stage: 3
-- unless: segments_tile, segment_in_quote, offsets_fit_text
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
-- Most texts are one segment, or two with a space between them.
WITH ends AS (
  SELECT statement_id, count(*) AS number, min_by(text, ordinal) AS first, max_by(text, ordinal) AS last FROM segments_batch
  WHERE role = 'content' GROUP BY statement_id),
asked AS (
  SELECT s.statement_id, s.text FROM statements_batch AS s LEFT JOIN ends AS e ON e.statement_id = s.statement_id
  WHERE CASE WHEN e.number = 1 THEN s.text <> e.first
    WHEN e.number = 2 THEN s.text <> e.first || ' ' || e.last OR begins_unspaced(e.last)
    ELSE true END),
content AS (
  SELECT statement_id, ordinal, text, lag(text) OVER (PARTITION BY statement_id ORDER BY ordinal) AS previous
  FROM segments_batch WHERE role = 'content' AND statement_id IN (SELECT statement_id FROM asked)),
spaced AS (
  SELECT statement_id, ordinal, text, CASE WHEN previous IS NULL
      OR (regexp_matches(previous,
        '[\x{0e00}-\x{0eff}\x{1000}-\x{109f}\x{1780}-\x{17ff}\x{3040}-\x{30ff}\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{20000}-\x{3ffff}]$')
        AND begins_unspaced(text))
    THEN '' ELSE ' ' END || text AS piece
  FROM content),
placed AS (
  SELECT statement_id, piece, sum(length(piece)) OVER (PARTITION BY statement_id ORDER BY ordinal ROWS UNBOUNDED PRECEDING) AS reached
  FROM spaced),
compared AS (
  SELECT s.statement_id, length(s.text) AS wanted, p.reached,
    CASE WHEN substr(s.text, CAST(p.reached AS BIGINT) - length(p.piece) + 1, length(p.piece)) = p.piece THEN 0 ELSE 1 END AS wrong
  FROM asked AS s LEFT JOIN placed AS p ON p.statement_id = s.statement_id),
checked AS (
  SELECT statement_id, max(wanted) AS wanted, max(reached) AS reached, sum(wrong) AS wrong FROM compared GROUP BY statement_id)
SELECT 'statements' AS table_name, statement_id AS record_id, 'text' AS field, 'the text differs from the content segments' AS message
FROM checked WHERE (reached IS NULL OR reached <> wanted OR wrong > 0)
  AND statement_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'statements')
