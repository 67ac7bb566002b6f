"""Every file of the site by its path, rendered on request: `site` writes them all, `preview` serves the requested ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..compile.files import csv_from_rows, jsonl_from_rows
from ..compile.rows import Row
from ..core.findings import PackageError
from . import addresses
from .agent_view import agent_values, events_values, home_values, sources_values, speakers_values
from .data_view import data_pages
from .event_view import claim_values, event_values
from .records import Records
from .rendering import ASSETS, page_maker
from .search import search_values
from .source_view import source_values

Maker = Callable[[], bytes]


def pages_of(records: Records) -> dict[str, Maker]:
    """Return path → function that renders the file. Two records with the same page raise PackageError."""
    found: dict[str, Maker] = {}
    for path, maker in _iter_pages(records):
        if path in found:
            raise PackageError(f"two records would be the page {path}: run `readouts validate`")
        found[path] = maker
    return found


def _iter_pages(records: Records) -> Iterator[tuple[str, Maker]]:
    preview = records.notes is not None
    make = page_maker(
        {"corpus": records.corpus, "records": records, "preview": preview, "linked": None}, preview
    )

    def page(path: str, template: str, values: Callable[[], dict]) -> tuple[str, Maker]:
        return path, lambda: make(path, template, **values())

    yield page(addresses.HOME, "home.html", partial(home_values, records))
    yield page(addresses.EVENTS, "events.html", partial(events_values, records))
    yield page(addresses.SOURCES, "sources.html", partial(sources_values, records))
    yield page(addresses.SPEAKERS, "speakers.html", partial(speakers_values, records))
    yield page(addresses.SEARCH, "search.html", partial(search_values, records))
    for source in records.rows["sources"]:
        key = source["source_id"]
        yield page(
            addresses.source_page(key), "source.html", partial(source_values, records, source)
        )
        yield from _downloads(records, partial(addresses.source_page, key), "source_id", key)
    for event in records.rows["events"]:
        key = event["event_id"]
        yield page(addresses.event_page(key), "event.html", partial(event_values, records, event))
        yield from _downloads(records, partial(addresses.event_page, key), "event_id", key)
    for agent in records.rows["agents"]:
        key = agent["agent_id"]
        yield page(addresses.agent_page(key), "agent.html", partial(agent_values, records, agent))
        yield from _downloads(records, partial(addresses.agent_page, key), "speaker_id", key)
    for claim in records.rows["claims"]:
        key = claim["claim_id"]
        yield page(addresses.claim_page(key), "claim.html", partial(claim_values, records, claim))
        yield from _forms(
            records, partial(addresses.claim_page, key), partial(_attesting, records, key)
        )
    for path, template, values in data_pages(records):
        yield page(path, template, values) if template else (path, values)
    for asset in sorted(ASSETS.iterdir()):
        if preview or asset.name != "preview.js":
            yield f"assets/{asset.name}", asset.read_bytes


def _attesting(records: Records, claim_id: str) -> list[Row]:
    rows = (
        records.one("statements", a["statement_id"])
        for a in records.of("attestations", "claim_id", claim_id)
    )
    return [row for row in rows if row]


def _downloads(
    records: Records, address: Callable[..., str], column: str, key: str
) -> Iterator[tuple[str, Maker]]:
    return _forms(records, address, partial(records.of, "statements", column, key))


def _forms(
    records: Records, address: Callable[..., str], rows: Callable[[], Sequence[Row]]
) -> Iterator[tuple[str, Maker]]:
    """Return the statements of a page as CSV and JSONL, the same bytes as in the published tables."""
    table = records.tables["statements"]
    yield address(form="csv"), lambda: csv_from_rows(table, list(rows()))
    yield address(form="jsonl"), lambda: jsonl_from_rows(list(rows()))
