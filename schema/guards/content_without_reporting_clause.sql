-- code: content_without_reporting_clause
-- title: Content does not include the reporting clause
-- severity: error
-- kind: review
-- stage: 3
-- unless: parts_are_segments, segments_tile, mode_fits_form, label_by_cue
-- hint: Mark `that` and circumstances as context, the verb as cue, the name as label, a weekday as date_expression. (English only.)
-- Content that contains a verb of saying, begins like a reporting clause, or begins with the name of an addressee. The words before it
-- are looked up only in the last two cases.
WITH content AS (
  SELECT g.statement_id, g.ordinal, g.text AS shown, lower(g.text) AS text, s.mode, s.speaker_id
  FROM segments AS g JOIN statements AS s ON s.statement_id = g.statement_id
  WHERE g.role = 'content' AND substr(s.language, 1, 2) = 'en'
    AND regexp_matches(g.text, '(?i)^(' || replace(pattern('en conjunctions_of_content'), ' ', '[^a-z]+') || '|' || pattern('en weekdays')
      || '|' || replace(pattern('en day_words'), ' ', '[^a-z]+') || ')|' || replace(pattern('en reporting_forms'), ' ', '[^a-z]+'))),
words AS (
  SELECT statement_id, ordinal, shown, ' ' || unmarked(text) || ' ' AS words, mode, speaker_id FROM content),
opening AS (
  SELECT statement_id, ordinal, shown FROM words
  WHERE mode IN ('indirect', 'mixed') AND regexp_matches(words, '^ (' || pattern('en conjunctions_of_content') || '|'
    || pattern('en weekdays') || '|' || pattern('en day_words') || ') ')),
addressed AS (
  SELECT g.statement_id, g.ordinal, a.label
  FROM attributions AS a JOIN segments AS g ON g.statement_id = a.statement_id AND g.role = 'content'
    AND lower(substr(g.text, 1, length(a.label))) = lower(a.label)
  JOIN statements AS s ON s.statement_id = g.statement_id
  WHERE a.role IN ('target', 'addressee') AND substr(s.language, 1, 2) = 'en' AND regexp_matches(g.text, '[A-Za-z]')),
ordered AS (
  SELECT statement_id, ordinal, lag(role) OVER (PARTITION BY statement_id ORDER BY ordinal) AS before
  FROM segments WHERE statement_id IN (SELECT statement_id FROM opening UNION SELECT statement_id FROM addressed)
    AND regexp_matches(text, '[A-Za-z]')),
cued AS (SELECT statement_id, ordinal FROM ordered WHERE before = 'cue')
SELECT 'statements' AS table_name, statement_id AS record_id, 'context' AS field,
  'the content “' || substr(shown, 1, 60) || '” begins with words of the reporting clause → Mark “'
  || regexp_extract(shown, '^[^A-Za-z]*([A-Za-z]+)', 1)
  || '” (and words that belong to it) as context, or a weekday as date_expression.' AS message
FROM opening AS o WHERE EXISTS (SELECT 1 FROM cued AS c WHERE c.statement_id = o.statement_id AND c.ordinal = o.ordinal)
UNION ALL
SELECT 'statements', a.statement_id, 'context', 'the content begins with “' || a.label || '”, who is being addressed'
FROM addressed AS a WHERE EXISTS (SELECT 1 FROM cued AS c WHERE c.statement_id = a.statement_id AND c.ordinal = a.ordinal)
UNION ALL
SELECT 'statements', statement_id, 'cue', 'the content “' || substr(shown, 1, 60) || '” contains a reporting clause'
FROM words WHERE mode IN ('indirect', 'free-indirect')
  AND regexp_matches(words, ' ' || pattern('en speaking_pronouns') || ' ' || pattern('en reporting_forms') || '  *$| '
    || pattern('en inverted_forms') || ' (' || pattern('en speaking_pronouns') || '|the [a-z]+( [a-z]+)?)  *$|^ '
    || pattern('en speaking_pronouns') || ' ' || pattern('en reporting_forms') || ' ')
UNION ALL
SELECT 'statements', c.statement_id, 'cue', 'the content “' || substr(c.shown, 1, 60) || '” contains a reporting clause'
FROM words AS c JOIN agent_names AS n ON n.agent_id = c.speaker_id
WHERE c.mode IN ('indirect', 'free-indirect') AND strpos(c.words, n.needle) > 0
  AND (regexp_matches(substr(c.words, strpos(c.words, n.needle) + length(n.needle)), '^' || pattern('en reporting_forms') || ' ')
    OR regexp_matches(substr(c.words, 1, strpos(c.words, n.needle)), ' ' || pattern('en inverted_forms') || ' $'))
