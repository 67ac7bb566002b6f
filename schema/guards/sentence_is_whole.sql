-- code: sentence_is_whole
-- title: A sentence is not split between a statement and an exclusion
-- severity: error
-- kind: review
-- stage: 3
-- unless: passages_disjoint, quote_in_capture, context_in_capture
-- hint: Quote the whole sentence with its full stop and delete the exclusion of the rest; or exclude the whole sentence.
-- The text between a statement and the exclusion next to it is in the statement's prefix or suffix.
WITH widths AS (SELECT unnest([0, 1, 2]) AS width),
after AS (
  SELECT s.statement_id, e.reason
  FROM statements_batch AS s CROSS JOIN widths AS g JOIN exclusions AS e ON e.source_id = s.source_id AND e.start = s."end" + g.width
  WHERE s.section = 'body' AND strpos(left(coalesce(s.suffix, ''), g.width), chr(10)) = 0
    AND NOT regexp_matches(s.exact,
      '[.!?:;。！？…”"»’)\]>][ \x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]*$')
    -- exceptions: a clause split off with its conjunction; a noun as cue within a longer sentence
    AND NOT (regexp_matches(s.exact, ', *$') AND regexp_matches(lower(coalesce(s.suffix, '')), '^ *' || pattern('en coordinators') || ' '))
    AND NOT regexp_matches(' ' || unmarked(lower(coalesce(s.cue, ''))) || ' ', ' ' || pattern('en nouns_of_saying') || ' +$')),
before AS (
  SELECT s.statement_id, e.reason
  FROM statements_batch AS s CROSS JOIN widths AS g JOIN exclusions AS e ON e.source_id = s.source_id AND e."end" = s.start - g.width
  WHERE s.section = 'body' AND e.reason IN ('narration', 'boilerplate', 'caption')
    AND strpos(right(s.prefix, g.width), chr(10)) = 0 AND regexp_matches(left(right(s.prefix, g.width + 1), 1), '[A-Za-z,]')
      AND NOT (regexp_matches(s.prefix, ', *$') AND regexp_matches(lower(s.exact), '^' || pattern('en coordinators') || ' ')))
SELECT 'statements' AS table_name, statement_id AS record_id, 'exact' AS field,
  'the sentence continues, but the rest is excluded as ' || min(reason) AS message
FROM after GROUP BY statement_id
UNION ALL
SELECT 'statements', statement_id, 'exact', 'the sentence begins earlier, in words excluded as ' || min(reason)
FROM before GROUP BY statement_id
