-- code: title_in_capture
-- title: A title appears in the captured text
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Copy the headline from source.txt, or write null if the text has none.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'title' AS field,
  'the title “' || s.title || '” was not found in the captured text' AS message
FROM sources AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE s.title IS NOT NULL AND strpos(c.text, s.title) = 0
