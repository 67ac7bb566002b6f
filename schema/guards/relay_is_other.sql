-- code: relay_is_other
-- title: A relaying account names another account, not itself and not in a circle
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Name the account that was first, or delete the line.
SELECT 'sources' AS table_name, a.source_id AS record_id, 'relays' AS field, 'it relays itself → Name the account that was first, or delete the line.' AS message FROM sources AS a WHERE a.relays = a.source_id
UNION ALL
SELECT 'sources', a.source_id, 'relays', 'it relays `' || a.relays || '`, which relays it → Delete one of the two lines `relays`: that of the account that was first (' || CASE WHEN a.published_on < b.published_on THEN a.source_id || ', published ' || CAST(a.published_on AS VARCHAR) WHEN b.published_on < a.published_on THEN b.source_id || ', published ' || CAST(b.published_on AS VARCHAR) ELSE 'the days of publication do not tell' END || ').'
FROM sources AS a JOIN sources AS b ON b.source_id = a.relays WHERE b.relays = a.source_id AND a.source_id < b.source_id
