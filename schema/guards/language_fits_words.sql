-- code: language_fits_words
-- title: A text with English function words is in English
-- severity: error
-- kind: review
-- stage: 3
-- hint: Check `language`.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'language' AS field,
  'the language is `' || s.language || '`, but the words are English' AS message
FROM statements AS s
WHERE substr(s.language, 1, 2) <> 'en'
  AND regexp_matches(' ' || unmarked(lower(s.exact)) || ' ', ' ' || pattern('en telling_words 1') || ' ')
  AND regexp_matches(' ' || unmarked(lower(s.exact)) || ' ', ' ' || pattern('en telling_words 2') || ' ')
  AND regexp_matches(' ' || unmarked(lower(s.exact)) || ' ', ' ' || pattern('en telling_words 3') || ' ')
UNION ALL
SELECT 'sources', c.source_id, 'rendering', 'rendering is `translation`, but the text does not say so'
FROM sources AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE s.rendering = 'translation' AND substr(s.language, 1, 2) = 'en' AND NOT regexp_matches(lower(c.text), pattern('en translation_words'))
