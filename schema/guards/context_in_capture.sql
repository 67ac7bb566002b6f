-- code: context_in_capture
-- title: Prefix and suffix are the characters around the quotation
-- severity: error
-- stage: 3
-- unless: quote_in_capture
-- hint: Derived values are never written by hand: run `readouts build`, or download the tables again.
SELECT 'statements' AS table_name, s.statement_id AS record_id,
  CASE WHEN substr(c.text, greatest(s.start - 32, 0) + 1, s.start - greatest(s.start - 32, 0)) <> coalesce(s.prefix, '') THEN 'prefix' ELSE 'suffix' END AS field,
  'prefix or suffix is not what stands around the quotation' AS message
FROM statements AS s JOIN captures AS c ON c.source_id = s.source_id
-- All three are looked up at once: to find a place in a text takes longer than to compare what stands there.
WHERE length(coalesce(s.prefix, '')) <> s.start - greatest(s.start - 32, 0)
  OR substr(c.text, greatest(s.start - 32, 0) + 1, s."end" + 32 - greatest(s.start - 32, 0)) <> coalesce(s.prefix, '') || s.exact || coalesce(s.suffix, '')
