-- code: event_facts_in_accounts
-- title: An event's place and number appear in its accounts, and no event is recorded twice
-- severity: error
-- kind: review
-- stage: 3
-- hint: Copy the place or the number (from words such as `seventh`) from an account, or write null; merge two records of the same event.
WITH shared AS (
  SELECT DISTINCT x.event_id AS a, y.event_id AS b FROM accounts AS x JOIN accounts AS y ON x.source_id = y.source_id
    AND x.event_id < y.event_id),
-- DISTINCT, so that the accounts are found first and only their texts are joined.
asked AS (
  SELECT DISTINCT e.event_id, x.source_id, lower(e.place) AS words FROM events AS e JOIN accounts AS x ON x.event_id = e.event_id
  WHERE e.place IS NOT NULL),
placed AS (
  SELECT q.event_id FROM asked AS q JOIN folded_captures AS f ON f.source_id = q.source_id WHERE strpos(f.text, q.words) > 0),
numbered AS (
  SELECT DISTINCT e.event_id FROM events AS e JOIN accounts AS x ON x.event_id = e.event_id
  JOIN folded_captures AS c ON c.source_id = x.source_id LEFT JOIN ordinals AS o ON o.value = e.ordinal
  WHERE e.ordinal IS NOT NULL AND (
    (regexp_matches(c.text, '(^|[^0-9])' || CAST(e.ordinal AS VARCHAR) || '([^0-9]|$)') AND e.ordinal > 12)
    OR regexp_matches(c.text, '(^|[^0-9])' || CAST(e.ordinal AS VARCHAR) || pattern('en ordinal_suffixes'))
    OR strpos(' ' || unmarked(c.text) || ' ', ' ' || o.word || ' ') > 0))
SELECT 'events' AS table_name, e.event_id AS record_id, 'place' AS field,
  '“' || e.place || '” was not found in any account of the event' AS message
FROM events AS e
WHERE e.place IS NOT NULL AND e.event_id IN (SELECT x.event_id FROM accounts AS x JOIN captures AS c ON c.source_id = x.source_id)
  AND e.event_id NOT IN (SELECT event_id FROM placed)
  AND e.event_id NOT IN (SELECT event_id FROM events_without_captures) AND e.event_id NOT IN (SELECT event_id FROM incomplete_events)
  AND NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
UNION ALL
SELECT 'events', e.event_id, 'ordinal', 'no account of the event gives the number ' || CAST(e.ordinal AS VARCHAR)
FROM events AS e
WHERE e.ordinal IS NOT NULL AND e.event_id IN (
    SELECT x.event_id FROM accounts AS x JOIN captures AS c ON c.source_id = x.source_id JOIN sources AS s ON s.source_id = x.source_id
    WHERE substr(s.language, 1, 2) = 'en')
  AND e.event_id NOT IN (SELECT event_id FROM numbered)
  AND e.event_id NOT IN (SELECT event_id FROM events_without_captures) AND e.event_id NOT IN (SELECT event_id FROM incomplete_events)
  AND NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
UNION ALL
SELECT 'events', b.event_id, 'name', 'type, dates and place are the same as those of `' || min(a.event_id) || '`, dated by the same account'
FROM shared AS x JOIN events AS a ON a.event_id = x.a JOIN events AS b ON b.event_id = x.b
-- In a CASE, so that the engine does not join each event with all others of the same day and place.
WHERE CASE WHEN a.type = b.type AND a.start_date = b.start_date AND a.end_date = b.end_date AND a.place = b.place THEN true ELSE false END
GROUP BY b.event_id
