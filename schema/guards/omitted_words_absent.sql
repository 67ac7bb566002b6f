-- code: omitted_words_absent
-- title: An account that omits a claim does not contain its words elsewhere
-- severity: error
-- kind: review
-- stage: 4
-- unless: omissions_match_claims
-- hint: Attest the claim with that statement; or quote more of the other account, so that the difference is visible.
-- Nine words in ten must occur. So of one word more than may be missing, at least one occurs: only statements with such a word are counted.
WITH quoted AS (
  SELECT q.claim_id, q.quoted_id, q.word, count(*) OVER (PARTITION BY q.claim_id, q.quoted_id) AS number,
    row_number() OVER (PARTITION BY q.claim_id, q.quoted_id ORDER BY length(q.word) DESC, q.word) AS place
  FROM (SELECT DISTINCT w.claim_id, w.quoted_id, w.word FROM (
    SELECT a.claim_id, a.statement_id AS quoted_id, unnest(string_split(unmarked(lower(a.quote)), ' ')) AS word
    FROM attestations_batch AS a WHERE a.claim_id IN (SELECT claim_id FROM omissions_batch)) AS w WHERE w.word <> '') AS q),
-- The statements of the accounts that count as omitting a claim, in lowercase.
others AS (
  SELECT statement_id, source_id, lower(exact) AS exact FROM statements WHERE source_id IN (SELECT source_id FROM omissions_batch)),
met AS (
  SELECT o.claim_id, o.source_id, q.quoted_id, q.number, q.place, s.statement_id
  FROM omissions_batch AS o JOIN quoted AS q ON q.claim_id = o.claim_id
    AND (q.place = 1 OR (q.number >= 5 AND q.place <= 1 + floor(q.number / 10)))
  JOIN others AS s ON s.source_id = o.source_id WHERE strpos(s.exact, q.word) > 0),
candidates AS (
  SELECT DISTINCT claim_id, source_id, quoted_id, number, statement_id FROM met WHERE number >= 5),
padded AS (
  SELECT statement_id, ' ' || unmarked(exact) || ' ' AS words FROM others WHERE statement_id IN (SELECT statement_id FROM candidates)),
shared AS (
  SELECT c.claim_id, c.source_id, c.quoted_id, c.statement_id, c.number AS wanted, count(*) AS number
  FROM candidates AS c JOIN quoted AS q ON q.claim_id = c.claim_id AND q.quoted_id = c.quoted_id
  JOIN padded AS v ON v.statement_id = c.statement_id
  WHERE strpos(v.words, ' ' || q.word || ' ') > 0
  GROUP BY c.claim_id, c.source_id, c.quoted_id, c.statement_id, c.number),
-- If all the words occur together, so does the longest of them.
carried AS (
  SELECT m.claim_id, m.source_id, m.statement_id, a.quote, lower(a.quote) AS words
  FROM met AS m JOIN attestations_batch AS a ON a.claim_id = m.claim_id AND a.statement_id = m.quoted_id
  JOIN others AS s ON s.statement_id = m.statement_id WHERE m.place = 1 AND strpos(s.exact, lower(a.quote)) > 0)
SELECT 'claims' AS table_name, h.claim_id AS record_id, 'attestations' AS field,
  '`' || h.source_id || '` counts as omitting the claim, but `' || min(h.statement_id) || '` has the same words in `' || min(h.quoted_id)
    || '`' AS message
FROM shared AS h
WHERE h.number * 10 >= h.wanted * 9 AND split_part(h.claim_id, '.', 1) NOT IN (SELECT event_id FROM incomplete_events)
GROUP BY h.claim_id, h.source_id
UNION ALL
SELECT 'claims', q.claim_id, 'attestations',
  '`' || q.source_id || '` counts as omitting the claim, but “' || min(q.quote) || '” is in `' || min(q.statement_id)
    || '`, where it is not attested for any claim'
FROM carried AS q
WHERE NOT EXISTS (SELECT 1 FROM attestations AS b WHERE b.statement_id = q.statement_id AND strpos(lower(b.quote), q.words) > 0)
  AND split_part(q.claim_id, '.', 1) NOT IN (SELECT event_id FROM incomplete_events)
GROUP BY q.claim_id, q.source_id
