-- code: office_title_is_printed
-- title: The title of an office stands, letter for letter, in a capture
-- severity: error
-- stage: 2
-- hint: Write the title as a source prints it.
SELECT 'offices' AS table_name, o.office_id AS record_id, 'title' AS field, 'the title “' || o.title || '” stands in no capture of a source that has to do with the holder' AS message
FROM offices AS o CROSS JOIN blanks
WHERE NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
  AND o.agent_id IN (SELECT agent_id FROM agent_sources)
  AND NOT EXISTS (SELECT 1 FROM agent_captures AS f JOIN captures AS c ON c.source_id = f.source_id WHERE f.agent_id = o.agent_id AND CASE WHEN strpos(f.text, lower(o.title)) = 0 THEN false
    ELSE strpos(' ' || replace(replace(translate(c.text, blanks.marks, blanks.mark_spaces), '   ', ' '), '  ', ' ') || ' ', ' ' || replace(translate(o.title, blanks.marks, blanks.mark_spaces), '  ', ' ') || ' ') > 0 END)
  AND NOT EXISTS (SELECT 1 FROM agent_sources AS x WHERE x.agent_id = o.agent_id AND x.source_id NOT IN (SELECT source_id FROM captures))
