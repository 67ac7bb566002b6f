-- code: published_text_is_capture
-- title: A text published in full equals the captured text
-- severity: error
-- kind: proof
-- stage: 2
-- unless: text_as_redistributed
-- hint: Run `readouts build` again.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'text' AS field, 'the published text does not match its recorded hash' AS message
FROM sources AS s
WHERE s.text IS NOT NULL AND (sha256(s.text) <> s.text_sha256 OR length(s.text) <> s.text_length)
