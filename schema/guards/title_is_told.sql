-- code: title_is_told
-- title: Every office that the label prints stands in the title
-- severity: error
-- stage: 3
-- unless: parts_are_segments, speaker_is_named, title_is_held
-- hint: Copy the whole title as printed, without nationality and name.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'speaker_title' AS field,
  'the label “' || s.speaker_label || '” prints the office “' || min(o.title) || '”, the title does not' AS message
FROM statements AS s JOIN offices AS o ON o.agent_id = s.speaker_id
WHERE s.date >= o.start_date AND (o.end_date IS NULL OR s.date <= o.end_date)
  AND strpos(' ' || unmarked(lower(s.speaker_label)) || ' ', ' ' || lower(o.title) || ' ') > 0
  AND strpos(lower(coalesce(s.speaker_title, '')), lower(o.title)) = 0
GROUP BY s.statement_id, s.speaker_label
