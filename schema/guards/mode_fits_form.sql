-- code: mode_fits_form
-- title: The mode fits the form: cue, continuation, speech act
-- severity: error
-- stage: 3
-- unless: parts_are_segments, speaker_is_named, continues_nearest
-- hint: See the codebook, chapter 4: a reporting clause (cue) makes it indirect; none makes it free-indirect, which continues a statement.
SELECT 'statements' AS table_name, statement_id AS record_id, 'mode' AS field,
  CASE WHEN mode IN ('indirect', 'mixed', 'reported') AND cue IS NULL THEN 'mode `' || mode || '` needs a cue'
  WHEN mode = 'free-indirect' AND cue IS NOT NULL THEN 'mode `free-indirect` has no cue'
  WHEN mode = 'free-indirect' AND continues IS NULL THEN 'mode `free-indirect` needs `continues`'
  ELSE 'speech_act is null for mode `reported`, and only there' END AS message
FROM statements
WHERE (mode IN ('indirect', 'mixed', 'reported') AND cue IS NULL) OR (mode = 'free-indirect' AND (cue IS NOT NULL OR continues IS NULL))
  OR (mode = 'reported') <> (speech_act IS NULL)
