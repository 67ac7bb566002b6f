-- code: released_capture_kept
-- title: The capture of a released source is never another
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Put the captured text back; what was published anew is a new source.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'text_sha256' AS field, 'the capture is not the one that was released in ' || l.added_in AS message
FROM sources AS s JOIN ledger AS l ON l."table" = 'captures' AND l.record_id = s.source_id
WHERE l.sha256 <> s.text_sha256
