-- code: title_is_held
-- title: A printed title is an office that the speaker held on that date
-- severity: error
-- kind: proof
-- stage: 3
-- unless: parts_are_segments, date_in_event, speaker_is_named
-- hint: Correct the office’s dates in the agent’s file, or add the office with evidence; or correct the title or the date.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'speaker_title' AS field,
  'on ' || coalesce(CAST(s.date AS VARCHAR), 'an unknown date') || ' `' || s.speaker_id || '` did not hold the office “' || s.speaker_title
    || '” according to its file' AS message
FROM statements AS s LEFT JOIN (
  SELECT a.statement_id, sum(length(replace(replace(folded(o.title), ' and ', ''), ', ', ''))) AS held
  FROM attributions AS a JOIN offices AS o ON o.office_id = a.office_id
  WHERE a.role = 'speaker' GROUP BY a.statement_id) AS h ON h.statement_id = s.statement_id
WHERE s.speaker_title IS NOT NULL AND s.speaker_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM incomplete AS i WHERE i.table_name = 'offices'
    AND substr(i.record_id, 1, length(s.speaker_id) + 1) = s.speaker_id || '-')
  AND coalesce(h.held, 0) <> length(replace(replace(folded(s.speaker_title), ' and ', ''), ', ', ''))
  AND s.statement_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'statements')
UNION ALL
SELECT 'attributions', a.statement_id || '/' || CAST(a.ordinal AS VARCHAR), 'office_id',
  '`' || coalesce(a.agent_id, 'null') || '` did not hold `' || a.office_id || '` on '
    || coalesce(CAST(s.date AS VARCHAR), 'an unknown date') || ', or the label does not print that office'
FROM attributions AS a JOIN statements AS s ON s.statement_id = a.statement_id JOIN offices AS o ON o.office_id = a.office_id
WHERE o.office_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'offices')
  AND (o.agent_id <> coalesce(a.agent_id, '') OR s.date IS NULL OR s.date < o.start_date OR s.date > coalesce(o.end_date, s.date)
  OR strpos(folded(coalesce(s.speaker_title, '')), folded(o.title)) = 0)
