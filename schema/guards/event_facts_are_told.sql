-- code: event_facts_are_told
-- title: Place and number of an event are as its accounts have them, and no event is written twice
-- severity: error
-- stage: 3
-- hint: Copy the place or the number (from words like `seventh`) from an account, or write null; join two records of one event.
WITH shared AS (
  SELECT DISTINCT x.event_id AS a, y.event_id AS b FROM accounts AS x JOIN accounts AS y ON x.source_id = y.source_id AND x.event_id < y.event_id),
placed AS (
  SELECT DISTINCT e.event_id FROM events AS e JOIN event_captures AS c ON c.event_id = e.event_id WHERE strpos(c.text, lower(e.place)) > 0),
numbered AS (
  SELECT DISTINCT e.event_id FROM events AS e JOIN event_captures AS c ON c.event_id = e.event_id LEFT JOIN ordinals AS o ON o.value = e.ordinal
  WHERE e.ordinal IS NOT NULL AND (
    (regexp_matches(c.text, '(^|[^0-9])' || CAST(e.ordinal AS VARCHAR) || '([^0-9]|$)') AND e.ordinal > 12)
    OR regexp_matches(c.text, '(^|[^0-9])' || CAST(e.ordinal AS VARCHAR) || '(st|nd|rd|th)')
    OR strpos(' ' || unmarked(c.text) || ' ', ' ' || o.word || ' ') > 0))
SELECT 'events' AS table_name, e.event_id AS record_id, 'place' AS field, '“' || e.place || '” stands in no account of the event' AS message
FROM events AS e
WHERE e.place IS NOT NULL AND e.event_id IN (SELECT event_id FROM event_captures) AND e.event_id NOT IN (SELECT event_id FROM placed)
  AND e.event_id NOT IN (SELECT event_id FROM unread_events) AND e.event_id NOT IN (SELECT event_id FROM incomplete_events)
  AND NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
UNION ALL
SELECT 'events', e.event_id, 'ordinal', 'no account of the event has the number ' || CAST(e.ordinal AS VARCHAR)
FROM events AS e
WHERE e.ordinal IS NOT NULL AND e.event_id IN (SELECT c.event_id FROM event_captures AS c JOIN sources AS s ON s.source_id = c.source_id WHERE substr(s.language, 1, 2) = 'en')
  AND e.event_id NOT IN (SELECT event_id FROM numbered)
  AND e.event_id NOT IN (SELECT event_id FROM unread_events) AND e.event_id NOT IN (SELECT event_id FROM incomplete_events)
  AND NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
UNION ALL
SELECT 'events', b.event_id, 'name', 'type, days and place are those of `' || min(a.event_id) || '`, dated by the same account'
FROM shared AS x JOIN events AS a ON a.event_id = x.a JOIN events AS b ON b.event_id = x.b
WHERE a.type = b.type AND a.start_date = b.start_date AND a.end_date = b.end_date AND a.place = b.place
GROUP BY b.event_id
