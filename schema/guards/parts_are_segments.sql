-- code: parts_are_segments
-- title: Label and cue are segments of the statement, and the title is part of it
-- severity: error
-- kind: proof
-- stage: 3
-- unless: segment_in_quote, offsets_fit_text, quote_in_capture
-- hint: Copy the words from the quotation.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'cue' AS field, 'the cue differs from the cue segment' AS message
FROM statements AS s LEFT JOIN (
  SELECT statement_id, max(text) AS text, count(*) AS number FROM segments WHERE role = 'cue' GROUP BY statement_id
  ) AS g ON g.statement_id = s.statement_id
WHERE (coalesce(s.cue, '') <> coalesce(g.text, '') OR g.number > 1)
  AND s.statement_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'statements')
UNION ALL
SELECT 'statements', s.statement_id, 'speaker_label', 'the label differs from the speaker segment'
FROM statements AS s LEFT JOIN (
  SELECT statement_id, max(text) AS text, count(*) AS number FROM segments WHERE role = 'speaker' GROUP BY statement_id
  ) AS g ON g.statement_id = s.statement_id
WHERE (coalesce(s.speaker_label, '') <> coalesce(g.text, '') OR g.number > 1)
  AND s.statement_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'statements')
UNION ALL
SELECT 'statements', statement_id, 'speaker_title', 'the title “' || speaker_title || '” was not found in the statement'
FROM statements WHERE speaker_title IS NOT NULL AND strpos(exact, speaker_title) = 0
