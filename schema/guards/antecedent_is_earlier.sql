-- code: antecedent_is_earlier
-- title: The words that name a speaker stand earlier in the source, and are given only where no statement does it
-- severity: error
-- kind: proof
-- stage: 3
-- hint: Copy the words from before the statement.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'antecedent' AS field,
  CASE WHEN s.continues IS NOT NULL THEN 'both `continues` and `antecedent` say who speaks → Delete one of the two: antecedent, where the statement continued names the speaker.'
  WHEN s.mode = 'free-indirect' THEN 'a statement without a reporting clause continues another; it has no antecedent → Delete antecedent, and write continues.'
  ELSE '“' || s.antecedent || '” does not stand before the statement' END AS message
FROM statements AS s LEFT JOIN captures AS c ON c.source_id = s.source_id
WHERE s.antecedent IS NOT NULL AND (s.continues IS NOT NULL OR s.mode = 'free-indirect'
  OR (c.text IS NOT NULL AND (strpos(c.text, s.antecedent) = 0 OR strpos(c.text, s.antecedent) > s.start)))
UNION ALL
SELECT 'statements', s.statement_id, 'antecedent', 'an earlier statement, `' || max(w.statement_id) || '`, names the speaker → Delete antecedent, and write continues: ' || max(w.statement_id)
FROM statements AS s JOIN speaker_words AS w ON w.source_id = s.source_id AND w.speaker_id = s.speaker_id AND w.start < s.start
JOIN agent_names AS n ON n.agent_id = w.speaker_id AND strpos(w.words, n.needle) > 0
WHERE s.antecedent IS NOT NULL AND s.continues IS NULL AND s.mode <> 'free-indirect' GROUP BY s.statement_id
