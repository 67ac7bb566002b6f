-- code: claim_keeps_meaning
-- title: A claim keeps the meaning that the quoted words have in their statement
-- severity: error
-- kind: review
-- stage: 4
-- unless: attestation_quotes_statement, claim_keeps_negation
-- hint: Quote the governing words too (not, denied, if, may) and keep them in the claim; or write relation: conflicting.
-- Words that govern the quoted words come before them in the same clause; a condition can also come after them. A clause ends at a mark,
-- at a word like `but`, and at a comma or `and` if the words after it have a verb of their own. Only English is checked.
WITH asked AS (
  SELECT a.claim_id, a.statement_id, a.quote, c.proposition, s.cue, strpos(s.exact, a.quote) AS place, s.exact,
    strpos(s.exact, s.cue) AS cue_place
  FROM attestations_batch AS a JOIN claims_batch AS c ON c.claim_id = a.claim_id JOIN statements AS s ON s.statement_id = a.statement_id
  WHERE a.relation <> 'conflicting' AND substr(s.language, 1, 2) = 'en' AND strpos(s.exact, a.quote) > 0
    AND regexp_matches(' ' || unmarked(lower(s.exact)) || ' ', ' (' || pattern('en negations') || '|[a-z]+n t|'
      || pattern('en denying_verbs') || '|' || pattern('en reversing_words') || '|' || pattern('en conditions') || '|'
      || pattern('en hedges') || ') ')),
parts AS (
  SELECT claim_id, statement_id, quote, proposition, cue, place, cue_place, claused(quote) AS words, claused(proposition) AS claim,
    regexp_replace(regexp_replace(regexp_replace(claused(substr(exact, 1, place - 1)), ' ' || pattern('en negation_exceptions') || ' ', ' ',
      'g'), '^.*¶', ' '), ' (and|,) that ', ' that ', 'g') AS before,
    regexp_extract(claused(substr(exact, place + length(quote))), '^[^¶]*') || ' ' AS after
  FROM asked),
units AS (
  SELECT parts.*, regexp_replace(regexp_replace(before, ' , ' || pattern('en relative_words') || ' [^,]* , ', ' ', 'g'), '^.* '
    || pattern('en clause_openers') || ' ', ' ') AS unit FROM parts),
tails AS (
  SELECT units.*, regexp_replace(unit, '^.* (,|and|or) ', ' ') AS tail FROM units),
clauses AS (
  SELECT tails.*, CASE WHEN tail = unit THEN unit
    -- a single comma with `and` joins clauses; a list has more commas
    WHEN regexp_matches(unit, '^[^,]* , and [^,]*$') THEN tail
    WHEN regexp_matches(tail || words, ' (' || pattern('en auxiliaries') || '|' || pattern('en pronouns') || ') ') THEN tail
    -- `did not fail and served`: the second verb is not a plain form, so the auxiliary does not govern it
    WHEN regexp_matches(unit, ' ' || pattern('en supports') || ' (not|t|never) ')
      AND regexp_matches(ltrim(tail) || ltrim(words), '^[a-z]+ed ') THEN tail
    ELSE unit END AS clause
  FROM tails),
senses AS (
  SELECT clauses.*,
    regexp_matches(clause, ' (' || pattern('en negations') || '|[a-z]+n t) ') AS negated,
    regexp_matches(clause, ' (' || pattern('en denying_verbs') || '|' || pattern('en reversing_words') || ') ')
      OR (cue_place > 0 AND cue_place < place AND regexp_matches(claused(cue), ' ' || pattern('en denying_verbs') || ' ')
      AND unit = before) AS denied,
    regexp_matches(before, ' ' || pattern('en conditions') || ' ') AND NOT regexp_matches(before, ' (even|as) if ')
      OR regexp_matches(after, ' ' || pattern('en trailing_conditions') || ' ')
      AND NOT regexp_matches(after, ' (even|as|what) if ') AS conditional,
    regexp_matches(clause || words, ' ' || pattern('en hedges') || ' ') AS hedged,
    regexp_matches(claim, ' (' || pattern('en negations') || '|[a-z]+n t) ') OR strpos(words, coalesce(nullif(regexp_extract(claim,
      ' (' || pattern('en denying_verbs') || '|' || pattern('en denying_words') || '|' || pattern('en reversing_words') || ') '), ''),
        words)) = 0 AS claim_negated,
    regexp_matches(claim, ' (' || pattern('en conditions') || '|' || pattern('en hedges') || '|' || pattern('en trailing_conditions')
      || ') ') AS claim_open
  FROM clauses)
SELECT 'attestations' AS table_name, claim_id || '/' || statement_id AS record_id, 'quote' AS field,
  CASE WHEN negated OR denied THEN 'words before “' || quote || '” deny it, but the claim “' || proposition || '” asserts it'
    WHEN conditional THEN 'the words “' || quote || '” are conditional, but the claim “' || proposition || '” has no condition'
    ELSE 'the words “' || quote || '” are only a possibility, but the claim “' || proposition || '” states them as certain' END AS message
FROM senses
WHERE negated <> denied AND NOT claim_negated AND NOT regexp_matches(words, ' (' || pattern('en negations') || '|[a-z]+n t) ')
  OR conditional AND NOT claim_open OR hedged AND NOT claim_open
