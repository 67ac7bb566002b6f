-- code: divergence_quotes_pair
-- title: A divergence quotes both statements of its pair
-- severity: error
-- kind: proof
-- stage: 4
-- unless: pairs_match_claims
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
SELECT 'pairs' AS table_name, p.pair_id AS record_id, 'divergence' AS field,
  'the words “' || q.words || '” are in neither statement' AS message
FROM (SELECT pair_id, unnest(regexp_extract_all(divergence, '“([^”]+)”', 1)) AS words FROM pairs WHERE divergence IS NOT NULL) AS q
JOIN pairs AS p ON p.pair_id = q.pair_id JOIN statements AS a ON a.statement_id = p.statement_a
JOIN statements AS b ON b.statement_id = p.statement_b
WHERE strpos(joined(a.exact), q.words) = 0 AND strpos(joined(b.exact), q.words) = 0
UNION ALL
SELECT 'pairs', p.pair_id, 'divergence', 'a divergence must quote both statements and say what the difference changes'
FROM pairs AS p WHERE p.divergence IS NOT NULL AND NOT regexp_matches(p.divergence, '^“[^”]+” / “[^”]+”: .+')
