-- code: published_text_is_capture
-- title: A text published in full is the capture
-- severity: error
-- kind: proof
-- stage: 2
-- unless: text_as_redistributed
-- hint: Build again from the capture.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'text' AS field, 'the published text is not that of the hash recorded' AS message
FROM sources AS s
WHERE s.text IS NOT NULL AND (sha256(s.text) <> s.text_sha256 OR length(s.text) <> s.text_length)
