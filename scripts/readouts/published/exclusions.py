"""Exclusions that contradict each other, their source or its captured text, in either engine.

The queries read `placed_exclusions` (source_id, start, "end", place): the valid rows of the files,
`place` in the order of the files.
"""

from __future__ import annotations

from .predicates import literal

_RECORD = "e.source_id || '/' || CAST(e.start AS VARCHAR)"
_ORDER = f"""SELECT 'quote_in_capture' AS code, {_RECORD} AS record_id, 'end' AS field,
  'the exclusion ends at ' || CAST(e."end" AS VARCHAR) || ' and starts at ' || CAST(e.start AS VARCHAR) AS message,
  'Write offsets in code points: start from 0, end after the last one.' AS hint, e.place
FROM placed_exclusions AS e WHERE e.start >= e."end" """
_LENGTH = f"""SELECT 'quote_in_capture' AS code, {_RECORD} AS record_id, 'end' AS field,
  'the exclusion ends at ' || CAST(e."end" AS VARCHAR) || ', but the captured text has ' || CAST(length(c.text) AS VARCHAR) || ' characters' AS message,
  'Write offsets in code points of the captured text, or get the capture that the offsets are for.' AS hint, e.place
FROM placed_exclusions AS e JOIN captures AS c ON c.source_id = e.source_id WHERE e."end" > length(c.text) AND e.start < e."end" """
_REPEATED = f"""SELECT 'ids_unique' AS code, {_RECORD} AS record_id, 'id' AS field,
  '`' || {_RECORD} || '` appears more than once in exclusions' AS message, 'Delete one of them.' AS hint, e.place
FROM (SELECT source_id, start, place, row_number() OVER (PARTITION BY source_id, start ORDER BY place) AS number FROM placed_exclusions) AS e WHERE e.number > 1"""
_SOURCE = f"""SELECT 'reference_resolves' AS code, {_RECORD} AS record_id, 'source_id' AS field,
  'there is no `' || e.source_id || '` in sources' AS message, 'Write an id that exists, or add the record that is meant.' AS hint, e.place
FROM placed_exclusions AS e WHERE e.source_id NOT IN (SELECT source_id FROM all_sources)"""


def queries(rejected: list[tuple[str, str]], all_named: bool) -> list[str]:
    """Return the queries for (code, record, field, message, hint, place).

    `rejected` are (table, id) of rows left out. Unknown sources are only reported if the table of
    sources exists and the id of each source left out is known (`all_named`).
    """
    if not all_named:
        return [_ORDER, _LENGTH, _REPEATED]
    names = ", ".join(literal(record) for table, record in rejected if table == "sources")
    known = f"{_SOURCE} AND e.source_id NOT IN ({names})" if names else _SOURCE
    return [_ORDER, _LENGTH, _REPEATED, known]
