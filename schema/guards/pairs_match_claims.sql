-- code: pairs_match_claims
-- title: The label of a pair follows from the claims that its statements share
-- severity: error
-- kind: proof
-- stage: 4
-- unless: attestation_quotes_statement, claim_is_attested
-- hint: This value is generated; don't edit it. Run `readouts build` or download the tables again.
-- An id begins with its source or event. A claim of another event does not count here; another rule reports it.
WITH numbers AS (
  SELECT statement_id, split_part(claim_id, '.', 1) AS event_id, count(*) AS number FROM attestations_batch
  GROUP BY statement_id, split_part(claim_id, '.', 1)),
-- Joined here and not to the pairs: joining statements by their event alone would compare each with every other.
carried AS (
  SELECT a.claim_id, a.statement_id, a.relation, n.event_id, n.number
  FROM attestations_batch AS a JOIN numbers AS n ON n.statement_id = a.statement_id AND n.event_id = split_part(a.claim_id, '.', 1)),
shared AS (
  SELECT x.statement_id AS a, y.statement_id AS b, x.event_id, count(*) AS number, min(x.claim_id) AS claim_id,
    sum(length(x.claim_id)) AS letters,
    max(x.number) AS number_a, max(y.number) AS number_b,
    max(CASE WHEN (x.relation = 'conflicting') <> (y.relation = 'conflicting') THEN 1 ELSE 0 END) AS conflict,
    max(CASE WHEN x.relation = y.relation AND x.relation <> 'equivalent' THEN 1 ELSE 0 END) AS unordered,
    max(CASE WHEN (x.relation = 'broader' AND y.relation <> 'broader') OR (x.relation = 'equivalent' AND y.relation = 'narrower') THEN 1
      ELSE 0 END) AS a_less,
    max(CASE WHEN (y.relation = 'broader' AND x.relation <> 'broader') OR (y.relation = 'equivalent' AND x.relation = 'narrower') THEN 1
      ELSE 0 END) AS b_less
  FROM carried AS x JOIN carried AS y ON x.claim_id = y.claim_id AND split_part(x.statement_id, '.', 1) < split_part(y.statement_id, '.', 1)
  GROUP BY x.statement_id, y.statement_id, x.event_id),
expected AS (
  SELECT h.a, h.b, h.event_id, h.number, h.claim_id, h.letters, CASE WHEN h.conflict = 1 THEN 'conflicting'
    WHEN greatest(h.a_less, h.unordered, CASE WHEN h.number_b > h.number THEN 1 ELSE 0 END) = 1
      AND greatest(h.b_less, h.unordered, CASE WHEN h.number_a > h.number THEN 1 ELSE 0 END) = 1 THEN 'overlapping'
    WHEN greatest(h.a_less, CASE WHEN h.number_b > h.number THEN 1 ELSE 0 END) = 1 THEN 'a_broader'
    WHEN greatest(h.b_less, CASE WHEN h.number_a > h.number THEN 1 ELSE 0 END) = 1 THEN 'b_broader' ELSE 'equivalent' END AS label
  FROM shared AS h),
-- The texts are compared separately: they take the most memory.
wrong AS (
  SELECT p.pair_id, 1 AS place, CAST(NULL AS VARCHAR) AS label FROM pairs_batch AS p
  WHERE p.pair_id <> p.statement_a || '/' || p.statement_b
  UNION ALL SELECT x.pair_id, x.place, NULL
  FROM (SELECT pair_id, 2 AS place, statement_a AS statement_id, text_a AS text
    FROM pairs_batch UNION ALL SELECT pair_id, 3, statement_b, text_b FROM pairs_batch) AS x
  JOIN event_statements_batch AS s ON s.statement_id = x.statement_id WHERE x.text <> s.text
  UNION ALL SELECT p.pair_id, 5, NULL FROM pairs_batch AS p
  WHERE CASE WHEN p.wording IS NULL THEN false WHEN p.text_a = p.text_b THEN p.wording <> 'verbatim'
    ELSE (p.wording = 'verbatim') <> (folded(p.text_a) = folded(p.text_b)) END
  UNION ALL SELECT p.pair_id, CASE WHEN p.label <> coalesce(e.label, 'unrelated') THEN 4 ELSE 5 END,
    CASE WHEN p.label <> coalesce(e.label, 'unrelated') THEN coalesce(e.label, 'unrelated') END
  FROM pairs_batch AS p LEFT JOIN event_statements_batch AS a ON a.statement_id = p.statement_a AND a.event_id = p.event_id
  LEFT JOIN event_statements_batch AS b ON b.statement_id = p.statement_b AND b.event_id = p.event_id
  LEFT JOIN expected AS e ON e.a = p.statement_a AND e.b = p.statement_b AND e.event_id = p.event_id
  WHERE a.statement_id IS NULL OR b.statement_id IS NULL OR a.source_id >= b.source_id
    OR p.label <> coalesce(e.label, 'unrelated') OR (e.a IS NULL) <> (p.claim_ids IS NULL) OR (e.a IS NULL) <> (p.wording IS NULL)
    OR (e.a IS NULL AND p.divergence IS NOT NULL) OR length(p.claim_ids) <> e.letters + e.number - 1)
SELECT 'pairs' AS table_name, p.pair_id AS record_id,
  CASE min(w.place) WHEN 1 THEN 'pair_id' WHEN 2 THEN 'text_a' WHEN 3 THEN 'text_b' WHEN 4 THEN 'label' ELSE 'claim_ids' END AS field,
  'the pair differs from what its statements and claims imply' || coalesce(': the label should be `' || min(w.label) || '`', '') AS message
FROM wrong AS w JOIN pairs_batch AS p ON p.pair_id = w.pair_id
WHERE p.event_id NOT IN (SELECT event_id FROM incomplete_events) GROUP BY p.pair_id
UNION ALL
SELECT 'pairs', p.pair_id, 'claim_ids', 'a listed claim is not shared by both statements'
FROM pairs_batch AS p JOIN expected AS e ON e.a = p.statement_a AND e.b = p.statement_b AND e.event_id = p.event_id
WHERE e.number = 1 AND strpos(' ' || p.claim_ids || ' ', ' ' || e.claim_id || ' ') = 0
  AND p.event_id NOT IN (SELECT event_id FROM incomplete_events)
UNION ALL
SELECT 'pairs', p.pair_id, 'claim_ids', 'a listed claim is not shared by both statements'
FROM expected AS e JOIN pairs_batch AS p ON p.statement_a = e.a AND p.statement_b = e.b AND e.event_id = p.event_id
JOIN attestations_batch AS x ON x.statement_id = e.a AND split_part(x.claim_id, '.', 1) = e.event_id
JOIN attestations_batch AS y ON y.statement_id = e.b AND y.claim_id = x.claim_id
WHERE e.number > 1 AND strpos(' ' || p.claim_ids || ' ', ' ' || x.claim_id || ' ') = 0
  AND p.event_id NOT IN (SELECT event_id FROM incomplete_events) GROUP BY p.pair_id
UNION ALL
SELECT 'statements', e.a, 'pairs', 'the pair with `' || e.b || '` is missing, although both share a claim'
FROM expected AS e LEFT JOIN pairs_batch AS p ON p.statement_a = e.a AND p.statement_b = e.b AND p.event_id = e.event_id
WHERE p.pair_id IS NULL
  AND (e.a, e.event_id) IN (SELECT statement_id, event_id FROM event_statements_batch)
    AND (e.b, e.event_id) IN (SELECT statement_id, event_id FROM event_statements_batch)
  AND e.event_id NOT IN (SELECT event_id FROM incomplete_events)
  AND e.a || '/' || e.b NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'pairs')
