-- code: speaker_is_labelled
-- title: Words that say who spoke are marked as label, even if the speaker is unknown
-- severity: error
-- kind: review
-- stage: 3
-- unless: parts_are_segments, speaker_is_named, mode_fits_form
-- hint: Mark the words that say who spoke as `label`, or add the speaker.
-- If the text gives no source, there is nothing to label: `it was announced that`, `the plan is said to`, `the alleged theft`.
WITH unlabelled AS (
  SELECT statement_id, cue, language FROM statements
  WHERE speaker_id IS NULL AND speaker_label IS NULL AND continues IS NULL AND antecedent IS NULL AND mode <> 'authored')
SELECT 'statements' AS table_name, statement_id AS record_id, 'speaker_id' AS field,
  'the speaker is null and the label is missing' AS message
FROM unlabelled WHERE cue IS NULL
UNION ALL
SELECT 'statements', s.statement_id, 'speaker_label', 'the speaker is null and the label is missing, but “' || min(c.text)
  || '” next to the cue “' || min(s.cue) || '” may say who spoke'
FROM unlabelled AS s JOIN segments AS q ON q.statement_id = s.statement_id AND q.role = 'cue'
JOIN segments AS c ON c.statement_id = s.statement_id AND c.role = 'content'
  AND (c.ordinal BETWEEN q.ordinal - 2 AND q.ordinal - 1 OR c.ordinal BETWEEN q.ordinal + 1 AND q.ordinal + 2)
JOIN segments AS o ON o.statement_id = s.statement_id AND o.role = 'content' AND o.ordinal <> c.ordinal
WHERE substr(s.language, 1, 2) = 'en' AND regexp_matches(' ' || unmarked(lower(q.text)) || ' ', '^ ' || pattern('en reporting_forms')
  || ' ')
  AND length(c.text) - length(replace(c.text, ' ', '')) < 8
  AND NOT regexp_matches(' ' || unmarked(lower(c.text)) || ' ', ' ' || pattern('en be_forms') || ' +$')
GROUP BY s.statement_id
