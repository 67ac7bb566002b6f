-- code: speaker_is_given
-- title: A person named by the label is the speaker
-- severity: error
-- kind: review
-- stage: 3
-- hint: Write that person as speaker; use null only if the account does not identify the speaker.
-- A person whom the label names only to describe the speaker is not the speaker:
-- `Lind’s office`, `a spokeswoman for Lind`, `Lind and her allies`, `people who met Lind`.
WITH labels AS (
  SELECT statement_id, speaker_label AS label FROM statements WHERE speaker_id IS NULL AND speaker_label IS NOT NULL
  UNION ALL SELECT s.statement_id, k.speaker_label FROM statements AS s JOIN statements AS k ON k.statement_id = s.continues
  WHERE s.speaker_id IS NULL AND k.speaker_label IS NOT NULL),
worded AS (
  SELECT statement_id, label, ' ' || replace(replace(unmarked(lower(label)), '   ', ' '), '  ', ' ') || ' ' AS words FROM labels)
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'speaker_id' AS field,
  'the speaker is null, but the label “' || min(s.label) || '” names `' || min(n.agent_id) || '`' AS message
FROM worded AS s JOIN agent_names AS n ON strpos(s.words, n.needle) > 0 JOIN agents AS a ON a.agent_id = n.agent_id AND a.type = 'person'
WHERE strpos(s.words, n.needle || 's ') = 0
  AND NOT regexp_matches(substr(s.words, 1, strpos(s.words, n.needle)), ' ' || pattern('en small_prepositions') || '( [^ ]+){0,2} $')
  AND NOT regexp_matches(substr(s.words, 1, strpos(s.words, n.needle)), ' ' || pattern('en relative_words') || ' ')
  AND NOT regexp_matches(s.words, ' ' || pattern('en groups') || ' ')
    AND NOT regexp_matches(s.words, ' ' || pattern('en speaking_for') || ' ')
  AND NOT regexp_matches(s.words, ' ' || pattern('en companions') || ' ')
GROUP BY s.statement_id
