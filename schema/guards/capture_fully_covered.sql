-- code: capture_fully_covered
-- title: Every non-whitespace character of a captured text is covered by a statement or exclusion
-- severity: error
-- kind: proof
-- stage: 3
-- unless: capture_matches_hash
-- hint: Add these words to a statement, or to an exclusion with a reason.
-- White space that a statement's prefix or suffix shows is not looked up in the capture: finding a position in a text is slow.
WITH spans AS (
  SELECT source_id, start, "end", length(prefix) - length(rtrim(spaced(prefix))) AS white_before,
    length(suffix) - length(ltrim(spaced(suffix))) AS white_after FROM statements
  UNION ALL SELECT source_id, start, "end", 0, 0 FROM exclusions
  UNION ALL SELECT source_id, length(text), length(text) + 1, 0, 0 FROM captures
  UNION ALL SELECT source_id, 0, 0, 0, 0 FROM captures),
ordered AS (
  SELECT source_id, start, coalesce(white_before, 0) AS white_before,
    max("end") OVER (PARTITION BY source_id ORDER BY start, "end" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS previous,
    lag("end") OVER (PARTITION BY source_id ORDER BY start, "end") AS last,
      lag(coalesce(white_after, 0)) OVER (PARTITION BY source_id ORDER BY start, "end") AS white_after
  FROM spans),
reached AS (
  SELECT source_id, start, previous FROM ordered
  WHERE start - previous > CASE WHEN last = previous THEN greatest(white_before, white_after) ELSE white_before END),
gaps AS (
  SELECT r.source_id, r.previous AS start, regexp_replace(spaced(substr(c.text, r.previous + 1, r.start - r.previous)),
    '[\x{ad}\x{200b}-\x{200f}\x{2060}\x{feff}]', ' ', 'g') AS text
  FROM reached AS r JOIN captures AS c ON c.source_id = r.source_id
  WHERE regexp_matches(substr(c.text, r.previous + 1, r.start - r.previous),
    '[^ \x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}'
      || '\x{ad}\x{200b}-\x{200f}\x{2060}\x{feff}]')),
uncovered AS (
  SELECT source_id, start + length(text) - length(ltrim(text)) AS start, trim(text) AS text FROM gaps)
SELECT 'exclusions' AS table_name, f.source_id || '/' || CAST(f.start AS VARCHAR) AS record_id, 'quote' AS field,
  'not covered by a statement or an exclusion: “' || CASE WHEN length(f.text) > 120 THEN substr(f.text, 1, 90) || ' … '
    || substr(f.text, length(f.text) - 24, 25) ELSE f.text END
    || '” (source.txt, line ' || CAST(1 + f.start - length(replace(substr(c.text, 1, f.start), chr(10), '')) AS VARCHAR) || ')' AS message
FROM uncovered AS f JOIN captures AS c ON c.source_id = f.source_id
WHERE f.source_id IN (SELECT source_id FROM sources)
  AND f.source_id IN (SELECT source_id FROM curated_sources)
  AND f.source_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'sources')
