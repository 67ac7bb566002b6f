-- code: context_in_capture
-- title: Prefix and suffix are the text around the quotation
-- severity: error
-- kind: proof
-- stage: 3
-- unless: quote_in_capture
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
WITH placed AS (
  SELECT s.statement_id,
    CASE WHEN substr(c.text, greatest(s.start - 32, 0) + 1, s.start - greatest(s.start - 32, 0)) <> coalesce(s.prefix, '') THEN 'prefix'
      WHEN substr(c.text, s."end" + 1, 32) <> coalesce(s.suffix, '') THEN 'suffix' END AS field
  FROM misplaced_statements AS s JOIN captures AS c ON c.source_id = s.source_id
  WHERE substr(c.text, s.start + 1, s."end" - s.start) = s.exact)
SELECT 'statements' AS table_name, statement_id AS record_id, field,
  'prefix or suffix differs from the text around the quotation' AS message
FROM placed WHERE field IS NOT NULL
