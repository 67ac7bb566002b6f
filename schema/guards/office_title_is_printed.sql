-- code: office_title_is_printed
-- title: The title of an office appears, letter for letter, in a captured text
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Write the title as a source prints it.
WITH asked AS (
  SELECT DISTINCT o.agent_id, o.title FROM offices AS o
  WHERE NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files') AND o.agent_id IN (SELECT agent_id FROM agent_sources)
    AND o.agent_id NOT IN (SELECT x.agent_id FROM agent_sources AS x LEFT JOIN captures AS c ON c.source_id = x.source_id
      WHERE c.source_id IS NULL)),
near AS (
  SELECT DISTINCT o.agent_id, o.title FROM asked AS o JOIN first_sources AS x ON x.agent_id = o.agent_id
  JOIN folded_captures AS f ON f.source_id = x.source_id JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(o.title)) = 0 THEN false
    ELSE strpos(' ' || joined(unmarked(c.text)) || ' ', ' ' || joined(unmarked(o.title)) || ' ') > 0 END),
rare AS (
  SELECT a.agent_id, a.title FROM asked AS a LEFT JOIN near AS d ON d.agent_id = a.agent_id AND d.title = a.title WHERE d.agent_id IS NULL),
found AS (
  SELECT o.agent_id, o.title FROM rare AS o JOIN agent_sources AS x ON x.agent_id = o.agent_id
  JOIN folded_captures AS f ON f.source_id = x.source_id JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(o.title)) = 0 THEN false
    ELSE strpos(' ' || joined(unmarked(c.text)) || ' ', ' ' || joined(unmarked(o.title)) || ' ') > 0 END
  UNION
  SELECT o.agent_id, o.title FROM rare AS o CROSS JOIN sources_with_gaps AS x JOIN folded_captures AS f ON f.source_id = x.source_id
  JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(o.title)) = 0 THEN false
    ELSE strpos(' ' || joined(unmarked(c.text)) || ' ', ' ' || joined(unmarked(o.title)) || ' ') > 0 END)
SELECT 'offices' AS table_name, o.office_id AS record_id, 'title' AS field,
  'the title “' || o.title || '” was not found in a source of the office holder' AS message
FROM offices AS o JOIN rare AS r ON r.agent_id = o.agent_id AND r.title = o.title
LEFT JOIN found AS d ON d.agent_id = o.agent_id AND d.title = o.title
WHERE d.agent_id IS NULL
