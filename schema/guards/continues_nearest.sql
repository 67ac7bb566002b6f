-- code: continues_nearest
-- title: A statement continues the nearest earlier statement that names its speaker
-- severity: error
-- kind: review
-- stage: 3
-- unless: antecedent_is_earlier, speaker_is_named
-- hint: Refer to the nearest earlier statement of this source that names the speaker; omit `continues` if this statement’s label does.
WITH named AS (
  SELECT DISTINCT w.statement_id, w.source_id, w.start, w.speaker_id
  FROM speaker_words AS w JOIN agent_names AS n ON n.agent_id = w.speaker_id
  WHERE strpos(w.words, n.needle) > 0),
nearest AS (
  SELECT s.statement_id, max(m.start) AS start
  FROM statements AS s LEFT JOIN named AS m ON m.source_id = s.source_id AND m.speaker_id = s.speaker_id AND m.start < s.start
  WHERE s.continues IS NOT NULL AND s.speaker_id IS NOT NULL GROUP BY s.statement_id)
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'continues' AS field,
  CASE WHEN s.statement_id IN (SELECT statement_id FROM named) THEN 'its own label names the speaker, so `continues` must be omitted'
  WHEN m.statement_id IS NULL THEN 'no earlier statement of this source names `' || s.speaker_id || '`'
  ELSE 'the nearest earlier statement that names `' || s.speaker_id || '` is `' || m.statement_id || '`, not `' || s.continues
    || '`' END AS message
FROM statements AS s JOIN nearest AS t ON t.statement_id = s.statement_id
LEFT JOIN named AS m ON m.source_id = s.source_id AND m.speaker_id = s.speaker_id AND m.start = t.start
WHERE (m.statement_id IS NULL OR NOT EXISTS (SELECT 1 FROM named AS k
  WHERE k.statement_id = s.continues AND k.source_id = m.source_id AND k.speaker_id = m.speaker_id AND k.start = m.start)
  OR s.statement_id IN (SELECT statement_id FROM named))
  AND s.source_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'sources')
  AND NOT EXISTS (SELECT 1 FROM statements AS k WHERE k.statement_id = s.continues AND k.speaker_id IS NOT NULL AND k.continues IS NULL
    AND k.mode <> 'authored' AND k.statement_id NOT IN (SELECT statement_id FROM named))
UNION ALL
SELECT 'statements', s.statement_id, 'continues', '`' || s.continues || '` is not an earlier statement of this source'
FROM statements AS s JOIN statements AS k ON k.statement_id = s.continues
WHERE s.speaker_id IS NULL AND (k.source_id <> s.source_id OR k.start >= s.start)
