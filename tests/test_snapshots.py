"""Other states of the package: git revisions, folders, releases."""

from __future__ import annotations

import json
import shutil

import pytest

from readouts.compile.rows import Rows
from readouts.core.definitions import read_tables
from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.ledger.ledger import Ledger
from readouts.ledger.reading import read_ledger
from readouts.releases.comparison import compare
from readouts.releases.snapshots import hashes_at, read_snapshot
from tests.reading import table_rows
from tests.versioning import git

S03 = "xinhua-2019-09-27-celac-quartet.s03"


def snapshot(package, reference):
    layout = Layout(package)
    return read_snapshot(str(reference), layout, read_tables(layout), read_ledger(layout))


def published(package) -> Rows:
    """Return the tables as in the files."""
    layout, rows = Layout(package), Rows()
    rows.tables.update({name: table_rows(name, package) for name in read_tables(layout)})
    return rows


def difference(package, reference):
    layout = Layout(package)
    return compare(
        snapshot(package, reference), published(package), read_tables(layout), read_ledger(layout)
    )


def change_table(package, name="statements", old='"cue":"called on"', new='"cue":"called upon"'):
    path = Layout(package).table(name, "jsonl")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("reference", ["HEAD", "HEAD~1", "main", "v1.0.0", "1.0.0"])
def test_revision_is_read_without_a_checkout(repository, reference):
    """Committed tables are read from git; changed files on disk stay as they are."""
    change_table(repository)
    before = (repository / "data" / "tables" / "statements.jsonl").read_bytes()
    found = difference(repository, reference)
    assert {c.record for c in found.changes if c.kind == "changed" and c.table == "statements"} == {
        S03
    }
    assert found.level == "patch" and not found.columns
    assert (repository / "data" / "tables" / "statements.jsonl").read_bytes() == before
    assert not git(repository, "status", "--short", "--", "schema")


def test_package_in_a_subfolder_of_its_repository(repository, tmp_path):
    outer = tmp_path / "outer"
    outer.mkdir()
    shutil.copytree(repository, outer / "inner", ignore=shutil.ignore_patterns(".git"))
    git(outer, "init", "-q")
    git(outer, "add", "-A")
    git(outer, "commit", "-qm", "all")
    change_table(outer / "inner")
    assert [
        c.record for c in difference(outer / "inner", "HEAD").changes if c.table == "statements"
    ] == [S03]


def test_folder_is_read(repository, tmp_path):
    """Another checkout or a bundle can be compared; without schemas a note says that columns are not compared."""
    other = tmp_path / "other"
    shutil.copytree(repository / "data" / "tables", other / "data" / "tables")
    change_table(repository)
    found = difference(repository, other)
    assert [c.record for c in found.changes if c.table == "statements"] == [S03]
    assert "columns are not compared" in found.notes[0]
    shutil.copytree(repository / "schema", other / "schema")
    schema = other / "schema" / "tables" / "statements.schema.json"
    schema.write_text(
        schema.read_text(encoding="utf-8").replace('"cue"', '"verb"'), encoding="utf-8"
    )
    found = difference(repository, other)
    assert [(c.column, c.what) for c in found.columns] == [("cue", "added"), ("verb", "removed")]
    assert found.level == "major" and not found.notes


def test_release_without_tag_is_read_from_the_ledger(repository):
    """Added, changed and withdrawn records are found by their hashes; a note says that old values are unknown."""
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
    """A download without git can be compared with a release."""
    shutil.rmtree(repository / ".git")
    assert not difference(repository, "1.0.0").changes


def test_tag_that_contradicts_the_ledger_is_ignored(repository):
    """If the tag's tables do not match the ledger, the ledger is used, with a note."""
    change_table(repository)
    git(repository, "commit", "-qam", "other")
    git(repository, "tag", "-f", "v1.0.0")
    found = difference(repository, "1.0.0")
    assert "the tag v1.0.0 does not match the ledger" in found.notes[0]
    assert [c.record for c in found.changes] == [S03]


def test_columns_are_compared_with_the_ledger(repository):
    """Added, removed and changed columns and additional terms are found with the ledger alone."""
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
    """The ledger has the records of an older release, and the hashes of those that were not revised since."""

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


@pytest.mark.parametrize(
    "reference", ["nothing", "9.9.9", "--output=x", "HEAD:README.md", "", "data", "HEAD~9"]
)
def test_unknown_references_are_refused(repository, reference, monkeypatch):
    """A name that is not a revision, folder or release is an error, and is never passed to git as an option."""
    monkeypatch.chdir(repository)
    with pytest.raises(PackageError, match="is not a "):
        snapshot(repository, reference)
    assert not (repository / "x").exists()


@pytest.mark.parametrize("data", [b"{\n", b"[]\n", b'{"statement_id": "a"}\n{"statement_id": "a"}\n', b"\xff\n", b"{}\n", b"1\n"])  # fmt: skip
def test_invalid_tables_of_a_folder_are_refused(repository, tmp_path, data):
    """The error names the file."""
    other = tmp_path / "other"
    shutil.copytree(repository / "data" / "tables", other / "data" / "tables")
    (other / "data" / "tables" / "statements.jsonl").write_bytes(data)
    with pytest.raises(PackageError, match=r"data/tables/statements\.jsonl"):
        snapshot(repository, other)


@pytest.mark.parametrize("schema", ["{", "[]", '{"title": 1, "description": 2, "properties": {"a": {"type": []}}, "x-primaryKey": [], "x-foreignKeys": []}'])  # fmt: skip
def test_invalid_schema_of_a_folder_is_refused(repository, tmp_path, schema):
    """The error names the file."""
    other = tmp_path / "other"
    shutil.copytree(repository, other, ignore=shutil.ignore_patterns(".git"))
    (other / "schema" / "tables" / "statements.schema.json").write_text(schema, encoding="utf-8")
    with pytest.raises(PackageError, match=r"statements\.schema\.json"):
        snapshot(repository, other)
