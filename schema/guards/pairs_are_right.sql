-- code: pairs_are_right
-- title: A pair is labelled by the claims that its statements share
-- severity: error
-- stage: 4
-- unless: attestation_quotes_statement, claim_is_attested
-- hint: Derived values are never written by hand: run `readouts build`, or download the tables again.
-- Which source an id belongs to is written in it; the statements are looked up only where two sources share a claim.
WITH shared AS (
  SELECT sa.statement_id AS a, sb.statement_id AS b, sa.event_id, count(*) AS number, sum(length(x.claim_id)) AS letters,
    max(CASE WHEN (x.relation = 'conflicting') <> (y.relation = 'conflicting') THEN 1 ELSE 0 END) AS conflict,
    max(CASE WHEN x.relation = y.relation AND x.relation <> 'equivalent' THEN 1 ELSE 0 END) AS unordered,
    max(CASE WHEN (x.relation = 'broader' AND y.relation <> 'broader') OR (x.relation = 'equivalent' AND y.relation = 'narrower') THEN 1 ELSE 0 END) AS a_less,
    max(CASE WHEN (y.relation = 'broader' AND x.relation <> 'broader') OR (y.relation = 'equivalent' AND x.relation = 'narrower') THEN 1 ELSE 0 END) AS b_less
  FROM attestations AS x JOIN attestations AS y ON x.claim_id = y.claim_id AND split_part(x.statement_id, '.', 1) < split_part(y.statement_id, '.', 1)
  JOIN statements_at_hand AS sa ON sa.statement_id = x.statement_id JOIN statements AS sb ON sb.statement_id = y.statement_id
  WHERE sa.event_id = sb.event_id GROUP BY sa.statement_id, sb.statement_id, sa.event_id),
numbers AS (SELECT statement_id, count(*) AS number FROM attestations GROUP BY statement_id),
expected AS (
  SELECT h.a, h.b, h.event_id, h.number, h.letters, CASE WHEN h.conflict = 1 THEN 'conflicting'
    WHEN greatest(h.a_less, h.unordered, CASE WHEN nb.number > h.number THEN 1 ELSE 0 END) = 1 AND greatest(h.b_less, h.unordered, CASE WHEN na.number > h.number THEN 1 ELSE 0 END) = 1 THEN 'overlapping'
    WHEN greatest(h.a_less, CASE WHEN nb.number > h.number THEN 1 ELSE 0 END) = 1 THEN 'a_broader'
    WHEN greatest(h.b_less, CASE WHEN na.number > h.number THEN 1 ELSE 0 END) = 1 THEN 'b_broader' ELSE 'equivalent' END AS label
  FROM shared AS h JOIN numbers AS na ON na.statement_id = h.a JOIN numbers AS nb ON nb.statement_id = h.b),
-- The texts are compared apart from the rest: they are what takes room.
wrong AS (
  SELECT p.pair_id, 1 AS place, CAST(NULL AS VARCHAR) AS label FROM pairs_at_hand AS p WHERE p.pair_id <> p.statement_a || '/' || p.statement_b
  UNION ALL SELECT x.pair_id, x.place, NULL
  FROM (SELECT pair_id, 2 AS place, statement_a AS statement_id, text_a AS text FROM pairs_at_hand UNION ALL SELECT pair_id, 3, statement_b, text_b FROM pairs_at_hand) AS x
  JOIN statements AS s ON s.statement_id = x.statement_id WHERE x.text <> s.text
  UNION ALL SELECT p.pair_id, 5, NULL FROM pairs_at_hand AS p
  WHERE (p.wording = 'verbatim') <> CASE WHEN length(p.text_a) <> length(p.text_b) THEN false WHEN p.text_a = p.text_b THEN true ELSE lower(spaced(p.text_a)) = lower(spaced(p.text_b)) END
  UNION ALL SELECT p.pair_id, CASE WHEN p.label <> coalesce(e.label, 'unrelated') THEN 4 ELSE 5 END, CASE WHEN p.label <> coalesce(e.label, 'unrelated') THEN coalesce(e.label, 'unrelated') END
  FROM pairs_at_hand AS p JOIN statements_at_hand AS a ON a.statement_id = p.statement_a JOIN statements AS b ON b.statement_id = p.statement_b
  LEFT JOIN expected AS e ON e.a = p.statement_a AND e.b = p.statement_b
  WHERE p.event_id <> a.event_id OR p.event_id <> b.event_id OR a.source_id >= b.source_id
    OR p.label <> coalesce(e.label, 'unrelated') OR (e.a IS NULL) <> (p.claim_ids IS NULL) OR (e.a IS NULL) <> (p.wording IS NULL)
    OR (e.a IS NULL AND p.divergence IS NOT NULL) OR length(p.claim_ids) <> e.letters + e.number - 1)
SELECT 'pairs' AS table_name, p.pair_id AS record_id,
  CASE min(w.place) WHEN 1 THEN 'pair_id' WHEN 2 THEN 'text_a' WHEN 3 THEN 'text_b' WHEN 4 THEN 'label' ELSE 'claim_ids' END AS field,
  'the pair is not what its statements and claims make it' || coalesce(': the label follows as `' || min(w.label) || '`', '') AS message
FROM wrong AS w JOIN pairs_at_hand AS p ON p.pair_id = w.pair_id
WHERE p.event_id NOT IN (SELECT event_id FROM incomplete_events) GROUP BY p.pair_id
UNION ALL
SELECT 'pairs', p.pair_id, 'claim_ids', 'not every claim listed is shared by both statements'
FROM pairs_at_hand AS p JOIN attestations AS x ON x.statement_id = p.statement_a JOIN attestations AS y ON y.statement_id = p.statement_b AND y.claim_id = x.claim_id
WHERE strpos(' ' || p.claim_ids || ' ', ' ' || x.claim_id || ' ') = 0
  AND p.event_id NOT IN (SELECT event_id FROM incomplete_events) GROUP BY p.pair_id
UNION ALL
SELECT 'statements', e.a, 'pairs', 'the pair with `' || e.b || '` is missing, though both carry a claim'
FROM expected AS e LEFT JOIN pairs_at_hand AS p ON p.statement_a = e.a AND p.statement_b = e.b WHERE p.pair_id IS NULL
  AND e.event_id NOT IN (SELECT event_id FROM incomplete_events) AND e.a || '/' || e.b NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'pairs')
