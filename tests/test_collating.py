"""Claims drafted from the accounts of an event: reported, accepted by a person, and not published before."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from readouts.core.layout import Layout
from readouts.validation.validate import validate_package
from tests.test_acceptance import SOURCE, as_drafts, published

EVENT = "2021-03-04-harbour-talks"


def path_of(folder: Path) -> Path:
    return folder / "data" / "events" / f"{EVENT}.yaml"


def claims(folder: Path) -> list[dict]:
    return yaml.safe_load(path_of(folder).read_text(encoding="utf-8"))["claims"] or []


def keep(folder: Path, *ids: str) -> None:
    """Remove all other claims of the event."""
    value = yaml.safe_load(path_of(folder).read_text(encoding="utf-8"))
    value["claims"] = [claim for claim in value["claims"] if claim["id"] in ids]
    path_of(folder).write_text(
        yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )


def test_claims_are_drafted_reported_and_accepted(corpus, run):
    """draft EVENT proposes claims of both accounts and of one; they are in no table until they are accepted."""
    keep(corpus)
    assert run("draft", EVENT, "--root", corpus).returncode == 0
    first = claims(corpus)[0]
    assert first["proposition"] == "Norland will keep the harbour open all winter." and first[
        "draft"
    ].startswith("rules")
    assert {(a["statement"], a["relation"]) for a in first["attestations"]} == {
        (f"{SOURCE}.s01", "equivalent"), (f"{SOURCE}.s02", "equivalent"), ("tidings-2021-03-05-harbour.s01", "equivalent"),
    }  # fmt: skip
    assert [len(claim["attestations"]) for claim in claims(corpus)] == [3, 1, 1, 1, 2, 1]
    outcome = validate_package(Layout(corpus))
    assert [f.code for f in outcome.findings] == ["draft_accepted"] * 6 and not outcome.failed
    assert outcome.rows.tables["claims"] == []
    assert (
        "drafted 0 claims; the 6 claims that it had stay"
        in run("draft", EVENT, "--root", corpus).stdout
    )
    assert run("accept", EVENT, "--root", corpus).returncode == 0
    outcome = validate_package(Layout(corpus))
    assert outcome.findings == [] and len(outcome.rows.tables["claims"]) == 6


def test_curated_claims_are_kept(corpus, run):
    """Words that a curated claim quotes are not proposed again, and curated claims do not change; a rejected draft is removed."""
    keep(corpus, "c01", "c04")
    before = claims(corpus)
    assert run("draft", EVENT, "--root", corpus).returncode == 0
    after = claims(corpus)
    assert after[:2] == before and [claim["id"] for claim in after[2:]] == [
        "c05",
        "c06",
        "c07",
        "c08",
    ]
    quoted = [attestation["quote"] for claim in after[2:] for attestation in claim["attestations"]]
    assert not [quote for quote in quoted if "open" in quote or "wall" in quote]
    assert run("reject", EVENT, "c05", "--root", corpus).returncode == 0
    assert [claim["id"] for claim in claims(corpus)] == ["c01", "c04", "c06", "c07", "c08"]


def test_claim_with_a_finding_is_refused(corpus, run):
    """A drafted claim that misquotes its statement stays a draft, the others are accepted, and build leaves it out."""
    keep(corpus)
    run("draft", EVENT, "--root", corpus)
    path = path_of(corpus)
    path.write_text(
        path.read_text(encoding="utf-8").replace("quote: Sudmark is", "quote: Sudmark was"),
        encoding="utf-8",
    )
    result = run("accept", EVENT, "--root", corpus)
    assert "attestation_quotes_statement" in result.stdout
    path.write_text(
        path.read_text(encoding="utf-8").replace("Sudmark was", "Sudmark is"), encoding="utf-8"
    )
    assert result.returncode == 1 and "accepted 5 drafts; refused 1 (c06)" in result.stdout
    built = run("build", "--root", corpus)
    assert built.returncode == 0 and "1 draft is left out until accepted" in built.stdout
    assert f'"{EVENT}.c06"' not in published(corpus) and f'"{EVENT}.c05"' in published(corpus)


def test_compare_drafts_the_same_claims(corpus, run):
    """compare --event EVENT --draft writes the same claims as draft EVENT."""
    keep(corpus)
    compared = run("compare", "--event", EVENT, "--draft", "--root", corpus)
    assert compared.returncode == 0 and "drafted 6 claims" in compared.stderr
    written = path_of(corpus).read_bytes()
    keep(corpus)
    run("draft", EVENT, "--root", corpus)
    assert path_of(corpus).read_bytes() == written


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["draft", "2021-03-04-harbor-talks"], "2021-03-04-harbor-talks"),
        (["accept", EVENT], "has no drafts"),
        (["compare", "a", "b", "--draft"], "pass --event"),
        (["draft", EVENT, "--engine", "model"], "drafted by rules only"),
    ],
)
def test_invalid_request_is_reported_on_one_line(corpus, run, arguments, message):
    """An unknown event, an event without drafts, --draft without an event and another engine than rules are refused."""
    result = run(*arguments, "--root", corpus)
    assert result.returncode == 2 and message in result.stderr and result.stderr.count("\n") == 1


def test_claims_need_accepted_statements_of_two_accounts(corpus, run):
    keep(corpus)
    as_drafts(corpus, "s01", "s02", "s03", "s04", "s05")
    for source in ("mirror-2021-03-06-harbour", "tidings-2021-03-05-harbour"):
        path = corpus / "data" / "sources" / source / "curation.yaml"
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in value["statements"]:
            entry["draft"] = "rules 0.80"
        path.write_text(
            yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
    result = run("draft", EVENT, "--root", corpus)
    assert "needs accepted statements of two accounts" in result.stderr
