-- code: language_fits_words
-- title: A text with the small words of English is English
-- severity: error
-- kind: review
-- stage: 3
-- hint: Check `language`.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'language' AS field, 'the language is `' || s.language || '`, but the words are English' AS message
FROM statements AS s
WHERE substr(s.language, 1, 2) <> 'en'
  AND regexp_matches(' ' || unmarked(lower(s.exact)) || ' ', ' (the|with|has|is|any|that|of) ')
  AND regexp_matches(' ' || unmarked(lower(s.exact)) || ' ', ' (and|of|to|he|as|has|said|will) ')
  AND regexp_matches(' ' || unmarked(lower(s.exact)) || ' ', ' (countries|cooperation|said|side|this|way|both|other|will|in|for|with|should|have) ')
UNION ALL
SELECT 'sources', c.source_id, 'rendering', 'rendering is `translation`, but the text does not say so'
FROM sources AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE s.rendering = 'translation' AND substr(s.language, 1, 2) = 'en' AND strpos(lower(c.text), 'translat') = 0
