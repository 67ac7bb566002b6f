-- code: statement_was_made
-- title: A statement was made, not declined or expected
-- severity: error
-- kind: review
-- stage: 3
-- unless: parts_are_segments, segments_tile, mode_fits_form
-- hint: Exclude what was not said (`declined to comment`, `did not say whether`) or not yet said (`is expected to urge`) as narration.
-- Only the words around the cue are checked: the content may itself be about silence or the future.
WITH cued AS (
  SELECT s.statement_id, s.cue, ' ' || trim(regexp_replace(unmarked(lower(substr(s.exact, 1, g.start - s.start))), '  +', ' ', 'g'))
    || ' ' AS before,
    ' ' || trim(regexp_replace(unmarked(lower(substr(s.exact, g.start - s.start + 1, g."end" - g.start + 24))), '  +', ' ', 'g'))
      || ' ' AS after,
    ' ' || trim(regexp_replace(unmarked(lower(regexp_extract(substr(s.exact, 1, g.start - s.start), '[^,.;:!?”"»]*$'))), '  +', ' ', 'g'))
      || ' ' AS clause
  FROM statements AS s JOIN segments AS g ON g.statement_id = s.statement_id AND g.role = 'cue'
  WHERE substr(s.language, 1, 2) = 'en' AND s.mode <> 'authored'
    AND regexp_matches(lower(s.exact), pattern('en unsaid') || '|' || pattern('en to_come')))
SELECT 'statements' AS table_name, statement_id AS record_id, 'cue' AS field,
  'the words at the cue “' || min(cue) || '” say that nothing was said' AS message
FROM cued WHERE (regexp_matches(after, '^ ' || pattern('en unsaid') || ' ')
  OR regexp_matches(regexp_extract(before, '( [^ ]+){0,3} $') || ltrim(after), '^( [^ ]+){0,3} ' || pattern('en unsaid') || ' '))
  AND NOT regexp_matches(regexp_extract(before, '( [^ ]+){0,3} $') || ltrim(after), ' ' || pattern('en unsaid_exceptions') || ' ')
GROUP BY statement_id
UNION ALL
SELECT 'statements', statement_id, 'cue', 'the words before the cue “' || min(cue) || '” announce something that was not said yet'
FROM cued WHERE regexp_matches(clause, ' ' || pattern('en to_come') || '( [^ ]+)? $')
GROUP BY statement_id
