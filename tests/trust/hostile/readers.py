"""Every reader of the package as a function of bytes that raises only undeclared exceptions."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from readouts.capture import CaptureError, capture_from_bytes
from readouts.compile.compilation import compile_rows
from readouts.compile.pairs import pair_label
from readouts.core.definitions import read_schema, read_tables
from readouts.core.findings import PackageError
from readouts.core.layout import HOME, Layout
from readouts.core.switching import finish_interrupted
from readouts.core.values import SchemaValidator
from readouts.curation.quotations import INVISIBLE, Quotable
from readouts.curation.reading import read_curation
from readouts.curation.yaml_nodes import YamlProblem, read_yaml
from readouts.editing.formatting import format_files
from readouts.ledger.reading import read_ledger
from readouts.publication.descriptor import read_descriptor
from readouts.published.loading import Loaded, create, load_shard
from readouts.published.reading import iter_rows
from readouts.published.shards import Shard
from readouts.verification.manifest import read_manifest

SOURCE_ID = "2019-source"


@cache
def _layout() -> Layout:
    """Return an empty package with the rules of this one, in memory if the machine has such a folder."""
    shared = Path("/dev/shm")
    root = Path(tempfile.mkdtemp(prefix="hostile-", dir=shared if shared.is_dir() else None))
    for folder in ("data/sources", "data/events", "data/agents", "data/tables", ".readouts"):
        (root / folder).mkdir(parents=True)
    (root / "schema").symlink_to(HOME / "schema")
    return Layout(root)


@cache
def _tables() -> dict:
    return read_tables(Layout(HOME))


@cache
def _validator(name: str) -> SchemaValidator:
    return SchemaValidator(name, read_schema(Layout(HOME), name))


def yaml(data: bytes) -> None:
    """A curated file or the vocabulary as YAML, with line numbers, checked against the source schema."""
    try:
        document = read_yaml(data.decode("utf-8", "replace"))
    except YamlProblem as problem:
        assert problem.line >= 1
        return
    for problem in _validator("curation/source").iter_problems(document.value):
        document.line(problem.path)


def curation(data: bytes) -> None:
    """A package in which every curated file and capture has these bytes: read, compiled, formatted."""
    layout = _layout()
    for path in (
        layout.curated("agent", "agent"),
        layout.curated("event", "event"),
        layout.curated("source", SOURCE_ID),
        layout.capture(SOURCE_ID),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    found = read_curation(layout)
    compile_rows(found, _tables(), {})
    format_files(
        layout, [("source", SOURCE_ID, layout.curated("source", SOURCE_ID))], read_ledger(layout)
    )


def table(data: bytes) -> None:
    """Rows of a published table, as JSONL and CSV, checked against the schema."""
    for form in ("jsonl", "csv"):
        path = _layout().root / f"claims.{form}"
        path.write_bytes(data)
        for _, row, problem in iter_rows(Shard("claims", path, form), _tables()["claims"]):
            if not problem:
                list(_validator("tables/claims").iter_problems(row))


def published(data: bytes) -> None:
    """Rows of a published table, as JSONL and CSV, loaded into the database."""
    found = _tables()["claims"]
    for form in ("jsonl", "csv"):
        path = _layout().root / f"published.{form}"
        path.write_bytes(data)
        with duckdb.connect(config={"threads": 1}) as database:
            database.execute(
                "CREATE TABLE shards (table_name VARCHAR, path VARCHAR, form VARCHAR, first BIGINT, last BIGINT)"
            )
            create(database, found)
            for _ in load_shard(database, found, Shard("claims", path, form), Loaded()):
                pass


def ledger(data: bytes) -> None:
    """The release ledger."""
    layout = _layout()
    layout.ledger.write_bytes(data)
    try:
        read_ledger(layout)
    except PackageError:
        pass
    finally:
        layout.ledger.unlink()


def descriptor(data: bytes) -> None:
    """datapackage.json."""
    layout = _layout()
    layout.descriptor.write_bytes(data)
    with contextlib.suppress(PackageError):
        read_descriptor(layout)


def manifest(data: bytes) -> None:
    """The checksums of a bundle."""
    (_layout().root / "SHA256SUMS").write_bytes(data)
    with contextlib.suppress(PackageError):
        read_manifest(_layout().root)


def journal(data: bytes) -> None:
    """The journal of an interrupted write; it must not refer to a path outside the package."""
    layout = _layout()
    (layout.state_dir / "journal.json").write_bytes(data)
    with contextlib.suppress(PackageError):
        finish_interrupted(layout)


def page(data: bytes) -> None:
    """A saved page or text file to capture."""
    for name in ("page.html", "page.txt"):
        try:
            assert capture_from_bytes(data, name, accessed_on=date(2026, 11, 22)).text.encode()
        except CaptureError as error:
            assert error.message and error.hint


def quotation(data: bytes) -> None:
    """A text and a quotation to find in it: what is found equals the quotation except for white space, and for invisible characters if it has none."""
    text, _, words = data.decode("utf-8", "replace").partition("\x00")
    visible = not set(words) & set(INVISIBLE)
    for start, end in Quotable.of(text).find(words):
        found = "".join(text[start:end].split())
        if visible:
            found = "".join(character for character in found if character not in INVISIBLE)
        assert found == "".join(words.split()).strip(INVISIBLE)


def labels(data: bytes) -> None:
    """Relations to claims and the pair label: swapping the statements mirrors it."""
    names = ("equivalent", "broader", "narrower", "conflicting")
    left = {f"c{byte >> 4}": names[byte & 3] for byte in data[::2]}
    right = {f"c{byte >> 4}": names[byte & 3] for byte in data[1::2]}
    mirror = {"a_broader": "b_broader", "b_broader": "a_broader"}
    label = pair_label(left, right)
    assert pair_label(right, left) == mirror.get(label, label)


READERS: dict[str, Callable[[bytes], None]] = {
    f.__name__: f
    for f in (
        yaml,
        curation,
        table,
        published,
        ledger,
        descriptor,
        manifest,
        journal,
        page,
        quotation,
        labels,
    )
}
