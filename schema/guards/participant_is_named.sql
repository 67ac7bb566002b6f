-- code: participant_is_named
-- title: A participant is named in an account of the event
-- severity: error
-- stage: 3
-- hint: Name only participants whom an account names.
SELECT 'participants' AS table_name, p.event_id || '/' || p.agent_id || '/' || p.role AS record_id, 'agent_id' AS field,
  'no account of the event names `' || p.agent_id || '`' AS message
FROM participants AS p
WHERE p.event_id NOT IN (SELECT event_id FROM incomplete_events) AND NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
  AND EXISTS (SELECT 1 FROM event_captures AS e WHERE e.event_id = p.event_id) AND p.event_id NOT IN (SELECT event_id FROM unread_events)
  AND NOT EXISTS (SELECT 1 FROM event_captures AS e JOIN agent_names AS n ON n.agent_id = p.agent_id
    WHERE e.event_id = p.event_id AND strpos(e.text, lower(n.name)) > 0)
