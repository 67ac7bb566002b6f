-- code: text_as_redistributed
-- title: The full text is published if and only if the rights allow it
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Set redistribution to full-text only for a text that may be published in full.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'text' AS field,
  CASE WHEN s.redistribution = 'quotation' THEN 'redistribution is `quotation`, but the full text is published'
  ELSE 'redistribution is `full-text`, but the text is absent' END AS message
FROM sources AS s
WHERE (s.redistribution = 'quotation' AND s.text IS NOT NULL) OR (s.redistribution = 'full-text' AND s.text IS NULL)
