-- code: capture_matches_hash
-- title: The captured text matches its recorded hash and length
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Restore the captured text; it is never edited.
SELECT 'sources' AS table_name, s.source_id AS record_id, 'text_sha256' AS field,
  CASE WHEN sha256(c.text) <> s.text_sha256 THEN 'the SHA-256 of the captured text differs from the recorded one'
  ELSE 'the captured text has ' || CAST(length(c.text) AS VARCHAR) || ' code points, expected '
    || CAST(s.text_length AS VARCHAR) END AS message
FROM sources AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE sha256(c.text) <> s.text_sha256 OR length(c.text) <> s.text_length
