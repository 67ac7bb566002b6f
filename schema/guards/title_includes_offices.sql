-- code: title_includes_offices
-- title: The title includes every office named in the label
-- severity: error
-- kind: review
-- stage: 3
-- unless: parts_are_segments, speaker_is_named, title_is_held
-- hint: Copy the whole title as printed, without nationality and name.
-- Every office that the label prints, its position there, and whether the title lacks it.
WITH printed AS (
  SELECT s.statement_id, joined(s.speaker_label) AS speaker_label, o.title,
    strpos(' ' || unmarked(lower(joined(s.speaker_label))) || ' ', ' ' || lower(o.title) || ' ') AS place,
    CASE WHEN strpos(folded(coalesce(s.speaker_title, '')), folded(o.title)) = 0 THEN 1 ELSE 0 END AS lacking
  FROM statements AS s JOIN offices AS o ON o.agent_id = s.speaker_id
  WHERE s.date >= o.start_date AND (o.end_date IS NULL OR s.date <= o.end_date)
    AND strpos(' ' || unmarked(lower(joined(s.speaker_label))) || ' ', ' ' || lower(o.title) || ' ') > 0)
SELECT 'statements' AS table_name, statement_id AS record_id, 'speaker_title' AS field,
  'the label “' || speaker_label || '” names an office that is missing in the title, “' || min(CASE WHEN lacking = 1 THEN title END)
    || '” → Write title: '
    || substr(speaker_label, min(place), max(place + length(title)) - min(place)) AS message
FROM printed GROUP BY statement_id, speaker_label HAVING max(lacking) = 1
UNION ALL
SELECT 'statements', s.statement_id, 'speaker_label', 'the title “' || s.speaker_title || '” is outside the label “' || s.speaker_label
  || '”, so it counts as content → Write label: '
  || CASE WHEN g.start < l.start THEN substr(s.exact, g."end" - length(s.speaker_title) - s.start + 1,
    l."end" - g."end" + length(s.speaker_title))
    ELSE substr(s.exact, l.start - s.start + 1, g.start + length(s.speaker_title) - l.start) END
FROM statements AS s JOIN segments AS l ON l.statement_id = s.statement_id AND l.role = 'speaker'
JOIN segments AS g ON g.statement_id = s.statement_id AND g.role = 'content' AND g.ordinal >= l.ordinal - 2 AND g.ordinal <= l.ordinal + 2
  AND strpos(g.text, s.speaker_title) > 0
WHERE strpos(s.speaker_label, s.speaker_title) = 0 AND (
  rtrim(unmarked(substr(s.exact, 1, l.start - s.start))) = rtrim(unmarked(substr(s.exact, 1, g."end" - s.start)))
    AND substr(g.text, length(g.text) - length(s.speaker_title) + 1) = s.speaker_title
  OR ltrim(unmarked(substr(s.exact, l."end" - s.start + 1))) = ltrim(unmarked(substr(s.exact, g.start - s.start + 1)))
    AND strpos(g.text, s.speaker_title) = 1)
