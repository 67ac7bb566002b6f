"""CHANGELOG.md and CITATION.cff: derived parts are updated, handwritten parts stay."""

from __future__ import annotations

import hashlib
from pathlib import Path

import jsonschema
import pytest
import yaml

from readouts.core.definitions import ORDER
from readouts.core.layout import Layout
from readouts.curation.corpus import corpus_from_facts, read_corpus
from readouts.ledger.ledger import Ledger
from readouts.ledger.release_status import ReleaseStatus
from readouts.publication.changelog import SKELETON, changelog, with_release
from readouts.publication.citation import citation

ROOT = Path(__file__).resolve().parents[1]
KEY = ("statements", "a.s01")


def ledger_of(*versions) -> Ledger:
    return Ledger({("releases", v): {"record_id": v, "released_on": f"2026-12-0{n}", "reason": None} for n, v in enumerate(versions, 1)})  # fmt: skip


def state(version, level="none", **keys) -> ReleaseStatus:
    return ReleaseStatus(
        version,
        *(tuple(keys.get(name, ())) for name in ("added", "revised", "withdrawn", "extended")),
        level,
    )


def test_notes_move_into_the_release():
    """Notes under Unreleased move into the section of the release, above its derived part."""
    text = (
        changelog(SKELETON, state("1.0.0", "minor", added=[KEY]), ledger_of("1.0.0"))
        + "\nA note.\n\n## [1.0.0] - 2026-12-01\n\nOld.\n"
    )
    assert "### Added\n\n- statements (1): `a.s01`\n<!-- end of derived -->\n\nA note." in text
    after = ledger_of("1.0.0", "1.1.0")
    text = with_release(
        text,
        state("1.0.0", "minor", added=[KEY]),
        after,
        {name: [{}] if name == "statements" else [] for name in ORDER},
    )
    text = changelog(text, state("1.1.0"), after)
    assert text.endswith(
        "## [Unreleased]\n\n<!-- derived: unreleased -->\nNothing has changed since 1.1.0.\n<!-- end of derived -->\n\n"
        "## [1.1.0] - 2026-12-02\n\nA note.\n\n### Added\n\n- statements (1): `a.s01`\n\nIn all: 1 statement.\n\n"
        "## [1.0.0] - 2026-12-01\n\nOld.\n"
    )
    assert changelog(text, state("1.1.0"), after) == text


@pytest.mark.parametrize("text", ["# Changelog\n", "# Changelog\n\n## [1.0.0] - 2026-12-01\n\nOld.\n", "# Changelog\n\n## [Unreleased]\n\nA note.\n"])  # fmt: skip
def test_derived_part_is_added_below_unreleased(text):
    """A file without the derived part gets it above the releases; all other lines stay."""
    found = changelog(text, state("0.0.0"), Ledger())
    assert (
        "## [Unreleased]\n\n<!-- derived: unreleased -->\nNot yet released.\n<!-- end of derived -->\n"
        in found
    )
    assert all(line in found for line in text.split("\n")) and found.startswith("# Changelog\n")
    assert changelog(found, state("0.0.0"), Ledger()) == found


def test_long_lists_are_counted_and_reasons_listed():
    """Twenty ids are listed, the others counted; withdrawn ids have their reason, escaped."""
    many = [("statements", f"a.s{n:02}") for n in range(25)]
    ledger = ledger_of("1.0.0")
    ledger.entries["claims", "e.c01"] = {"reason": "no <b>claim</b>"}
    text = changelog(
        SKELETON,
        state("1.0.0", "major", added=many, withdrawn=[("claims", "e.c01"), ("pairs", "x")]),
        ledger,
    )
    assert (
        "- statements (25): `a.s00`" in text
        and "`a.s19` and 5 more\n" in text
        and "a.s20" not in text
    )
    assert "### Removed\n\n- claims: `e.c01` (no &lt;b&gt;claim&lt;/b&gt;)\n- 1 pair\n" in text


def test_citation_has_the_facts_of_the_corpus():
    """Title, authors and ORCID come from the corpus; version and date from the newest release, if there is one."""
    facts = yaml.safe_load(
        (ROOT / "tests/examples/base/data/corpus.yaml").read_text(encoding="utf-8")
    )["corpus"]
    corpus = corpus_from_facts({**facts, "title": 'A: "b" # c', "homepage": "https://example.org/"})
    before = yaml.safe_load(citation(corpus, Ledger()))
    assert (
        before["title"] == 'A: "b" # c'
        and before["url"] == "https://example.org/"
        and "version" not in before
    )
    assert before["authors"] == [
        {"name": "Ada Lind", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    ]
    after = yaml.load(citation(corpus, ledger_of("1.0.0", "1.1.0")), yaml.BaseLoader)
    assert (after["version"], after["date-released"]) == ("1.1.0", "2026-12-02")


@pytest.mark.parametrize("versions", [(), ("1.0.0",)])
def test_citation_is_valid(versions):
    """CITATION.cff matches the schema of the Citation File Format 1.2.0, before and after a release."""
    check_jsonschema = pytest.importorskip(
        "check_jsonschema", reason="check-jsonschema, which has the schema, is not installed"
    )
    schema = (
        Path(check_jsonschema.__file__).parent
        / "builtin_schemas"
        / "vendor"
        / "citation-file-format.json"
    )
    text = citation(read_corpus(Layout(ROOT)), ledger_of(*versions))
    value = yaml.load(text, yaml.BaseLoader)
    validator = jsonschema.Draft7Validator(
        yaml.safe_load(schema.read_text(encoding="utf-8")),
        format_checker=jsonschema.FormatChecker(),
    )
    assert not [error.message for error in validator.iter_errors(value)]
    assert list(validator.iter_errors({**value, "authors": []}))


def test_licences_are_complete():
    """LICENSE is the exact Apache License 2.0, and LICENSE-DATA names CC BY 4.0 and its exceptions."""
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
    text = (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text
    assert (
        "in no case the words taken from a source" in text and "data/sources/*/source.txt" in text
    )
