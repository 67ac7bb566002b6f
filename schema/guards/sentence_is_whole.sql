-- code: sentence_is_whole
-- title: A sentence is not split between a statement and an exclusion
-- severity: error
-- stage: 3
-- unless: stretches_apart
-- hint: Quote the whole sentence with its full stop, and delete the exclusion of the rest; or exclude the whole of it.
-- Most statements end with a mark: the last character tells, before anything is joined.
WITH after AS (
  SELECT s.statement_id, s.source_id, s.exact, s."end" AS ends, e.start AS begins, min(e.reason) AS reason
  FROM statements_at_hand AS s CROSS JOIN (SELECT unnest([0, 1, 2]) AS width) AS g JOIN exclusions AS e ON e.source_id = s.source_id AND e.start = s."end" + g.width
  WHERE s.section = 'body' AND NOT regexp_matches(substr(s.exact, -1), '[.!?:;。！？…”"»’)\]>]') GROUP BY s.statement_id, s.source_id, s.exact, s."end", e.start),
before AS (
  SELECT s.statement_id, s.source_id, e."end" AS ends, s.start AS begins, min(e.reason) AS reason
  FROM statements_at_hand AS s CROSS JOIN (SELECT unnest([0, 1, 2]) AS width) AS g JOIN exclusions AS e ON e.source_id = s.source_id AND e."end" = s.start - g.width
  WHERE s.section = 'body' AND e.reason IN ('narration', 'boilerplate', 'caption')
  GROUP BY s.statement_id, s.source_id, e."end", s.start)
SELECT 'statements' AS table_name, a.statement_id AS record_id, 'exact' AS field, 'the sentence goes on, and what follows is excluded as ' || min(a.reason) AS message
FROM after AS a JOIN captures_at_hand AS c ON c.source_id = a.source_id
WHERE NOT regexp_matches(trim(spaced(a.exact)), '[.!?:;。！？…”"»’)\]>]$') AND strpos(substr(c.text, a.ends + 1, a.begins - a.ends), chr(10)) = 0
GROUP BY a.statement_id
UNION ALL
SELECT 'statements', b.statement_id, 'exact', 'the sentence begins earlier, in what is excluded as ' || min(b.reason)
FROM before AS b JOIN captures_at_hand AS c ON c.source_id = b.source_id
WHERE regexp_matches(substr(c.text, b.ends, 1), '[A-Za-z,]') AND strpos(substr(c.text, b.ends + 1, b.begins - b.ends), chr(10)) = 0
GROUP BY b.statement_id
