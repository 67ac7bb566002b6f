-- code: label_by_cue
-- title: Label and cue are next to each other, and context is next to them or at an edge
-- severity: error
-- kind: review
-- stage: 3
-- unless: parts_are_segments, segments_tile, speaker_is_named, continues_nearest
-- hint: Mark the words of one reporting clause as label and cue; words between two stretches of content are content.
SELECT 'statements' AS table_name, l.statement_id AS record_id, 'cue' AS field,
  'there is content between the label “' || l.text || '” and the cue “' || q.text || '”' AS message
FROM segments AS l JOIN segments AS q ON q.statement_id = l.statement_id AND l.role = 'speaker' AND q.role = 'cue'
JOIN segments AS c ON c.statement_id = l.statement_id AND c.role = 'content' AND c.ordinal > least(l.ordinal, q.ordinal)
  AND c.ordinal < greatest(l.ordinal, q.ordinal)
JOIN statements AS s ON s.statement_id = l.statement_id
-- exception: a participle before the clause that names the speaker is followed by its content: `Noting its age, Lind`
WHERE NOT (q.ordinal < l.ordinal AND q.start = (SELECT min(f.start) FROM segments AS f WHERE f.statement_id = q.statement_id)
  AND (s.language NOT LIKE 'en%' OR regexp_matches(' ' || unmarked(lower(q.text)) || ' ', ' ' || pattern('en verbs_of_saying') || ' ')))
UNION ALL
SELECT 'statements', g.statement_id, 'context', '“' || trim(g.text) || '” is marked as context, but is between two stretches of content'
FROM segments AS g JOIN segments AS a ON a.statement_id = g.statement_id AND a.ordinal = g.ordinal - 1
JOIN segments AS b ON b.statement_id = g.statement_id AND b.ordinal = g.ordinal + 1
JOIN statements AS s ON s.statement_id = g.statement_id
WHERE g.role = 'context' AND a.role = 'content' AND b.role = 'content' AND regexp_matches(lower(g.text), '[a-z]')
  AND s.mode IN ('indirect', 'free-indirect', 'reported')
  AND strpos(g.text, coalesce(s.date_expression, g.text || '.')) = 0
  -- exceptions: a second reporting clause, or a conjunction that continues the content: `the line, she said, was safe and that it …`
  AND NOT regexp_matches(' ' || unmarked(lower(g.text)) || ' ', '^ +' || pattern('en pronouns') || ' +([^ ]+ +)?'
    || pattern('en reporting_forms') || ' +$')
  AND NOT regexp_matches(' ' || unmarked(lower(g.text)) || ' ', '^ +' || pattern('en reporting_forms') || ' +' || pattern('en pronouns')
    || ' +$')
  AND NOT regexp_matches(' ' || unmarked(lower(g.text)) || ' ', '^ +((and|or|but) +)?that +$')
UNION ALL
SELECT 'statements', s.statement_id, 'mode', CASE WHEN s.speaker_label IS NOT NULL AND s.cue IS NOT NULL
  THEN 'mode `free-indirect`, but the label “' || s.speaker_label || '” and the cue “' || s.cue
  || '” make a reporting clause → Write mode: indirect.'
  ELSE 'mode `free-indirect` has no reporting clause, so it cannot have a label or context → '
    || 'Delete label and context; or, if there is a reporting verb, mark it as `cue` and write mode: indirect.' END
FROM statements AS s
WHERE s.mode = 'free-indirect' AND (s.speaker_label IS NOT NULL
  OR EXISTS (SELECT 1 FROM segments AS g WHERE g.statement_id = s.statement_id AND g.role = 'context'
    AND regexp_matches(lower(g.text), '[a-z]') AND strpos(g.text, coalesce(s.date_expression, g.text || '.')) = 0))
