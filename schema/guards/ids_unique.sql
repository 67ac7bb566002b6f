-- code: ids_unique
-- title: Ids are unique
-- severity: error
-- kind: proof
-- stage: 1
-- hint: Give one of them a different id, or delete it.
SELECT table_name, record_id, 'id' AS field, '`' || record_id || '` appears ' || CAST(number AS VARCHAR) || ' times in '
  || table_name AS message
FROM repeated
