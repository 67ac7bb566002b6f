"""The index of the search: statements as Pagefind's records, so that a browser loads only the parts of the index that a query needs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..curation.quotations import is_unspaced
from ..tables.rows import Row
from .addresses import statement_place
from .records import Records

FOLDER = "pagefind"
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
"""Files of Pagefind's own interfaces, which the site does not use."""
AT_ONCE = 2_000
"""Records sent before their answers are awaited."""


def write_index(records: Records, folder: Path) -> None:
    """Write the index into a new folder."""
    with ThreadPoolExecutor(1) as thread:  # whoever calls may have an event loop of their own, as a notebook has
        thread.submit(lambda: asyncio.run(_write(records, folder))).result()
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()


async def _write(records: Records, folder: Path) -> None:
    from pagefind.index import IndexConfig, PagefindIndex

    config = IndexConfig(output_path=str(folder), force_language=_language_of(records))
    async with PagefindIndex(config=config) as index:
        waiting = []
        for record in iter_records(records):
            waiting.append(index.add_custom_record(**record))
            if len(waiting) >= AT_ONCE:
                await asyncio.gather(*waiting)
                waiting.clear()
        await asyncio.gather(*waiting)
        await index.write_files()


def _language_of(records: Records) -> str:
    """The language by whose rules words are reduced to their stem; none in a corpus of several languages, where one index holds all."""
    spoken = {statement["language"].partition("-")[0] for statement in records.rows["statements"]}
    return spoken.pop() if len(spoken) == 1 else "unknown"


def spaced(text: str) -> str:
    """The text with spaces around each character of a script without spaces, which makes each a word of the index."""
    return "".join(f" {character} " if is_unspaced(character) else character for character in text)


def iter_records(records: Records) -> Iterator[dict[str, Any]]:
    """The statements as Pagefind takes them."""
    for statement in records.rows["statements"]:
        yield _record(statement)


def _record(statement: Row) -> dict[str, Any]:
    speaker = statement["speaker_name"] or statement["speaker_label"] or ""
    filters = {
        "speaker": speaker, "publisher": statement["publisher_name"], "year": str(statement["date"] or "")[:4],
        "mode": statement["mode"], "act": statement["speech_act"],
    }  # fmt: skip
    return {
        "url": statement_place(statement["statement_id"]),
        "content": spaced(statement["text"]),
        "language": statement["language"].partition("-")[0],
        "meta": {"title": speaker or statement["statement_id"], "publisher": statement["publisher_name"] or "", "date": str(statement["date"] or "")},
        "filters": {name: [value] for name, value in filters.items() if value},
        "sort": {"date": str(statement["date"] or "")},
    }  # fmt: skip
