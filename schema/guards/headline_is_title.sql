-- code: headline_is_title
-- title: A statement in the headline is part of the title
-- severity: error
-- kind: proof
-- stage: 3
-- unless: title_in_capture, quote_in_capture
-- hint: Write section: body, or check the title.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'section' AS field,
  'the section is `headline`, but the words are not in the title' AS message
FROM statements AS s JOIN sources AS p ON p.source_id = s.source_id
WHERE s.section = 'headline' AND strpos(coalesce(p.title, ''), s.exact) = 0
