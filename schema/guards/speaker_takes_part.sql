-- code: speaker_takes_part
-- title: Everyone who speaks at an event is a participant
-- severity: error
-- kind: review
-- stage: 3
-- unless: speaker_is_named, reference_resolves
-- hint: Add the speaker to the event’s participants; if someone else passed the words on, add that agent as `relayer`.
SELECT 'statements' AS table_name, min(s.statement_id) AS record_id, 'speaker_id' AS field,
  '`' || s.speaker_id || '` is not among the participants of `' || s.event_id || '`' AS message
FROM statements AS s
WHERE s.speaker_id IS NOT NULL AND s.within IS NULL AND EXISTS (SELECT 1 FROM participants AS p WHERE p.event_id = s.event_id)
  AND NOT EXISTS (SELECT 1 FROM participants AS p WHERE p.event_id = s.event_id AND p.agent_id = s.speaker_id)
  AND s.event_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'events')
  AND NOT EXISTS (SELECT 1 FROM attributions AS a JOIN participants AS p ON p.event_id = s.event_id AND p.agent_id = a.agent_id
    WHERE a.statement_id = s.statement_id AND a.role = 'relayer')
GROUP BY s.event_id, s.speaker_id
