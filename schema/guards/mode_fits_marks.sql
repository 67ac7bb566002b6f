-- code: mode_fits_marks
-- title: The mode matches the text: quotation marks, verbs of talk, author of the document
-- severity: error
-- kind: review
-- stage: 3
-- unless: mode_fits_form, parts_are_segments, continues_nearest, speaker_is_named
-- hint: See the codebook, chapter 4. Marks around all content: direct; around some: mixed; the speaker’s own document: authored.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'mode' AS field,
  'mode `' || s.mode || '`, but the text has no quotation marks → Write mode: '
  || CASE WHEN s.cue IS NOT NULL THEN 'indirect (there is a cue).' WHEN s.continues IS NOT NULL THEN 'free-indirect (there is no cue).'
  ELSE 'indirect with a cue, or authored in the speaker’s own document.' END AS message
FROM statements AS s JOIN sources AS p ON p.source_id = s.source_id
WHERE (s.mode = 'mixed' OR (s.mode = 'direct' AND p.account_type NOT IN ('transcript', 'remarks', 'other')
  AND NOT regexp_matches(s.exact, '^[^ ]+( [^ ]+){0,7}:')))
  AND NOT regexp_matches(coalesce(s.prefix, '') || s.exact || coalesce(s.suffix, ''), '[“”"«»„‟‘’‚‛‹›「」『』﹁﹂〝〞〟＂＇]|(^|[ (])''[^ ]')
UNION ALL
SELECT 'statements', s.statement_id, 'mode',
  'mode `reported` needs a verb of talk with a topic (discuss, review, speak about, share views on), but the cue is “' || s.cue
  || '” → Write mode: indirect, with the speech act of the content.'
FROM (SELECT statement_id, cue, ' ' || unmarked(lower(cue)) || ' ' AS words,
  replace(' ' || unmarked(lower(cue || ' ' || substr(text, 1, 80))) || ' ', '  ', ' ') AS topic
  FROM statements WHERE mode = 'reported' AND substr(language, 1, 2) = 'en') AS s
WHERE NOT regexp_matches(s.words, ' ' || pattern('en verbs_of_talk') || ' ')
  AND NOT regexp_matches(s.words, ' ' || pattern('en nouns_of_talk') || ' ')
  AND NOT (regexp_matches(s.words, ' ' || pattern('en verbs_of_talk_with') || ' ')
    AND regexp_matches(s.topic, '^( [^ ]+){0,6} ' || pattern('en phrases_of_talk') || ' '))
UNION ALL
SELECT 'statements', s.statement_id, 'mode', 'mode `authored`, but the account is a report by someone else, and no cue is marked'
FROM statements AS s JOIN sources AS p ON p.source_id = s.source_id
WHERE s.mode = 'authored' AND (s.cue IS NOT NULL OR s.continues IS NOT NULL
  OR (p.account_type IN ('news-report', 'readout') AND coalesce(p.publisher_id, '') <> coalesce(s.speaker_id, '')
  AND NOT EXISTS (SELECT 1 FROM offices AS o WHERE o.agent_id = s.speaker_id AND o.organization_id = p.publisher_id
    AND p.account_type = 'readout' AND regexp_matches(lower(s.exact), '^(i|we|my|our) '))))
