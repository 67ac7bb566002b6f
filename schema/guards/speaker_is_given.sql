-- code: speaker_is_given
-- title: A person whom the label names is given as the speaker
-- severity: error
-- stage: 3
-- hint: Write the person named as speaker; null only where the account does not let one tell.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'speaker_id' AS field,
  'the speaker is null, but the label “' || min(coalesce(s.speaker_label, k.speaker_label)) || '” names `' || min(n.agent_id) || '`' AS message
FROM statements AS s LEFT JOIN statements AS k ON k.statement_id = s.continues
JOIN agent_names AS n ON strpos(' ' || joined(unmarked(lower(coalesce(s.speaker_label, '')))) || ' ', n.needle) > 0
  OR strpos(' ' || joined(unmarked(lower(coalesce(k.speaker_label, '')))) || ' ', n.needle) > 0
JOIN agents AS a ON a.agent_id = n.agent_id AND a.type = 'person'
WHERE s.speaker_id IS NULL
GROUP BY s.statement_id
