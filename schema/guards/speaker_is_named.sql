-- code: speaker_is_named
-- title: The label, earlier words or the continued statement name the speaker
-- severity: error
-- kind: proof
-- stage: 3
-- unless: antecedent_is_earlier
-- hint: Refer in `continues` to an earlier statement that names the speaker; if there is none, quote such words in `antecedent`.
-- Most speakers are named by their own statement or the one that it continues; only the rest are examined further.
WITH named AS (
  SELECT w.statement_id, w.speaker_id FROM speaker_words AS w
  WHERE EXISTS (SELECT 1 FROM agent_names AS n WHERE n.agent_id = w.speaker_id AND strpos(w.words, n.needle) > 0)),
asked AS (
  SELECT s.statement_id, s.source_id, s.speaker_id, s.speaker_label, s.antecedent, s.continues, s.mode FROM statements AS s
  LEFT JOIN named AS w ON w.statement_id = s.statement_id LEFT JOIN named AS v ON v.statement_id = s.continues
    AND v.speaker_id = s.speaker_id
  WHERE w.statement_id IS NULL AND v.statement_id IS NULL AND s.speaker_id IN (SELECT agent_id FROM agents)),
unnamed AS (
  SELECT s.statement_id, s.speaker_id, s.speaker_label, s.antecedent, s.continues
  FROM asked AS s JOIN sources AS p ON p.source_id = s.source_id
  LEFT JOIN speaker_words AS v ON v.statement_id = s.continues LEFT JOIN folded_captures AS c ON c.source_id = s.source_id
    AND s.mode = 'authored'
  WHERE NOT EXISTS (SELECT 1 FROM agent_names AS n WHERE n.agent_id = s.speaker_id
    AND (strpos(v.words, n.needle) > 0
      OR (s.mode = 'authored' AND s.speaker_label IS NULL AND s.continues IS NULL
        AND (c.text IS NULL OR s.speaker_id = p.publisher_id OR strpos(c.text, lower(n.name)) > 0)))))
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'speaker_id' AS field,
  CASE WHEN s.continues = s.statement_id THEN 'it continues itself → '
    || 'Refer in `continues` to the nearest earlier statement that names the speaker.'
  WHEN s.antecedent IS NOT NULL THEN 'neither the label nor the antecedent “' || s.antecedent || '” names `' || s.speaker_id
    || '` → Quote earlier words that contain a name of the speaker in `antecedent`.'
  WHEN s.speaker_label IS NOT NULL AND s.continues IS NULL THEN 'the label “' || s.speaker_label || '” does not name `' || s.speaker_id
    || '`'
  WHEN s.continues IS NOT NULL THEN 'neither the label nor the label of `' || s.continues || '` names `' || s.speaker_id || '`'
  ELSE 'no label or earlier words name `' || s.speaker_id || '`' END AS message
FROM unnamed AS s
WHERE NOT EXISTS (SELECT 1 FROM unnamed AS k WHERE k.statement_id = s.continues AND k.speaker_id = s.speaker_id AND k.continues IS NULL)
  -- exception: a participle before the clause that names the speaker (`Noting its age, Lind said`)
  AND NOT EXISTS (SELECT 1 FROM statements AS o JOIN statements AS t ON t.source_id = o.source_id AND t.speaker_id = o.speaker_id
    AND t.start >= o."end" AND t.start <= o."end" + 2
    JOIN named AS w ON w.statement_id = t.statement_id
    WHERE o.statement_id = s.statement_id AND o.speaker_label IS NULL AND strpos(lower(o.exact), lower(o.cue)) = 1
      AND regexp_matches(o.exact, '[,–—-] *$'))
