-- code: sentence_is_whole
-- title: A sentence is not split between a statement and an exclusion
-- severity: error
-- stage: 3
-- unless: stretches_apart
-- hint: Quote the whole sentence with its full stop, and delete the exclusion of the rest; or exclude the whole of it.
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'exact' AS field, 'the sentence goes on, and what follows is excluded as ' || min(e.reason) AS message
FROM statements AS s JOIN exclusions AS e ON e.source_id = s.source_id AND e.start >= s."end" AND e.start <= s."end" + 2 JOIN captures AS c ON c.source_id = s.source_id CROSS JOIN blanks
WHERE NOT regexp_matches(trim(translate(s.exact, blanks.characters, blanks.spaces)), '[.!?:;。！？…”"»’)\]>]$')
  AND strpos(substr(c.text, s."end" + 1, e.start - s."end"), chr(10)) = 0 AND s.section = 'body'
GROUP BY s.statement_id
UNION ALL
SELECT 'statements', s.statement_id, 'exact', 'the sentence begins earlier, in what is excluded as ' || min(e.reason)
FROM statements AS s JOIN exclusions AS e ON e.source_id = s.source_id AND e."end" <= s.start AND e."end" >= s.start - 2 JOIN captures AS c ON c.source_id = s.source_id
WHERE regexp_matches(substr(c.text, e."end", 1), '[A-Za-z,]') AND strpos(substr(c.text, e."end" + 1, s.start - e."end"), chr(10)) = 0
  AND e.reason IN ('narration', 'boilerplate', 'caption') AND s.section = 'body'
GROUP BY s.statement_id
