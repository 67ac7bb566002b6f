-- code: proposition_names_attested
-- title: Names in a proposition appear in or shortly before a statement that makes the claim
-- severity: error
-- kind: review
-- stage: 4
-- unless: attestation_quotes_statement, attestation_fits_claim, propositions_unique
-- hint: Use only names that a statement with this claim contains, or names of known agents.
WITH padded AS (
  SELECT c.claim_id, c.event_id, c.proposition, unnest(string_split(unmarked(substr(c.proposition, 2)), ' ')) AS word
  FROM claims_batch AS c),
names AS (SELECT DISTINCT claim_id, event_id, word FROM padded WHERE length(word) >= 3 AND regexp_matches(word, '^[A-Z]')),
-- Most names are in the statement itself. Only for the others is the text before it searched.
near AS (
  SELECT DISTINCT n.claim_id, n.word FROM names AS n JOIN attestations_batch AS a ON a.claim_id = n.claim_id
  JOIN statements AS s ON s.statement_id = a.statement_id
  WHERE substr(s.language, 1, 2) <> 'en' OR strpos(lower(s.exact), lower(substr(n.word, 1, 5))) > 0),
rare AS (
  SELECT n.claim_id, n.word FROM names AS n LEFT JOIN near AS d ON d.claim_id = n.claim_id AND d.word = n.word WHERE d.claim_id IS NULL),
carried AS (
  SELECT r.claim_id, r.word, s.source_id, s.start FROM rare AS r JOIN attestations_batch AS a ON a.claim_id = r.claim_id
  JOIN statements AS s ON s.statement_id = a.statement_id),
far AS (
  SELECT DISTINCT n.claim_id, n.word FROM carried AS n LEFT JOIN captures AS k ON k.source_id = n.source_id
  WHERE k.text IS NULL OR strpos(lower(substr(k.text, greatest(n.start - 600, 0) + 1, n.start - greatest(n.start - 600, 0))),
    lower(substr(n.word, 1, 5))) > 0)
SELECT 'claims' AS table_name, r.claim_id AS record_id, 'proposition' AS field,
  '“' || min(r.word) || '” was not found in a statement with this claim' AS message
FROM rare AS r LEFT JOIN far AS d ON d.claim_id = r.claim_id AND d.word = r.word
WHERE d.claim_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM agent_names AS k WHERE strpos(lower(k.name), lower(r.word)) > 0)
  AND r.claim_id IN (SELECT claim_id FROM attestations_batch)
GROUP BY r.claim_id
