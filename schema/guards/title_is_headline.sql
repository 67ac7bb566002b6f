-- code: title_is_headline
-- title: A title is not part of the running text
-- severity: error
-- kind: review
-- stage: 3
-- unless: title_in_capture, headline_is_title
-- hint: Copy the headline from source.txt, or write null if the text has none.
WITH placed AS (
  SELECT p.source_id, p.title, strpos(c.text, p.title) AS place FROM sources AS p JOIN captures_batch AS c ON c.source_id = p.source_id)
SELECT 'sources' AS table_name, p.source_id AS record_id, 'title' AS field,
  'the title “' || p.title || '” is in the statement `' || min(s.statement_id) || '`, which is not a headline'
  || CASE WHEN min(s.exact) = p.title THEN
    ' → Write section: headline in that statement, if it is the headline; otherwise write title: null.' ELSE '' END AS message
FROM sources AS p JOIN statements_batch AS s ON s.source_id = p.source_id AND s.section <> 'headline' AND strpos(s.exact, p.title) > 0
WHERE p.source_id IN (SELECT source_id FROM curated_sources) AND p.source_id IN (SELECT source_id FROM captures)
  AND NOT EXISTS (SELECT 1 FROM statements_batch AS h WHERE h.source_id = p.source_id AND h.section = 'headline'
    AND strpos(p.title, h.exact) > 0)
  AND NOT EXISTS (SELECT 1 FROM exclusions AS e JOIN captures_batch AS c ON c.source_id = e.source_id
    WHERE e.source_id = p.source_id AND e.reason IN ('headline', 'metadata', 'navigation')
    AND strpos(substr(c.text, e.start + 1, e."end" - e.start), p.title) > 0)
GROUP BY p.source_id, p.title
UNION ALL
SELECT 'sources', p.source_id, 'title', 'the title “' || p.title || '” is in words excluded as ' || min(e.reason)
FROM placed AS p JOIN exclusions AS e ON e.source_id = p.source_id
WHERE e.reason IN ('caption', 'narration', 'boilerplate', 'byline') AND p.place > e.start AND p.place <= e."end"
GROUP BY p.source_id, p.title
UNION ALL
SELECT 'sources', p.source_id, 'title', 'the title “' || p.title || '” spans several statements'
FROM placed AS p JOIN statements_batch AS s ON s.source_id = p.source_id AND s.section = 'body' AND p.place - 1 < s."end"
  AND s.start < p.place - 1 + length(p.title) AND strpos(s.exact, p.title) = 0
WHERE p.place > 0
GROUP BY p.source_id, p.title
