-- code: relay_names_other_account
-- title: An account relays another account, not itself, and not in a circle
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Refer to the first account, or delete the line.
SELECT 'sources' AS table_name, a.source_id AS record_id, 'relays' AS field,
  'it relays itself → Refer to the first account, or delete the line.' AS message FROM sources AS a WHERE a.relays = a.source_id
UNION ALL
SELECT 'sources', a.source_id, 'relays', 'it relays `' || a.relays
  || '`, which relays it → Delete the line `relays` of the account that was published first ('
  || CASE WHEN a.published_on < b.published_on THEN a.source_id || ', published ' || CAST(a.published_on AS VARCHAR)
  WHEN b.published_on < a.published_on THEN b.source_id || ', published ' || CAST(b.published_on AS VARCHAR)
  ELSE 'the publication dates do not show which' END || ').'
FROM sources AS a JOIN sources AS b ON b.source_id = a.relays WHERE b.relays = a.source_id AND a.source_id < b.source_id
