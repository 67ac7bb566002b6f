-- code: speaker_is_named
-- title: The speaker is named: by the label, or by that of the statement continued
-- severity: error
-- stage: 3
-- hint: Check the speaker; if the label is a pronoun or a description, say with `continues` which statement names the speaker, or, where none does, quote with `antecedent` the earlier words that do.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'speaker_id' AS field,
  CASE WHEN s.speaker_label IS NOT NULL AND s.continues IS NULL THEN 'the label “' || s.speaker_label || '” does not name `' || s.speaker_id || '`'
  WHEN s.continues IS NOT NULL THEN 'neither the label nor that of `' || s.continues || '` names `' || s.speaker_id || '`'
  ELSE 'nothing names `' || s.speaker_id || '`' END AS message
FROM statements AS s JOIN sources AS p ON p.source_id = s.source_id LEFT JOIN statements AS k ON k.statement_id = s.continues LEFT JOIN captures AS c ON c.source_id = s.source_id AND s.mode = 'authored' CROSS JOIN blanks
WHERE s.speaker_id IS NOT NULL AND s.speaker_id IN (SELECT agent_id FROM agents)
  AND NOT EXISTS (SELECT 1 FROM agent_names AS n WHERE n.agent_id = s.speaker_id
    AND (strpos(' ' || translate(lower(concat_ws(' . ', s.speaker_label, s.antecedent)), blanks.marks, blanks.mark_spaces) || ' ', n.needle) > 0
      OR strpos(' ' || translate(lower(concat_ws(' . ', k.speaker_label, k.antecedent)), blanks.marks, blanks.mark_spaces) || ' ', n.needle) > 0
      OR (s.mode = 'authored' AND s.speaker_label IS NULL AND s.continues IS NULL
        AND (c.text IS NULL OR s.speaker_id = p.publisher_id OR strpos(lower(c.text), lower(n.name)) > 0))))
UNION ALL
SELECT 'statements', statement_id, 'speaker_id', 'the speaker is null, and no label says how the text names the one who spoke'
FROM statements WHERE speaker_id IS NULL AND speaker_label IS NULL AND continues IS NULL AND antecedent IS NULL
