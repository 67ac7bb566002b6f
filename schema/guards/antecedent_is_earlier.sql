-- code: antecedent_is_earlier
-- title: The antecedent comes before the statement, and is used only if no earlier statement names the speaker
-- severity: error
-- kind: proof
-- stage: 3
-- hint: Copy the words from the text before the statement.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'antecedent' AS field,
  CASE WHEN s.continues IS NOT NULL THEN 'both `continues` and `antecedent` say who speaks → '
    || 'Delete antecedent if the continued statement names the speaker; otherwise delete continues.'
  WHEN s.mode = 'free-indirect' THEN 'a statement without a reporting clause continues another one and cannot have an antecedent → '
    || 'Delete antecedent, and write continues.'
  ELSE '“' || s.antecedent || '” was not found before the statement' END AS message
FROM statements AS s LEFT JOIN captures AS c ON c.source_id = s.source_id
WHERE s.antecedent IS NOT NULL AND (s.continues IS NOT NULL OR s.mode = 'free-indirect'
  OR (c.text IS NOT NULL AND (strpos(c.text, s.antecedent) = 0 OR strpos(c.text, s.antecedent) > s.start)))
UNION ALL
SELECT 'statements', s.statement_id, 'antecedent', 'the earlier statement `' || max(w.statement_id)
  || '` names the speaker → Delete antecedent, and write continues: ' || max(w.statement_id)
FROM statements AS s JOIN speaker_words AS w ON w.source_id = s.source_id AND w.speaker_id = s.speaker_id AND w.start < s.start
JOIN agent_names AS n ON n.agent_id = w.speaker_id AND strpos(w.words, n.needle) > 0
WHERE s.antecedent IS NOT NULL AND s.continues IS NULL AND s.mode <> 'free-indirect' GROUP BY s.statement_id
