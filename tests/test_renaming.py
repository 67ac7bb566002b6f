"""`readouts rename`: it replaces an id everywhere and changes nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readouts.validation.validate import validate
from tests.reading import read_folder

MFA, EVENT = "mfa-2019-09-26-celac-quartet", "2019-09-26-china-celac-quartet"


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
def test_id_is_replaced_everywhere(run, unreleased, old, new):
    """The package stays valid, the old id is gone from the curated files, and renaming back restores every byte."""
    remarked = unreleased / "data/agents/wang-yi.yaml"
    remarked.write_text(remarked.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    before = read_folder(unreleased)
    assert run("rename", old, new, "--root", unreleased).returncode == 0
    assert not [finding for finding in validate(unreleased) if finding.severity == "error"]
    if "." not in old:
        curated = [
            path
            for name, path in read_folder(unreleased).items()
            if name.endswith(".yaml") and "schema/" not in name
        ]
        words = [data.decode("utf-8").replace("'", " ").split() for data in curated]
        assert not any(
            word.strip('":') == old or word.startswith(f"{old}.") for text in words for word in text
        )
        assert not any(
            f"/{old}/" in name or name.endswith(f"/{old}.yaml") for name in read_folder(unreleased)
        )
    assert read_folder(unreleased) != before
    assert run("rename", new, old, "--root", unreleased).returncode == 0
    assert read_folder(unreleased) == before


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
def test_invalid_rename_is_refused(run, unreleased, old, new, message):
    """The error is one line, and no file changes."""
    before = read_folder(unreleased)
    done = run("rename", old, new, "--root", unreleased)
    assert done.returncode == 2 and message in done.stderr and done.stderr.count("\n") == 1
    assert read_folder(unreleased) == before


def test_released_id_cannot_be_renamed(package):
    """A released id is neither renamed nor used as a new id; the message says what to do instead."""
    from readouts.core.findings import PackageError
    from readouts.core.layout import Layout
    from readouts.editing.renaming import renamed_files
    from readouts.ledger.ledger import Ledger

    ledger = Ledger(
        {
            ("agents", "wang-yi"): {"withdrawn_in": None},
            ("agents", "old"): {"withdrawn_in": "1.1.0"},
        }
    )
    with pytest.raises(PackageError, match="readouts withdraw wang-yi"):
        renamed_files(Layout.of(package), ledger, "wang-yi", "x")
    with pytest.raises(PackageError, match="never used again"):
        renamed_files(Layout.of(package), ledger, "xinhua", "old")


def test_invalid_file_stops_the_rename(run, unreleased):
    """Nothing is renamed, because the file may refer to the record."""
    (unreleased / "data/agents/celac.yaml").write_text("agent: [\n", encoding="utf-8")
    before = read_folder(unreleased)
    done = run("rename", "wang-yi", "minister-wang", "--root", unreleased)
    assert (
        done.returncode == 2
        and "data/agents/celac.yaml" in done.stderr
        and read_folder(unreleased) == before
    )


def test_rename_covers_every_reference_of_the_schemas(root):
    """Each property of the curated files whose value is an id is known to rename."""
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
        schema = json.loads(
            (root / f"schema/curation/{kind}.schema.json").read_text(encoding="utf-8")
        )
        found = set(ids(schema, ())) - {("offices", ITEM, "id")}
        assert found == set(places) | set(REFERRING_KEYS.get(kind, ()))


@pytest.mark.parametrize(
    ("kind", "name"), [("events", EVENT), ("sources", MFA), ("agents", "wang-yi")]
)
def test_record_renamed_by_hand_gets_its_released_id_back(run, package, kind, name):
    """A record whose file was renamed by hand can be renamed to its missing released id."""
    ending = "" if kind == "sources" else ".yaml"
    before = read_folder(package)
    path = package / "data" / kind / f"{name}{ending}"
    path.rename(path.with_name(f"2019-other{ending}"))
    hints = [finding.hint for finding in validate(package) if finding.code == "reference_resolves"]
    assert hints and all(f"`readouts rename NEW {name}`" in hint for hint in hints)
    done = run("rename", "2019-other", name, "--root", package)
    assert done.returncode == 0, done.stderr
    assert read_folder(package) == before


def test_drafts_in_comments_get_the_new_id(run, package):
    """Statement ids in commented drafts of claims are renamed; similar ids are not."""
    page = Path(__file__).parent / "pages/contribution/call.html"
    assert (
        run(
            "add",
            page,
            "--no-draft",
            "--event",
            "2026-03-04-call",
            "--id",
            "old-call",
            "--root",
            package,
        ).returncode
        == 0
    )
    event = package / "data/events/2026-03-04-call.yaml"
    text = (
        event.read_text(encoding="utf-8")
        + "# old-call.s02, not too-old-call.s02 nor old-call-2.s01\n"
    )
    event.write_text(text, encoding="utf-8")
    assert "statement: old-call.s01" in text
    assert run("rename", "old-call", "new-call", "--root", package).returncode == 0
    text = event.read_text(encoding="utf-8")
    assert "statement: new-call.s01" in text and "statement: old-call.s01" not in text
    assert text.endswith("# new-call.s02, not too-old-call.s02 nor old-call-2.s01\n")
