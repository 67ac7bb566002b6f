-- code: full_text_has_rights
-- title: A text is published in full only under rights that allow it
-- severity: error
-- kind: proof
-- stage: 2
-- hint: Write in `rights` what allows it (a licence, the public domain, a permission), or set redistribution to quotation.
SELECT 'sources' AS table_name, source_id AS record_id, 'redistribution' AS field,
  'the text would be published in full, but the rights (“' || rights || '”) do not say what allows it' AS message
FROM sources
WHERE redistribution = 'full-text'
  AND NOT regexp_matches(lower(rights), 'public domain|creative commons|cc[ -]?(by|0)|licen[cs]e|permission|government work|work of the .*government|not subject to copyright')
