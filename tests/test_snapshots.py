"""Other states of the package: git revisions, folders, releases."""

from __future__ import annotations

import json
import shutil

import pytest

from readouts.findings import PackageError
from readouts.layout import Layout
from readouts.releases.comparison import compare
from readouts.releases.snapshots import hashes_at, read_snapshot
from readouts.tables.definitions import read_tables
from readouts.tables.ledger import Ledger, read_ledger
from readouts.tables.rows import Rows
from tests.versioning import git

S03 = "xinhua-2019-09-27-celac-quartet.s03"


def snapshot(package, reference):
    layout = Layout(package)
    return read_snapshot(str(reference), layout, read_tables(layout), read_ledger(layout))


def published(package) -> Rows:
    """The tables as they stand in the files."""
    layout, rows = Layout(package), Rows()
    for name in read_tables(layout):
        path = layout.table(name, "jsonl")
        lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
        rows.tables[name] = [json.loads(line) for line in lines if line]
    return rows


def difference(package, reference):
    layout = Layout(package)
    return compare(snapshot(package, reference), published(package), read_tables(layout), read_ledger(layout))


def change_table(package, name="statements", old='"cue":"called on"', new='"cue":"called upon"'):
    path = Layout(package).table(name, "jsonl")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("reference", ["HEAD", "HEAD~1", "main", "v1.0.0", "1.0.0"])
def test_a_revision_is_read_without_a_checkout(repository, reference):
    """Committed tables are read from git; the files on disk, changed meanwhile, stay as they are."""
    change_table(repository)
    before = (repository / "data" / "tables" / "statements.jsonl").read_bytes()
    found = difference(repository, reference)
    assert {c.record for c in found.changes if c.kind == "changed" and c.table == "statements"} == {S03}
    assert found.level == "patch" and not found.columns
    assert (repository / "data" / "tables" / "statements.jsonl").read_bytes() == before
    assert not git(repository, "status", "--short", "--", "schema")


def test_a_package_in_a_folder_of_its_repository(repository, tmp_path):
    """The package may be a folder of a greater repository."""
    outer = tmp_path / "outer"
    outer.mkdir()
    shutil.copytree(repository, outer / "inner", ignore=shutil.ignore_patterns(".git"))
    git(outer, "init", "-q")
    git(outer, "add", "-A")
    git(outer, "commit", "-qm", "all")
    change_table(outer / "inner")
    assert [c.record for c in difference(outer / "inner", "HEAD").changes if c.table == "statements"] == [S03]


def test_a_folder_is_read(repository, tmp_path):
    """Another checkout or a bundle is a state too, and without schemas its columns are not compared, which is said."""
    other = tmp_path / "other"
    shutil.copytree(repository / "data" / "tables", other / "data" / "tables")
    change_table(repository)
    found = difference(repository, other)
    assert [c.record for c in found.changes if c.table == "statements"] == [S03]
    assert "columns are not compared" in found.notes[0]
    shutil.copytree(repository / "schema", other / "schema")
    schema = other / "schema" / "tables" / "statements.schema.json"
    schema.write_text(schema.read_text(encoding="utf-8").replace('"cue"', '"verb"'), encoding="utf-8")
    found = difference(repository, other)
    assert [(c.column, c.what) for c in found.columns] == [("cue", "added"), ("verb", "removed")]
    assert found.level == "major" and not found.notes


def test_release_without_tag_is_read_from_the_ledger(repository):
    """Which records were added, changed and withdrawn is known by their hashes; that old values are not is said."""
    change_table(repository)
    path = repository / "data" / "tables" / "statements.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    new = json.dumps(json.loads(lines[0]) | {"statement_id": "new.s01"}, ensure_ascii=False)
    path.write_text("\n".join([*lines[1:], new]) + "\n", encoding="utf-8")
    with_tag = difference(repository, "1.0.0")
    git(repository, "tag", "-d", "v1.0.0")
    without = difference(repository, "1.0.0")
    assert "the tag v1.0.0 is missing" in without.notes[0]
    assert [(c.table, c.record, c.kind) for c in without.changes] == [(c.table, c.record, c.kind) for c in with_tag.changes]  # fmt: skip
    assert {c.record: c.kind for c in without.changes} == {json.loads(lines[0])["statement_id"]: "withdrawn", "new.s01": "added", S03: "changed"}  # fmt: skip
    assert not any(c.fields for c in without.changes) and any(c.fields for c in with_tag.changes)
    assert without.level == with_tag.level == "major"


def test_release_without_repository_is_read_from_the_ledger(repository):
    """A download without git can still be compared with a release."""
    shutil.rmtree(repository / ".git")
    assert not difference(repository, "1.0.0").changes


def test_a_tag_that_is_not_the_release_is_not_believed(repository):
    """Where the tag's tables are not what the ledger says was repository, the ledger is used, and it is said."""
    change_table(repository)
    git(repository, "commit", "-qam", "other")
    git(repository, "tag", "-f", "v1.0.0")
    found = difference(repository, "1.0.0")
    assert "the tag v1.0.0 does not match the ledger" in found.notes[0]
    assert [c.record for c in found.changes] == [S03]


def test_columns_are_compared_with_the_ledger_alone(repository):
    """A column added, removed, changed or with further terms is told by its name from the ledger."""
    git(repository, "tag", "-d", "v1.0.0")
    path = repository / "schema" / "tables" / "statements.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    columns = schema["properties"]
    columns["verb"] = columns.pop("cue")
    columns["section"]["enum"].append("footnote")
    columns["language"]["type"] = ["string", "null"]
    path.write_text(json.dumps(schema), encoding="utf-8")
    rows = published(repository)
    layout = Layout(repository, repository / "schema")
    found = compare(snapshot(repository, "1.0.0"), rows, read_tables(layout), read_ledger(layout))
    assert sorted((c.column, c.what) for c in found.columns) == [
        ("cue", "removed"),
        ("language", "changed"),
        ("section", "terms added"),
        ("verb", "added"),
    ]
    assert found.level == "major"


def test_content_of_an_older_release():
    """Of an older release the ledger knows what was there, and the hash of what was not revised since."""

    def line(added, revised=None, withdrawn=None):
        return {"added_in": added, "revised_in": revised, "withdrawn_in": withdrawn, "sha256": "h"}

    ledger = Ledger(
        {
            ("statements", "kept"): line("1.0.0"),
            ("statements", "revised"): line("1.0.0", "1.2.0"),
            ("statements", "later"): line("1.2.0"),
            ("statements", "gone since"): line("1.0.0", None, "2.0.0"),
            ("statements", "gone before"): line("1.0.0", None, "1.1.0"),
            ("releases", "1.1.0"): line("1.1.0"),
        }
    )
    assert hashes_at(ledger, "1.1.0") == {("statements", "kept"): "h", ("statements", "revised"): None, ("statements", "gone since"): "h"}  # fmt: skip


@pytest.mark.parametrize("reference", ["nothing", "9.9.9", "--output=x", "HEAD:README.md", "", "data", "HEAD~9"])
def test_unknown_references_are_refused(repository, reference, monkeypatch):
    """A name that is no revision, folder or release is one clear error; none is taken for an option of git."""
    monkeypatch.chdir(repository)
    with pytest.raises(PackageError, match="is not a "):
        snapshot(repository, reference)
    assert not (repository / "x").exists()


@pytest.mark.parametrize("data", [b"{\n", b"[]\n", b'{"statement_id": "a"}\n{"statement_id": "a"}\n', b"\xff\n", b"{}\n", b"1\n"])  # fmt: skip
def test_a_state_that_cannot_be_read_is_refused(repository, tmp_path, data):
    """Foreign tables that are no records are one clear error that names the file."""
    other = tmp_path / "other"
    shutil.copytree(repository / "data" / "tables", other / "data" / "tables")
    (other / "data" / "tables" / "statements.jsonl").write_bytes(data)
    with pytest.raises(PackageError, match=r"data/tables/statements\.jsonl"):
        snapshot(repository, other)


@pytest.mark.parametrize("schema", ["{", "[]", '{"title": 1, "description": 2, "properties": {"a": {"type": []}}, "x-primaryKey": [], "x-foreignKeys": []}'])  # fmt: skip
def test_a_schema_that_cannot_be_read_is_refused(repository, tmp_path, schema):
    """Foreign schemas that define no table are one clear error."""
    other = tmp_path / "other"
    shutil.copytree(repository, other, ignore=shutil.ignore_patterns(".git"))
    (other / "schema" / "tables" / "statements.schema.json").write_text(schema, encoding="utf-8")
    with pytest.raises(PackageError, match=r"statements\.schema\.json"):
        snapshot(repository, other)
