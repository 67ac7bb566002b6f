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
    readout = _readout(number, rng, day, event_id, host, guest, points[: lengths[0] - 1])
    accounts = [readout]
    versions = {readout.source_id: {point.number: point for point in points}}
    if len(lengths) > 1:
        shared = rng.sample(points[: lengths[0] - 1], min(lengths[1] * 3 // 5, lengths[0] - 1))
        others = points[lengths[0] - 1 :][: lengths[1] - len(shared)]
        reworded = [
            _reworded(point, rng)
            for point in sorted([*shared, *others], key=lambda point: point.number)
        ]
        report = _report(number, rng, day, event_id, guest, [host, guest], reworded, None)
        accounts.append(report)
        versions[report.source_id] = {point.number: point for point in reworded}
        if len(lengths) > 2:
            relayed = (reworded * 2)[: lengths[2]] if lengths[2] <= len(reworded) else reworded
            relay = _report(number, rng, day, event_id, host, [host, guest], relayed, report)
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
        value["claims"] = list(_iter_claims(points, accounts, versions))
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


def _facts(publisher: str, evidence: str, kind: str, event_id: str, full: bool) -> dict[str, Any]:
    return {
        "title": None, "publisher": publisher, "publisher_basis": "stated", "publisher_evidence": evidence, "account_type": kind, "language": "en",
        "rendering": "original", "published_on": None, "published_on_basis": None, "time_zone": None, "url": None,
        "obtained_from": "made for measuring on 2026-11-21", "accessed_on": "2026-11-21",
        "rights": "public domain" if full else "undetermined", "redistribution": "full-text" if full else "quotation", "relays": None, "event": event_id,
    }  # fmt: skip


def _readout(
    number: int,
    rng: random.Random,
    day: datetime.date,
    event_id: str,
    host: Person,
    guest: Person,
    points: list[Point],
) -> Account:
    """Write the readout of the host's ministry: headline, publisher, date, who met, and the points in paragraphs."""
    state = host.state
    facts = _facts(f"mfa-{state.slug}", state.ministry, "readout", event_id, number % 3 == 0)
    account = Account(f"mfa-{state.slug}-{day}-{number:05}", facts)
    headline = min((p for p in points if p.speaker is host), key=lambda point: len(point.words))
    account.headline(headline, f"s{points.index(headline) + 2:02}")
    account.exclude(state.ministry, "navigation")
    date = printed(day)
    if number % 2:
        facts |= {"published_on": day.isoformat(), "published_on_basis": "stated"}
    account.exclude(date, "dateline", quote={"quote": date, "occurrence": 1})
    lead = f"On {date}, {host.title} {host.name} of {state.name} met {guest.title} {guest.name} of {guest.state.name} in {state.city}."
    account.exclude(lead, "narration", **{"from": f"On {date}", "to": f"in {state.city}."})
    _report_points(account, points, rng, [host, guest], None)
    account.exclude("Share this page", "navigation")
    return account


def _report(
    number: int, rng: random.Random, day: datetime.date, event_id: str, from_state: Person, speakers: list[Person], points: list[Point],
    relayed: Account | None,
) -> Account:  # fmt: skip
    """Write a report of a news agency on the day after; if it relays another report, it names it."""
    state, published = from_state.state, day + datetime.timedelta(days=1 if relayed is None else 2)
    facts = _facts(f"{state.slug}-press", state.agency, "news-report", event_id, False)
    facts |= {
        "published_on": published.isoformat(),
        "published_on_basis": "stated",
        "relays": relayed and relayed.source_id,
    }
    account = Account(f"{state.slug}-press-{published}-{number:05}", facts)
    account.exclude(f"{state.agency}, {printed(published)}", "dateline")
    if relayed is not None:
        account.exclude(
            f"What follows was reported by the {relayed.facts['publisher_evidence']} before.",
            "narration",
        )
    _report_points(account, points, rng, speakers, day)
    account.text = account.text.rstrip("\n") + "\n"
    return account


def _report_points(
    account: Account,
    points: list[Point],
    rng: random.Random,
    speakers: list[Person],
    day: datetime.date | None,
) -> None:
    introduced: set[Person] = set()
    for place, point in enumerate(points):
        others = [
            person for person in speakers if person is not point.speaker and person in introduced
        ]
        introduced.add(point.speaker)
        after = "\n\n" if place % 3 == 2 or place == len(points) - 1 else " "
        account.report_point(point, rng, others, day if place == 0 else None, after)


def _iter_claims(
    points: list[Point], accounts: list[Account], versions: dict[str, dict[int, Point]]
) -> Iterator[dict[str, Any]]:
    """Yield a claim for every point of an account, attested by all its statements."""
    numbers = sorted({number for account in accounts for number in account.statement_ids})
    for local, number in enumerate(numbers, 1):
        phrase = points[number].phrase
        attestations, changed = [], {}
        for account in accounts:
            for statement in account.statement_ids.get(number, ()):
                own = versions[account.source_id][number].phrase
                attestations.append(
                    {
                        "statement": f"{account.source_id}.{statement}",
                        "relation": "equivalent",
                        "quote": own,
                    }
                )
                if account.facts["relays"] is None:
                    changed[account.source_id] = (attestations[-1]["statement"], own)
        claim: dict[str, Any] = {
            "id": f"c{local:02}",
            "proposition": phrase[0].upper() + phrase[1:] + ".",
            "attestations": attestations,
        }
        if len({words for _, words in changed.values()}) == 2:
            claim["divergences"] = [
                {
                    "words": dict(changed.values()),
                    "change": "one word for another that is near to it",
                }
            ]
        yield claim


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
