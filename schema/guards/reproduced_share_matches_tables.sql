-- code: reproduced_share_matches_tables
-- title: reproduced_share is the share of the text that the tables reproduce
-- severity: error
-- kind: proof
-- stage: 3
-- unless: quote_in_capture, context_in_capture, offsets_fit_text, capture_matches_hash, text_as_redistributed
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
WITH printed AS (
  SELECT n.source_id, n.words, c.text,
    unnest(range(1, CAST((length(c.text) - length(replace(c.text, n.words, ''))) / length(n.words) AS INTEGER) + 1)) AS ordinal
  FROM published_names AS n JOIN captures_batch AS c ON c.source_id = n.source_id WHERE strpos(c.text, n.words) > 0),
before AS (
  SELECT source_id, words, ordinal, length(split_part(text, words, CAST(ordinal AS INTEGER))) AS number FROM printed),
names AS (
  SELECT source_id, words,
    CAST(sum(number) OVER (PARTITION BY source_id, words ORDER BY ordinal) AS BIGINT) + (ordinal - 1) * length(words) AS start FROM before),
given AS (
  SELECT s.source_id, s.start - length(coalesce(s.prefix, '')) AS start, s."end" + length(coalesce(s.suffix, '')) AS "end"
  FROM statements_batch AS s
  UNION ALL SELECT source_id, start, start + length(words) FROM names
  UNION ALL SELECT q.source_id, strpos(c.text, q.words) - 1, strpos(c.text, q.words) - 1 + length(q.words)
    FROM published_quotes AS q JOIN captures_batch AS c ON c.source_id = q.source_id WHERE strpos(c.text, q.words) > 0
  UNION ALL SELECT source_id, length(text), length(text) FROM captures_batch),
reached AS (
  SELECT source_id, start, coalesce(max("end") OVER (PARTITION BY source_id ORDER BY start, "end" ROWS BETWEEN UNBOUNDED PRECEDING
    AND 1 PRECEDING), 0) AS previous FROM given),
-- The characters that are not reproduced are fewer, so they are counted.
hidden AS (
  SELECT r.source_id, sum(length(replace(spaced(substr(c.text, r.previous + 1, r.start - r.previous)), ' ', ''))) AS number
  FROM reached AS r JOIN captures_batch AS c ON c.source_id = r.source_id
  WHERE r.start > r.previous GROUP BY r.source_id),
shares AS (
  SELECT w.source_id, (w.letters - coalesce(h.number, 0)) * 1.0 / w.letters AS share
  FROM folded_batch AS w LEFT JOIN hidden AS h ON h.source_id = w.source_id)
SELECT 'sources' AS table_name, s.source_id AS record_id, 'reproduced_share' AS field,
  'reproduced_share is ' || CAST(s.reproduced_share AS VARCHAR) || ', but the tables reproduce '
    || CAST(round(CAST(h.share AS DOUBLE), 4) AS VARCHAR) || ' of the source' AS message
FROM sources AS s JOIN shares AS h ON h.source_id = s.source_id
WHERE s.source_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'sources')
  AND s.source_id NOT IN (SELECT x.source_id FROM statements AS x JOIN incomplete_events AS i ON i.event_id = x.event_id) AND
  CASE WHEN s.text IS NOT NULL THEN s.reproduced_share <> 1 ELSE abs(h.share - s.reproduced_share) > 0.000051 END
