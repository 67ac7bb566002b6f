-- code: title_is_headline
-- title: A title is no part of the running text
-- severity: error
-- stage: 3
-- unless: title_in_capture, headline_is_title
-- hint: Copy the headline from source.txt, or write null if the text prints none.
SELECT 'sources' AS table_name, p.source_id AS record_id, 'title' AS field, 'the title “' || p.title || '” stands in the statement `' || min(s.statement_id) || '`, which is no headline' AS message
FROM sources AS p JOIN statements AS s ON s.source_id = p.source_id AND s.section <> 'headline' AND strpos(s.exact, p.title) > 0
WHERE p.source_id IN (SELECT source_id FROM curated_sources) AND p.source_id IN (SELECT source_id FROM captures)
  AND NOT EXISTS (SELECT 1 FROM statements AS h WHERE h.source_id = p.source_id AND h.section = 'headline' AND strpos(p.title, h.exact) > 0)
  AND NOT EXISTS (SELECT 1 FROM exclusions AS e JOIN captures AS c ON c.source_id = e.source_id WHERE e.source_id = p.source_id AND e.reason IN ('headline', 'metadata', 'navigation')
    AND strpos(substr(c.text, e.start + 1, e."end" - e.start), p.title) > 0)
GROUP BY p.source_id, p.title
UNION ALL
SELECT 'sources', p.source_id, 'title', 'the title “' || p.title || '” stands in words excluded as ' || min(e.reason)
FROM sources AS p JOIN captures AS c ON c.source_id = p.source_id JOIN exclusions AS e ON e.source_id = p.source_id
WHERE e.reason IN ('caption', 'narration', 'boilerplate', 'byline') AND strpos(c.text, p.title) > e.start AND strpos(c.text, p.title) <= e."end"
GROUP BY p.source_id, p.title
UNION ALL
SELECT 'sources', p.source_id, 'title', 'the title “' || p.title || '” runs over several statements'
FROM sources AS p JOIN captures AS c ON c.source_id = p.source_id
JOIN statements AS s ON s.source_id = p.source_id AND s.section = 'body' AND strpos(c.text, p.title) - 1 < s."end" AND s.start < strpos(c.text, p.title) - 1 + length(p.title) AND strpos(s.exact, p.title) = 0
WHERE strpos(c.text, p.title) > 0
GROUP BY p.source_id, p.title
