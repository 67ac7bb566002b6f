-- code: publisher_is_evidenced
-- title: The evidence of a publisher names it and quotes the captured text
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Name the publisher in the evidence, and copy words in “…” from the text. For a stated publisher, all of it is copied.
WITH stated AS (
  SELECT s.source_id, strpos(c.text, s.publisher_evidence) AS place
  FROM sources AS s JOIN captures_batch AS c ON c.source_id = s.source_id WHERE s.publisher_basis = 'stated')
SELECT 'sources' AS table_name, s.source_id AS record_id, 'publisher_evidence' AS field,
  'the evidence does not name the publisher (' || a.name || ')' AS message
FROM sources AS s JOIN agents AS a ON a.agent_id = s.publisher_id
WHERE s.publisher_evidence IS NOT NULL AND s.publisher_id NOT IN (SELECT agent_id FROM unattested_names WHERE field = 'name')
  AND NOT EXISTS (SELECT 1 FROM agent_names AS n
  WHERE n.agent_id = s.publisher_id AND strpos(folded(s.publisher_evidence), folded(n.name)) > 0)
UNION ALL
SELECT 'sources', s.source_id, 'publisher_evidence', 'the publisher is marked as stated, but the evidence does not quote the captured text'
FROM stated AS s WHERE s.place = 0
UNION ALL
SELECT 'sources', s.source_id, 'publisher_evidence', 'the publisher is marked as stated, but the quoted words are a caption or its credit'
FROM stated AS s JOIN exclusions AS e ON e.source_id = s.source_id
WHERE e.reason = 'caption' AND s.place > e.start AND s.place <= e."end"
UNION ALL
SELECT 'sources', q.source_id, 'publisher_evidence', 'the words “' || q.words || '” were not found in the captured text'
FROM evidence_quotes AS q JOIN captures_batch AS c ON c.source_id = q.source_id
WHERE strpos(c.text, q.words) = 0
