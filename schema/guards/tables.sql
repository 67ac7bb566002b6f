-- The views that the guards read. To run a guard in the package's folder:
--   duckdb -c ".read schema/guards/tables.sql" -c ".read schema/guards/segments_tile.sql"
-- A guard is a query that returns the rows that break its rule. No rows means that the data follows the rule.
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
CREATE OR REPLACE VIEW reviews AS SELECT CAST(NULL AS VARCHAR) AS table_name, CAST(NULL AS VARCHAR) AS record_id, CAST(NULL AS VARCHAR) AS rule, CAST(NULL AS VARCHAR) AS reason WHERE false;
CREATE OR REPLACE VIEW exclusions AS SELECT * FROM read_json('data/exclusions.jsonl', format = 'newline_delimited', columns = {source_id: 'VARCHAR', start: 'BIGINT', "end": 'BIGINT', reason: 'VARCHAR'});
CREATE OR REPLACE VIEW captures AS SELECT split_part(replace(filename, '\', '/'), '/', -2) AS source_id, content AS text FROM read_text('data/sources/*/source.txt');
CREATE OR REPLACE VIEW all_sources AS SELECT * FROM sources;
CREATE OR REPLACE VIEW curated_sources AS SELECT source_id FROM sources;
CREATE OR REPLACE VIEW incomplete AS SELECT CAST(NULL AS VARCHAR) AS table_name, CAST(NULL AS VARCHAR) AS record_id WHERE false;
CREATE OR REPLACE VIEW ledger AS SELECT * FROM read_json('data/released.jsonl', format = 'newline_delimited', columns = {"table": 'VARCHAR', record_id: 'VARCHAR', sha256: 'VARCHAR', added_in: 'VARCHAR', revised_in: 'VARCHAR', withdrawn_in: 'VARCHAR', released_on: 'VARCHAR', reason: 'VARCHAR'});
CREATE OR REPLACE VIEW rules AS SELECT CAST(NULL AS VARCHAR) AS code, CAST(NULL AS VARCHAR) AS kind, CAST(NULL AS INTEGER) AS needs_captures, CAST(NULL AS INTEGER) AS needs_exclusions, CAST(NULL AS INTEGER) AS needs_whole WHERE false;
CREATE OR REPLACE VIEW applied AS SELECT CAST(NULL AS VARCHAR) AS table_name, CAST(NULL AS VARCHAR) AS record_id, CAST(NULL AS VARCHAR) AS rule WHERE false;
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
UNION ALL SELECT 'pairs' AS table_name, pair_id AS record_id FROM pairs
UNION ALL SELECT 'reviews' AS table_name, table_name || '/' || record_id || '/' || rule AS record_id FROM reviews;
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
UNION ALL SELECT 'pairs' AS table_name, pair_id AS record_id, count(*) AS number FROM pairs GROUP BY pair_id HAVING count(*) > 1
UNION ALL SELECT 'reviews' AS table_name, table_name || '/' || record_id || '/' || rule AS record_id, count(*) AS number FROM reviews GROUP BY table_name, record_id, rule HAVING count(*) > 1;
CREATE OR REPLACE VIEW targets AS
SELECT 'statements' AS table_name, statement_id AS record_id FROM statements
UNION ALL SELECT 'sources' AS table_name, source_id AS record_id FROM sources
UNION ALL SELECT 'agents' AS table_name, agent_id AS record_id FROM agents
UNION ALL SELECT 'offices' AS table_name, office_id AS record_id FROM offices
UNION ALL SELECT 'events' AS table_name, event_id AS record_id FROM events
UNION ALL SELECT 'claims' AS table_name, claim_id AS record_id FROM claims;
CREATE OR REPLACE VIEW lexicon AS SELECT language, list, word, CAST(value AS INTEGER) AS value FROM (VALUES
  ('en', 'months', 'january', 1),
  ('en', 'months', 'jan', 1),
  ('en', 'months', 'february', 2),
  ('en', 'months', 'feb', 2),
  ('en', 'months', 'march', 3),
  ('en', 'months', 'mar', 3),
  ('en', 'months', 'april', 4),
  ('en', 'months', 'apr', 4),
  ('en', 'months', 'may', 5),
  ('en', 'months', 'june', 6),
  ('en', 'months', 'jun', 6),
  ('en', 'months', 'july', 7),
  ('en', 'months', 'jul', 7),
  ('en', 'months', 'august', 8),
  ('en', 'months', 'aug', 8),
  ('en', 'months', 'september', 9),
  ('en', 'months', 'sept', 9),
  ('en', 'months', 'sep', 9),
  ('en', 'months', 'october', 10),
  ('en', 'months', 'oct', 10),
  ('en', 'months', 'november', 11),
  ('en', 'months', 'nov', 11),
  ('en', 'months', 'december', 12),
  ('en', 'months', 'dec', 12),
  ('en', 'weekdays', 'monday', 1),
  ('en', 'weekdays', 'mon', 1),
  ('en', 'weekdays', 'tuesday', 2),
  ('en', 'weekdays', 'tue', 2),
  ('en', 'weekdays', 'tues', 2),
  ('en', 'weekdays', 'wednesday', 3),
  ('en', 'weekdays', 'wed', 3),
  ('en', 'weekdays', 'thursday', 4),
  ('en', 'weekdays', 'thu', 4),
  ('en', 'weekdays', 'thurs', 4),
  ('en', 'weekdays', 'friday', 5),
  ('en', 'weekdays', 'fri', 5),
  ('en', 'weekdays', 'saturday', 6),
  ('en', 'weekdays', 'sat', 6),
  ('en', 'weekdays', 'sunday', 7),
  ('en', 'weekdays', 'sun', 7),
  ('en', 'day_words', 'today', 0),
  ('en', 'day_words', 'tonight', 0),
  ('en', 'day_words', 'this morning', 0),
  ('en', 'day_words', 'this afternoon', 0),
  ('en', 'day_words', 'this evening', 0),
  ('en', 'day_words', 'yesterday', -1),
  ('en', 'day_words', 'last night', -1),
  ('en', 'day_words', 'tomorrow', 1),
  ('en', 'ordinals', 'first', 1),
  ('en', 'ordinals', 'second', 2),
  ('en', 'ordinals', 'third', 3),
  ('en', 'ordinals', 'fourth', 4),
  ('en', 'ordinals', 'fifth', 5),
  ('en', 'ordinals', 'sixth', 6),
  ('en', 'ordinals', 'seventh', 7),
  ('en', 'ordinals', 'eighth', 8),
  ('en', 'ordinals', 'ninth', 9),
  ('en', 'ordinals', 'tenth', 10),
  ('en', 'ordinals', 'eleventh', 11),
  ('en', 'ordinals', 'twelfth', 12),
  ('en', 'ordinals', 'thirteenth', 13),
  ('en', 'ordinals', 'fourteenth', 14),
  ('en', 'ordinals', 'fifteenth', 15),
  ('en', 'ordinals', 'sixteenth', 16),
  ('en', 'ordinals', 'seventeenth', 17),
  ('en', 'ordinals', 'eighteenth', 18),
  ('en', 'ordinals', 'nineteenth', 19),
  ('en', 'ordinals', 'twentieth', 20),
  ('en', 'date_orders', 'm d, y', NULL),
  ('en', 'date_orders', 'm. d, y', NULL),
  ('en', 'date_orders', 'd m y', NULL),
  ('en', 'date_orders', 'd m. y', NULL),
  ('en', 'date_orders', 'm d y', NULL),
  ('en', 'not_names', 'he', NULL),
  ('en', 'not_names', 'she', NULL),
  ('en', 'not_names', 'they', NULL),
  ('en', 'not_names', 'it', NULL),
  ('en', 'not_names', 'we', NULL),
  ('en', 'not_names', 'i', NULL),
  ('en', 'not_names', 'you', NULL),
  ('en', 'not_names', 'the', NULL),
  ('en', 'not_names', 'a', NULL),
  ('en', 'not_names', 'an', NULL),
  ('en', 'not_names', 'and', NULL),
  ('en', 'not_names', 'of', NULL),
  ('en', 'not_names', 'in', NULL),
  ('en', 'not_names', 'on', NULL),
  ('en', 'not_names', 'to', NULL),
  ('en', 'not_names', 'that', NULL),
  ('en', 'not_names', 'this', NULL),
  ('en', 'not_names', 'said', NULL),
  ('en', 'not_names', 'her', NULL),
  ('en', 'not_names', 'his', NULL),
  ('en', 'not_names', 'its', NULL),
  ('en', 'not_names', 'our', NULL),
  ('en', 'not_names', 'their', NULL),
  ('en', 'titles', 'mr', NULL),
  ('en', 'titles', 'mrs', NULL),
  ('en', 'titles', 'ms', NULL),
  ('en', 'titles', 'miss', NULL),
  ('en', 'titles', 'mx', NULL),
  ('en', 'titles', 'dr', NULL),
  ('en', 'titles', 'prof', NULL),
  ('en', 'titles', 'professor', NULL),
  ('en', 'titles', 'sir', NULL),
  ('en', 'titles', 'dame', NULL),
  ('en', 'titles', 'lord', NULL),
  ('en', 'titles', 'lady', NULL),
  ('en', 'titles', 'president', NULL),
  ('en', 'titles', 'vice president', NULL),
  ('en', 'titles', 'prime minister', NULL),
  ('en', 'titles', 'deputy prime minister', NULL),
  ('en', 'titles', 'premier', NULL),
  ('en', 'titles', 'vice premier', NULL),
  ('en', 'titles', 'chancellor', NULL),
  ('en', 'titles', 'minister', NULL),
  ('en', 'titles', 'foreign minister', NULL),
  ('en', 'titles', 'defense minister', NULL),
  ('en', 'titles', 'defence minister', NULL),
  ('en', 'titles', 'finance minister', NULL),
  ('en', 'titles', 'interior minister', NULL),
  ('en', 'titles', 'trade minister', NULL),
  ('en', 'titles', 'minister of foreign affairs', NULL),
  ('en', 'titles', 'minister of defense', NULL),
  ('en', 'titles', 'minister of state', NULL),
  ('en', 'titles', 'secretary', NULL),
  ('en', 'titles', 'secretary of state', NULL),
  ('en', 'titles', 'secretary of defense', NULL),
  ('en', 'titles', 'secretary of the treasury', NULL),
  ('en', 'titles', 'deputy secretary', NULL),
  ('en', 'titles', 'under secretary', NULL),
  ('en', 'titles', 'assistant secretary', NULL),
  ('en', 'titles', 'secretary general', NULL),
  ('en', 'titles', 'state councilor', NULL),
  ('en', 'titles', 'ambassador', NULL),
  ('en', 'titles', 'special envoy', NULL),
  ('en', 'titles', 'envoy', NULL),
  ('en', 'titles', 'special representative', NULL),
  ('en', 'titles', 'high representative', NULL),
  ('en', 'titles', 'high commissioner', NULL),
  ('en', 'titles', 'commissioner', NULL),
  ('en', 'titles', 'director', NULL),
  ('en', 'titles', 'director general', NULL),
  ('en', 'titles', 'chair', NULL),
  ('en', 'titles', 'chairman', NULL),
  ('en', 'titles', 'chairwoman', NULL),
  ('en', 'titles', 'chairperson', NULL),
  ('en', 'titles', 'speaker', NULL),
  ('en', 'titles', 'senator', NULL),
  ('en', 'titles', 'sen', NULL),
  ('en', 'titles', 'representative', NULL),
  ('en', 'titles', 'rep', NULL),
  ('en', 'titles', 'congressman', NULL),
  ('en', 'titles', 'congresswoman', NULL),
  ('en', 'titles', 'delegate', NULL),
  ('en', 'titles', 'governor', NULL),
  ('en', 'titles', 'gov', NULL),
  ('en', 'titles', 'lieutenant governor', NULL),
  ('en', 'titles', 'mayor', NULL),
  ('en', 'titles', 'councilman', NULL),
  ('en', 'titles', 'councilwoman', NULL),
  ('en', 'titles', 'attorney general', NULL),
  ('en', 'titles', 'judge', NULL),
  ('en', 'titles', 'justice', NULL),
  ('en', 'titles', 'chief justice', NULL),
  ('en', 'titles', 'general', NULL),
  ('en', 'titles', 'gen', NULL),
  ('en', 'titles', 'lieutenant general', NULL),
  ('en', 'titles', 'lt gen', NULL),
  ('en', 'titles', 'major general', NULL),
  ('en', 'titles', 'maj gen', NULL),
  ('en', 'titles', 'brigadier general', NULL),
  ('en', 'titles', 'brig gen', NULL),
  ('en', 'titles', 'admiral', NULL),
  ('en', 'titles', 'adm', NULL),
  ('en', 'titles', 'vice admiral', NULL),
  ('en', 'titles', 'colonel', NULL),
  ('en', 'titles', 'col', NULL),
  ('en', 'titles', 'lieutenant colonel', NULL),
  ('en', 'titles', 'lt col', NULL),
  ('en', 'titles', 'lieutenant', NULL),
  ('en', 'titles', 'lt', NULL),
  ('en', 'titles', 'major', NULL),
  ('en', 'titles', 'maj', NULL),
  ('en', 'titles', 'captain', NULL),
  ('en', 'titles', 'capt', NULL),
  ('en', 'titles', 'commander', NULL),
  ('en', 'titles', 'cmdr', NULL),
  ('en', 'titles', 'sergeant', NULL),
  ('en', 'titles', 'sgt', NULL),
  ('en', 'titles', 'officer', NULL),
  ('en', 'titles', 'detective', NULL),
  ('en', 'titles', 'sheriff', NULL),
  ('en', 'titles', 'chief', NULL),
  ('en', 'titles', 'marshal', NULL),
  ('en', 'titles', 'king', NULL),
  ('en', 'titles', 'queen', NULL),
  ('en', 'titles', 'prince', NULL),
  ('en', 'titles', 'princess', NULL),
  ('en', 'titles', 'crown prince', NULL),
  ('en', 'titles', 'emir', NULL),
  ('en', 'titles', 'sultan', NULL),
  ('en', 'titles', 'sheikh', NULL),
  ('en', 'titles', 'pope', NULL),
  ('en', 'titles', 'cardinal', NULL),
  ('en', 'titles', 'archbishop', NULL),
  ('en', 'titles', 'bishop', NULL),
  ('en', 'titles', 'reverend', NULL),
  ('en', 'titles', 'rev', NULL),
  ('en', 'titles', 'rabbi', NULL),
  ('en', 'titles', 'imam', NULL),
  ('en', 'titles', 'father', NULL),
  ('en', 'titles', 'sister', NULL),
  ('en', 'titles', 'spokesperson', NULL),
  ('en', 'titles', 'spokesman', NULL),
  ('en', 'titles', 'spokeswoman', NULL),
  ('en', 'titles', 'press secretary', NULL),
  ('en', 'titles', 'national security advisor', NULL),
  ('en', 'titles', 'national security adviser', NULL),
  ('en', 'titles', 'counselor', NULL),
  ('en', 'titles', 'consul general', NULL),
  ('en', 'titles', 'chargé d affaires', NULL),
  ('en', 'titles', 'her excellency', NULL),
  ('en', 'titles', 'his excellency', NULL),
  ('en', 'titles', 'her majesty', NULL),
  ('en', 'titles', 'his majesty', NULL),
  ('zh', 'months', '一月', 1),
  ('zh', 'months', '1月', 1),
  ('zh', 'months', '二月', 2),
  ('zh', 'months', '2月', 2),
  ('zh', 'months', '三月', 3),
  ('zh', 'months', '3月', 3),
  ('zh', 'months', '四月', 4),
  ('zh', 'months', '4月', 4),
  ('zh', 'months', '五月', 5),
  ('zh', 'months', '5月', 5),
  ('zh', 'months', '六月', 6),
  ('zh', 'months', '6月', 6),
  ('zh', 'months', '七月', 7),
  ('zh', 'months', '7月', 7),
  ('zh', 'months', '八月', 8),
  ('zh', 'months', '8月', 8),
  ('zh', 'months', '九月', 9),
  ('zh', 'months', '9月', 9),
  ('zh', 'months', '十月', 10),
  ('zh', 'months', '10月', 10),
  ('zh', 'months', '十一月', 11),
  ('zh', 'months', '11月', 11),
  ('zh', 'months', '十二月', 12),
  ('zh', 'months', '12月', 12),
  ('zh', 'weekdays', '星期一', 1),
  ('zh', 'weekdays', '周一', 1),
  ('zh', 'weekdays', '星期二', 2),
  ('zh', 'weekdays', '周二', 2),
  ('zh', 'weekdays', '星期三', 3),
  ('zh', 'weekdays', '周三', 3),
  ('zh', 'weekdays', '星期四', 4),
  ('zh', 'weekdays', '周四', 4),
  ('zh', 'weekdays', '星期五', 5),
  ('zh', 'weekdays', '周五', 5),
  ('zh', 'weekdays', '星期六', 6),
  ('zh', 'weekdays', '周六', 6),
  ('zh', 'weekdays', '星期日', 7),
  ('zh', 'weekdays', '星期天', 7),
  ('zh', 'weekdays', '周日', 7),
  ('zh', 'day_words', '今天', 0),
  ('zh', 'day_words', '今日', 0),
  ('zh', 'day_words', '今晚', 0),
  ('zh', 'day_words', '当天', 0),
  ('zh', 'day_words', '昨天', -1),
  ('zh', 'day_words', '昨日', -1),
  ('zh', 'day_words', '昨晚', -1),
  ('zh', 'day_words', '明天', 1),
  ('zh', 'day_words', '明日', 1),
  ('zh', 'date_orders', 'y年md日', NULL),
  ('zh', 'not_names', '我', NULL),
  ('zh', 'not_names', '他', NULL),
  ('zh', 'not_names', '她', NULL),
  ('zh', 'not_names', '它', NULL),
  ('zh', 'not_names', '我们', NULL),
  ('zh', 'not_names', '他们', NULL),
  ('zh', 'not_names', '她们', NULL),
  ('zh', 'titles', '主席', NULL),
  ('zh', 'titles', '总统', NULL),
  ('zh', 'titles', '总理', NULL),
  ('zh', 'titles', '首相', NULL),
  ('zh', 'titles', '部长', NULL),
  ('zh', 'titles', '外长', NULL),
  ('zh', 'titles', '外交部长', NULL),
  ('zh', 'titles', '国务委员', NULL),
  ('zh', 'titles', '国务卿', NULL),
  ('zh', 'titles', '大使', NULL),
  ('zh', 'titles', '秘书长', NULL),
  ('zh', 'titles', '发言人', NULL),
  ('zh', 'titles', '先生', NULL),
  ('zh', 'titles', '女士', NULL),
  ('es', 'months', 'enero', 1),
  ('es', 'months', 'febrero', 2),
  ('es', 'months', 'marzo', 3),
  ('es', 'months', 'abril', 4),
  ('es', 'months', 'mayo', 5),
  ('es', 'months', 'junio', 6),
  ('es', 'months', 'julio', 7),
  ('es', 'months', 'agosto', 8),
  ('es', 'months', 'septiembre', 9),
  ('es', 'months', 'setiembre', 9),
  ('es', 'months', 'octubre', 10),
  ('es', 'months', 'noviembre', 11),
  ('es', 'months', 'diciembre', 12),
  ('es', 'weekdays', 'lunes', 1),
  ('es', 'weekdays', 'martes', 2),
  ('es', 'weekdays', 'miércoles', 3),
  ('es', 'weekdays', 'jueves', 4),
  ('es', 'weekdays', 'viernes', 5),
  ('es', 'weekdays', 'sábado', 6),
  ('es', 'weekdays', 'domingo', 7),
  ('es', 'day_words', 'hoy', 0),
  ('es', 'day_words', 'esta noche', 0),
  ('es', 'day_words', 'esta mañana', 0),
  ('es', 'day_words', 'esta tarde', 0),
  ('es', 'day_words', 'ayer', -1),
  ('es', 'day_words', 'anoche', -1),
  ('es', 'date_orders', 'd de m de y', NULL),
  ('es', 'date_orders', 'd m y', NULL),
  ('es', 'not_names', 'el', NULL),
  ('es', 'not_names', 'la', NULL),
  ('es', 'not_names', 'los', NULL),
  ('es', 'not_names', 'las', NULL),
  ('es', 'not_names', 'él', NULL),
  ('es', 'not_names', 'ella', NULL),
  ('es', 'not_names', 'ellos', NULL),
  ('es', 'not_names', 'ellas', NULL),
  ('es', 'not_names', 'de', NULL),
  ('es', 'not_names', 'que', NULL),
  ('es', 'not_names', 'nosotros', NULL),
  ('es', 'titles', 'sr', NULL),
  ('es', 'titles', 'sra', NULL),
  ('es', 'titles', 'dr', NULL),
  ('es', 'titles', 'dra', NULL),
  ('es', 'titles', 'presidente', NULL),
  ('es', 'titles', 'presidenta', NULL),
  ('es', 'titles', 'ministro', NULL),
  ('es', 'titles', 'ministra', NULL),
  ('es', 'titles', 'canciller', NULL),
  ('es', 'titles', 'embajador', NULL),
  ('es', 'titles', 'embajadora', NULL),
  ('es', 'titles', 'secretario general', NULL),
  ('fr', 'months', 'janvier', 1),
  ('fr', 'months', 'février', 2),
  ('fr', 'months', 'mars', 3),
  ('fr', 'months', 'avril', 4),
  ('fr', 'months', 'mai', 5),
  ('fr', 'months', 'juin', 6),
  ('fr', 'months', 'juillet', 7),
  ('fr', 'months', 'août', 8),
  ('fr', 'months', 'septembre', 9),
  ('fr', 'months', 'octobre', 10),
  ('fr', 'months', 'novembre', 11),
  ('fr', 'months', 'décembre', 12),
  ('fr', 'weekdays', 'lundi', 1),
  ('fr', 'weekdays', 'mardi', 2),
  ('fr', 'weekdays', 'mercredi', 3),
  ('fr', 'weekdays', 'jeudi', 4),
  ('fr', 'weekdays', 'vendredi', 5),
  ('fr', 'weekdays', 'samedi', 6),
  ('fr', 'weekdays', 'dimanche', 7),
  ('fr', 'day_words', 'aujourd hui', 0),
  ('fr', 'day_words', 'ce soir', 0),
  ('fr', 'day_words', 'ce matin', 0),
  ('fr', 'day_words', 'cet après midi', 0),
  ('fr', 'day_words', 'hier', -1),
  ('fr', 'day_words', 'demain', 1),
  ('fr', 'date_orders', 'd m y', NULL),
  ('fr', 'not_names', 'il', NULL),
  ('fr', 'not_names', 'elle', NULL),
  ('fr', 'not_names', 'ils', NULL),
  ('fr', 'not_names', 'elles', NULL),
  ('fr', 'not_names', 'nous', NULL),
  ('fr', 'not_names', 'le', NULL),
  ('fr', 'not_names', 'la', NULL),
  ('fr', 'not_names', 'les', NULL),
  ('fr', 'not_names', 'de', NULL),
  ('fr', 'not_names', 'que', NULL),
  ('fr', 'titles', 'm', NULL),
  ('fr', 'titles', 'mme', NULL),
  ('fr', 'titles', 'mlle', NULL),
  ('fr', 'titles', 'dr', NULL),
  ('fr', 'titles', 'président', NULL),
  ('fr', 'titles', 'présidente', NULL),
  ('fr', 'titles', 'premier ministre', NULL),
  ('fr', 'titles', 'première ministre', NULL),
  ('fr', 'titles', 'ministre', NULL),
  ('fr', 'titles', 'ambassadeur', NULL),
  ('fr', 'titles', 'ambassadrice', NULL),
  ('fr', 'titles', 'secrétaire général', NULL)
) AS words(language, list, word, value);
CREATE OR REPLACE MACRO pattern(list) AS CASE list WHEN 'en negations' THEN '(unwilling|scarcely|neither|nothing|nowhere|refrain|without|barely|cannot|hardly|nobody|unable|never|none|nor|not|no)' WHEN 'en denying_verbs' THEN '(contradicting|contradicted|discouraging|contradicts|discouraged|discourages|forswearing|prohibiting|repudiating|withholding|abstaining|contradict|disavowing|discourage|dismissing|disproving|forbidding|neglecting|precluding|preventing|prohibited|renouncing|repudiated|repudiates|abstained|declining|disavowed|dismissed|dismisses|disproved|disproven|disproves|disputing|excluding|forbidden|forswears|neglected|precluded|precludes|prevented|prohibits|rebutting|rejecting|renounced|renounces|repudiate|withholds|abstains|avoiding|declined|declines|disavows|disprove|disputed|disputes|doubting|excluded|excludes|forswear|forswore|forsworn|neglects|opposing|preclude|prevents|prohibit|rebutted|refusing|refuting|rejected|renounce|stopping|withheld|withhold|abstain|avoided|banning|barring|ceasing|decline|denying|disavow|dismiss|dispute|doubted|exclude|failing|forbade|forbids|lacking|neglect|opposed|opposes|prevent|refused|refuses|refuted|refutes|rejects|stopped|avoids|banned|barred|ceased|ceases|denied|denies|doubts|failed|forbid|lacked|oppose|rebuts|refuse|refute|reject|ruling|avoid|cease|doubt|fails|lacks|rebut|ruled|rules|stops|bans|bars|deny|fail|lack|rule|stop|ban|bar)' WHEN 'en denying_words' THEN '(opposition to|anything but|too early to|rather than|withdrawing|absence of|condemning|failure to|instead of|opposed to|condemned|free from|rejection|ruled out|withdrawn|withdraws|condemns|far from|short of|unlikely|withdraw|withdrew|against|condemn|falsely|free of|halting|lack of|refusal|denial|ending|halted|nobody|untrue|ended|false|halts|wrong|ends|halt|myth|end)' WHEN 'en conditions' THEN '(on condition that|providing that|provided that|in the event|as long as|so long as|would have|should it|assuming|in case|only if|were it|whether|had it|unless|until|if)' WHEN 'en hedges' THEN '(believes it possible|considering|potentially|apparently|considered|reportedly|supposedly|allegedly|considers|failed to|hesitates|reluctant|wanted to|appeared|consider|hesitant|hoped to|hopes to|possible|possibly|probably|tried to|tries to|wants to|wondered|appears|doubted|perhaps|tempted|wonders|almost|appear|doubts|hoping|likely|nearly|seemed|wonder|could|doubt|hoped|hopes|maybe|might|seems|hope|seem|may)' WHEN 'en unsaid' THEN '(neither confirmed nor denied|did not immediately comment|did not immediately respond|declined to be interviewed|did not immediately return|stopped short of endorsing|stopped short of calling|declined an interview|declined to elaborate|could not be reached|refused to elaborate|declined to comment|declined to discuss|declined to provide|declined to respond|would not elaborate|declined to answer|has yet to comment|offered no comment|offered no details|refused to comment|refused to discuss|were not available|did not elaborate|refused to answer|was not available|would not comment|would not confirm|would not discuss|would not specify|declined to give|declined to say|did not comment|did not discuss|did not mention|did not respond|did not specify|gave no details|made no comment|made no mention|was unavailable|did not answer|did not return|gave no reason|had no comment|refused to say|did not reply|have not said|would not say|did not give|has not said|did not say)' WHEN 'en to_come' THEN '(are scheduled to|were expected to|are expected to|is preparing to|is scheduled to|was expected to|is expected to|are likely to|are going to|is likely to|is poised to|is slated to|is about to|is going to|are set to|intends to|planned to|is due to|is set to|plans to|wants to|plan to|are to|is to|will)' WHEN 'en clause_openers' THEN '(therefore|although|because|whereas|though|which|but)' WHEN 'en weekdays' THEN '(wednesday|saturday|thursday|tuesday|friday|monday|sunday)' WHEN 'en day_words' THEN '(this afternoon|this evening|this morning|last night|yesterday|tomorrow|tonight|today)' WHEN 'en conjunctions_of_content' THEN '(when addressing|during|while|that)' WHEN 'en reporting_forms' THEN '(pointed out|reiterated|called on|continued|expressed|stressed|stated|added|noted|said|says|told)' WHEN 'en until_words' THEN '(until|till|to)' WHEN 'en described_as' THEN '(secretary of state|minister of state|president general|secretary general|minister general|prime minister|commissioner|spokesperson|spokeswoman|ambassador|chairwoman|chancellor|president|secretary|spokesman|chairman|diplomat|governor|minister|official|senator|envoy|mayor)' WHEN 'en open_rights' THEN '(work of the united states government|work of the federal government|work of the u s government|work of the us government|not subject to copyright|work of the government|creative commons|government work|public domain|permission|licensed|licence|license|cc by|cc0)' WHEN 'en verbs_of_saying' THEN '(characterising|characterizing|congratulating|acknowledging|characterised|characterises|characterized|characterizes|commiserating|congratulated|congratulates|contradicting|hypothesizing|rationalizing|understanding|acknowledged|acknowledges|anticipating|appreciating|characterise|characterize|commiserated|commiserates|congratulate|contradicted|guaranteeing|highlighting|hypothesized|hypothesizes|illustrating|interjecting|paraphrasing|rationalized|rationalizes|recommending|reprimanding|sympathising|sympathizing|underscoring|volunteering|acknowledge|admonishing|anticipated|anticipates|apologising|apologizing|appreciated|appreciates|attributing|calculating|castigating|celebrating|challenging|commiserate|complaining|considering|contradicts|counselling|criticising|criticizing|designating|disagreeing|elaborating|emphasising|emphasizing|encouraging|forecasting|foretelling|highlighted|hypothesize|illustrated|illustrates|instructing|interjected|maintaining|paraphrased|paraphrases|petitioning|proclaiming|prohibiting|questioning|rationalize|reaffirming|recognising|recognizing|recommended|registering|reiterating|reprimanded|repudiating|speculating|stipulating|subscribing|summarising|summarizing|sympathised|sympathises|sympathized|sympathizes|threatening|underlining|underscored|underscores|understands|undertaking|volunteered|acclaiming|admonished|admonishes|advocating|announcing|anticipate|apologised|apologises|apologized|apologizes|applauding|appointing|appreciate|attributed|attributes|beseeching|calculated|calculates|castigated|castigates|cautioning|celebrated|celebrates|certifying|challenged|challenges|clarifying|commanding|commending|commenting|committing|complained|concluding|concurring|condemning|confessing|confirming|consenting|considered|contending|continuing|contradict|counseling|counselled|countering|criticised|criticises|criticized|criticizes|deadpaning|delivering|denouncing|describing|designated|designates|disavowing|disclosing|dismissing|elaborated|elaborates|emphasised|emphasises|emphasized|emphasizes|encouraged|encourages|entreating|estimating|exclaiming|explaining|expressing|forbidding|forecasted|foreseeing|guaranteed|guarantees|highlights|illustrate|indicating|instructed|interjects|lambasting|maintained|mentioning|nominating|paraphrase|petitioned|portraying|predicting|presenting|proclaimed|prohibited|projecting|protesting|questioned|reaffirmed|reassuring|recognised|recognises|recognized|recognizes|recommends|recounting|reflecting|registered|regretting|reiterated|reiterates|reprimands|repudiated|repudiates|requesting|responding|ridiculing|sentencing|signalling|soliciting|specifying|speculated|speculates|stipulated|stipulates|submitting|subscribed|subscribes|suggesting|summarised|summarises|summarized|summarizes|supporting|sympathise|sympathize|testifying|theorising|theorizing|threatened|underlined|underlines|underscore|understand|understood|undertaken|undertakes|volunteers|whispering|abhorring|accepting|acclaimed|admitting|advocated|advocates|affirming|announced|announces|answering|apologise|apologize|appealing|applauded|appointed|assailing|asserting|assessing|attesting|attribute|believing|bemoaning|beseeched|beseeches|bewailing|calculate|castigate|cautioned|celebrate|censuring|certified|certifies|challenge|clarified|clarifies|commanded|commended|commented|committed|comparing|complains|conceding|concluded|concludes|concurred|condemned|confessed|confesses|confirmed|consented|considers|contended|continued|continues|conveying|counseled|countered|crediting|criticise|criticize|deadpaned|declaring|delivered|demanding|denounced|denounces|depicting|deploring|described|describes|designate|detailing|differing|directing|disagreed|disagrees|disavowed|disclosed|discloses|disliking|dismissed|dismisses|disputing|elaborate|emphasise|emphasize|encourage|endorsing|enjoining|entreated|estimated|estimates|exclaimed|exhorting|expecting|explained|expressed|expresses|extending|favouring|forbidden|forecasts|foretells|grumbling|guarantee|highlight|honouring|imploring|indicated|indicates|informing|inquiring|insisting|instructs|intending|interject|labelling|lambasted|lambastes|lamenting|maintains|marveling|mentioned|murmuring|muttering|narrating|nominated|nominates|notifying|objecting|observing|outlining|petitions|pondering|portrayed|predicted|prefering|presented|proclaims|prohibits|projected|promising|proposing|protested|questions|reaffirms|reassured|reassures|rebutting|recalling|reckoning|recognise|recognize|recommend|recounted|referring|reflected|registers|regretted|reiterate|rejecting|rejoicing|rejoining|remarking|reminding|repeating|reporting|reprimand|repudiate|requested|requiring|resenting|resolving|responded|retorting|revealing|ridiculed|ridicules|sentenced|sentences|shrugging|signaling|signalled|solicited|specified|specifies|speculate|stipulate|stressing|submitted|subscribe|suggested|summarise|summarize|summoning|supported|supposing|surmising|testified|testifies|theorised|theorises|theorized|theorizes|threatens|underline|undertake|undertook|volunteer|welcoming|whispered|wondering|abhorred|acceding|accepted|acclaims|accusing|admitted|admonish|advising|advocate|affirmed|agreeing|alleging|alluding|announce|annuling|answered|appealed|applauds|appoints|assailed|asserted|assessed|assesses|assuming|assuring|attested|believed|believes|bemoaned|berating|bewailed|blasting|blogging|boasting|bragging|branding|briefing|bringing|cautions|censured|censures|charging|cheering|claiming|commands|commends|comments|compared|compares|complain|conceded|concedes|conclude|condemns|confirms|consents|consider|contends|continue|conveyed|counsels|counters|credited|deadpans|deciding|declared|declares|decrying|delivers|demanded|denounce|depicted|deplored|deplores|deriding|describe|detailed|differed|directed|disagree|disavows|disclose|disliked|dislikes|disputed|disputes|doubting|endorsed|endorses|enjoined|enjoying|entreats|estimate|exclaims|exhorted|expected|explains|extended|favoring|favoured|figuring|forecast|foreseen|foresees|foretell|foretold|greeting|grumbled|grumbles|guessing|honoring|honoured|implored|implores|implying|indicate|informed|inquired|inquires|insisted|instruct|intended|intoning|inviting|labeling|labelled|lambaste|lamented|likening|lobbying|maintain|marveled|mentions|mourning|murmured|muttered|narrated|narrates|nominate|notified|notifies|objected|observed|observes|offering|opposing|ordering|outlined|outlines|petition|planning|pleading|pledging|pointing|pondered|portrays|positing|praising|predicts|prefered|presents|pressing|proclaim|prohibit|projects|promised|promises|proposed|proposes|protests|question|quipping|reaffirm|reassure|rebuking|rebutted|recalled|reciting|reckoned|recounts|referred|reflects|refuting|register|rejected|rejoiced|rejoices|rejoined|relating|relaying|remarked|reminded|repeated|replying|reported|requests|required|requires|resented|resolved|resolves|responds|retorted|revealed|revoking|ridicule|saluting|scoffing|scolding|sentence|shouting|shrugged|signaled|singling|sneering|solicits|speaking|spelling|standing|stressed|stresses|suggests|summoned|supports|supposed|supposes|surmised|surmises|swearing|teaching|thanking|theorise|theorize|thinking|threaten|touching|tweeting|updating|vouching|welcomed|welcomes|whispers|wondered|worrying|acceded|accedes|accepts|acclaim|accused|accuses|advised|advises|affirms|alleged|alleges|alluded|alludes|annuled|answers|appeals|applaud|appoint|arguing|assails|asserts|assumed|assumes|assured|assures|attests|backing|begging|believe|bemoans|berated|berates|beseech|bewails|bidding|blaming|blasted|blogged|boasted|bragged|branded|briefed|brought|calling|casting|caution|censure|certify|charged|charges|cheered|chiding|claimed|clarify|closing|command|commend|comment|commits|compare|concede|concurs|condemn|confess|confirm|consent|contend|conveys|counsel|counter|credits|crowing|deadpan|decided|decides|declare|decried|decries|deliver|demands|denying|depicts|deplore|derided|derides|details|differs|directs|disavow|dislike|dismiss|dispute|doubted|echoing|endorse|enjoins|enjoyed|entreat|exclaim|exhorts|expects|explain|express|extends|favored|favours|fearing|feeling|figured|figures|forbade|forbids|foresaw|foresee|greeted|griping|grumble|guessed|guesses|gushing|hailing|hearing|hinting|holding|honored|honours|implied|implies|implore|informs|inquire|insists|intends|intoned|intones|invited|invites|issuing|knowing|labeled|laments|lauding|likened|lobbied|lobbies|lodging|looking|marvels|mention|mocking|mourned|murmurs|mutters|narrate|objects|observe|offered|opening|opining|opposed|opposes|ordered|outline|planned|pleaded|pledged|pledges|pointed|ponders|portray|posited|posting|praised|praises|predict|prefers|present|pressed|presses|prizing|proding|project|promise|propose|protest|pushing|putting|quipped|quoting|raising|reading|rebuked|rebukes|recalls|recited|recites|reckons|recount|reflect|refuted|refutes|regrets|rejects|rejoice|rejoins|related|relates|relayed|remarks|reminds|repeats|replied|replies|reports|request|require|resents|resolve|respond|retorts|reveals|revoked|revokes|saluted|salutes|scoffed|scolded|seeking|setting|sharing|shouted|showing|signals|singled|singles|slaming|sneered|solicit|specify|spelled|stating|submits|suggest|summons|support|suppose|surmise|talking|teaches|telling|terming|testify|thanked|thought|touched|touches|tweeted|updated|updates|valuing|viewing|voicing|vouched|vouches|warning|welcome|whining|whisper|wishing|wonders|worried|worries|writing|written|yelling|abhors|accede|accept|accuse|adding|admits|advise|affirm|agreed|agrees|airing|allege|allude|annuls|answer|appeal|argued|argues|asking|assail|assert|assess|assume|assure|attest|backed|begged|bemoan|berate|bewail|blamed|blames|blasts|boasts|brands|briefs|brings|called|charge|cheers|chided|chides|citing|claims|closed|closes|commit|concur|convey|credit|crowed|crying|daring|decide|demand|denied|denies|depict|deride|detail|differ|direct|doubts|dubing|echoed|echoes|enjoin|enjoys|exhort|expect|extend|favors|favour|feared|figure|forbid|giving|greets|griped|gripes|gushed|gushes|hailed|hating|hinted|honors|honour|hoping|inform|insist|intend|intone|invite|issued|issues|joking|labels|lament|lauded|laying|likens|liking|lodged|lodges|looked|loving|making|marvel|mocked|mourns|murmur|musing|mutter|naming|notify|noting|object|offers|opened|opined|opines|oppose|orders|paying|pleads|pledge|points|ponder|posits|posted|praise|prefer|prized|prizes|proded|pushed|pushes|quoted|quotes|raised|raises|raping|rebuke|rebuts|recall|recite|reckon|refers|refute|regret|reject|rejoin|relate|relays|remark|remind|repeat|report|resent|retort|reveal|revoke|ruling|salute|saying|scoffs|scolds|seeing|shared|shares|shouts|showed|shrugs|signal|single|slamed|sneers|sought|speaks|spells|spoken|stands|stated|states|stress|submit|summon|swears|talked|taught|termed|thanks|thinks|tweets|update|urging|valued|values|viewed|voiced|voices|vowing|warned|whined|whines|wished|wishes|wonder|writes|yelled|abhor|added|admit|agree|aired|annul|argue|asked|backs|blame|blast|blogs|boast|brags|brand|brief|bring|calls|casts|cheer|chide|cited|cites|claim|close|cried|cries|crows|dared|dares|decry|doubt|dubed|enjoy|favor|fears|feels|given|gives|going|greet|gripe|guess|hails|hated|hates|heard|hears|hints|holds|honor|hoped|hopes|imply|issue|joked|jokes|known|knows|label|lauds|liked|liken|likes|lobby|lodge|looks|loved|loves|makes|mocks|mourn|mused|muses|named|names|noted|notes|offer|opens|opine|order|plans|plead|point|posit|posts|press|prize|prods|quips|quote|raise|raped|reads|rebut|refer|relay|reply|ruled|rules|scoff|scold|seeks|share|shout|shown|shows|shrug|slams|sneer|speak|spell|spoke|stand|state|stood|swear|swore|sworn|talks|teach|tells|terms|thank|think|touch|tweet|urged|urges|value|views|voice|vouch|vowed|warns|whine|worry|write|wrote|yells|adds|airs|asks|back|bade|begs|bids|blog|brag|call|cast|cite|crow|dare|deny|dubs|echo|fear|feel|felt|gave|give|goes|gone|gush|hail|hate|hear|held|hint|hold|hope|joke|knew|know|laid|laud|lays|like|look|love|made|make|mock|muse|name|note|open|paid|pays|plan|post|prod|push|puts|quip|raps|read|rule|said|says|seek|seen|sees|sets|show|slam|talk|tell|term|told|urge|view|vows|warn|went|wish|yell|add|air|ask|beg|bid|cry|dub|lay|pay|put|rap|saw|say|see|set|vow|go)' WHEN 'en verbs_of_talk' THEN '(brainstorming|brainstormed|brainstorms|considering|negotiating|addressing|brainstorm|considered|discussing|evaluating|negotiated|negotiates|previewing|addressed|addresses|analysing|analyzing|assessing|broaching|considers|discussed|discusses|evaluated|evaluates|examining|exploring|negotiate|previewed|recapping|reviewing|surveying|analysed|analyses|analyzed|analyzes|assessed|assesses|broached|broaches|consider|covering|debating|evaluate|examined|examines|explored|explores|previews|recapped|reviewed|surveyed|tackling|weighing|address|analyse|analyze|covered|debated|debates|discuss|examine|explore|preview|raising|reviews|surveys|tackled|tackles|weighed|assess|broach|covers|debate|raised|raises|recaps|review|survey|tackle|weighs|cover|raise|recap|weigh)' WHEN 'en nouns_of_talk' THEN '(consultations|conversations|deliberations|consultation|conversation|deliberation|negotiations|discussions|negotiation|discussion|briefings|exchanges|briefing|dialogue|exchange|meetings|overview|meeting|readout|session|agenda|debate|topics|update|notes|talks|topic|views|talk)' WHEN 'en groups' THEN '(representatives|administration|representative|organisation|organization|spokespeople|spokesperson|predecessor|spokeswoman|strategists|associates|biographer|colleagues|delegation|department|detractors|foundation|government|neighbours|operatives|strategist|supporters|surrogates|associate|attorneys|colleague|defenders|entourage|followers|loyalists|neighbors|officials|opponents|physician|publicist|relatives|spokesman|statement|successor|supporter|teammates|advisers|advisors|attorney|campaign|daughter|deputies|employer|follower|ministry|official|opponent|adviser|advisor|backers|brother|cabinet|company|critics|doctors|friends|husband|lawyers|manager|members|parents|partner|website|allies|backer|circle|critic|deputy|doctor|donors|family|father|fellow|friend|lawyer|letter|mother|office|people|report|rivals|sister|voters|agent|aides|coach|group|party|rival|staff|voter|widow|aide|ally|boss|camp|fans|firm|team|wife|son)' WHEN 'en speaking_for' THEN '(communications director|press secretary|representatives|chief of staff|representative|press officer|spokespersons|press office|spokespeople|spokesperson|spokeswoman|spokeswomen|assistant|attorneys|publicist|spokesman|spokesmen|advisers|advisors|attorney|adviser|advisor|counsel|lawyers|deputy|lawyer|agent|aides|aide)' WHEN 'en companions' THEN '(and two other|together with|and several|along with|and fellow|and others|as well as|and other|and their|and many|and most|and some|and her|and his|and its)' WHEN 'en small_prepositions' THEN '(representing|supporting|opposing|against|around|behind|about|under|from|like|near|over|with|for|by|of|on|to)' WHEN 'en negation_exceptions' THEN '(no longer than|not to mention|whether or not|no later than|no less than|no stranger|nothing but|not merely|no effort|no sooner|no doubt|not just|not only)' WHEN 'en nouns_of_saying' THEN '(announcement|accusations|allegations|declaration|expectation|explanation|accusation|allegation|assurances|conclusion|insistence|invitation|prediction|statements|suggestion|admission|assertion|assurance|complaint|criticism|statement|argument|comments|findings|proposal|response|warnings|comment|concern|demands|finding|message|opinion|promise|remarks|reports|request|warning|answer|appeal|belief|charge|claims|demand|denial|letter|pledge|remark|report|threat|calls|claim|offer|reply|words|call|fear|hope|note|view|word|vow)' WHEN 'en titles' THEN '(minister of foreign affairs|national security adviser|national security advisor|secretary of the treasury|special representative|deputy prime minister|secretary of defense|assistant secretary|high representative|lieutenant governor|minister of defense|lieutenant colonel|lieutenant general|secretary of state|brigadier general|chargé d affaires|high commissioner|interior minister|minister of state|secretary general|attorney general|defence minister|defense minister|deputy secretary|director general|finance minister|foreign minister|press secretary|state councilor|under secretary|consul general|her excellency|his excellency|prime minister|representative|trade minister|vice president|chief justice|congresswoman|major general|special envoy|commissioner|councilwoman|crown prince|spokesperson|vice admiral|vice premier|chairperson|congressman|her majesty|his majesty|spokeswoman|ambassador|archbishop|chairwoman|chancellor|councilman|lieutenant|commander|counselor|detective|president|professor|secretary|spokesman|brig gen|cardinal|chairman|delegate|director|governor|minister|princess|reverend|sergeant|admiral|captain|colonel|general|justice|maj gen|marshal|officer|premier|senator|sheriff|speaker|bishop|father|lt col|lt gen|prince|sheikh|sister|sultan|chair|chief|envoy|judge|major|mayor|queen|rabbi|capt|cmdr|dame|emir|imam|king|lady|lord|miss|pope|prof|adm|col|gen|gov|maj|mrs|rep|rev|sen|sgt|sir|dr|lt|mr|ms|mx)' WHEN 'en pronouns' THEN '(the two|their|both|them|they|her|him|his|its|our|she|who|you|he|it|we|i)' WHEN 'en plural_pronouns' THEN '(the two|their|both|them|they|our|you|we)' WHEN 'en relative_words' THEN '(which|whose|that|whom|who)' WHEN 'en coordinators' THEN '(although|whereas|though|while|and|but|yet|or|so)' WHEN 'en speaking_pronouns' THEN '(they|she|he)' WHEN 'en inverted_forms' THEN '(added|noted|said|says)' WHEN 'en works' THEN '(works of|work of)' WHEN 'en public_makers' THEN '(government|parliament|ministry)' WHEN 'en translation_words' THEN '(translat)' WHEN 'en ordinal_suffixes' THEN '(er|nd|rd|st|th|º)' WHEN 'en be_forms' THEN '(being|been|it s|were|are|was|am|be|is|it|s)' WHEN 'en trailing_conditions' THEN '(on condition that|provided that|as long as|so long as|only if|unless|if)' WHEN 'en auxiliaries' THEN '(cannot|should|could|might|shall|would|does|have|must|were|will|are|can|did|had|has|may|was|am|do|is|ll|re|ve)' WHEN 'en supports' THEN '(should|could|might|shall|would|does|must|will|can|did|may|do)' WHEN 'en reversing_words' THEN '(anything but|rejection of|denial that|rather than|absence of|failure to|instead of|refusal to|denial of|free from|ruled out|far from|short of|falsely|free of|lack of|untrue|false)' WHEN 'en unsaid_exceptions' THEN '(did not say that|did not deny)' WHEN 'en abbreviations' THEN '(maj gen|n a t o|approx|lt gen|c i a|calif|f b i|thurs|u s a|blvd|brig|bros|capt|cmdr|conn|corp|dept|mass|ph d|pres|prof|reps|sens|sept|tues|a m|adm|amb|apr|aug|ave|b a|col|cos|d c|dec|e g|e u|esq|est|etc|feb|fri|gen|gov|hon|i e|inc|jan|jul|jun|l p|llc|ltd|m a|m d|maj|mar|mon|mrs|n y|nos|nov|oct|p m|rep|rev|sat|sen|sep|sgt|ste|sun|thu|tue|u k|u n|u s|wed|al|ca|cf|co|dr|ft|jr|lt|mr|ms|mt|mx|no|pa|pp|rd|sr|st|va|vs|p|v)' WHEN 'en name_suffixes' THEN '(corporation|holdings|company|group|l l c|l l p|corp|gmbh|ph d|cos|esq|iii|inc|llc|llp|ltd|m d|n v|plc|s a|ag|co|ii|iv|jr|sa|sr)' WHEN 'en verbs_of_talk_with' THEN '(deliberating|deliberated|deliberates|reminiscing|commenting|conferring|consulting|conversing|deliberate|exchanging|reflecting|reminisced|reminisces|centering|commented|comparing|conferred|consulted|conversed|converses|exchanged|exchanges|following|providing|receiving|reflected|reminisce|reporting|revolving|briefing|catching|centered|centring|chatting|comments|compared|compares|consults|converse|dwelling|engaging|exchange|focusing|followed|provided|provides|received|receives|reflects|reported|revolved|revolves|speaking|swapping|touching|updating|briefed|catches|centers|centred|centres|chatted|comment|compare|confers|consult|dealing|delving|dwelled|engaged|engages|focused|focuses|follows|holding|looking|meeting|provide|receive|reflect|reports|revolve|sharing|swapped|talking|touched|touches|trading|turning|updated|updates|walking|working|briefs|caught|center|centre|confer|delved|delves|dwells|engage|follow|giving|having|looked|report|shared|shares|speaks|spoken|taking|talked|traded|trades|turned|update|walked|worked|brief|catch|chats|deals|dealt|delve|dwell|dwelt|focus|given|gives|going|holds|looks|meets|share|speak|spoke|swaps|taken|takes|talks|touch|trade|turns|walks|works|chat|deal|gave|give|goes|gone|have|held|hold|look|meet|swap|take|talk|took|turn|walk|went|work|had|has|met|go)' WHEN 'en telling_words 1' THEN '(that|with|any|has|the|is|of)' WHEN 'en telling_words 2' THEN '(said|will|and|has|as|he|of|to)' WHEN 'en telling_words 3' THEN '(cooperation|countries|should|other|both|have|said|side|this|will|with|for|way|in)' WHEN 'en phrases_of_talk' THEN '((exchange|exchanges|exchanged|exchanging)( [^ ]+){0,4} (views|ideas|opinions|notes)|(talk|talks|talked|talking)( [^ ]+){0,4} (about|over|through|with)|(speak|speaks|spoke|speaking|spoken)( [^ ]+){0,4} (about|on|with)|(consult|consults|consulted|consulting)( [^ ]+){0,4} (on|with|about)|(confer|confers|conferred|conferring)( [^ ]+){0,4} (on|with|about)|(converse|converses|conversed|conversing)( [^ ]+){0,4} (about|with)|(deliberate|deliberates|deliberated|deliberating)( [^ ]+){0,4} (on|over|about)|(compare|compares|compared|comparing)( [^ ]+){0,4} (notes)|(share|shares|shared|sharing)( [^ ]+){0,4} (views|perspectives|ideas|thoughts)|(brief|briefs|briefed|briefing)( [^ ]+){0,4} (on|about)|(update|updates|updated|updating)( [^ ]+){0,4} (on)|(hold|holds|held|holding)( [^ ]+){0,4} (talks|discussions|consultations|conversations)|(touch|touches|touched|touching)( [^ ]+){0,4} (on|upon)|(engage|engages|engaged|engaging)( [^ ]+){0,4} (in|on|with)|(chat|chats|chatted|chatting)( [^ ]+){0,4} (about|with)|(focus|focuses|focused|focusing)( [^ ]+){0,4} (on)|(center|centers|centered|centering)( [^ ]+){0,4} (on|around)|(centre|centres|centred|centring)( [^ ]+){0,4} (on|around)|(revolve|revolves|revolved|revolving)( [^ ]+){0,4} (around)|(turn|turns|turned|turning)( [^ ]+){0,4} (to)|(dwell|dwells|dwelled|dwelt|dwelling)( [^ ]+){0,4} (on|upon)|(deal|deals|dealt|dealing)( [^ ]+){0,4} (with)|(provide|provides|provided|providing)( [^ ]+){0,4} (readout|update|overview)|(give|gives|gave|giving|given)( [^ ]+){0,4} (readout|update|overview|briefing)|(receive|receives|received|receiving)( [^ ]+){0,4} (briefing|update)|(go|goes|went|going|gone)( [^ ]+){0,4} (over)|(take|takes|took|taking|taken)( [^ ]+){0,4} (up|stock)|(report|reports|reported|reporting)( [^ ]+){0,4} (on)|(meet|meets|met|meeting)( [^ ]+){0,4} (to)|(comment|comments|commented|commenting)( [^ ]+){0,4} (on)|(reflect|reflects|reflected|reflecting)( [^ ]+){0,4} (on|upon)|(delve|delves|delved|delving)( [^ ]+){0,4} (into)|(look|looks|looked|looking)( [^ ]+){0,4} (at|into)|(trade|trades|traded|trading)( [^ ]+){0,4} (views|ideas|notes|opinions)|(swap|swaps|swapped|swapping)( [^ ]+){0,4} (views|ideas|notes|opinions)|(catch|catches|caught|catching)( [^ ]+){0,4} (up)|(follow|follows|followed|following)( [^ ]+){0,4} (up)|(walk|walks|walked|walking)( [^ ]+){0,4} (through)|(work|works|worked|working)( [^ ]+){0,4} (through)|(reminisce|reminisces|reminisced|reminiscing)( [^ ]+){0,4} (about)|(have|has|had|having)( [^ ]+){0,4} (talks|discussion|discussions|conversation|conversations|exchange|exchanges))' WHEN 'zh negations' THEN '(从不|从未|决不|并非|没有|绝不|不|别|勿|无|未|没)' WHEN 'zh denying_verbs' THEN '(反对|否认|拒绝)' WHEN 'zh weekdays' THEN '(星期一|星期三|星期二|星期五|星期六|星期四|星期天|星期日|周一|周三|周二|周五|周六|周四|周日)' WHEN 'zh day_words' THEN '(今天|今日|今晚|当天|明天|明日|昨天|昨日|昨晚)' WHEN 'zh verbs_of_saying' THEN '(介绍|呼吁|宣布|希望|强调|感谢|愿意|承诺|指出|敦促|欢迎|祝贺|表示|要求|认为|谴责|重申|愿|称|说)' WHEN 'zh verbs_of_talk' THEN '(交换了意见|交换意见|会谈|商讨|磋商|讨论)' WHEN 'zh titles' THEN '(国务委员|外交部长|发言人|国务卿|秘书长|主席|先生|外长|大使|女士|总理|总统|部长|首相)' WHEN 'zh pronouns' THEN '(他们|双方|她们|我们|他|她|它|我)' WHEN 'zh plural_pronouns' THEN '(他们|双方|她们|我们)' WHEN 'es negations' THEN '(ninguna|ninguno|tampoco|ningún|jamás|nadie|nunca|nada|sin|ni|no)' WHEN 'es denying_verbs' THEN '(rechazando|rechazaron|rechazado|rechazan|rechazar|negando|negaron|rechaza|rechazó|negado|niegan|negar|niega|negó)' WHEN 'es weekdays' THEN '(miércoles|domingo|viernes|jueves|martes|sábado|lunes)' WHEN 'es day_words' THEN '(esta mañana|esta noche|esta tarde|anoche|ayer|hoy)' WHEN 'es verbs_of_saying' THEN '(agradeciendo|agradecieron|felicitando|felicitaron|prometiendo|prometieron|agradecido|anunciando|anunciaron|asegurando|aseguraron|condenando|condenaron|declarando|declararon|expresando|expresaron|felicitado|reiterando|reiteraron|subrayando|subrayaron|afirmando|afirmaron|agradecen|agradecer|agradeció|anunciado|asegurado|añadiendo|añadieron|condenado|declarado|exigiendo|exigieron|expresado|felicitan|felicitar|prometido|reiterado|señalando|señalaron|subrayado|afirmado|agradece|anuncian|anunciar|aseguran|asegurar|condenan|condenar|declaran|declarar|diciendo|expresan|expresar|felicita|felicitó|instando|instaron|pidiendo|pidieron|prometen|prometer|prometió|reiteran|reiterar|señalado|subrayan|subrayar|afirman|afirmar|anuncia|anunció|asegura|aseguró|añadido|condena|condenó|declara|declaró|dijeron|exigido|expresa|expresó|instado|promete|reitera|reiteró|señalan|señalar|subraya|subrayó|afirma|afirmó|añaden|añadir|añadió|exigen|exigir|exigió|instan|instar|pedido|señala|señaló|añade|decir|dicen|dicho|exige|insta|instó|pedir|piden|pidió|dice|dijo|pide)' WHEN 'es verbs_of_talk' THEN '(intercambiaron|intercambian|intercambiar|intercambia|intercambió|analizaron|abordaron|analizan|analizar|abordan|abordar|analiza|analizó|aborda|abordó)' WHEN 'es titles' THEN '(secretario general|embajadora|presidenta|presidente|canciller|embajador|ministra|ministro|dra|sra|dr|sr)' WHEN 'es pronouns' THEN '(nosotros|ellas|ellos|ella|él)' WHEN 'es plural_pronouns' THEN '(nosotros|ellas|ellos)' WHEN 'es abbreviations' THEN '(ee uu|prof|srta|art|dra|núm|pág|s a|sra|uds|dr|sr|ud)' WHEN 'es verbs_of_talk_with' THEN '(conversaron|conversan|conversar|conversa|conversó|hablaron|hablan|hablar|habla|habló)' WHEN 'es phrases_of_talk' THEN '((conversar|conversa|conversan|conversó|conversaron)( [^ ]+){0,4} (sobre)|(hablar|habla|hablan|habló|hablaron)( [^ ]+){0,4} (de|sobre))' WHEN 'fr negations' THEN '(nullement|personne|aucune|jamais|aucun|rien|sans|non|pas|ne|ni|n)' WHEN 'fr denying_verbs' THEN '(démentant|démentent|rejettent|démentir|rejetant|démenti|rejeter|rejette|dément|rejeté|niant|nient|nier|nie|nié)' WHEN 'fr weekdays' THEN '(dimanche|mercredi|vendredi|samedi|jeudi|lundi|mardi)' WHEN 'fr day_words' THEN '(cet après midi|aujourd hui|ce matin|ce soir|demain|hier)' WHEN 'fr verbs_of_saying' THEN '(réaffirmant|réaffirment|condamnant|condamnent|félicitant|félicitent|promettant|promettent|rappellent|remerciant|remercient|réaffirmer|soulignant|soulignent|affirmant|affirment|annoncent|annonçant|appellent|condamner|demandant|demandent|déclarant|déclarent|exhortant|exhortent|exprimant|expriment|féliciter|indiquant|indiquent|promettre|rappelant|remercier|réaffirme|réaffirmé|souligner|affirmer|ajoutant|ajoutent|annoncer|appelant|condamne|condamné|demander|déclarer|déclarée|exhorter|exprimer|félicite|félicité|indiquer|rappeler|rappelle|remercie|remercié|souligne|souligné|affirme|affirmé|ajouter|annonce|annoncé|appeler|appelle|demande|demandé|déclare|déclaré|exhorte|exhorté|exprime|exprimé|indique|indiqué|rappelé|saluant|saluent|ajoute|ajouté|appelé|disait|disant|disent|promet|promis|saluer|salue|salué|dire|dit)' WHEN 'fr verbs_of_talk' THEN '(abordent|évoquent|aborder|évoquer|aborde|abordé|évoque|évoqué)' WHEN 'fr titles' THEN '(secrétaire général|première ministre|premier ministre|ambassadrice|ambassadeur|présidente|président|ministre|mlle|mme|dr|m)' WHEN 'fr pronouns' THEN '(elles|elle|nous|ils|il)' WHEN 'fr plural_pronouns' THEN '(elles|nous|ils)' WHEN 'fr abbreviations' THEN '(art|env|s a|dr|mm|pr|m|p)' WHEN 'fr verbs_of_talk_with' THEN '(s entretiennent|s entretenir|s entretient|entretenus|discutant|discutent|entretenu|échangent|discuter|échanger|discute|discuté|échange|échangé)' WHEN 'fr phrases_of_talk' THEN '((discuter|discute|discutent|discuté|discutant)( [^ ]+){0,4} (de)|(s entretenir|s entretient|s entretiennent|entretenu|entretenus)( [^ ]+){0,4} (de)|(échanger|échange|échangent|échangé)( [^ ]+){0,4} (sur))' END;
-- end of derived

-- `spaced` replaces each white-space character (str.isspace in Python) by a plain space; `unmarked` also replaces the punctuation marks
-- around names. Both keep the length.
CREATE OR REPLACE MACRO spaced(words) AS regexp_replace(words, '[\x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]', ' ', 'g');
CREATE OR REPLACE MACRO unmarked(words) AS regexp_replace(words, '[\x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}.,;:!?()\[\]"''’‘“”«»„–—/-]', ' ', 'g');

-- Words in lowercase with one space around each, `¶` for marks that end a clause, and each comma as a word of its own.
CREATE OR REPLACE MACRO claused(words) AS ' ' || trim(regexp_replace(regexp_replace(regexp_replace(lower(words), '[.;:!?()\x{2026}\x{2014}\x{2013}“”"«»„\x0a]', ' ¶ ', 'g'), '[,，]', ' , ', 'g'), '[\s\x{a0}\x{202f}''’‘-]+', ' ', 'g')) || ' ';

-- Words with one plain space instead of any white space between two of them.
CREATE OR REPLACE MACRO joined(words) AS regexp_replace(words, '[\x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}][ \x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]*| [ \x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+', ' ', 'g');

-- Words for a comparison without case and white space: white space as in `joined`, none at the ends, in lowercase, with ß as ss and one
-- lowercase sigma. The letters replaced first are those whose lowercase form differs between engines.
-- `folded` in scripts/readouts/curation/quotations.py is the same function.
CREATE OR REPLACE MACRO folded(words) AS lower(replace(replace(replace(replace(replace(trim(regexp_replace(words, '[\x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}][ \x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]*| [ \x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+', ' ', 'g')), 'İ', 'i̇'), 'ẞ', 'ss'), 'ß', 'ss'), 'Σ', 'σ'), 'ς', 'σ'));

-- True if the words begin in a script without spaces between words.
CREATE OR REPLACE MACRO begins_unspaced(words) AS regexp_matches(words, '^[\x{0e00}-\x{0eff}\x{1000}-\x{109f}\x{1780}-\x{17ff}\x{3040}-\x{30ff}\x{3400}-\x{4dbf}\x{4e00}-\x{9fff}\x{20000}-\x{3ffff}]');

-- Guards that check each source, or the claims of each event, separately read these views instead of the tables. Here they hold all rows;
-- large data is checked in batches. The rows that a guard compares them with come from the tables.
CREATE OR REPLACE VIEW statements_batch AS SELECT * FROM statements;
CREATE OR REPLACE VIEW segments_batch AS SELECT * FROM segments;
CREATE OR REPLACE VIEW captures_batch AS SELECT * FROM captures;
CREATE OR REPLACE VIEW claims_batch AS SELECT * FROM claims;
CREATE OR REPLACE VIEW attestations_batch AS SELECT * FROM attestations;
CREATE OR REPLACE VIEW omissions_batch AS SELECT * FROM omissions;
CREATE OR REPLACE VIEW pairs_batch AS SELECT * FROM pairs;
CREATE OR REPLACE VIEW event_statements_batch AS SELECT * FROM statements;

-- Words for dates. Languages that are missing here are not checked.
CREATE OR REPLACE VIEW calendar AS
SELECT language, CASE list WHEN 'months' THEN 'month' WHEN 'weekdays' THEN 'weekday' ELSE 'relative' END AS kind, value, word
FROM lexicon WHERE list IN ('months', 'weekdays', 'day_words');

-- Every name of an agent. `needle` is the string to search for in a label padded with spaces, so that "Li" is not found in "Blinken".
CREATE OR REPLACE VIEW agent_names AS
SELECT n.agent_id, n.field, n.name, NOT regexp_matches(n.name, '[\x{3040}-\x{30ff}\x{3400}-\x{9fff}]') AS spaced,
  CASE WHEN regexp_matches(n.name, '[\x{3040}-\x{30ff}\x{3400}-\x{9fff}]') THEN lower(n.name)
  ELSE ' ' || trim(joined(unmarked(lower(n.name)))) || ' ' END AS needle
FROM (
  SELECT agent_id, 'name' AS field, name FROM agents
  UNION ALL SELECT agent_id, 'native_name', native_name FROM agents WHERE native_name IS NOT NULL
  UNION ALL SELECT o.agent_id, 'other_names', trim(o.name) FROM (SELECT agent_id, unnest(string_split(other_names, ';')) AS name FROM agents
    WHERE other_names IS NOT NULL) AS o) AS n;

-- The words that say who speaks (label and antecedent), prepared for the search; white space counts as a plain space.
CREATE OR REPLACE VIEW speaker_words AS
SELECT s.statement_id, s.source_id, s.speaker_id, s.start,
  ' ' || joined(unmarked(lower(concat_ws(' ', s.speaker_label, CASE WHEN s.continues IS NULL THEN s.antecedent END)))) || ' ' AS words
FROM statements AS s;

-- Captures prepared for the search of names and dates: in lowercase, with white space between two words as one plain space.
-- `letters` is the number of other characters.
CREATE OR REPLACE VIEW folded_captures AS
SELECT source_id, lower(text) AS text, length(replace(text, ' ', '')) AS letters
FROM (SELECT source_id, joined(text) AS text FROM captures) AS c;
CREATE OR REPLACE VIEW folded_batch AS SELECT * FROM folded_captures;

-- The sources of each event.
CREATE OR REPLACE VIEW accounts AS SELECT DISTINCT event_id, source_id FROM statements;

-- Statements whose quotation, prefix or suffix differs from the capture. All three are looked up at once: finding a position in a text
-- takes longer than comparing the text there.
CREATE OR REPLACE VIEW misplaced_statements AS
SELECT s.statement_id, s.source_id, s.start, s."end", s.prefix, s.exact, s.suffix
FROM statements AS s JOIN captures AS c ON c.source_id = s.source_id
WHERE s.start >= s."end" OR length(s.exact) <> s."end" - s.start OR length(coalesce(s.prefix, '')) <> s.start - greatest(s.start - 32, 0)
  OR substr(c.text, greatest(s.start - 32, 0) + 1, s."end" + 32 - greatest(s.start - 32, 0)) <> coalesce(s.prefix, '') || s.exact
    || coalesce(s.suffix, '');

-- The sources of each agent: as speaker, in an attribution, as publisher, or as participant of the event.
CREATE OR REPLACE VIEW agent_sources AS
SELECT speaker_id AS agent_id, source_id FROM statements WHERE speaker_id IS NOT NULL
UNION SELECT publisher_id, source_id FROM sources WHERE publisher_id IS NOT NULL
UNION SELECT p.agent_id, x.source_id FROM participants AS p JOIN accounts AS x ON x.event_id = p.event_id
UNION SELECT a.agent_id, s.source_id FROM attributions AS a JOIN statements AS s ON s.statement_id = a.statement_id
  WHERE a.agent_id IS NOT NULL;

-- Sources with a missing record, or whose own record was left out because of another mistake. Any agent may occur in them.
CREATE OR REPLACE VIEW sources_with_gaps AS
SELECT record_id AS source_id FROM incomplete WHERE table_name = 'sources'
UNION SELECT s.source_id FROM incomplete AS i JOIN statements AS s ON s.event_id = i.record_id WHERE i.table_name = 'events';

-- The first sources of every agent. Most questions about all sources are answered by these.
CREATE OR REPLACE VIEW first_sources AS
SELECT x.agent_id, x.source_id FROM (SELECT agent_id, source_id, row_number() OVER (PARTITION BY agent_id ORDER BY source_id) AS place
  FROM agent_sources) AS x WHERE x.place <= 4;

-- Events with an account whose capture is absent: it is unknown whether any account contains a fact.
CREATE OR REPLACE VIEW events_without_captures AS
SELECT DISTINCT x.event_id FROM accounts AS x LEFT JOIN captures AS c ON c.source_id = x.source_id WHERE c.source_id IS NULL;

-- Accounts of an event that count as omitting a claim: independent and fully curated.
CREATE OR REPLACE VIEW full_accounts AS
SELECT x.event_id, x.source_id FROM accounts AS x JOIN sources AS p ON p.source_id = x.source_id
WHERE p.relays IS NULL AND x.source_id NOT IN (SELECT source_id FROM exclusions WHERE reason = 'not-curated');

-- Events with a statement, claim, attestation or participant that was left out because it breaks a rule. Rows derived from all of these
-- are not checked.
CREATE OR REPLACE VIEW incomplete_events AS
SELECT record_id AS event_id FROM incomplete WHERE table_name = 'events'
UNION SELECT s.event_id FROM statements AS s JOIN incomplete AS i ON i.record_id = s.source_id WHERE i.table_name = 'sources';

-- Names that occur, as whole words and letter for letter, in no capture of the agent's sources and in no evidence.
-- The lowercase text only makes the search fast: a name that is not in it cannot be in the capture.
CREATE OR REPLACE VIEW unattested_names AS
WITH evidence AS (
  SELECT publisher_id AS agent_id, publisher_evidence AS text FROM sources WHERE publisher_id IS NOT NULL
  UNION SELECT organization_id, evidence FROM offices WHERE organization_id IS NOT NULL),
asked AS (
  SELECT n.agent_id, n.field, n.name, n.spaced FROM agent_names AS n
  WHERE NOT EXISTS (SELECT 1 FROM incomplete WHERE table_name = 'files')
    AND n.agent_id NOT IN (SELECT x.agent_id FROM agent_sources AS x LEFT JOIN captures AS c ON c.source_id = x.source_id
      WHERE c.source_id IS NULL)
    AND NOT EXISTS (SELECT 1 FROM sources_with_gaps AS x LEFT JOIN captures AS c ON c.source_id = x.source_id WHERE c.source_id IS NULL)),
named AS (
  SELECT n.agent_id, n.name FROM asked AS n JOIN evidence AS c ON c.agent_id = n.agent_id
  WHERE CASE WHEN strpos(joined(lower(c.text)), lower(n.name)) = 0 THEN false WHEN NOT n.spaced THEN strpos(c.text, n.name) > 0
    ELSE strpos(' ' || joined(unmarked(c.text)) || ' ', ' ' || trim(joined(unmarked(n.name))) || ' ') > 0 END
  UNION
  SELECT n.agent_id, n.name FROM asked AS n JOIN first_sources AS x ON x.agent_id = n.agent_id
  JOIN folded_captures AS f ON f.source_id = x.source_id JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(n.name)) = 0 THEN false WHEN NOT n.spaced THEN strpos(c.text, n.name) > 0
    ELSE strpos(' ' || joined(unmarked(c.text)) || ' ', ' ' || trim(joined(unmarked(n.name))) || ' ') > 0 END),
rare AS (
  SELECT a.agent_id, a.field, a.name, a.spaced FROM asked AS a LEFT JOIN named AS d ON d.agent_id = a.agent_id AND d.name = a.name
  WHERE d.agent_id IS NULL),
found AS (
  SELECT n.agent_id, n.name FROM rare AS n JOIN agent_sources AS x ON x.agent_id = n.agent_id
  JOIN folded_captures AS f ON f.source_id = x.source_id JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(n.name)) = 0 THEN false WHEN NOT n.spaced THEN strpos(c.text, n.name) > 0
    ELSE strpos(' ' || joined(unmarked(c.text)) || ' ', ' ' || trim(joined(unmarked(n.name))) || ' ') > 0 END
  UNION
  SELECT n.agent_id, n.name FROM rare AS n CROSS JOIN sources_with_gaps AS x JOIN all_sources AS s ON s.source_id = x.source_id
  WHERE strpos(joined(s.publisher_evidence), n.name) > 0
  UNION
  SELECT n.agent_id, n.name FROM rare AS n CROSS JOIN sources_with_gaps AS x JOIN folded_captures AS f ON f.source_id = x.source_id
  JOIN captures AS c ON c.source_id = x.source_id
  WHERE CASE WHEN strpos(f.text, lower(n.name)) = 0 THEN false WHEN NOT n.spaced THEN strpos(c.text, n.name) > 0
    ELSE strpos(' ' || joined(unmarked(c.text)) || ' ', ' ' || trim(joined(unmarked(n.name))) || ' ') > 0 END)
SELECT r.agent_id, r.field, r.name FROM rare AS r LEFT JOIN found AS d ON d.agent_id = r.agent_id AND d.name = r.name
WHERE d.agent_id IS NULL;

-- Words in curly quotation marks within evidence, and all words of a source that tables other than `statements` reproduce.
CREATE OR REPLACE VIEW evidence_quotes AS
SELECT source_id, unnest(regexp_extract_all(publisher_evidence, '“([^”]+)”', 1)) AS words FROM sources WHERE publisher_evidence IS NOT NULL;
CREATE OR REPLACE VIEW published_quotes AS
SELECT source_id, title AS words FROM sources WHERE title IS NOT NULL
UNION ALL SELECT source_id, publisher_evidence FROM sources WHERE publisher_basis = 'stated' AND publisher_evidence IS NOT NULL
UNION ALL SELECT q.source_id, q.words FROM evidence_quotes AS q JOIN sources AS s ON s.source_id = q.source_id
WHERE s.publisher_basis <> 'stated'
UNION ALL SELECT date_source_id, date_expression FROM events WHERE date_expression IS NOT NULL
UNION ALL SELECT DISTINCT source_id, antecedent FROM statements WHERE antecedent IS NOT NULL;

-- Names and other printed words of 20 code points or more in rows about a source or its event: they may occur elsewhere in it.
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

-- The forms in which a publication date may be printed, in lowercase.
CREATE OR REPLACE VIEW printed_dates AS
SELECT m.language, d.date, replace(f.form, '  ', ' ') AS printed
FROM (SELECT DISTINCT published_on AS date FROM sources WHERE published_on_basis = 'stated') AS d
JOIN calendar AS m ON m.kind = 'month' AND m.value = month(d.date)
JOIN lexicon AS p ON p.list = 'date_orders' AND p.language = m.language
CROSS JOIN LATERAL (SELECT replace(replace(replace(replace(replace(p.word, 'y', CAST(year(d.date) AS VARCHAR)), 'd ',
  CAST(day(d.date) AS VARCHAR) || ' '), 'd,', CAST(day(d.date) AS VARCHAR) || ','), 'd日', CAST(day(d.date) AS VARCHAR) || '日'), 'm',
  m.word) AS form) AS f;

-- Whether the words that date a statement or an event resolve to its date. `resolved` is null if the language has no calendar above.
CREATE OR REPLACE VIEW date_readings AS
WITH said AS (
  SELECT 'statements' AS table_name, s.statement_id AS record_id, 'date' AS field, s.date, s.date_precision AS precision,
    s.date_expression AS expression,
    split_part(s.language, '-', 1) AS language, p.published_on
  FROM statements AS s JOIN sources AS p ON p.source_id = s.source_id WHERE s.date_expression IS NOT NULL AND s.date IS NOT NULL
  UNION ALL
  SELECT 'events', e.event_id, 'start_date', e.start_date, 'day', e.date_expression, split_part(p.language, '-', 1), p.published_on
  FROM events AS e JOIN sources AS p ON p.source_id = e.date_source_id WHERE e.date_expression IS NOT NULL
  UNION ALL
  SELECT 'events', e.event_id, 'end_date', e.end_date, 'day', e.date_expression, split_part(p.language, '-', 1), p.published_on
  FROM events AS e JOIN sources AS p ON p.source_id = e.date_source_id WHERE e.date_expression IS NOT NULL),
padded AS (
  -- Chinese has no spaces: digits and months are separated from the rest.
  SELECT said.*, ' ' || CASE WHEN language = 'zh' THEN replace(regexp_replace(expression, '[^0-9十一二三四五六七八九月]', ' ', 'g'), '月', '月 ')
    ELSE joined(unmarked(lower(expression))) END || ' ' AS words FROM said),
found AS (
  SELECT p.table_name, p.record_id, p.field, count(*) AS number,
    max(CASE WHEN c.kind = 'weekday' THEN c.value END) AS weekday,
    max(CASE WHEN c.kind = 'relative' THEN c.value END) AS days,
    max(CASE WHEN c.kind = 'month' AND c.value = month(p.date) THEN 1 WHEN c.kind = 'month' THEN 0 END) AS month_fits
  FROM padded AS p JOIN calendar AS c ON c.language = p.language
    AND (strpos(p.words, ' ' || c.word || ' ') > 0 OR (p.language = 'zh' AND c.kind <> 'month' AND strpos(p.expression, c.word) > 0))
  GROUP BY p.table_name, p.record_id, p.field)
SELECT p.table_name, p.record_id, p.field, p.expression, p.date, p.published_on,
  CASE
    WHEN strpos(p.expression, CAST(p.date AS VARCHAR)) > 0 THEN true
    WHEN p.language NOT IN (SELECT language FROM calendar) THEN NULL
    WHEN f.number IS NULL THEN false
    WHEN f.weekday IS NOT NULL AND f.weekday <> (date_diff('day', DATE '1900-01-01', p.date) % 7) + 1 THEN false
    WHEN f.month_fits IS NOT NULL THEN f.month_fits = 1
      AND (p.precision <> 'day' OR strpos(p.words, ' ' || CAST(day(p.date) AS VARCHAR) || ' ') > 0
        OR regexp_matches(p.words, ' ' || CAST(day(p.date) AS VARCHAR) || pattern('en ordinal_suffixes') || ' '))
      AND (strpos(p.words, ' ' || CAST(year(p.date) AS VARCHAR) || ' ') > 0
        OR (NOT regexp_matches(p.words, ' [12][0-9][0-9][0-9] ') AND p.published_on IS NOT NULL
          AND date_diff('day', p.date, p.published_on) BETWEEN -1 AND 300))
    WHEN p.published_on IS NULL THEN false
    WHEN f.days IS NOT NULL THEN date_diff('day', p.published_on, p.date) = f.days
    ELSE date_diff('day', p.date, p.published_on) BETWEEN 0 AND 6
  END AS resolved
FROM padded AS p LEFT JOIN found AS f ON f.table_name = p.table_name AND f.record_id = p.record_id AND f.field = p.field;

-- The string to search for a stem: a stem of five letters is the beginning of a word, one of four letters a whole word.
CREATE OR REPLACE MACRO stem_needle(stem) AS ' ' || stem || CASE WHEN length(stem) = 4 THEN ' ' ELSE '' END;

-- Words of propositions. `stem` (the first five letters of a word of four or more) is the same for inflected forms.
CREATE OR REPLACE VIEW claim_words AS
SELECT DISTINCT w.claim_id, w.event_id, substr(w.word, 1, 5) AS stem
FROM (SELECT c.claim_id, c.event_id, unnest(string_split(unmarked(lower(c.proposition)), ' ')) AS word FROM claims_batch AS c) AS w
WHERE length(w.word) >= 4;

-- Ordinal numbers in words.
CREATE OR REPLACE VIEW ordinals AS SELECT value, word FROM lexicon WHERE list = 'ordinals' AND language = 'en';
