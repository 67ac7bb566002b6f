-- The views that the guards read. In the package's folder:  duckdb -c ".read schema/guards/tables.sql" -c ".read schema/guards/segments_tile.sql"
-- A guard is a query that returns the rows which break its rule; no rows means that the rule holds.
--
-- derived: the tables, the references between them and their ids (written by `readouts build`)
CREATE OR REPLACE VIEW statements AS SELECT * FROM read_json('data/tables/statements.jsonl', format = 'newline_delimited', columns = {statement_id: 'VARCHAR', source_id: 'VARCHAR', event_id: 'VARCHAR', speaker_id: 'VARCHAR', speaker_label: 'VARCHAR', speaker_title: 'VARCHAR', continues: 'VARCHAR', antecedent: 'VARCHAR', date: 'DATE', date_precision: 'VARCHAR', date_basis: 'VARCHAR', date_expression: 'VARCHAR', text: 'VARCHAR', exact: 'VARCHAR', start: 'BIGINT', "end": 'BIGINT', prefix: 'VARCHAR', suffix: 'VARCHAR', mode: 'VARCHAR', cue: 'VARCHAR', speech_act: 'VARCHAR', section: 'VARCHAR', language: 'VARCHAR', within: 'VARCHAR', repeats: 'VARCHAR', curation_method: 'VARCHAR', added_in: 'VARCHAR', revised_in: 'VARCHAR', speaker_name: 'VARCHAR', publisher_name: 'VARCHAR', published_on: 'DATE', url: 'VARCHAR', event_name: 'VARCHAR'});
CREATE OR REPLACE VIEW sources AS SELECT * FROM read_json('data/tables/sources.jsonl', format = 'newline_delimited', columns = {source_id: 'VARCHAR', title: 'VARCHAR', publisher_id: 'VARCHAR', publisher_basis: 'VARCHAR', publisher_evidence: 'VARCHAR', account_type: 'VARCHAR', language: 'VARCHAR', rendering: 'VARCHAR', published_on: 'DATE', published_on_basis: 'VARCHAR', time_zone: 'VARCHAR', url: 'VARCHAR', archived_url: 'VARCHAR', obtained_from: 'VARCHAR', accessed_on: 'DATE', original_sha256: 'VARCHAR', media_type: 'VARCHAR', rights: 'VARCHAR', redistribution: 'VARCHAR', reproduced_share: 'DOUBLE', relays: 'VARCHAR', text_sha256: 'VARCHAR', text_length: 'BIGINT', text: 'VARCHAR', added_in: 'VARCHAR'});
CREATE OR REPLACE VIEW agents AS SELECT * FROM read_json('data/tables/agents.jsonl', format = 'newline_delimited', columns = {agent_id: 'VARCHAR', type: 'VARCHAR', name: 'VARCHAR', native_name: 'VARCHAR', other_names: 'VARCHAR', wikidata_id: 'VARCHAR', country: 'VARCHAR', added_in: 'VARCHAR'});
CREATE OR REPLACE VIEW offices AS SELECT * FROM read_json('data/tables/offices.jsonl', format = 'newline_delimited', columns = {office_id: 'VARCHAR', agent_id: 'VARCHAR', title: 'VARCHAR', organization_id: 'VARCHAR', start_date: 'DATE', end_date: 'DATE', evidence: 'VARCHAR', added_in: 'VARCHAR'});
CREATE OR REPLACE VIEW events AS SELECT * FROM read_json('data/tables/events.jsonl', format = 'newline_delimited', columns = {event_id: 'VARCHAR', type: 'VARCHAR', name: 'VARCHAR', start_date: 'DATE', end_date: 'DATE', date_basis: 'VARCHAR', date_source_id: 'VARCHAR', date_expression: 'VARCHAR', time_zone: 'VARCHAR', place: 'VARCHAR', country: 'VARCHAR', series: 'VARCHAR', ordinal: 'BIGINT', part_of: 'VARCHAR', added_in: 'VARCHAR'});
CREATE OR REPLACE VIEW participants AS SELECT * FROM read_json('data/tables/participants.jsonl', format = 'newline_delimited', columns = {event_id: 'VARCHAR', agent_id: 'VARCHAR', role: 'VARCHAR', added_in: 'VARCHAR'});
CREATE OR REPLACE VIEW attributions AS SELECT * FROM read_json('data/tables/attributions.jsonl', format = 'newline_delimited', columns = {statement_id: 'VARCHAR', ordinal: 'BIGINT', role: 'VARCHAR', agent_id: 'VARCHAR', office_id: 'VARCHAR', label: 'VARCHAR'});
CREATE OR REPLACE VIEW segments AS SELECT * FROM read_json('data/tables/segments.jsonl', format = 'newline_delimited', columns = {statement_id: 'VARCHAR', ordinal: 'BIGINT', role: 'VARCHAR', start: 'BIGINT', "end": 'BIGINT', text: 'VARCHAR'});
CREATE OR REPLACE VIEW claims AS SELECT * FROM read_json('data/tables/claims.jsonl', format = 'newline_delimited', columns = {claim_id: 'VARCHAR', event_id: 'VARCHAR', proposition: 'VARCHAR', added_in: 'VARCHAR'});
CREATE OR REPLACE VIEW attestations AS SELECT * FROM read_json('data/tables/attestations.jsonl', format = 'newline_delimited', columns = {claim_id: 'VARCHAR', statement_id: 'VARCHAR', relation: 'VARCHAR', quote: 'VARCHAR', added_in: 'VARCHAR'});
CREATE OR REPLACE VIEW omissions AS SELECT * FROM read_json('data/tables/omissions.jsonl', format = 'newline_delimited', columns = {claim_id: 'VARCHAR', source_id: 'VARCHAR'});
CREATE OR REPLACE VIEW pairs AS SELECT * FROM read_json('data/tables/pairs.jsonl', format = 'newline_delimited', columns = {pair_id: 'VARCHAR', event_id: 'VARCHAR', statement_a: 'VARCHAR', statement_b: 'VARCHAR', text_a: 'VARCHAR', text_b: 'VARCHAR', label: 'VARCHAR', wording: 'VARCHAR', divergence: 'VARCHAR', claim_ids: 'VARCHAR'});
CREATE OR REPLACE VIEW exclusions AS SELECT * FROM read_json('data/exclusions.jsonl', format = 'newline_delimited', columns = {source_id: 'VARCHAR', start: 'BIGINT', "end": 'BIGINT', reason: 'VARCHAR'});
CREATE OR REPLACE VIEW captures AS SELECT split_part(replace(filename, '\', '/'), '/', -2) AS source_id, content AS text FROM read_text('data/sources/*/source.txt');
CREATE OR REPLACE VIEW all_sources AS SELECT * FROM sources;
CREATE OR REPLACE VIEW curated_sources AS SELECT source_id FROM sources;
CREATE OR REPLACE VIEW incomplete AS SELECT CAST(NULL AS VARCHAR) AS table_name, CAST(NULL AS VARCHAR) AS record_id WHERE false;
CREATE OR REPLACE VIEW ledger AS SELECT * FROM read_json('data/released.jsonl', format = 'newline_delimited', columns = {"table": 'VARCHAR', record_id: 'VARCHAR', sha256: 'VARCHAR', added_in: 'VARCHAR', revised_in: 'VARCHAR', withdrawn_in: 'VARCHAR', released_on: 'VARCHAR', reason: 'VARCHAR'});
CREATE OR REPLACE VIEW refs AS
SELECT 'statements' AS table_name, statement_id AS record_id, 'source_id' AS field, source_id AS value, 'sources' AS target_table FROM statements WHERE source_id IS NOT NULL
UNION ALL SELECT 'statements' AS table_name, statement_id AS record_id, 'event_id' AS field, event_id AS value, 'events' AS target_table FROM statements WHERE event_id IS NOT NULL
UNION ALL SELECT 'statements' AS table_name, statement_id AS record_id, 'speaker_id' AS field, speaker_id AS value, 'agents' AS target_table FROM statements WHERE speaker_id IS NOT NULL
UNION ALL SELECT 'statements' AS table_name, statement_id AS record_id, 'continues' AS field, continues AS value, 'statements' AS target_table FROM statements WHERE continues IS NOT NULL
UNION ALL SELECT 'statements' AS table_name, statement_id AS record_id, 'within' AS field, within AS value, 'statements' AS target_table FROM statements WHERE within IS NOT NULL
UNION ALL SELECT 'statements' AS table_name, statement_id AS record_id, 'repeats' AS field, repeats AS value, 'statements' AS target_table FROM statements WHERE repeats IS NOT NULL
UNION ALL SELECT 'sources' AS table_name, source_id AS record_id, 'publisher_id' AS field, publisher_id AS value, 'agents' AS target_table FROM sources WHERE publisher_id IS NOT NULL
UNION ALL SELECT 'sources' AS table_name, source_id AS record_id, 'relays' AS field, relays AS value, 'sources' AS target_table FROM sources WHERE relays IS NOT NULL
UNION ALL SELECT 'offices' AS table_name, office_id AS record_id, 'agent_id' AS field, agent_id AS value, 'agents' AS target_table FROM offices WHERE agent_id IS NOT NULL
UNION ALL SELECT 'offices' AS table_name, office_id AS record_id, 'organization_id' AS field, organization_id AS value, 'agents' AS target_table FROM offices WHERE organization_id IS NOT NULL
UNION ALL SELECT 'events' AS table_name, event_id AS record_id, 'part_of' AS field, part_of AS value, 'events' AS target_table FROM events WHERE part_of IS NOT NULL
UNION ALL SELECT 'events' AS table_name, event_id AS record_id, 'date_source_id' AS field, date_source_id AS value, 'sources' AS target_table FROM events WHERE date_source_id IS NOT NULL
UNION ALL SELECT 'participants' AS table_name, event_id || '/' || agent_id || '/' || role AS record_id, 'event_id' AS field, event_id AS value, 'events' AS target_table FROM participants WHERE event_id IS NOT NULL
UNION ALL SELECT 'participants' AS table_name, event_id || '/' || agent_id || '/' || role AS record_id, 'agent_id' AS field, agent_id AS value, 'agents' AS target_table FROM participants WHERE agent_id IS NOT NULL
UNION ALL SELECT 'attributions' AS table_name, statement_id || '/' || CAST(ordinal AS VARCHAR) AS record_id, 'statement_id' AS field, statement_id AS value, 'statements' AS target_table FROM attributions WHERE statement_id IS NOT NULL
UNION ALL SELECT 'attributions' AS table_name, statement_id || '/' || CAST(ordinal AS VARCHAR) AS record_id, 'agent_id' AS field, agent_id AS value, 'agents' AS target_table FROM attributions WHERE agent_id IS NOT NULL
UNION ALL SELECT 'attributions' AS table_name, statement_id || '/' || CAST(ordinal AS VARCHAR) AS record_id, 'office_id' AS field, office_id AS value, 'offices' AS target_table FROM attributions WHERE office_id IS NOT NULL
UNION ALL SELECT 'segments' AS table_name, statement_id || '/' || CAST(ordinal AS VARCHAR) AS record_id, 'statement_id' AS field, statement_id AS value, 'statements' AS target_table FROM segments WHERE statement_id IS NOT NULL
UNION ALL SELECT 'claims' AS table_name, claim_id AS record_id, 'event_id' AS field, event_id AS value, 'events' AS target_table FROM claims WHERE event_id IS NOT NULL
UNION ALL SELECT 'attestations' AS table_name, claim_id || '/' || statement_id AS record_id, 'claim_id' AS field, claim_id AS value, 'claims' AS target_table FROM attestations WHERE claim_id IS NOT NULL
UNION ALL SELECT 'attestations' AS table_name, claim_id || '/' || statement_id AS record_id, 'statement_id' AS field, statement_id AS value, 'statements' AS target_table FROM attestations WHERE statement_id IS NOT NULL
UNION ALL SELECT 'omissions' AS table_name, claim_id || '/' || source_id AS record_id, 'claim_id' AS field, claim_id AS value, 'claims' AS target_table FROM omissions WHERE claim_id IS NOT NULL
UNION ALL SELECT 'omissions' AS table_name, claim_id || '/' || source_id AS record_id, 'source_id' AS field, source_id AS value, 'sources' AS target_table FROM omissions WHERE source_id IS NOT NULL
UNION ALL SELECT 'pairs' AS table_name, pair_id AS record_id, 'event_id' AS field, event_id AS value, 'events' AS target_table FROM pairs WHERE event_id IS NOT NULL
UNION ALL SELECT 'pairs' AS table_name, pair_id AS record_id, 'statement_a' AS field, statement_a AS value, 'statements' AS target_table FROM pairs WHERE statement_a IS NOT NULL
UNION ALL SELECT 'pairs' AS table_name, pair_id AS record_id, 'statement_b' AS field, statement_b AS value, 'statements' AS target_table FROM pairs WHERE statement_b IS NOT NULL;
CREATE OR REPLACE VIEW identifiers AS
SELECT 'statements' AS table_name, statement_id AS record_id FROM statements
UNION ALL SELECT 'sources' AS table_name, source_id AS record_id FROM sources
UNION ALL SELECT 'agents' AS table_name, agent_id AS record_id FROM agents
UNION ALL SELECT 'offices' AS table_name, office_id AS record_id FROM offices
UNION ALL SELECT 'events' AS table_name, event_id AS record_id FROM events
UNION ALL SELECT 'participants' AS table_name, event_id || '/' || agent_id || '/' || role AS record_id FROM participants
UNION ALL SELECT 'attributions' AS table_name, statement_id || '/' || CAST(ordinal AS VARCHAR) AS record_id FROM attributions
UNION ALL SELECT 'segments' AS table_name, statement_id || '/' || CAST(ordinal AS VARCHAR) AS record_id FROM segments
UNION ALL SELECT 'claims' AS table_name, claim_id AS record_id FROM claims
UNION ALL SELECT 'attestations' AS table_name, claim_id || '/' || statement_id AS record_id FROM attestations
UNION ALL SELECT 'omissions' AS table_name, claim_id || '/' || source_id AS record_id FROM omissions
UNION ALL SELECT 'pairs' AS table_name, pair_id AS record_id FROM pairs;
CREATE OR REPLACE VIEW repeated AS
SELECT 'statements' AS table_name, statement_id AS record_id, count(*) AS number FROM statements GROUP BY statement_id HAVING count(*) > 1
UNION ALL SELECT 'sources' AS table_name, source_id AS record_id, count(*) AS number FROM sources GROUP BY source_id HAVING count(*) > 1
UNION ALL SELECT 'agents' AS table_name, agent_id AS record_id, count(*) AS number FROM agents GROUP BY agent_id HAVING count(*) > 1
UNION ALL SELECT 'offices' AS table_name, office_id AS record_id, count(*) AS number FROM offices GROUP BY office_id HAVING count(*) > 1
UNION ALL SELECT 'events' AS table_name, event_id AS record_id, count(*) AS number FROM events GROUP BY event_id HAVING count(*) > 1
UNION ALL SELECT 'participants' AS table_name, event_id || '/' || agent_id || '/' || role AS record_id, count(*) AS number FROM participants GROUP BY event_id, agent_id, role HAVING count(*) > 1
UNION ALL SELECT 'attributions' AS table_name, statement_id || '/' || CAST(ordinal AS VARCHAR) AS record_id, count(*) AS number FROM attributions GROUP BY statement_id, ordinal HAVING count(*) > 1
UNION ALL SELECT 'segments' AS table_name, statement_id || '/' || CAST(ordinal AS VARCHAR) AS record_id, count(*) AS number FROM segments GROUP BY statement_id, ordinal HAVING count(*) > 1
UNION ALL SELECT 'claims' AS table_name, claim_id AS record_id, count(*) AS number FROM claims GROUP BY claim_id HAVING count(*) > 1
UNION ALL SELECT 'attestations' AS table_name, claim_id || '/' || statement_id AS record_id, count(*) AS number FROM attestations GROUP BY claim_id, statement_id HAVING count(*) > 1
UNION ALL SELECT 'omissions' AS table_name, claim_id || '/' || source_id AS record_id, count(*) AS number FROM omissions GROUP BY claim_id, source_id HAVING count(*) > 1
UNION ALL SELECT 'pairs' AS table_name, pair_id AS record_id, count(*) AS number FROM pairs GROUP BY pair_id HAVING count(*) > 1;
CREATE OR REPLACE VIEW targets AS
SELECT 'statements' AS table_name, statement_id AS record_id FROM statements
UNION ALL SELECT 'sources' AS table_name, source_id AS record_id FROM sources
UNION ALL SELECT 'agents' AS table_name, agent_id AS record_id FROM agents
UNION ALL SELECT 'offices' AS table_name, office_id AS record_id FROM offices
UNION ALL SELECT 'events' AS table_name, event_id AS record_id FROM events
UNION ALL SELECT 'claims' AS table_name, claim_id AS record_id FROM claims;
-- end of derived

-- Words with any white space (the characters for which Python's str.isspace is true) as plain spaces; and with the marks that stand around
-- names as plain spaces too. Both keep the length.
CREATE OR REPLACE MACRO spaced(words) AS regexp_replace(words, '[\x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]', ' ', 'g');
CREATE OR REPLACE MACRO unmarked(words) AS regexp_replace(words, '[\x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}.,;:!?()\[\]"''’‘“”«»„–—/-]', ' ', 'g');

-- Words with all white space between two of them as one plain space.
CREATE OR REPLACE MACRO joined(words) AS regexp_replace(words, '[\x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}][ \x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]*| [ \x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+', ' ', 'g');

-- Whether words begin in a script that sets no spaces between words.
CREATE OR REPLACE MACRO begins_unspaced(words) AS regexp_matches(words, '^[\x{0e00}-\x{0eff}\x{1000}-\x{109f}\x{1780}-\x{17ff}\x{3040}-\x{30ff}\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{20000}-\x{3ffff}]');

-- What a guard that judges each source, or the claims of each event, by itself reads instead of the tables: all of them here, one portion after
-- another where there are too many for memory. What it compares them with it reads from the tables.
CREATE OR REPLACE VIEW statements_at_hand AS SELECT * FROM statements;
CREATE OR REPLACE VIEW segments_at_hand AS SELECT * FROM segments;
CREATE OR REPLACE VIEW captures_at_hand AS SELECT * FROM captures;
CREATE OR REPLACE VIEW claims_at_hand AS SELECT * FROM claims;
CREATE OR REPLACE VIEW attestations_at_hand AS SELECT * FROM attestations;
CREATE OR REPLACE VIEW omissions_at_hand AS SELECT * FROM omissions;
CREATE OR REPLACE VIEW pairs_at_hand AS SELECT * FROM pairs;
CREATE OR REPLACE VIEW event_statements_at_hand AS SELECT * FROM statements;

-- Words that date things. A language that is not here is not checked.
CREATE OR REPLACE VIEW calendar AS SELECT * FROM (VALUES
  ('en', 'month', 1, 'january'), ('en', 'month', 1, 'jan'), ('en', 'month', 2, 'february'), ('en', 'month', 2, 'feb'),
  ('en', 'month', 3, 'march'), ('en', 'month', 3, 'mar'), ('en', 'month', 4, 'april'), ('en', 'month', 4, 'apr'),
  ('en', 'month', 5, 'may'), ('en', 'month', 6, 'june'), ('en', 'month', 6, 'jun'), ('en', 'month', 7, 'july'),
  ('en', 'month', 7, 'jul'), ('en', 'month', 8, 'august'), ('en', 'month', 8, 'aug'), ('en', 'month', 9, 'september'),
  ('en', 'month', 9, 'sept'), ('en', 'month', 9, 'sep'), ('en', 'month', 10, 'october'), ('en', 'month', 10, 'oct'),
  ('en', 'month', 11, 'november'), ('en', 'month', 11, 'nov'), ('en', 'month', 12, 'december'), ('en', 'month', 12, 'dec'),
  ('fr', 'month', 1, 'janvier'), ('fr', 'month', 2, 'février'), ('fr', 'month', 3, 'mars'), ('fr', 'month', 4, 'avril'),
  ('fr', 'month', 5, 'mai'), ('fr', 'month', 6, 'juin'), ('fr', 'month', 7, 'juillet'), ('fr', 'month', 8, 'août'),
  ('fr', 'month', 9, 'septembre'), ('fr', 'month', 10, 'octobre'), ('fr', 'month', 11, 'novembre'), ('fr', 'month', 12, 'décembre'),
  ('es', 'month', 1, 'enero'), ('es', 'month', 2, 'febrero'), ('es', 'month', 3, 'marzo'), ('es', 'month', 4, 'abril'),
  ('es', 'month', 5, 'mayo'), ('es', 'month', 6, 'junio'), ('es', 'month', 7, 'julio'), ('es', 'month', 8, 'agosto'),
  ('es', 'month', 9, 'septiembre'), ('es', 'month', 10, 'octubre'), ('es', 'month', 11, 'noviembre'), ('es', 'month', 12, 'diciembre'),
  ('en', 'weekday', 1, 'monday'), ('en', 'weekday', 2, 'tuesday'), ('en', 'weekday', 3, 'wednesday'), ('en', 'weekday', 4, 'thursday'),
  ('en', 'weekday', 5, 'friday'), ('en', 'weekday', 6, 'saturday'), ('en', 'weekday', 7, 'sunday'), ('fr', 'weekday', 1, 'lundi'),
  ('fr', 'weekday', 2, 'mardi'), ('fr', 'weekday', 3, 'mercredi'), ('fr', 'weekday', 4, 'jeudi'), ('fr', 'weekday', 5, 'vendredi'),
  ('fr', 'weekday', 6, 'samedi'), ('fr', 'weekday', 7, 'dimanche'), ('es', 'weekday', 1, 'lunes'), ('es', 'weekday', 2, 'martes'),
  ('es', 'weekday', 3, 'miércoles'), ('es', 'weekday', 4, 'jueves'), ('es', 'weekday', 5, 'viernes'), ('es', 'weekday', 6, 'sábado'),
  ('es', 'weekday', 7, 'domingo'), ('en', 'relative', 0, 'today'), ('en', 'relative', 0, 'tonight'), ('en', 'relative', 0, 'this morning'),
  ('en', 'relative', 0, 'this afternoon'), ('en', 'relative', 0, 'this evening'), ('en', 'relative', -1, 'yesterday'), ('fr', 'relative', 0, 'aujourd hui'),
  ('fr', 'relative', -1, 'hier'), ('es', 'relative', 0, 'hoy'), ('es', 'relative', -1, 'ayer')
) AS words(language, kind, value, word);

-- Every name of an agent; `needle` is what to look for in a label padded with spaces, so that "Li" is not found in "Blinken".
CREATE OR REPLACE VIEW agent_names AS
SELECT n.agent_id, n.field, n.name, NOT regexp_matches(n.name, '[\x{3040}-\x{30ff}\x{3400}-\x{9fff}]') AS spaced,
  CASE WHEN regexp_matches(n.name, '[\x{3040}-\x{30ff}\x{3400}-\x{9fff}]') THEN lower(n.name)
  ELSE ' ' || replace(replace(unmarked(lower(n.name)), '   ', ' '), '  ', ' ') || ' ' END AS needle
FROM (
  SELECT agent_id, 'name' AS field, name FROM agents
  UNION ALL SELECT agent_id, 'native_name', native_name FROM agents WHERE native_name IS NOT NULL
  UNION ALL SELECT o.agent_id, 'other_names', trim(o.name) FROM (SELECT agent_id, unnest(string_split(other_names, ';')) AS name FROM agents WHERE other_names IS NOT NULL) AS o) AS n;

-- The words that say who speaks (label and antecedent), ready to look for a needle in; any white space counts as a plain space.
CREATE OR REPLACE VIEW speaker_words AS
SELECT s.statement_id, s.source_id, s.speaker_id, s.start,
  ' ' || replace(replace(unmarked(lower(concat_ws(' ', s.speaker_label, CASE WHEN s.continues IS NULL THEN s.antecedent END))), '   ', ' '), '  ', ' ') || ' ' AS words
FROM statements AS s;

-- Captures to look for names and dates in: in lower case, white space between two words as one plain space; and how many characters are not.
CREATE OR REPLACE VIEW folded_captures AS
SELECT source_id, lower(text) AS text, length(replace(text, ' ', '')) AS letters FROM (SELECT source_id, joined(text) AS text FROM captures) AS c;
CREATE OR REPLACE VIEW folded_at_hand AS SELECT * FROM folded_captures;

-- Which sources are accounts of which events.
CREATE OR REPLACE VIEW accounts AS SELECT DISTINCT event_id, source_id FROM statements;

-- Statements that do not stand in their capture as they are written, prefix and suffix with them. All three are looked up at once: to find a
-- place in a text takes longer than to compare what stands there.
CREATE OR REPLACE VIEW misplaced_statements AS
SELECT s.statement_id, s.source_id, s.start, s."end", s.prefix, s.exact, s.suffix FROM statements AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE s.start >= s."end" OR length(s.exact) <> s."end" - s.start OR length(coalesce(s.prefix, '')) <> s.start - greatest(s.start - 32, 0)
  OR substr(c.text, greatest(s.start - 32, 0) + 1, s."end" + 32 - greatest(s.start - 32, 0)) <> coalesce(s.prefix, '') || s.exact || coalesce(s.suffix, '');

-- The sources that an agent has to do with: as speaker, part of an attribution, publisher, or participant of the event.
CREATE OR REPLACE VIEW agent_sources AS
SELECT speaker_id AS agent_id, source_id FROM statements WHERE speaker_id IS NOT NULL
UNION SELECT publisher_id, source_id FROM sources WHERE publisher_id IS NOT NULL
UNION SELECT p.agent_id, x.source_id FROM participants AS p JOIN accounts AS x ON x.event_id = p.event_id
UNION SELECT a.agent_id, s.source_id FROM attributions AS a JOIN statements AS s ON s.statement_id = a.statement_id WHERE a.agent_id IS NOT NULL;

-- Sources that lack a record, or whose own record is left out for another mistake: any agent may have to do with them.
CREATE OR REPLACE VIEW doubtful_sources AS
SELECT record_id AS source_id FROM incomplete WHERE table_name = 'sources'
UNION SELECT s.source_id FROM incomplete AS i JOIN statements AS s ON s.event_id = i.record_id WHERE i.table_name = 'events';

-- The first sources of every agent. Most of what is asked of all of them is answered by these.
CREATE OR REPLACE VIEW near_sources AS
SELECT x.agent_id, x.source_id FROM (SELECT agent_id, source_id, row_number() OVER (PARTITION BY agent_id ORDER BY source_id) AS place FROM agent_sources) AS x WHERE x.place <= 4;

-- Events with an account whose capture is not here: what no account says of them cannot be known.
CREATE OR REPLACE VIEW unread_events AS
SELECT DISTINCT x.event_id FROM accounts AS x LEFT JOIN captures AS c ON c.source_id = x.source_id WHERE c.source_id IS NULL;

-- Accounts of an event whose silence says something: independent, and gone through to the end.
CREATE OR REPLACE VIEW full_accounts AS
SELECT x.event_id, x.source_id FROM accounts AS x JOIN sources AS p ON p.source_id = x.source_id
WHERE p.relays IS NULL AND x.source_id NOT IN (SELECT source_id FROM exclusions WHERE reason = 'not-curated');

-- Events of which a statement, claim, attestation or participant was left out because it breaks a rule: what is derived from all
-- of these is not judged.
CREATE OR REPLACE VIEW incomplete_events AS
SELECT record_id AS event_id FROM incomplete WHERE table_name = 'events'
UNION SELECT s.event_id FROM statements AS s JOIN incomplete AS i ON i.record_id = s.source_id WHERE i.table_name = 'sources';

-- Names that stand, as whole words and letter for letter, in no capture of a source that the agent has to do with and in no evidence.
-- `folded` only makes it quick: a name that is not in it cannot be in the text.
CREATE OR REPLACE VIEW unattested_names AS
WITH evidence AS (
  SELECT publisher_id AS agent_id, publisher_evidence AS text FROM sources WHERE publisher_id IS NOT NULL
  UNION SELECT organization_id, evidence FROM offices WHERE organization_id IS NOT NULL),
asked AS (
  SELECT n.agent_id, n.field, n.name, n.spaced FROM agent_names AS n
  WHERE NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
    AND n.agent_id NOT IN (SELECT x.agent_id FROM agent_sources AS x LEFT JOIN captures AS c ON c.source_id = x.source_id WHERE c.source_id IS NULL)
    AND NOT EXISTS (SELECT 1 FROM doubtful_sources AS x LEFT JOIN captures AS c ON c.source_id = x.source_id WHERE c.source_id IS NULL)),
named AS (
  SELECT n.agent_id, n.name FROM asked AS n JOIN evidence AS c ON c.agent_id = n.agent_id
  WHERE CASE WHEN strpos(spaced(lower(c.text)), lower(n.name)) = 0 THEN false WHEN NOT n.spaced THEN strpos(c.text, n.name) > 0
    ELSE strpos(' ' || replace(replace(unmarked(c.text), '   ', ' '), '  ', ' ') || ' ', ' ' || replace(unmarked(n.name), '  ', ' ') || ' ') > 0 END
  UNION
  SELECT n.agent_id, n.name FROM asked AS n JOIN near_sources AS x ON x.agent_id = n.agent_id JOIN folded_captures AS f ON f.source_id = x.source_id JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(n.name)) = 0 THEN false WHEN NOT n.spaced THEN strpos(c.text, n.name) > 0
    ELSE strpos(' ' || replace(replace(unmarked(c.text), '   ', ' '), '  ', ' ') || ' ', ' ' || replace(unmarked(n.name), '  ', ' ') || ' ') > 0 END),
rare AS (
  SELECT a.agent_id, a.field, a.name, a.spaced FROM asked AS a LEFT JOIN named AS d ON d.agent_id = a.agent_id AND d.name = a.name WHERE d.agent_id IS NULL),
found AS (
  SELECT n.agent_id, n.name FROM rare AS n JOIN agent_sources AS x ON x.agent_id = n.agent_id JOIN folded_captures AS f ON f.source_id = x.source_id JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(n.name)) = 0 THEN false WHEN NOT n.spaced THEN strpos(c.text, n.name) > 0
    ELSE strpos(' ' || replace(replace(unmarked(c.text), '   ', ' '), '  ', ' ') || ' ', ' ' || replace(unmarked(n.name), '  ', ' ') || ' ') > 0 END
  UNION
  SELECT n.agent_id, n.name FROM rare AS n CROSS JOIN doubtful_sources AS x JOIN all_sources AS s ON s.source_id = x.source_id
  WHERE strpos(spaced(s.publisher_evidence), n.name) > 0
  UNION
  SELECT n.agent_id, n.name FROM rare AS n CROSS JOIN doubtful_sources AS x JOIN folded_captures AS f ON f.source_id = x.source_id JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(n.name)) = 0 THEN false WHEN NOT n.spaced THEN strpos(c.text, n.name) > 0
    ELSE strpos(' ' || replace(replace(unmarked(c.text), '   ', ' '), '  ', ' ') || ' ', ' ' || replace(unmarked(n.name), '  ', ' ') || ' ') > 0 END)
SELECT r.agent_id, r.field, r.name FROM rare AS r LEFT JOIN found AS d ON d.agent_id = r.agent_id AND d.name = r.name WHERE d.agent_id IS NULL;

-- Words in curly quotation marks within evidence, and all words of a source that tables other than `statements` give away.
CREATE OR REPLACE VIEW evidence_quotes AS
SELECT source_id, unnest(regexp_extract_all(publisher_evidence, '“([^”]+)”', 1)) AS words FROM sources WHERE publisher_evidence IS NOT NULL;
CREATE OR REPLACE VIEW published_quotes AS
SELECT source_id, title AS words FROM sources WHERE title IS NOT NULL
UNION ALL SELECT source_id, publisher_evidence FROM sources WHERE publisher_basis = 'stated' AND publisher_evidence IS NOT NULL
UNION ALL SELECT q.source_id, q.words FROM evidence_quotes AS q JOIN sources AS s ON s.source_id = q.source_id WHERE s.publisher_basis <> 'stated'
UNION ALL SELECT date_source_id, date_expression FROM events WHERE date_expression IS NOT NULL
UNION ALL SELECT DISTINCT source_id, antecedent FROM statements WHERE antecedent IS NOT NULL;

-- Names and other printed words of 20 code points or more that rows about a source or its event carry: they may stand elsewhere in it.
CREATE OR REPLACE VIEW published_names AS
SELECT DISTINCT n.source_id, n.words FROM (
  SELECT x.source_id, a.name AS words FROM agent_sources AS x JOIN agents AS a ON a.agent_id = x.agent_id
  UNION ALL SELECT x.source_id, a.native_name FROM agent_sources AS x JOIN agents AS a ON a.agent_id = x.agent_id
  UNION ALL SELECT x.source_id, a.other_names FROM agent_sources AS x JOIN agents AS a ON a.agent_id = x.agent_id
  UNION ALL SELECT x.source_id, o.title FROM agent_sources AS x JOIN offices AS o ON o.agent_id = x.agent_id
  UNION ALL SELECT x.source_id, w.words FROM accounts AS x JOIN (
    SELECT event_id, name AS words FROM events
    UNION SELECT event_id, place FROM events
    UNION SELECT event_id, series FROM events
    UNION SELECT event_id, date_expression FROM events
    UNION SELECT event_id, speaker_label FROM statements
    UNION SELECT event_id, antecedent FROM statements
    UNION SELECT event_id, speaker_title FROM statements
    UNION SELECT event_id, cue FROM statements
    UNION SELECT event_id, date_expression FROM statements
    UNION SELECT s.event_id, a.label FROM attributions AS a JOIN statements AS s ON s.statement_id = a.statement_id
  ) AS w ON w.event_id = x.event_id) AS n
WHERE length(n.words) >= 20;

-- The forms in which a date of publication may be printed, lower case.
CREATE OR REPLACE VIEW printed_dates AS
SELECT m.language, d.date, replace(f.form, '  ', ' ') AS printed
FROM (SELECT DISTINCT published_on AS date FROM sources WHERE published_on_basis = 'stated') AS d
JOIN calendar AS m ON m.kind = 'month' AND m.value = month(d.date)
CROSS JOIN (SELECT unnest(['m d, y', 'm. d, y', 'd m y', 'd m. y', 'd de m de y', 'm d y']) AS pattern) AS p
CROSS JOIN LATERAL (SELECT replace(replace(replace(replace(p.pattern, 'y', CAST(year(d.date) AS VARCHAR)), 'd ', CAST(day(d.date) AS VARCHAR) || ' '), 'd,', CAST(day(d.date) AS VARCHAR) || ','), 'm', m.word) AS form) AS f;

-- What the words that date a statement or an event come to. `resolved` is null where the language has no calendar above.
CREATE OR REPLACE VIEW date_readings AS
WITH said AS (
  SELECT 'statements' AS table_name, s.statement_id AS record_id, 'date' AS field, s.date, s.date_precision AS precision, s.date_expression AS expression,
    split_part(s.language, '-', 1) AS language, p.published_on
  FROM statements AS s JOIN sources AS p ON p.source_id = s.source_id WHERE s.date_expression IS NOT NULL AND s.date IS NOT NULL
  UNION ALL
  SELECT 'events', e.event_id, 'start_date', e.start_date, 'day', e.date_expression, split_part(p.language, '-', 1), p.published_on
  FROM events AS e JOIN sources AS p ON p.source_id = e.date_source_id WHERE e.date_expression IS NOT NULL
  UNION ALL
  SELECT 'events', e.event_id, 'end_date', e.end_date, 'day', e.date_expression, split_part(p.language, '-', 1), p.published_on
  FROM events AS e JOIN sources AS p ON p.source_id = e.date_source_id WHERE e.date_expression IS NOT NULL),
padded AS (
  SELECT said.*, ' ' || unmarked(lower(expression)) || ' ' AS words FROM said),
found AS (
  SELECT p.table_name, p.record_id, p.field, count(*) AS number,
    max(CASE WHEN c.kind = 'weekday' THEN c.value END) AS weekday,
    max(CASE WHEN c.kind = 'relative' THEN c.value END) AS days,
    max(CASE WHEN c.kind = 'month' AND c.value = month(p.date) THEN 1 WHEN c.kind = 'month' THEN 0 END) AS month_fits
  FROM padded AS p JOIN calendar AS c ON c.language = p.language AND strpos(p.words, ' ' || c.word || ' ') > 0
  GROUP BY p.table_name, p.record_id, p.field)
SELECT p.table_name, p.record_id, p.field, p.expression, p.date, p.published_on,
  CASE
    WHEN strpos(p.expression, CAST(p.date AS VARCHAR)) > 0 THEN true
    WHEN p.language NOT IN (SELECT language FROM calendar) THEN NULL
    WHEN f.number IS NULL THEN false
    WHEN f.weekday IS NOT NULL AND f.weekday <> (date_diff('day', DATE '1900-01-01', p.date) % 7) + 1 THEN false
    WHEN f.month_fits IS NOT NULL THEN f.month_fits = 1
      AND (p.precision <> 'day' OR strpos(p.words, ' ' || CAST(day(p.date) AS VARCHAR) || ' ') > 0 OR regexp_matches(p.words, ' ' || CAST(day(p.date) AS VARCHAR) || '(st|nd|rd|th|er|º) '))
      AND (strpos(p.words, ' ' || CAST(year(p.date) AS VARCHAR) || ' ') > 0
        OR (NOT regexp_matches(p.words, ' [12][0-9][0-9][0-9] ') AND p.published_on IS NOT NULL AND date_diff('day', p.date, p.published_on) BETWEEN -1 AND 300))
    WHEN p.published_on IS NULL THEN false
    WHEN f.days IS NOT NULL THEN date_diff('day', p.published_on, p.date) = f.days
    ELSE date_diff('day', p.date, p.published_on) BETWEEN 0 AND 6
  END AS resolved
FROM padded AS p LEFT JOIN found AS f ON f.table_name = p.table_name AND f.record_id = p.record_id AND f.field = p.field;

-- What to look for where words may have a stem: one of five letters is the beginning of a word, one of four is a word.
CREATE OR REPLACE MACRO sought(stem) AS ' ' || stem || CASE WHEN length(stem) = 4 THEN ' ' ELSE '' END;

-- Words of propositions; `stem` (the first five letters of a word of four or more) tells inflected words alike.
CREATE OR REPLACE VIEW claim_words AS
SELECT DISTINCT w.claim_id, w.event_id, substr(w.word, 1, 5) AS stem
FROM (SELECT c.claim_id, c.event_id, unnest(string_split(unmarked(lower(c.proposition)), ' ')) AS word FROM claims_at_hand AS c) AS w
WHERE length(w.word) >= 4;

-- Numbers of a series in words.
CREATE OR REPLACE VIEW ordinals AS SELECT * FROM (VALUES
  (1, 'first'), (2, 'second'), (3, 'third'), (4, 'fourth'), (5, 'fifth'), (6, 'sixth'), (7, 'seventh'), (8, 'eighth'), (9, 'ninth'), (10, 'tenth'),
  (11, 'eleventh'), (12, 'twelfth'), (13, 'thirteenth'), (14, 'fourteenth'), (15, 'fifteenth'), (16, 'sixteenth'), (17, 'seventeenth'), (18, 'eighteenth'),
  (19, 'nineteenth'), (20, 'twentieth')
) AS words(value, word);
