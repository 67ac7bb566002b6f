-- code: proposition_names_attested
-- title: The names in a proposition stand in a statement that carries it, or shortly before it
-- severity: error
-- stage: 4
-- unless: attestation_quotes_statement, attestation_fits_claim, propositions_apart
-- hint: Name in the claim only whom and what a statement that carries it names, or a known agent.
WITH padded AS (
  SELECT c.claim_id, c.event_id, c.proposition, unnest(string_split(unmarked(substr(c.proposition, 2)), ' ')) AS word FROM claims AS c),
names AS (SELECT DISTINCT claim_id, event_id, word FROM padded WHERE length(word) >= 3 AND regexp_matches(word, '^[A-Z]'))
SELECT 'claims' AS table_name, n.claim_id AS record_id, 'proposition' AS field, '“' || min(n.word) || '” stands in no statement that carries the claim' AS message
FROM names AS n
WHERE NOT EXISTS (SELECT 1 FROM attestations AS a JOIN statements AS s ON s.statement_id = a.statement_id LEFT JOIN captures AS k ON k.source_id = s.source_id
    WHERE a.claim_id = n.claim_id AND (substr(s.language, 1, 2) <> 'en' OR k.text IS NULL OR strpos(lower(s.exact), lower(substr(n.word, 1, 5))) > 0
      OR strpos(lower(substr(k.text, greatest(s.start - 600, 0) + 1, s.start - greatest(s.start - 600, 0))), lower(substr(n.word, 1, 5))) > 0))
  AND NOT EXISTS (SELECT 1 FROM agent_names AS k WHERE strpos(lower(k.name), lower(n.word)) > 0)
  AND EXISTS (SELECT 1 FROM attestations AS a WHERE a.claim_id = n.claim_id)
GROUP BY n.claim_id
