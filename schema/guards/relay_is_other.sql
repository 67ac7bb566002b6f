-- code: relay_is_other
-- title: A relaying account names another account, not itself and not in a circle
-- severity: error
-- stage: 2
-- hint: Name the account that was first.
SELECT 'sources' AS table_name, a.source_id AS record_id, 'relays' AS field, 'it relays itself' AS message FROM sources AS a WHERE a.relays = a.source_id
UNION ALL
SELECT 'sources', a.source_id, 'relays', 'it relays `' || a.relays || '`, which relays it'
FROM sources AS a JOIN sources AS b ON b.source_id = a.relays WHERE b.relays = a.source_id AND a.source_id < b.source_id
