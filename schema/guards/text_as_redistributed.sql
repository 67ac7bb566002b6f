-- code: text_as_redistributed
-- title: The full text is published if and only if redistribution is full-text
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Write redistribution: full-text only if the text may be published in full.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'text' AS field,
  CASE WHEN s.redistribution = 'quotation' THEN 'redistribution is `quotation`, but the full text is published'
  ELSE 'redistribution is `full-text`, but the text is missing' END AS message
FROM sources AS s
WHERE (s.redistribution = 'quotation' AND s.text IS NOT NULL) OR (s.redistribution = 'full-text' AND s.text IS NULL)
