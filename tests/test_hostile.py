"""Hostile input causes no traceback, no hang and no unwanted output."""

from __future__ import annotations

import hashlib
import json
import os
import time

import pytest

from readouts.core.definitions import ORDER, read_schema, read_tables
from readouts.core.findings import PackageError
from readouts.core.layout import HOME, Layout
from readouts.core.switching import exclusive
from readouts.core.values import SchemaValidator
from readouts.curation.reading import read_curation
from readouts.curation.yaml_nodes import read_yaml
from readouts.publication.markdown import as_text
from readouts.published.checks import validate_folder
from readouts.published.reading import iter_rows
from readouts.published.shards import Shard

from .trust.hostile.inputs import try_invented
from .trust.hostile.readers import READERS


@pytest.mark.parametrize("name", READERS)
def test_readers_accept_or_refuse_any_input(name):
    """A reader accepts generated input or raises a declared exception."""
    try_invented(name, 60)


def test_line_of_eight_megabytes_is_checked_quickly():
    """A value of 8 MB is read and refused within seconds."""
    begun = time.process_time()
    document = read_yaml("event: {name: '" + "x" * 7_900_000 + "'}")
    validator = SchemaValidator("curation/event", read_schema(Layout(HOME), "curation/event"))
    assert list(validator.iter_problems(document.value))
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "a-" * 100_000,
        " " * 200_000,
        "A а" * 60_000,
        "”“" * 100_000,
        "1" * 200_000 + "\n",
    ],
)
def test_patterns_do_not_backtrack(text):
    """Every pattern of every schema is fast for long text that almost matches."""

    def patterns(node):
        if isinstance(node, dict):
            yield from ([node["pattern"]] if isinstance(node.get("pattern"), str) else [])
            node = list(node.values())
        for child in node if isinstance(node, list) else ():
            yield from patterns(child)

    names = [f"tables/{name}" for name in ORDER] + [
        f"curation/{kind}" for kind in ("source", "event", "agent")
    ]
    for pattern in {p for name in names for p in patterns(read_schema(Layout(HOME), name))}:
        validator, begun = SchemaValidator("pattern", {"pattern": pattern}), time.monotonic()
        validator.accepts(text)
        validator.accepts(text + "\x00")
        assert time.monotonic() - begun < 2, pattern


@pytest.mark.parametrize("name", ["../escape", "..", "/etc", "a b", "A", ".hidden", "a\nb", "=1+1"])
def test_ids_cannot_be_paths(name, package):
    """An invalid id in a folder name or a reference is reported, and no path is made of it."""
    if "/" not in name and name != "..":
        (package / "data" / "sources" / name).mkdir()
        assert any(
            f.code in ("id_form", "file_expected") for f in read_curation(Layout(package)).findings
        )
    path = package / "data" / "sources" / "xinhua-2019-09-27-celac-quartet" / "curation.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "event: 2019-09-26-china-celac-quartet", f"event: {json.dumps(name)}"
        ),
        encoding="utf-8",
    )
    assert any(
        f.code == "value_form" and f.field == "event"
        for f in read_curation(Layout(package)).findings
    )


def test_symbolic_links_are_not_followed(package, tmp_path):
    """A symbolic link instead of a curated file, a capture or the state folder is refused."""
    secret = tmp_path / "secret.txt"
    secret.write_text("agent: {type: person, name: Secret}\n", encoding="utf-8")
    (package / "data" / "agents" / "secret.yaml").symlink_to(secret)
    capture = package / "data" / "sources" / "xinhua-2019-09-27-celac-quartet" / "source.txt"
    capture.unlink()
    capture.symlink_to(secret)
    found = read_curation(Layout(package))
    assert sum(f.code == "file_readable" for f in found.findings) == 2
    assert (
        "agent",
        "secret",
    ) not in found.files and "xinhua-2019-09-27-celac-quartet" not in found.captures
    (package / ".readouts").symlink_to(tmp_path)
    with pytest.raises(PackageError, match="link"), exclusive(Layout(package)):
        pass


@pytest.mark.parametrize(
    "entry",
    [
        ["../gone.txt", None, "x", None],
        ["/gone.txt", None, "x", None],
        ["a", "../../x", None, "x"],
        ["a"],
        "abcd",
        [1, 2, 3, 4],
    ],
)
def test_journal_cannot_escape_package(entry, package):
    """A manipulated journal cannot delete or write outside the package."""
    victim = package.parent / "gone.txt"
    victim.write_text("still exists", encoding="utf-8")
    (package / ".readouts").mkdir()
    (package / ".readouts" / "journal.json").write_text(json.dumps([entry]), encoding="utf-8")
    with pytest.raises(PackageError), exclusive(Layout(package)):
        pass
    assert victim.read_text(encoding="utf-8") == "still exists"


def test_edit_after_an_interruption_is_kept(package):
    """A file that is edited between a killed command and the next one is not overwritten when that finishes the write."""
    layout = Layout(package)
    path = next((package / "data" / "agents").glob("*.yaml"))
    with exclusive(layout):
        pass
    (layout.state_dir / "staged").mkdir()
    (layout.state_dir / "staged" / "0-x").write_bytes(b"agent: {}\n")
    before, after = (
        hashlib.sha256(path.read_bytes()).hexdigest(),
        hashlib.sha256(b"agent: {}\n").hexdigest(),
    )
    (layout.state_dir / "journal.json").write_text(
        json.dumps([[path.relative_to(package).as_posix(), "0-x", before, after]]), encoding="utf-8"
    )
    path.write_bytes(b"typed since\n")
    with exclusive(layout):
        assert path.read_bytes() == b"typed since\n"


def test_show_escapes_control_characters(package, run):
    """`show` prints terminal escapes in a capture as text."""
    folder = package / "data" / "sources" / "xinhua-2019-09-27-celac-quartet"
    old = (folder / "source.txt").read_bytes()
    new = old + b"\n\x1b[2Jowned"
    (folder / "source.txt").write_bytes(new)
    curated = (folder / "curation.yaml").read_text(encoding="utf-8")
    hashes = [hashlib.sha256(data).hexdigest() for data in (old, new)]
    (folder / "curation.yaml").write_text(curated.replace(*hashes), encoding="utf-8")
    outcome = run("show", "xinhua-2019-09-27-celac-quartet", "--root", package)
    assert "owned" in outcome.stdout and "\x1b[2J" not in outcome.stdout


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://x)",
        "a | b",
        "`code`",
        "<!-- end of derived -->",
        "# head",
        "&lt;b&gt;",
        "$x$",
        "a\n\n- b",
    ],
)
def test_markup_is_escaped_on_the_card(words):
    """Quotations on the card are literal: they make no HTML, link or table cell and end no block."""
    shown = as_text(words)
    assert "<" not in shown and "\n" not in shown
    for mark in "|`[*_#$":
        assert shown.count(mark) == shown.count("\\" + mark), shown


def test_formulas_are_published_unchanged():
    """A value that a spreadsheet would compute is published as in the source; SECURITY.md says how to open such files."""
    from readouts.compile.files import csv_from_rows

    table = read_tables(Layout(HOME))["claims"]
    data = csv_from_rows(
        table,
        [{"claim_id": "a.c1", "event_id": "a", "proposition": "=HYPERLINK(1)", "added_in": None}],
    )
    assert b"=HYPERLINK(1)" in data


def test_invalid_csv_header_causes_no_traceback(tmp_path):
    """A CSV header that is not UTF-8, or has a duplicate column, is one finding (found by the fuzzer)."""
    table = read_tables(Layout(HOME))["claims"]
    for data in (b"claim_id,a\x9c\nx,y\n", b"claim_id,claim_id\nx,y\n"):
        path = tmp_path / "claims.csv"
        path.write_bytes(data)
        assert [
            (number, row) for number, row, _ in iter_rows(Shard("claims", path, "csv"), table)
        ] == [(1, None)]


def test_pipe_is_refused(package):
    """A pipe instead of a curated file is refused without waiting for it."""
    os.mkfifo(package / "data" / "agents" / "pipe.yaml")
    assert any(
        f.code == "file_readable" and "pipe" in f.path
        for f in read_curation(Layout(package)).findings
    )


def test_empty_file_has_no_rows(tmp_path):
    """An empty file of a published table causes no traceback (found by the fuzzer)."""
    (tmp_path / "claims.jsonl").write_bytes(b"")
    with validate_folder(Layout(HOME), tmp_path) as result:
        assert not result.failed and result.rows["claims"] == 0
