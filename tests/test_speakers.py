"""Speakers: named by a label, by earlier words or by the statement continued; and participants of a whole source."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from readouts.core.layout import Layout
from readouts.curation.reading import read_curation
from readouts.validation.validate import validate_curation

SOURCE = "norland-2026-03-04-call"
TEXT = (
    "Foreign Minister Ada\u00a0Lind met her guest today. The minister said that the ferry will run. She added that it is late.\n\n"
    "As the harbour master has noted, we will wait, said Lind.\n"
)
STATEMENTS = [
    {"id": "s01", "quote": "The minister said that the ferry will run.", "speaker": "lind", "label": "The minister", "cue": "said",
     "context": ["that"], "mode": "indirect", "speech_act": "commissive", "antecedent": "Foreign Minister Ada Lind"},
    {"id": "s02", "quote": "She added that it is late.", "speaker": "lind", "label": "She", "cue": "added", "context": ["that"],
     "mode": "indirect", "speech_act": "assertive", "continues": "s01"},
    {"id": "s03", "quote": "As the harbour master has noted, we will wait, said Lind.", "speaker": "lind", "label": "Lind", "cue": "said",
     "mode": "indirect", "speech_act": "commissive"},
    {"id": "s04", "quote": "As the harbour master has noted, we will wait,", "speaker": None, "label": "the harbour master",
     "cue": "has noted", "context": ["As"], "mode": "indirect", "speech_act": "commissive", "within": "s03"},
]  # fmt: skip
EXCLUSIONS = [{"quote": "Foreign Minister Ada Lind met her guest today.", "reason": "narration"}]


def write(package: Path, statements=STATEMENTS, exclusions=EXCLUSIONS, **facts) -> Layout:
    """Add a source with its event and speaker to the package."""
    layout = Layout.of(package)
    source = {"title": None, "account_type": "readout", "language": "en", "rendering": "unknown", "obtained_from": "a file, 2026-11-21",
              "accessed_on": "2026-11-21", "published_on": "2026-03-04", "published_on_basis": "inferred", "rights": "undetermined",
              "redistribution": "quotation", "event": "2026-03-04-call", **facts}  # fmt: skip
    event = {"type": "call", "name": "A call", "start_date": "2026-03-04", "end_date": "2026-03-04", "date_basis": "resolved",
             "date_source": SOURCE, "date_expression": "today"}  # fmt: skip
    layout.capture(SOURCE).parent.mkdir()
    layout.capture(SOURCE).write_bytes(TEXT.encode())
    files = {
        layout.curated("source", SOURCE): {
            "source": source,
            "statements": statements,
            "exclusions": exclusions,
        },
        layout.curated("event", "2026-03-04-call"): {"event": event},
        layout.curated("agent", "lind"): {
            "agent": {"type": "person", "name": "Ada Lind", "other_names": ["Lind"]}
        },
        layout.curated("agent", "master"): {"agent": {"type": "person", "name": "Harbour Master"}},
    }
    source["text_sha256"] = hashlib.sha256(TEXT.encode()).hexdigest()
    for path, value in files.items():
        path.write_text(
            yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
    return layout


def errors(layout: Layout) -> list[tuple[str, str]]:
    """Return (code, local id) of every error, except that of the unused agent."""
    found = validate_curation(layout, read_curation(layout)).findings
    return [
        (f.code, f.record.rpartition(".")[2])
        for f in found
        if f.severity == "error" and f.record != "master"
    ]


def changed(number: int, **values) -> list[dict]:
    """Return the statements with one of them changed; None removes a key."""
    statements = [dict(statement) for statement in STATEMENTS]
    statements[number].update(values)
    statements[number] = {
        key: value
        for key, value in statements[number].items()
        if value is not None or key == "speaker"
    }
    return statements


def test_speaker_is_named_by_earlier_words(package):
    """A name in the narration, also with no-break spaces, identifies the speaker of a label without a name."""
    layout = write(package)
    assert errors(layout) == []
    rows = validate_curation(layout, read_curation(layout)).rows.tables["statements"]
    assert (
        next(row for row in rows if row["statement_id"] == f"{SOURCE}.s01")["antecedent"]
        == "Foreign Minister Ada\u00a0Lind"
    )


@pytest.mark.parametrize(
    ("number", "values", "finding"),
    [
        (0, {"antecedent": None}, ("speaker_is_named", "s01")),
        (0, {"antecedent": "her guest"}, ("speaker_is_named", "s01")),
        (0, {"antecedent": "said Lind"}, ("antecedent_is_earlier", "s01")),
        (0, {"antecedent": "Minister Ida Lind"}, ("quote_in_source", "s01")),
        (1, {"antecedent": "Ada Lind", "continues": None}, ("antecedent_is_earlier", "s02")),
        (1, {"antecedent": "Ada Lind"}, ("antecedent_is_earlier", "s02")),
        (1, {"continues": "s03"}, ("continues_nearest", "s02")),
        (3, {"within": "s02"}, ("nested_inside_parent", "s04")),
    ],
)
def test_mistake_about_the_speaker_is_one_finding(package, number, values, finding):
    """The mistake is reported at its statement, not at those that continue it."""
    found = errors(write(package, changed(number, **values)))
    assert found[0] == finding and len(found) == 1


def test_attributions_of_a_source_apply_to_each_statement(package):
    """The relayer of a source is compiled into every statement, without duplicates."""
    own = changed(
        0,
        attributions=[
            {"role": "addressee", "agent": "celac"},
            {"role": "relayer", "agent": "mfa-prc"},
        ],
    )
    layout = write(package, own, attributions=[{"role": "relayer", "agent": "mfa-prc"}])
    parts = [
        (row["statement_id"].rpartition(".")[2], row["role"])
        for row in validate_curation(layout, read_curation(layout)).rows.tables["attributions"]
        if row["statement_id"].startswith(SOURCE) and row["agent_id"] != "lind"
    ]
    assert parts.count(("s01", "relayer")) == 1 and ("s01", "addressee") in parts
    assert sorted(part for part in parts if part[1] == "relayer") == [
        (f"s0{n}", "relayer") for n in (1, 2, 3, 4)
    ]


def test_partly_curated_account_has_no_omissions(package):
    """A source with text that is not curated yet counts as an omission of no claim."""
    second = "xinhua-2019-09-27-celac-quartet"
    layout = Layout.of(package)
    before = [
        r
        for r in validate_curation(layout, read_curation(layout)).rows.tables["omissions"]
        if r["source_id"] == second
    ]
    path = layout.curated("source", second)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("reason: caption", "reason: not-curated"), encoding="utf-8")
    outcome = validate_curation(layout, read_curation(layout))
    after = [row for row in outcome.rows.tables["omissions"] if row["source_id"] == second]
    assert before and not after
    assert not [f for f in outcome.findings if f.severity == "error"]


def test_antecedents_count_as_reproduced_text(package):
    """The reproduced share includes the words that name a speaker."""
    layout = write(package)
    outcome = validate_curation(layout, read_curation(layout))
    shares = {row["source_id"]: row["reproduced_share"] for row in outcome.rows.tables["sources"]}
    without = validate_curation(
        layout_without := write_again(package), read_curation(layout_without)
    )
    fewer = {row["source_id"]: row["reproduced_share"] for row in without.rows.tables["sources"]}
    assert shares[SOURCE] > fewer[SOURCE] > 0


def write_again(package: Path) -> Layout:
    """Remove the antecedent from the source."""
    layout = Layout.of(package)
    path = layout.curated("source", SOURCE)
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    del value["statements"][0]["antecedent"]
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return layout
