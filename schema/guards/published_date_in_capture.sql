-- code: published_date_in_capture
-- title: A stated publication date appears in the captured text
-- severity: error
-- kind: review
-- stage: 2
-- hint: Copy the date from the dateline or wherever the text says when it was published, or write published_on_basis: inferred.
WITH heads AS (
  SELECT e.source_id, substr(c.text, e.start + 1, e."end" - e.start) AS words
  FROM exclusions AS e JOIN captures_batch AS c ON c.source_id = e.source_id
  WHERE e.reason IN ('dateline', 'metadata', 'byline', 'headline', 'navigation', 'boilerplate')),
dated AS (
  SELECT DISTINCT s.source_id FROM sources AS s JOIN heads AS h ON h.source_id = s.source_id
  LEFT JOIN printed_dates AS d ON d.language = split_part(s.language, '-', 1) AND d.date = s.published_on
  WHERE strpos(h.words, CAST(s.published_on AS VARCHAR)) > 0 OR strpos(lower(joined(h.words)), d.printed) > 0),
undated AS (
  SELECT s.source_id, s.published_on, split_part(s.language, '-', 1) AS language
  FROM sources AS s JOIN captures_batch AS c ON c.source_id = s.source_id
  WHERE s.published_on_basis = 'stated' AND s.published_on IS NOT NULL AND s.source_id NOT IN (SELECT source_id FROM dated)),
-- The whole text is searched only if the dateline and similar passages do not give the date.
present AS (
  SELECT DISTINCT u.source_id FROM undated AS u JOIN folded_batch AS c ON c.source_id = u.source_id
  LEFT JOIN printed_dates AS d ON d.language = u.language AND d.date = u.published_on
  WHERE strpos(c.text, CAST(u.published_on AS VARCHAR)) > 0 OR strpos(c.text, d.printed) > 0),
absent AS (
  SELECT source_id, published_on FROM undated WHERE source_id NOT IN (SELECT source_id FROM present))
SELECT 'sources' AS table_name, source_id AS record_id, 'published_on' AS field,
  CAST(published_on AS VARCHAR) || ' is marked as stated, but the text does not print that date' AS message
FROM absent
UNION ALL
SELECT 'sources', s.source_id, 'published_on', CAST(s.published_on AS VARCHAR)
  || ' is marked as stated, but the text prints it only outside the dateline'
FROM sources AS s JOIN captures_batch AS c ON c.source_id = s.source_id
WHERE s.published_on_basis = 'stated' AND s.published_on IS NOT NULL AND s.source_id IN (SELECT source_id FROM curated_sources)
  AND s.source_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'sources')
  AND s.source_id NOT IN (SELECT source_id FROM dated)
  AND s.source_id NOT IN (SELECT source_id FROM absent)
UNION ALL
SELECT 'sources', s.source_id, 'published_on', 'the dateline says '
  || regexp_extract(substr(c.text, e.start + 1, e."end" - e.start), '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
  || ' → Write that date as published_on, with published_on_basis: stated.'
FROM sources AS s JOIN captures_batch AS c ON c.source_id = s.source_id
JOIN exclusions AS e ON e.source_id = s.source_id AND e.reason = 'dateline'
WHERE regexp_matches(substr(c.text, e.start + 1, e."end" - e.start), '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
  AND (coalesce(s.published_on_basis, '') <> 'stated' OR strpos(substr(c.text, e.start + 1, e."end" - e.start),
    CAST(s.published_on AS VARCHAR)) = 0)
