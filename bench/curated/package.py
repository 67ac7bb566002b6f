"""A curated package of any size: captures, curated files of sources, events and agents, with the schemas of the checkout.

    python -m bench package FOLDER --sources 2000 --statements 40000

Every rule is kept: `readouts validate` finds nothing. Events have two or three accounts (a readout,
a report that words some things otherwise, sometimes one that relays the report); every other event
has its claims collated. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from readouts.core.definitions import read_schema
from readouts.core.layout import Layout
from readouts.curation.canonical import canonical_text
from readouts.curation.outline import outline_from_value

from .accounts import ACTS, Account, Point, printed
from .collated import iter_claims
from .reports import make_readout, make_report
from .sentences import read_sentences
from .world import Person, agent_files, make_people

REWORDED = {
    "strengthen": "deepen", "support": "back", "important": "vital", "commitment": "dedication", "partners": "friends", "challenges": "difficulties",
    "efforts": "endeavours", "continue": "go on", "help": "assist", "people": "population", "begin": "start", "ensure": "guarantee",
}  # fmt: skip
"""Words and their replacements in a report."""
COPIED = (
    "schema",
    "data/corpus.yaml",
    "data/README.md",
    "datapackage.json",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-DATA",
)
_KINDS = {"source": "../../../", "event": "../../", "agent": "../../"}


def make_package(
    checkout: Layout, folder: Path, sources: int, statements: int, seed: int = 1
) -> int:
    """Write the package into `folder`, which must not exist; the number of statements, of which an account has at least 3 each.

    Schemas and documents are those of the checkout, without its releases; what is derived is still
    to be built.
    """
    folder.mkdir()
    for name in COPIED:
        path = checkout.root / name
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, folder / name)
        elif path.exists():
            shutil.copy(path, folder / name)
    package = Layout(folder)
    schemas = {kind: read_schema(checkout, f"curation/{kind}") for kind in _KINDS}
    written = 0
    for kind, identifier, value, capture in iter_files(sources, statements, seed):
        path = package.curated(kind, identifier)
        path.parent.mkdir(parents=True, exist_ok=True)
        schema_path = f"{_KINDS[kind]}schema/curation/{kind}.schema.json"
        path.write_text(
            canonical_text(outline_from_value(value), schemas[kind], schema_path), encoding="utf-8"
        )
        if capture is not None:
            package.capture(identifier).write_bytes(capture.encode())
            written += len(value["statements"])
    return written


def iter_files(
    sources: int, statements: int, seed: int = 1
) -> Iterator[tuple[str, str, dict[str, Any], str | None]]:
    """Yield (kind, id, value of the curated file, captured text or None) of every file of the package."""
    sentences = read_sentences()
    people = make_people(sources // 8, random.Random(f"{seed}/people"))
    speaking: set[Person] = set()
    publishers: set[str] = set()
    left, wanted = sources, statements
    for number in itertools.count():
        if not left:
            break
        rng = random.Random(f"{seed}/{number}")
        accounts = min(left, 3 if number % 4 == 3 else 2)
        lengths = [wanted // left + (1 if n < wanted % left else 0) for n in range(accounts)]
        host, guest = (people[(2 * number + n) % len(people)] for n in range(2))
        event_id, event, found = _event(number, rng, host, guest, lengths, sentences)
        speaking |= {host, guest}
        for account in found:
            publishers.add(account.facts["publisher"])
            yield "source", account.source_id, account.curation(), account.text
        yield "event", event_id, event, None
        left, wanted = left - accounts, wanted - sum(len(account.statements) for account in found)
    for agent_id, value in agent_files(
        speaking, {person.state for person in speaking}, publishers
    ).items():
        yield "agent", agent_id, value, None


def _event(
    number: int,
    rng: random.Random,
    host: Person,
    guest: Person,
    lengths: list[int],
    sentences: Sequence[str],
) -> tuple[str, dict[str, Any], list[Account]]:
    """(id, value of its file, accounts) of one event."""
    day = datetime.date(2015, 1, 5) + datetime.timedelta(days=number % 3600)
    event_id = f"{day}-{host.state.slug}-{guest.state.slug}-{number:05}"
    points = _points(rng, host, guest, max(lengths) + sum(lengths) // 3, sentences)
    readout = make_readout(number, rng, day, event_id, host, guest, points[: lengths[0] - 1])
    accounts = [readout]
    versions = {readout.source_id: {point.number: point for point in points}}
    if len(lengths) > 1:
        shared = rng.sample(points[: lengths[0] - 1], min(lengths[1] * 3 // 5, lengths[0] - 1))
        others = points[lengths[0] - 1 :][: lengths[1] - len(shared)]
        reworded = [
            _reworded(point, rng)
            for point in sorted([*shared, *others], key=lambda point: point.number)
        ]
        report = make_report(number, rng, day, event_id, guest, [host, guest], reworded, None)
        accounts.append(report)
        versions[report.source_id] = {point.number: point for point in reworded}
        if len(lengths) > 2:
            relayed = (reworded * 2)[: lengths[2]] if lengths[2] <= len(reworded) else reworded
            relay = make_report(number, rng, day, event_id, host, [host, guest], relayed, report)
            accounts.append(relay)
            versions[relay.source_id] = versions[report.source_id]
    event: dict[str, Any] = {
        "type": "meeting", "name": f"Talks of {host.state.name} and {guest.state.name} in {host.state.city}", "start_date": day.isoformat(),
        "end_date": day.isoformat(), "date_basis": "stated", "date_source": readout.source_id, "date_expression": printed(day),
        "time_zone": None, "place": host.state.city, "country": None, "series": None, "ordinal": None, "part_of": None,
    }  # fmt: skip
    roles = (
        (host.agent_id, "host"),
        (guest.agent_id, "participant"),
        (host.state.slug, "participant"),
        (guest.state.slug, "participant"),
    )
    value = {
        "event": event,
        "participants": [{"agent": agent, "role": role} for agent, role in roles],
    }
    if number % 2 == 0:
        value["claims"] = list(iter_claims(points, accounts, versions))
    return event_id, value, accounts


def _points(
    rng: random.Random, host: Person, guest: Person, number: int, sentences: Sequence[str]
) -> list[Point]:
    """Return this number of different points, none of whose words are in another."""
    points: list[Point] = []
    taken: list[tuple[set[str], set[str]]] = []
    while len(points) < number:
        sentence = rng.choice(sentences).removesuffix(".")
        point = Point.of(
            len(points), guest if len(points) % 5 == 4 else host, sentence, rng.choice(ACTS)
        )
        all_words, phrase = _words(sentence), _words(point.phrase)
        if len(phrase) < 5 or max(map(len, phrase)) < 5:
            continue
        if all(
            len(phrase & a) < 0.7 * len(phrase) and len(p & all_words) < 0.7 * len(p)
            for a, p in taken
        ):
            taken.append((all_words, phrase))
            points.append(point)
    return points


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _reworded(point: Point, rng: random.Random) -> Point:
    """The point as a report has it: now and then with one word exchanged."""
    for word, other in REWORDED.items():
        if re.search(rf"\b{word}\b", point.phrase) and rng.random() < 0.5:
            return point.reworded(word, other)
    return point


def main(arguments: list[str]) -> None:
    """Write a package. `arguments` are those of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench package", description=__doc__)
    parser.add_argument("folder", type=Path, help="must not exist")
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--statements", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    written = make_package(
        Layout.of(None), given.folder, given.sources, given.statements, given.seed
    )
    print(
        f"{given.sources:,} sources, {written:,} statements; `readouts build --root {given.folder}` makes the rest"
    )
