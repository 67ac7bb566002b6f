"""`readouts rename`: one id for another, everywhere, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readouts.validation import validate

MFA, EVENT = "mfa-2019-09-26-celac-quartet", "2019-09-26-china-celac-quartet"


def tree(package: Path) -> dict[str, bytes]:
    return {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.is_file() and ".readouts" not in path.parts
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MFA, "mfa-2019-09-26-dialogue"),
        (EVENT, "2019-09-26-dialogue"),
        ("wang-yi", "minister-wang"),
        ("mfa-prc", "ministry"),
        (f"{MFA}.s02", f"{MFA}.s40"),
        (f"{EVENT}.c01", f"{EVENT}.c90"),
    ],
)
def test_a_renamed_record_is_named_anew_everywhere(run, unreleased, old, new):
    """The package stays valid, the old id stands nowhere in the curated files, and renaming back restores every byte."""
    remarked = unreleased / "data/agents/wang-yi.yaml"
    remarked.write_text(remarked.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    before = tree(unreleased)
    assert run("rename", old, new, "--root", unreleased).returncode == 0
    assert not [finding for finding in validate(unreleased) if finding.severity == "error"]
    if "." not in old:
        curated = [path for name, path in tree(unreleased).items() if name.endswith(".yaml") and "schema/" not in name]
        words = [data.decode("utf-8").replace("'", " ").split() for data in curated]
        assert not any(word.strip('":') == old or word.startswith(f"{old}.") for text in words for word in text)
        assert not any(f"/{old}/" in name or name.endswith(f"/{old}.yaml") for name in tree(unreleased))
    assert tree(unreleased) != before
    assert run("rename", new, old, "--root", unreleased).returncode == 0
    assert tree(unreleased) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nobody", "x", "unknown source, event"),
        ("wang-yo", "x", "did you mean `wang-yi`?"),
        (MFA, "xinhua-2019-09-27-celac-quartet", "exists already"),
        (MFA, "Not An Id", "cannot be an id"),
        (MFA, "../x", "cannot be an id"),
        (f"{MFA}.s02", f"{MFA}.s03", "already"),
        (f"{MFA}.s77", f"{MFA}.s78", "unknown statement"),
        (f"{MFA}.s02", "xinhua-2019-09-27-celac-quartet.s30", "stays in its file"),
    ],
)
def test_a_rename_that_cannot_be_is_one_line(run, unreleased, old, new, message):
    """Exit 2, one line, no byte changed."""
    before = tree(unreleased)
    done = run("rename", old, new, "--root", unreleased)
    assert done.returncode == 2 and message in done.stderr and done.stderr.count("\n") == 1
    assert tree(unreleased) == before


def test_a_released_id_never_changes(package):
    """What the ledger holds is neither renamed nor taken as a new id; the message says what to do instead."""
    from readouts.findings import PackageError
    from readouts.layout import Layout
    from readouts.renaming import renamed_files
    from readouts.tables.ledger import Ledger

    ledger = Ledger({("agents", "wang-yi"): {"withdrawn_in": None}, ("agents", "old"): {"withdrawn_in": "1.1.0"}})
    with pytest.raises(PackageError, match="readouts withdraw wang-yi"):
        renamed_files(Layout.of(package), ledger, "wang-yi", "x")
    with pytest.raises(PackageError, match="never used again"):
        renamed_files(Layout.of(package), ledger, "xinhua", "old")


def test_a_file_that_cannot_be_read_stops_the_rename(run, unreleased):
    """It may name the record, so nothing is renamed."""
    (unreleased / "data/agents/celac.yaml").write_text("agent: [\n", encoding="utf-8")
    before = tree(unreleased)
    done = run("rename", "wang-yi", "minister-wang", "--root", unreleased)
    assert done.returncode == 2 and "data/agents/celac.yaml" in done.stderr and tree(unreleased) == before


def test_every_reference_of_the_schemas_is_known_to_rename(root):
    """Each property of the curated files whose value is an id is among the places that rename looks at."""
    from readouts.curation.references import ANY_KEY, ITEM, REFERENCES, REFERRING_KEYS

    def ids(schema: dict, place: tuple[str, ...]):
        pattern = schema.get("pattern") or schema.get("propertyNames", {}).get("pattern", "")
        if "[a-z0-9][a-z0-9-]*" in pattern:
            yield (*place, ANY_KEY) if "propertyNames" in schema else place
        for name, child in schema.get("properties", {}).items():
            yield from ids(child, (*place, name))
        if "items" in schema:
            yield from ids(schema["items"], (*place, ITEM))

    for kind, places in REFERENCES.items():
        schema = json.loads((root / f"schema/curation/{kind}.schema.json").read_text(encoding="utf-8"))
        found = set(ids(schema, ())) - {("offices", ITEM, "id")}
        assert found == set(places) | set(REFERRING_KEYS.get(kind, ()))


@pytest.mark.parametrize(("kind", "name"), [("events", EVENT), ("sources", MFA), ("agents", "wang-yi")])
def test_a_record_whose_file_was_renamed_by_hand_comes_back_to_its_id(run, package, kind, name):
    """A released id whose record is gone may be given to the record that lies under another name, and all is as it was."""
    ending = "" if kind == "sources" else ".yaml"
    before = tree(package)
    path = package / "data" / kind / f"{name}{ending}"
    path.rename(path.with_name(f"2019-other{ending}"))
    hints = [finding.hint for finding in validate(package) if finding.code == "reference_resolves"]
    assert hints and all(f"`readouts rename NEW {name}`" in hint for hint in hints)
    done = run("rename", "2019-other", name, "--root", package)
    assert done.returncode == 0, done.stderr
    assert {key: data for key, data in tree(package).items() if ".readouts" not in key} == before


def test_the_drafts_in_comments_follow_a_renamed_source(run, package):
    """What a draft of a claim names as its statement has the new id; other comments and ids stay as they are."""
    page = Path(__file__).parent / "pages/contribution/call.html"
    assert (
        run("add", page, "--no-draft", "--event", "2026-03-04-call", "--id", "old-call", "--root", package).returncode
        == 0
    )
    event = package / "data/events/2026-03-04-call.yaml"
    text = event.read_text(encoding="utf-8") + "# old-call.s02, not too-old-call.s02 nor old-call-2.s01\n"
    event.write_text(text, encoding="utf-8")
    assert "statement: old-call.s01" in text
    assert run("rename", "old-call", "new-call", "--root", package).returncode == 0
    text = event.read_text(encoding="utf-8")
    assert "statement: new-call.s01" in text and "statement: old-call.s01" not in text
    assert text.endswith("# new-call.s02, not too-old-call.s02 nor old-call-2.s01\n")
