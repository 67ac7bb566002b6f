-- code: office_title_is_printed
-- title: The title of an office stands in a capture
-- severity: error
-- stage: 2
-- hint: Write the title as a source prints it.
SELECT 'offices' AS table_name, o.office_id AS record_id, 'title' AS field, 'the title “' || o.title || '” stands in no capture of a source that has to do with the holder' AS message
FROM offices AS o
WHERE NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
  AND NOT EXISTS (SELECT 1 FROM agent_captures AS c WHERE c.agent_id = o.agent_id AND strpos(c.text, lower(o.title)) > 0)
  AND NOT EXISTS (SELECT 1 FROM agent_sources AS x WHERE x.agent_id = o.agent_id AND x.source_id NOT IN (SELECT source_id FROM captures))
