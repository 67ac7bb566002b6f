"""Differences between two states, record by record, and the version that they require."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from readouts.compile.rows import Rows
from readouts.core.definitions import read_tables
from readouts.core.layout import Layout
from readouts.ledger.ledger import Ledger
from readouts.releases.comparison import compare
from readouts.releases.snapshots import Snapshot

TABLES = read_tables(Layout(Path(__file__).resolve().parents[1]))


def row(table, **values):
    return {name: values.get(name) for name in TABLES[table].column_names}


def statement(number, **values):
    return row(
        "statements",
        **{"statement_id": f"a.s0{number}", "source_id": "a", "text": f"words {number}", **values},
    )


def rows_of(**tables) -> Rows:
    rows = Rows()
    for name, found in tables.items():
        rows.tables[name] = found
    return rows


def base_of(tables=TABLES, **found) -> Snapshot:
    return Snapshot("before", {name: {TABLES[name].record_id(r): r for r in records} for name, records in found.items()}, tables)  # fmt: skip


def changed(table, column, **values):
    """Return the tables with one column's definition changed."""
    columns = tuple(replace(c, **values) if c.name == column else c for c in TABLES[table].columns)
    return {**TABLES, table: replace(TABLES[table], columns=columns)}


def kinds(comparison):
    return [(c.table, c.record, c.kind) for c in comparison.changes]


def test_equal_states_require_no_version():
    """Equal rows require no version, whatever their stamps."""
    found = compare(base_of(statements=[statement(1)]), rows_of(statements=[statement(1, added_in="1.0.0")]), TABLES, Ledger())  # fmt: skip
    assert (found.changes, found.columns, found.level) == ((), (), "none")


def test_added_changed_and_withdrawn_records_are_listed():
    """Each different record is listed once, with its columns and both values, or the reason of its withdrawal."""
    ledger = Ledger({("statements", "a.s03"): {"reason": "said elsewhere"}})
    found = compare(
        base_of(statements=[statement(1, cue="said"), statement(3)]),
        rows_of(statements=[statement(1, cue="added"), statement(2)]),
        TABLES,
        ledger,
    )
    assert kinds(found) == [
        ("statements", "a.s01", "changed"),
        ("statements", "a.s02", "added"),
        ("statements", "a.s03", "withdrawn"),
    ]
    assert [(f.column, f.old, f.new) for f in found.changes[0].fields] == [("cue", "said", "added")]
    assert [c.reason for c in found.changes] == [None, None, "said elsewhere"]
    assert [c.name for c in found.changes] == ["words 1", "words 2", "words 3"]
    assert found.level == "major"
    assert found.counts() == {"statements": {"added": 1, "changed": 1, "withdrawn": 1}}


CLAIM = row("claims", claim_id="e.c01", event_id="e", proposition="It is so.")
ATTESTATION = row(
    "attestations", claim_id="e.c01", statement_id="a.s01", relation="equivalent", quote="so"
)
PARTICIPANT = row("participants", event_id="e", agent_id="x", role="chair")
OMISSION = row("omissions", claim_id="e.c01", source_id="b")
SEGMENT = row("segments", statement_id="a.s01", ordinal=1, role="content", start=0, end=1, text="w")


@pytest.mark.parametrize(
    ("table", "record", "added", "removed", "changed_to"),
    [
        ("statements", statement(1), "minor", "major", "patch"),
        ("claims", CLAIM, "minor", "major", "patch"),
        ("attestations", ATTESTATION, "minor", "patch", "patch"),
        ("participants", PARTICIPANT, "minor", "patch", None),
        ("omissions", OMISSION, "patch", "patch", None),
        ("segments", SEGMENT, "patch", "patch", "patch"),
    ],
)
def test_required_level_of_each_table(table, record, added, removed, changed_to):
    """Removed ids require a major version, added records a minor one, corrections and derived rows a patch."""
    assert compare(base_of(), rows_of(**{table: [record]}), TABLES, Ledger()).level == added
    assert compare(base_of(**{table: [record]}), rows_of(), TABLES, Ledger()).level == removed
    if changed_to:
        column = next(
            c.name for c in TABLES[table].columns if c.name not in TABLES[table].primary_key
        )
        after = rows_of(**{table: [{**record, column: "other"}]})
        assert compare(base_of(**{table: [record]}), after, TABLES, Ledger()).level == changed_to


@pytest.mark.parametrize(
    ("before", "what", "level"),
    [
        (changed("statements", "mode", terms=("direct",)), "terms added", "minor"),
        (changed("statements", "mode", terms=("mixed", "direct")), "terms mixed, direct →", "major"),
        (changed("statements", "mode", terms=("direct",), nullable=True), "null is no longer allowed; terms added", "major"),
        (changed("statements", "cue", type="integer"), "type integer → string", "major"),
        (changed("statements", "cue", nullable=False), "null is now allowed", "major"),
        (changed("statements", "cue", name="verb"), "removed", "major"),
        (changed("statements", "cue", description="Other words."), None, "none"),
        ({**TABLES, "pairs": replace(TABLES["pairs"], primary_key=("statement_a",))}, "key statement_a → pair_id", "major"),
        ({**TABLES, "pairs": replace(TABLES["pairs"], columns=TABLES["pairs"].columns[::-1])}, "order of columns", "major"),
        ({n: t for n, t in TABLES.items() if n != "pairs"}, "table added", "major"),
        ({**TABLES, "verbs": replace(TABLES["pairs"], name="verbs")}, "table removed", "major"),
    ],
)  # fmt: skip
def test_changed_columns_require_a_major_version(before, what, level):
    """Terms added at the end require a minor version, a changed description none, all other changes a major one."""
    found = compare(base_of(before), rows_of(), TABLES, Ledger())
    assert found.level == level
    assert any((what or "") in change.what for change in found.columns) == (what is not None)


def test_new_null_column_changes_no_record():
    before = {k: v for k, v in statement(1).items() if k != "cue"}
    assert not compare(
        base_of(statements=[before]), rows_of(statements=[statement(1)]), TABLES, Ledger()
    ).changes


def test_consequences_are_marked():
    """Segments of a new statement, copied names and added or removed pairs are marked as consequences; their own changes are not."""
    pair = row("pairs", pair_id="a.s01/b.s01", label="equivalent", text_a="x")
    found = compare(
        base_of(statements=[statement(1, speaker_name="Li")], segments=[SEGMENT], pairs=[pair]),
        rows_of(
            statements=[statement(1, speaker_name="Lee"), statement(2)],
            segments=[{**SEGMENT, "role": "cue"}, {**SEGMENT, "statement_id": "a.s02"}],
            pairs=[{**pair, "label": "overlapping"}, {**pair, "pair_id": "a.s02/b.s01"}],
        ),
        TABLES,
        Ledger(),
    )
    assert {(c.record, c.kind): c.follows for c in found.changes} == {
        ("a.s01", "changed"): True,
        ("a.s02", "added"): False,
        ("a.s01/1", "changed"): False,
        ("a.s02/1", "added"): True,
        ("a.s01/b.s01", "changed"): False,
        ("a.s02/b.s01", "added"): True,
    }


def test_omission_is_named_by_its_claim():
    """An omission is listed with the text of its claim, also of a removed claim."""
    found = compare(base_of(claims=[CLAIM], omissions=[OMISSION]), rows_of(), TABLES, Ledger())
    assert {(c.table, c.name) for c in found.changes} == {
        ("claims", "It is so."),
        ("omissions", "It is so."),
    }


def test_invalid_record_is_not_listed_as_withdrawn():
    """A record that cannot be compiled is counted in a note and requires no version."""
    rows = rows_of()
    rows.quarantined.add(("statements", "a.s01"))
    found = compare(base_of(statements=[statement(1)], segments=[SEGMENT]), rows, TABLES, Ledger())
    assert kinds(found) == [("segments", "a.s01/1", "withdrawn")]
    rows.incomplete.add(("sources", "a"))
    found = compare(base_of(statements=[statement(1)], segments=[SEGMENT]), rows, TABLES, Ledger())
    assert (found.changes, found.level) == ((), "none")
    assert found.notes == (
        "2 record(s) were not compared because they break a rule (run `readouts validate`)",
    )
