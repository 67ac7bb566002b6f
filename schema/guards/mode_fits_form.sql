-- code: mode_fits_form
-- title: The mode matches the form: cue, continuation, speech act
-- severity: error
-- kind: review
-- stage: 3
-- unless: parts_are_segments, speaker_is_named, continues_nearest
-- hint: See the codebook, chapter 4. With a reporting clause (cue): indirect; without one: free-indirect, which continues a statement.
SELECT 'statements' AS table_name, statement_id AS record_id, 'mode' AS field,
  CASE WHEN mode IN ('indirect', 'mixed', 'reported') AND cue IS NULL THEN 'mode `' || mode
    || '` needs a cue → Mark the reporting verb as `cue`; without one, use another mode: free-indirect continues a statement, '
    || 'direct is in quotation marks.'
  WHEN mode = 'free-indirect' AND cue IS NOT NULL THEN 'mode `free-indirect` must have no cue, but “' || cue
    || '” is one → Delete the cue if it reports nothing, or write mode: indirect.'
  WHEN mode = 'free-indirect' AND continues IS NULL
    THEN 'mode `free-indirect` needs `continues` → Refer to the nearest earlier statement that names the speaker.'
  WHEN speech_act IS NULL THEN 'speech_act is missing → One of: assertive, directive, commissive, expressive, declaration; '
    || 'null only with mode: reported.'
  ELSE 'mode `reported` must have no speech_act, but `' || speech_act
    || '` is given → Write speech_act: null, or another mode if the text says what was said.' END AS message
FROM statements
WHERE (mode IN ('indirect', 'mixed', 'reported') AND cue IS NULL) OR (mode = 'free-indirect' AND (cue IS NOT NULL OR continues IS NULL))
  OR (mode = 'reported') <> (speech_act IS NULL)
