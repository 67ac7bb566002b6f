"""A claim keeps the negation, denial, condition or hedge that governs the quoted words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest

from readouts.core.layout import Layout
from readouts.rules.guards import Guard, read_guards
from readouts.rules.views import common_macros
from tests.example_packages import ROOT

CUE = re.compile(r"\b(said|denied|rejected|urged|condemned|thanked|deny|stopped)\b")
LOST = [
    # statement, words quoted, claim
    ("Lind said Norland has never had any bases in the north.", "had any bases in the north", "Norland has had bases in the north."),
    ("Lind said that the port will not close in May.", "close in May", "The port will close in May."),
    ("Lind said the line isn’t safe for children.", "safe for children", "The line is safe for children."),
    ("Lind denied that the line was shut.", "the line was shut", "The line was shut."),
    ("Lind rejected the claim that crews had been dismissed.", "crews had been dismissed", "Crews had been dismissed."),
    ("Lind stopped short of calling the vote unfair.", "calling the vote unfair", "The vote is unfair."),
    ("Lind said the council refused to open the archive.", "open the archive", "The council opened the archive."),
    ("Lind said that if the dam fails the valley will flood.", "the valley will flood", "The valley will flood."),
    ("Unless the strike ends, the ferries will stop, Lind said.", "the ferries will stop", "The ferries will stop."),
    ("Lind said the ferries will stop if the strike goes on.", "the ferries will stop", "The ferries will stop."),
    ("Lind said Norland may sell the island.", "sell the island", "Norland sells the island."),
    ("Lind said that Norland may sell the island.", "Norland may sell the island", "Norland sells the island."),
    ("Lind said the ministry considers closing the school.", "closing the school", "The ministry closes the school."),
    ("Lind said the bridge might be unsafe.", "be unsafe", "The bridge is unsafe."),
    ("Lind said nobody had warned the crews.", "had warned the crews", "The crews had been warned."),
    ("Lind said the guards failed to lock the gate.", "lock the gate", "The guards locked the gate."),
    ("Lind said Norland neither sought nor built any bases.", "built any bases", "Norland built bases."),
    ("Lind said there are no forts, mines or barracks on the island.", "barracks on the island", "There are barracks on the island."),
    ("Lind said the report is far from complete.", "complete", "The report is complete."),
    ("Lind urged both sides not to fire on the boats.", "fire on the boats", "Both sides fire on the boats."),
    ("Lind said the law forbids the sale of the forest.", "the sale of the forest", "The forest is for sale."),
    ("Lind said it is possible that the talks resume in June.", "the talks resume in June", "The talks resume in June."),
    ("Lind said the company reportedly owed millions.", "owed millions", "The company owed millions."),
    ("Lind said provided that the rain stops, the fair opens.", "the fair opens", "The fair opens."),
    ("Lind said the crew was unable to reach the island.", "reach the island", "The crew reached the island."),
]  # fmt: skip
KEPT = [
    ("Lind said Norland has never had any bases and will remain this way.", "will remain this way", "Norland will remain this way."),
    ("Lind said the line is not new, and the trains are full.", "the trains are full", "The trains are full."),
    ("Lind said the port did not close but stayed open all night.", "stayed open all night", "The port stayed open all night."),
    ("Lind said the port is a gate, not a wall.", "the port is a gate", "The port is a gate."),
    ("Lind denied that the line was shut.", "denied that the line was shut", "The line was not shut."),
    ("Lind denied that the line was shut.", "the line was shut", "It is denied that the line was shut."),
    ("Lind said that not only the old but the young will gain.", "the young will gain", "The young will gain."),
    ("Lind said there is no doubt that the dam holds.", "the dam holds", "The dam holds."),
    ("Lind said that if the dam fails the valley will flood.", "the valley will flood", "The valley floods if the dam fails."),
    ("Lind said Norland may sell the island.", "sell the island", "Norland could sell the island."),
    ("Lind said the guards did not fail and served thousands.", "served thousands", "The guards served thousands."),
    ("Lind said the port will stay open all winter.", "stay open all winter", "The port stays open in winter."),
    ("Lind said the school is safe. The mayor is not here.", "the school is safe", "The school is safe."),
    ("Lind said nobody was hurt; the crew is on its way.", "the crew is on its way", "The crew is on its way."),
    ("Lind said the harbour, which is not old, serves the town.", "serves the town", "The harbour serves the town."),
    ("Lind condemned the attack on the boats.", "the attack on the boats", "The boats were attacked."),
    ("Lind thanked the crew for its work.", "its work", "The crew worked."),
    ("Lind said the council refused to open the archive.", "open the archive", "The council refuses to open the archive."),
    ("Lind said the storm is over because no wind is left, and ships sail again.", "ships sail again", "Ships sail again."),
    ("Lind did not deny that the line was shut.", "the line was shut", "The line was shut."),
    ("Lind said the town is ready even if the river rises.", "the town is ready", "The town is ready."),
    ("Lind said the sides agreed on trade without delay.", "the sides agreed on trade", "The sides agreed on trade."),
    ("Lind said the plan has no costs and the town gains from it.", "the town gains from it", "The town gains from the plan."),
    ("Lind said the bridge might be unsafe, but the road is open.", "the road is open", "The road is open."),
    ("Lind said the crews work hard.", "the crews work hard", "The crews work hard."),
]  # fmt: skip


@pytest.fixture(scope="module")
def sense() -> Iterator[tuple[duckdb.DuckDBPyConnection, Guard]]:
    """A database with the macros of the guards, and the guard."""
    layout = Layout(ROOT)
    (guard,) = [guard for guard in read_guards(layout) if guard.code == "claim_keeps_meaning"]
    with duckdb.connect() as database:
        text = layout.guard_views.read_text(encoding="utf-8")
        for name, (parameter, expression) in common_macros(text).items():
            database.execute(f"CREATE OR REPLACE MACRO {name}({parameter}) AS {expression}")
        yield database, guard


def found(
    sense: tuple[duckdb.DuckDBPyConnection, Guard], pairs: list[tuple[str, str, str]]
) -> list[int]:
    """Return the numbers of the pairs that the guard reports."""
    database, guard = sense
    rows = []
    for number, (statement, quote, claim) in enumerate(pairs):
        assert quote in statement
        cue = CUE.search(statement)[0]
        rows.append((f"c{number}", claim, f"s{number}", statement, cue, quote))
    database.execute(
        "CREATE OR REPLACE TABLE pairs (c VARCHAR, p VARCHAR, s VARCHAR, e VARCHAR, q VARCHAR, w VARCHAR)"
    )
    database.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?, ?)", rows)
    database.execute(
        "CREATE OR REPLACE VIEW claims_batch AS SELECT c AS claim_id, p AS proposition FROM pairs"
    )
    database.execute(
        "CREATE OR REPLACE VIEW attestations_batch AS SELECT c AS claim_id, s AS statement_id, 'equivalent' AS relation, w AS quote FROM pairs"
    )
    database.execute(
        "CREATE OR REPLACE VIEW statements AS SELECT s AS statement_id, e AS exact, q AS cue, 'en' AS language FROM pairs"
    )
    return sorted(
        int(record.split("/")[0][1:]) for _, record, _, _ in database.execute(guard.sql).fetchall()
    )


def test_changed_meaning_is_reported(sense: tuple[duckdb.DuckDBPyConnection, Guard]) -> None:
    """A claim that drops the governing words is reported."""
    assert [LOST[n] for n in range(len(LOST)) if n not in found(sense, LOST)] == []


def test_kept_meaning_is_not_reported(sense: tuple[duckdb.DuckDBPyConnection, Guard]) -> None:
    """A word that does not govern the quoted words, or that the claim keeps, is not reported."""
    assert [KEPT[n] for n in found(sense, KEPT)] == []
