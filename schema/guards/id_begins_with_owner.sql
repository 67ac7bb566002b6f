-- code: id_begins_with_owner
-- title: The id of a statement begins with its source, the id of a claim with its event
-- severity: error
-- kind: proof
-- stage: 1
-- hint: Begin the id with the id of its source (statement) or event (claim) and a full stop.
SELECT 'statements' AS table_name, statement_id AS record_id, 'statement_id' AS field,
  'the id does not begin with its source `' || source_id || '`' AS message
FROM statements WHERE substr(statement_id, 1, length(source_id) + 1) <> source_id || '.'
UNION ALL
SELECT 'claims', claim_id, 'claim_id', 'the id does not begin with its event `' || event_id || '`'
FROM claims WHERE substr(claim_id, 1, length(event_id) + 1) <> event_id || '.'
