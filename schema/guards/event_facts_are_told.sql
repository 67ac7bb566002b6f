-- code: event_facts_are_told
-- title: Place and number of an event are as its accounts have them, and no event is written twice
-- severity: error
-- stage: 3
-- hint: Copy the place from an account; take the number from its words (`seventh`); join two records of one event.
SELECT 'events' AS table_name, e.event_id AS record_id, 'place' AS field, '“' || e.place || '” stands in no account of the event' AS message
FROM events AS e
WHERE e.place IS NOT NULL AND e.event_id NOT IN (SELECT event_id FROM unread_events) AND e.event_id NOT IN (SELECT event_id FROM incomplete_events) AND EXISTS (SELECT 1 FROM event_captures AS c WHERE c.event_id = e.event_id)
  AND NOT EXISTS (SELECT 1 FROM event_captures AS c CROSS JOIN blanks WHERE c.event_id = e.event_id AND strpos(lower(translate(c.text, blanks.characters, blanks.spaces)), lower(e.place)) > 0)
  AND NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
UNION ALL
SELECT 'events', e.event_id, 'ordinal', 'no account of the event has the number ' || CAST(e.ordinal AS VARCHAR)
FROM events AS e
WHERE e.ordinal IS NOT NULL AND e.event_id NOT IN (SELECT event_id FROM unread_events) AND e.event_id NOT IN (SELECT event_id FROM incomplete_events) AND EXISTS (SELECT 1 FROM event_captures AS c JOIN sources AS s ON s.source_id = c.source_id WHERE c.event_id = e.event_id AND substr(s.language, 1, 2) = 'en')
  AND NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
  AND NOT EXISTS (SELECT 1 FROM event_captures AS c CROSS JOIN blanks WHERE c.event_id = e.event_id
    AND (regexp_matches(c.text, '(^|[^0-9])' || CAST(e.ordinal AS VARCHAR) || '([^0-9]|$)') AND e.ordinal > 12
      OR regexp_matches(lower(c.text), '(^|[^0-9])' || CAST(e.ordinal AS VARCHAR) || '(st|nd|rd|th)')
      OR EXISTS (SELECT 1 FROM ordinals AS o WHERE o.value = e.ordinal AND strpos(' ' || translate(translate(lower(c.text), blanks.characters, blanks.spaces), blanks.marks, blanks.mark_spaces) || ' ', ' ' || o.word || ' ') > 0)))
UNION ALL
SELECT 'events', b.event_id, 'name', 'type, days and place are those of `' || min(a.event_id) || '`, dated by the same account'
FROM events AS a JOIN events AS b ON a.event_id < b.event_id AND a.type = b.type AND a.start_date = b.start_date AND a.end_date = b.end_date AND a.place = b.place
WHERE EXISTS (SELECT 1 FROM statements AS x JOIN statements AS y ON x.source_id = y.source_id WHERE x.event_id = a.event_id AND y.event_id = b.event_id)
GROUP BY b.event_id
