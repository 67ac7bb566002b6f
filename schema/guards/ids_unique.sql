-- code: ids_unique
-- title: No two records have one id
-- severity: error
-- kind: proof
-- stage: 1
-- hint: Give one of them another id, or delete it.
SELECT table_name, record_id, 'id' AS field, '`' || record_id || '` stands ' || CAST(number AS VARCHAR) || ' times in ' || table_name AS message
FROM repeated
