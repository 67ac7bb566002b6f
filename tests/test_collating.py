"""Claims drafted from the accounts of an event: proposed from their statements, accepted by a person, never published before."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from readouts.layout import Layout
from readouts.validation import validate_package
from tests.test_acceptance import SOURCE, as_drafts, corpus, curation, invoke, published  # noqa: F401

EVENT = "2021-03-04-harbour-talks"


def path_of(folder: Path) -> Path:
    return folder / "data" / "events" / f"{EVENT}.yaml"


def claims(folder: Path) -> list[dict]:
    return yaml.safe_load(path_of(folder).read_text(encoding="utf-8"))["claims"] or []


def keep(folder: Path, *ids: str) -> None:
    """Leave only these claims in the event."""
    value = yaml.safe_load(path_of(folder).read_text(encoding="utf-8"))
    value["claims"] = [claim for claim in value["claims"] if claim["id"] in ids]
    path_of(folder).write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_claims_are_drafted_reported_and_accepted(corpus):  # noqa: F811
    """draft EVENT proposes what both accounts say and what one says; the drafts are findings and in no table until they are accepted."""
    keep(corpus)
    assert invoke("draft", EVENT, "--root", corpus).exit_code == 0
    first = claims(corpus)[0]
    assert first["proposition"] == "Norland will keep the harbour open all winter." and first["draft"].startswith(
        "rules"
    )
    assert {(a["statement"], a["relation"]) for a in first["attestations"]} == {
        (f"{SOURCE}.s01", "equivalent"), (f"{SOURCE}.s02", "equivalent"), ("tidings-2021-03-05-harbour.s01", "equivalent"),
    }  # fmt: skip
    assert [len(claim["attestations"]) for claim in claims(corpus)] == [3, 1, 1, 1, 2, 1]
    outcome = validate_package(Layout(corpus))
    assert [f.code for f in outcome.findings] == ["draft_accepted"] * 6 and not outcome.failed
    assert outcome.rows.tables["claims"] == []
    assert "drafted 0 claims; the 6 claims that it had stay" in invoke("draft", EVENT, "--root", corpus).output
    assert invoke("accept", EVENT, "--root", corpus).exit_code == 0
    outcome = validate_package(Layout(corpus))
    assert outcome.findings == [] and len(outcome.rows.tables["claims"]) == 6


def test_curated_claims_are_kept(corpus):  # noqa: F811
    """What a curated claim quotes is not proposed again, and no line of the claim changes; a rejected draft is gone."""
    keep(corpus, "c01", "c04")
    before = claims(corpus)
    assert invoke("draft", EVENT, "--root", corpus).exit_code == 0
    after = claims(corpus)
    assert after[:2] == before and [claim["id"] for claim in after[2:]] == ["c05", "c06", "c07", "c08"]
    quoted = [attestation["quote"] for claim in after[2:] for attestation in claim["attestations"]]
    assert not [quote for quote in quoted if "open" in quote or "wall" in quote]
    assert invoke("reject", EVENT, "c05", "--root", corpus).exit_code == 0
    assert [claim["id"] for claim in claims(corpus)] == ["c01", "c04", "c06", "c07", "c08"]


def test_a_claim_that_fails_the_check_is_refused(corpus):  # noqa: F811
    """A drafted claim whose words are not in the statement stays a draft, the others are accepted, and build leaves it out."""
    keep(corpus)
    invoke("draft", EVENT, "--root", corpus)
    path = path_of(corpus)
    path.write_text(
        path.read_text(encoding="utf-8").replace("quote: Sudmark is", "quote: Sudmark was"), encoding="utf-8"
    )
    result = invoke("accept", EVENT, "--root", corpus)
    assert "attestation_quotes_statement" in result.output
    path.write_text(path.read_text(encoding="utf-8").replace("Sudmark was", "Sudmark is"), encoding="utf-8")
    assert result.exit_code == 1 and "accepted 5 drafts; refused 1 (c06)" in result.output
    built = invoke("build", "--root", corpus)
    assert built.exit_code == 0 and "1 draft is left out until accepted" in built.output
    assert f'"{EVENT}.c06"' not in published(corpus) and f'"{EVENT}.c05"' in published(corpus)


def test_compare_writes_the_same(corpus):  # noqa: F811
    """compare --event EVENT --draft shows the accounts and writes the claims that draft EVENT writes."""
    keep(corpus)
    compared = invoke("compare", "--event", EVENT, "--draft", "--root", corpus)
    assert compared.exit_code == 0 and "drafted 6 claims" in compared.output
    written = path_of(corpus).read_bytes()
    keep(corpus)
    invoke("draft", EVENT, "--root", corpus)
    assert path_of(corpus).read_bytes() == written


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["draft", "2021-03-04-harbor-talks"], "2021-03-04-harbor-talks"),
        (["accept", EVENT], "has no drafts"),
        (["compare", "a", "b", "--draft"], "pass --event"),
    ],
)
def test_what_cannot_be_drafted_is_one_line(corpus, arguments, message):  # noqa: F811
    """An unknown event, an event without drafts and --draft without an event are said in one line."""
    result = invoke(*arguments, "--root", corpus)
    assert message in str(result.exception) and "\n" not in str(result.exception)


def test_drafts_of_statements_are_not_enough(corpus):  # noqa: F811
    """Claims are drafted from accepted statements of two accounts; with fewer, one line says how to get them."""
    keep(corpus)
    as_drafts(corpus, "s01", "s02", "s03", "s04", "s05")
    for source in ("mirror-2021-03-06-harbour", "tidings-2021-03-05-harbour"):
        path = corpus / "data" / "sources" / source / "curation.yaml"
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in value["statements"]:
            entry["draft"] = "rules 0.80"
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    result = invoke("draft", EVENT, "--root", corpus)
    assert "needs accepted statements of two accounts" in str(result.exception)


def test_claims_are_drafted_by_rules_only(corpus):  # noqa: F811
    """Another engine than rules is refused for an event, on one line."""
    done = invoke("draft", EVENT, "--engine", "model", "--root", corpus)
    assert done.exit_code and "drafted by rules only" in str(done.exception)
