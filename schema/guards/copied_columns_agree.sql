-- code: copied_columns_agree
-- title: Columns copied into statements equal their originals
-- severity: error
-- kind: proof
-- stage: 3
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
SELECT 'statements' AS table_name, s.statement_id AS record_id,
  CASE WHEN s.event_name IS DISTINCT FROM e.name THEN 'event_name' WHEN s.speaker_name IS DISTINCT FROM a.name THEN 'speaker_name'
    WHEN s.publisher_name IS DISTINCT FROM p.name THEN 'publisher_name'
      WHEN s.published_on IS DISTINCT FROM c.published_on THEN 'published_on' ELSE 'url' END AS field,
  'a copied column differs from its original table' AS message
FROM statements AS s JOIN events AS e ON e.event_id = s.event_id JOIN sources AS c ON c.source_id = s.source_id
LEFT JOIN agents AS a ON a.agent_id = s.speaker_id LEFT JOIN agents AS p ON p.agent_id = c.publisher_id
WHERE s.event_name IS DISTINCT FROM e.name OR s.speaker_name IS DISTINCT FROM a.name OR s.publisher_name IS DISTINCT FROM p.name
  OR s.published_on IS DISTINCT FROM c.published_on OR s.url IS DISTINCT FROM c.url
