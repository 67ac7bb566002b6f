"""The accounts of an event: the readout of a ministry, and reports of news agencies."""

from __future__ import annotations

import datetime
import random
from typing import Any

from .accounts import Account, Point, printed
from .world import Person


def _facts(publisher: str, evidence: str, kind: str, event_id: str, full: bool) -> dict[str, Any]:
    return {
        "title": None, "publisher": publisher, "publisher_basis": "stated", "publisher_evidence": evidence, "account_type": kind, "language": "en",
        "rendering": "original", "published_on": None, "published_on_basis": None, "time_zone": None, "url": None,
        "obtained_from": "made for measuring on 2026-11-21", "accessed_on": "2026-11-21",
        "rights": "public domain" if full else "undetermined", "redistribution": "full-text" if full else "quotation", "relays": None, "event": event_id,
    }  # fmt: skip


def make_readout(
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


def make_report(
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
