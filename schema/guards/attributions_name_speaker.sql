-- code: attributions_name_speaker
-- title: The first attribution of a statement is its speaker
-- severity: error
-- kind: proof
-- stage: 3
-- unless: parts_are_segments, quote_in_capture, speaker_is_named
-- hint: Give every attribution an agent or a label. (`readouts build` writes the attribution of the speaker.)
SELECT 'statements' AS table_name, s.statement_id AS record_id, 'speaker_id' AS field,
  'the first attribution differs from the speaker and label of the statement' AS message
FROM statements AS s LEFT JOIN attributions AS a ON a.statement_id = s.statement_id AND a.ordinal = 1
WHERE (coalesce(a.role, '') <> 'speaker' OR coalesce(a.agent_id, '') <> coalesce(s.speaker_id, '')
  OR coalesce(a.label, '') <> coalesce(s.speaker_label, ''))
  AND s.statement_id NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'statements')
  AND s.statement_id || '/1' NOT IN (SELECT record_id FROM incomplete WHERE table_name = 'attributions')
UNION ALL
SELECT 'attributions', a.statement_id || '/' || CAST(a.ordinal AS VARCHAR), 'label',
  'the label “' || a.label || '” was not found in the statement'
FROM attributions AS a JOIN statements AS s ON s.statement_id = a.statement_id
WHERE a.label IS NOT NULL AND strpos(s.exact, a.label) = 0
UNION ALL
SELECT 'attributions', a.statement_id || '/' || CAST(a.ordinal AS VARCHAR), 'agent_id', 'agent and label are both missing'
FROM attributions AS a WHERE a.label IS NULL AND a.agent_id IS NULL AND a.role <> 'speaker'
