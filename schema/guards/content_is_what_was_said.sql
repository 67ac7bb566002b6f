-- code: content_is_what_was_said
-- title: Content holds nothing of the reporting clause
-- severity: error
-- stage: 3
-- unless: parts_are_segments, segments_tile, mode_fits_form, label_by_cue
-- hint: Mark `that` and the circumstances as context, verb and name as cue and label, the weekday as date_expression. (Only English is checked.)
WITH pieces AS (
  SELECT g.statement_id, g.ordinal, g.text AS shown, lower(g.text) AS text, s.mode, s.speaker_id,
    lag(g.role) OVER (PARTITION BY g.statement_id ORDER BY g.ordinal) AS before, g.role
  FROM segments AS g JOIN statements AS s ON s.statement_id = g.statement_id WHERE substr(s.language, 1, 2) = 'en' AND regexp_matches(lower(g.text), '[a-z]')),
content AS (SELECT p.*, ' ' || unmarked(p.text) || ' ' AS words FROM pieces AS p WHERE p.role = 'content'
    AND (p.before = 'cue' OR regexp_matches(p.text, 'said|says|added|stressed|noted|stated|told|reiterated|pointed[^a-z]out|continued|called[^a-z]on|expressed')))
SELECT 'statements' AS table_name, statement_id AS record_id, 'context' AS field, 'the content “' || substr(shown, 1, 60) || '” begins with words of the reporting clause → Mark “' || regexp_extract(shown, '^[^A-Za-z]*([A-Za-z]+)', 1) || '” (with what belongs to it) as context, a weekday as date_expression.' AS message
FROM content WHERE before = 'cue' AND mode IN ('indirect', 'mixed') AND regexp_matches(words, '^ (that|while|when addressing|during|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tonight) ')
UNION ALL
SELECT 'statements', c.statement_id, 'context', 'the content begins with “' || a.label || '”, who is called on'
FROM content AS c JOIN attributions AS a ON a.statement_id = c.statement_id AND a.role IN ('target', 'addressee') AND strpos(c.text, lower(a.label)) = 1 WHERE c.before = 'cue'
UNION ALL
SELECT 'statements', statement_id, 'cue', 'the content “' || substr(shown, 1, 60) || '” holds a reporting clause'
FROM content WHERE mode IN ('indirect', 'free-indirect')
  AND regexp_matches(words, ' (he|she|they) (said|says|added|stressed|noted|stated|told|reiterated|pointed out|continued)  *$| (said|added|noted) (he|she|they|the [a-z]+( [a-z]+)?)  *$|^ (he|she|they) (said|says|added|stressed|noted|stated|reiterated) ')
UNION ALL
SELECT 'statements', c.statement_id, 'cue', 'the content “' || substr(c.shown, 1, 60) || '” holds a reporting clause'
FROM content AS c JOIN agent_names AS n ON n.agent_id = c.speaker_id
WHERE c.mode IN ('indirect', 'free-indirect')
  AND (strpos(c.words, n.needle || 'said ') > 0 OR strpos(c.words, ' said' || n.needle) > 0 OR strpos(c.words, n.needle || 'called on ') > 0 OR strpos(c.words, n.needle || 'expressed ') > 0 OR strpos(c.words, n.needle || 'added ') > 0 OR strpos(c.words, n.needle || 'stressed ') > 0 OR strpos(c.words, n.needle || 'noted ') > 0)
