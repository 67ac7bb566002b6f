-- code: participant_is_named
-- title: Every participant is named in an account of the event
-- severity: error
-- kind: review
-- stage: 3
-- hint: Delete this participant, or add the name that an account uses to the agent’s other_names.
-- DISTINCT, so that the accounts are found first and only their texts are joined.
WITH asked AS (
  SELECT DISTINCT p.event_id, p.agent_id, x.source_id, lower(n.name) AS name
  FROM participants AS p JOIN agent_names AS n ON n.agent_id = p.agent_id JOIN accounts AS x ON x.event_id = p.event_id),
named AS (
  SELECT DISTINCT q.event_id, q.agent_id FROM asked AS q JOIN folded_captures AS f ON f.source_id = q.source_id
  WHERE strpos(f.text, q.name) > 0)
SELECT 'participants' AS table_name, p.event_id || '/' || p.agent_id || '/' || p.role AS record_id, 'agent_id' AS field,
  'no account of the event names `' || p.agent_id || '`' AS message
FROM participants AS p LEFT JOIN named AS n ON n.event_id = p.event_id AND n.agent_id = p.agent_id
WHERE n.event_id IS NULL AND p.event_id IN (SELECT x.event_id FROM accounts AS x JOIN captures AS c ON c.source_id = x.source_id)
  AND p.event_id NOT IN (SELECT event_id FROM events_without_captures) AND p.event_id NOT IN (SELECT event_id FROM incomplete_events)
    AND NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
