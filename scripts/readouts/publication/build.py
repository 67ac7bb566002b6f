"""`readouts build`: regenerates all derived files from captured, curated and released data."""

from __future__ import annotations

import re
from pathlib import Path

from ..compile.files import csv_from_rows, jsonl_from_rows
from ..compile.rows import Row, Rows
from ..core.definitions import Table
from ..core.findings import Finding, PackageError
from ..core.layout import Layout
from ..core.switching import switch
from ..curation.corpus import Corpus, read_corpus
from ..ledger.ledger import Ledger
from ..ledger.reading import read_ledger
from ..ledger.release_status import ReleaseStatus, status_since_release
from ..rules.views import shell_views, with_derived
from ..validation.outcome import Validation
from .blocks import CardInputs, has_blocks, with_blocks
from .card import card
from .changelog import changelog
from .citation import citation
from .descriptor import bytes_from_descriptor, descriptor
from .readback import require_same_rows

Contents = dict[Path, bytes | None]


def derived_files(
    layout: Layout,
    tables: dict[str, Table],
    rows: Rows,
    ledger: Ledger | None = None,
    jsonl: dict[str, bytes] | None = None,
    state: ReleaseStatus | None = None,
) -> Contents:
    """Every derived file's bytes (None: it must not exist). `rows` are stamped already. Raises PackageError.

    Known values can be passed in: `jsonl` are the rows by table in JSONL, `state` is their release
    status.
    """
    corpus, ledger = read_corpus(layout), ledger or read_ledger(layout)
    jsonl = jsonl or {name: jsonl_from_rows(rows.tables[name]) for name in tables}
    contents: Contents = {}
    forms: dict[str, dict[str, tuple[str, bytes]]] = {}
    for name, table in tables.items():
        contents |= dict.fromkeys(layout.table(name, form) for form in ("csv", "jsonl"))
        if rows.tables[name]:
            forms[name] = _table_files(layout, table, rows.tables[name], jsonl[name])
            for form, (_, data) in forms[name].items():
                contents[layout.table(name, form)] = data
    if layout.tables.is_dir():
        for stray in layout.tables.iterdir():
            contents.setdefault(stray, None)
    contents[layout.exclusions] = jsonl_from_rows(rows.exclusions)
    if layout.published_views.exists():
        views = shell_views(tables, forms, ledger_present=bool(ledger.entries))
        contents[layout.published_views] = with_derived(
            _read(layout, layout.guard_views), views
        ).encode()
    package = descriptor(corpus, tables, forms, rows.tables["sources"], ledger)
    contents[layout.descriptor] = bytes_from_descriptor(package)
    written = {name: found["jsonl"] for name, found in forms.items()}
    contents |= _document_files(layout, _card_inputs(layout, corpus, tables, rows, ledger, written))
    if layout.changelog.exists():
        state = state or status_since_release(rows.tables, tables, ledger)
        contents[layout.changelog] = changelog(
            _read(layout, layout.changelog), state, ledger
        ).encode()
    contents[layout.citation] = citation(corpus, ledger)
    return contents


def _card_inputs(
    layout: Layout,
    corpus: Corpus,
    tables: dict[str, Table],
    rows: Rows,
    ledger: Ledger,
    written: dict[str, tuple[str, bytes]],
) -> CardInputs:
    """Return what the dataset card shows. `written` has the path and the bytes of each table in JSONL."""
    return CardInputs(
        corpus,
        tables,
        rows.tables,
        ledger,
        layout.vocabulary,
        lambda name: written[name][0].removeprefix("data/"),
        lambda name: len(written[name][1]),
        _rates(layout),
    )


def _table_files(
    layout: Layout, table: Table, rows: list[Row], jsonl: bytes
) -> dict[str, tuple[str, bytes]]:
    """Return the (path, bytes) of a table that has rows, by format. Raises PackageError if bytes that would replace a file do not read back as them."""
    files = {"csv": csv_from_rows(table, rows), "jsonl": jsonl}
    for form, data in files.items():
        if _current(layout.table(table.name, form)) != data:
            require_same_rows(table, form, data, rows)
    return {
        form: (layout.relative(layout.table(table.name, form)), data)
        for form, data in files.items()
    }


def _document_files(layout: Layout, inputs: CardInputs) -> Contents:
    """Return the card and every document that has derived blocks."""
    contents: Contents = {}
    contents[layout.card] = card(
        _read(layout, layout.card), layout.relative(layout.card), inputs
    ).encode()
    for path in layout.iter_documents():
        text = _read(layout, path)
        if has_blocks(text):
            contents[path] = with_blocks(text, layout.relative(path), inputs).encode()
    return contents


def derived_from(layout: Layout, outcome: Validation) -> Contents:
    """Return the derived files of a package that was found valid. Raises PackageError."""
    return derived_files(
        layout, outcome.tables, outcome.rows, outcome.ledger, outcome.jsonl, outcome.state
    )


def _rates(layout: Layout) -> str | None:
    """Return the table that the tamper test wrote into TRUST.md; None if there is none."""
    if not layout.trust.exists():
        return None
    found = re.search(
        r"<!-- rates -->\n(.*?)<!-- end of rates -->", _read(layout, layout.trust), re.DOTALL
    )
    return found and found[1]


def _read(layout: Layout, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PackageError(
            f"{layout.relative(path)} is missing, and the build updates it: restore it, or run `readouts init .`, which writes a new one"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"{layout.relative(path)} cannot be read: {error}") from error


def write_derived(layout: Layout, contents: Contents) -> list[str]:
    """Write the files that differ, all or none; return the names of the changed files. The caller holds `switching.exclusive`."""
    return sorted(layout.relative(path) for path in switch(layout, contents))


def differing(layout: Layout, contents: Contents) -> list[str]:
    """Return the names of the derived files that differ from a rebuild in any byte."""
    return sorted(
        layout.relative(path) for path, data in contents.items() if _current(path) != data
    )


def staleness(layout: Layout, outcome: Validation) -> list[Finding]:
    """Return a warning if derived files differ from a rebuild: one finding, at the first of them."""
    stale = differing(layout, derived_from(layout, outcome))
    if not stale:
        return []
    more = f" and {len(stale) - 1} more" if len(stale) > 1 else ""
    message = f"this derived file{more} {'are' if more else 'is'} out of date"
    return [
        Finding(
            "derived_is_fresh",
            "warning",
            stale[0],
            0,
            "",
            "",
            message,
            "Run `readouts build`; do not edit derived files.",
        )
    ]


def _current(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
