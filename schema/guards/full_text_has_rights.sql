-- code: full_text_has_rights
-- title: A text is published in full only if its rights allow it
-- severity: error
-- kind: proof
-- stage: 2
-- hint: State in `rights` what allows it (a licence, the public domain, a permission), or write redistribution: quotation.
SELECT 'sources' AS table_name, source_id AS record_id, 'redistribution' AS field,
  'the text would be published in full, but the rights (“' || rights || '”) do not say what allows it' AS message
FROM sources
WHERE redistribution = 'full-text'
  AND NOT regexp_matches(' ' || replace(unmarked(lower(rights)), '  ', ' '), ' ' || pattern('en open_rights') || '| ' || pattern('en works')
    || ' .*' || pattern('en public_makers'))
