-- code: own_words_not_copied
-- title: The curators’ own words do not contain sentences of a source
-- severity: error
-- kind: proof
-- stage: 4
-- hint: Use your own words; only statements quote a source.
WITH own AS (
  SELECT 'sources' AS table_name, source_id AS record_id, 'obtained_from' AS field, obtained_from AS words FROM sources
  UNION ALL SELECT 'sources', source_id, 'rights', rights FROM sources
  UNION ALL SELECT 'sources', source_id, 'publisher_evidence', publisher_evidence FROM sources
  UNION ALL SELECT 'events', event_id, 'name', name FROM events
  UNION ALL SELECT 'events', event_id, 'place', place FROM events
  UNION ALL SELECT 'events', event_id, 'series', series FROM events
  UNION ALL SELECT 'offices', office_id, 'evidence', evidence FROM offices
  UNION ALL SELECT 'offices', office_id, 'title', title FROM offices
  UNION ALL SELECT 'agents', agent_id, 'name', name FROM agents
  UNION ALL SELECT 'agents', agent_id, 'other_names', other_names FROM agents
  UNION ALL SELECT 'claims', claim_id, 'proposition', proposition FROM claims),
-- A sentence can only occur where its first 80 characters occur.
places AS (
  SELECT w.table_name, w.record_id, w.field, w.words, substr(w.words, CAST(w.start AS INTEGER), 80) AS opening FROM (
    SELECT table_name, record_id, field, words, unnest(range(1, CAST(length(words) AS INTEGER) - 78)) AS start FROM own
    WHERE length(words) >= 80) AS w),
-- No captured text is read if none of the curators' own words are that long.
sentences AS (
  SELECT source_id, unnest(string_split(replace(replace(replace(replace(text, chr(160), ' '), chr(8239), ' '), chr(10), '. '), '? ', '. '),
    '. ')) AS sentence FROM captures
  WHERE (SELECT count(*) FROM places) > 0
  UNION ALL SELECT e.source_id, unnest(string_split(replace(replace(replace(replace(substr(c.text, e.start + 1, e."end" - e.start),
    chr(160), ' '), chr(8239), ' '), chr(10), ' '), '? ', '. '), '. ')) FROM exclusions AS e JOIN captures AS c ON c.source_id = e.source_id
  WHERE (SELECT count(*) FROM places) > 0),
long AS (
  SELECT DISTINCT t.source_id, t.sentence FROM (SELECT source_id, trim(sentence) AS sentence FROM sentences
    WHERE length(sentence) >= 80) AS t
  WHERE length(t.sentence) >= 80 AND substr(t.sentence, 1, 80) IN (SELECT opening FROM places))
SELECT o.table_name, o.record_id, o.field, o.field || ' repeats a sentence of `' || min(l.source_id) || '` word for word: “'
  || substr(min(l.sentence), 1, 60) || ' …”' AS message
FROM places AS o JOIN long AS l ON substr(l.sentence, 1, 80) = o.opening AND strpos(o.words, l.sentence) > 0
JOIN sources AS s ON s.source_id = l.source_id AND s.redistribution = 'quotation'
  AND strpos(coalesce(regexp_replace(s.title, '[\x{a0}\x{202f}]', ' ', 'g'), ''), l.sentence) = 0
GROUP BY o.table_name, o.record_id, o.field
