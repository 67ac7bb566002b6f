-- code: released_capture_unchanged
-- title: The captured text of a released source never changes
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Restore the captured text; add a new edition as a new source.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'text_sha256' AS field,
  'the captured text differs from the one released in ' || l.added_in AS message
FROM sources AS s JOIN ledger AS l ON l."table" = 'captures' AND l.record_id = s.source_id
WHERE l.sha256 <> s.text_sha256
