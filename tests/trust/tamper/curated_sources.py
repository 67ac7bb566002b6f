"""Operators on the facts about sources: dates, publishers, rights, title, relaying, and the captured text itself."""

from __future__ import annotations

import copy
import hashlib
import random
from collections.abc import Iterator
from typing import Any

from .base import Base
from .facts import HISTORY, OUTSIDE, keys_of, with_fact
from .operators import Curated, changed, operator
from .wording import NEGATED, REPLACED, iter_days, iter_lookalikes, iter_pairs, iter_swaps


@operator(
    "curated",
    "the captured text edited (a word replaced or negated, letters swapped, a line dropped or added); with help, sealed again",
)
def capture_edited(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        text = base.captures[key[1]]
        lines = [line for line in text.split("\n") if line.strip()]
        variants = [*iter_pairs(text, (*NEGATED, *REPLACED)), *iter_swaps(text, rng, 8), *iter_lookalikes(text, rng, 4),
                    text.replace(lines[-1], ""), text + "\nHe said no more.", text + "\n", text.replace("Thursday", "Friday"), text.replace("2019-09-27", "2019-09-28")]  # fmt: skip
        for new in variants:
            if new != text:
                text_hash = (
                    {"text_sha256": hashlib.sha256(new.encode()).hexdigest()} if aided else {}
                )
                yield Curated(
                    f"{key[1]}", with_fact(base, key, **text_hash) if aided else {}, {key[1]: new}
                )


@operator(
    "curated",
    "a date of the source shifted (published, accessed); with help, `obtained_from` and the basis follow",
    beyond=HISTORY,
)
def source_date_shifted(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        facts = base.documents[key]["source"]
        for column in ("published_on", "accessed_on"):
            for what, day in iter_days(facts[column]) if facts.get(column) else ():
                new: dict[str, Any] = {column: day}
                if aided and column == "accessed_on":
                    new["obtained_from"] = facts["obtained_from"].replace(facts[column], day)
                if aided and column == "published_on":
                    new["published_on_basis"] = "inferred"
                yield Curated(f"{key[1]} {column} {what}", with_fact(base, key, **new))


@operator(
    "curated",
    "a date of publication invented where the text prints none, as stated or inferred",
    aided=False,
    beyond="an inferred publication date has no evidence field: the page itself or a second curator",
)
def publication_invented(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        for day in ("2019-09-26", "2019-09-27", "2019-09-28", "2019-10-01"):
            for basis in ("stated", "resolved", "inferred"):
                if (day, basis) != (
                    base.documents[key]["source"].get("published_on"),
                    base.documents[key]["source"].get("published_on_basis"),
                ):
                    yield Curated(
                        f"{key[1]} {day} {basis}",
                        with_fact(base, key, published_on=day, published_on_basis=basis),
                    )


@operator(
    "curated",
    "a publisher upgraded from inferred to stated; with help, with a quotation of the capture as evidence and, if needed, a name of the publisher made of it",
    beyond=OUTSIDE,
)
def publisher_upgraded(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        facts, text = base.documents[key]["source"], base.captures[key[1]]
        if not aided:
            yield Curated(key[1], with_fact(base, key, publisher_basis="stated"))
            yield Curated(key[1], with_fact(base, key, publisher_basis="resolved"))
            continue
        quotes = ["(Xinhua/Liu Jie)", "Xinhua", "Xinhua/Liu Jie", "Home > Chinese Diplomatic News", "Chinese Diplomatic News", "State Councilor and Foreign Minister Wang Yi",
                  "Foreign Minister", "<Suggest To A Friend>", "Community of Latin American and Caribbean States", "UN headquarters"]  # fmt: skip
        for words in quotes:
            if words in text:
                files = with_fact(base, key, publisher_basis="stated", publisher_evidence=words)
                yield Curated(f"{key[1]} {words}", files)
                named = copy.deepcopy(base.documents[("agent", facts["publisher"])])
                named["agent"]["other_names"] = [
                    *(named["agent"].get("other_names") or []),
                    words.strip("<>()"),
                ]
                yield Curated(
                    f"{key[1]} {words} as a name", files | {("agent", facts["publisher"]): named}
                )


@operator("curated", "another publisher; with help, named in the evidence", beyond=OUTSIDE)
def publisher_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        for _, agent in keys_of(base, "agent"):
            if agent != base.documents[key]["source"].get("publisher"):
                name = base.documents[("agent", agent)]["agent"]["name"]
                extra = {"publisher_evidence": f"The style is that of {name}."} if aided else {}
                yield Curated(f"{key[1]} {agent}", with_fact(base, key, publisher=agent, **extra))


@operator("curated", "the evidence of a publisher altered", aided=False, beyond=OUTSIDE)
def publisher_evidence_altered(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        text = " ".join(base.documents[key]["source"]["publisher_evidence"].split())
        for new in (
            *iter_swaps(text, rng, 12),
            text.replace("names no", "names the"),
            text.replace("“", "“The "),
            text.replace("“", '"').replace("”", '"'),
            text[:25],
        ):
            yield Curated(new[:60], with_fact(base, key, publisher_evidence=new))


@operator(
    "curated",
    "the full text slipped into a source of which only quotations may be published; with help, the rights reworded",
    beyond="rights are a fact about the world: the notice on the publisher's site or a second curator",
)
def full_text_allowed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        for rights in (
            ("undetermined", "unknown", "all rights reserved", "© the publisher")
            if not aided
            else ("public domain", "CC BY 4.0")
        ):
            yield Curated(
                f"{key[1]} {rights}",
                with_fact(base, key, redistribution="full-text", rights=rights),
            )


@operator(
    "curated",
    "stretches of the text that are not quoted slipped into the curators' own words",
    aided=False,
)
def text_slipped(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        text = " ".join(base.captures[key[1]].split())
        unquoted = [
            " ".join((e.get("quote") or e.get("from")).split())
            for e in base.documents[key]["exclusions"]
        ]
        for words in (text, text[:600], *(u for u in unquoted if len(u) > 100)):
            for column in ("obtained_from", "rights", "publisher_evidence"):
                yield Curated(
                    f"{key[1]} {column}",
                    with_fact(
                        base, key, **{column: f"{base.documents[key]['source'][column]} {words}"}
                    ),
                )
            for event in keys_of(base, "event"):
                for column in ("name", "place", "series"):
                    yield Curated(f"{event[1]} {column}", with_fact(base, event, **{column: words}))
                yield Curated(
                    "proposition",
                    changed(
                        base.documents,
                        event,
                        lambda v, w=words: v["claims"][0].update(proposition=w),
                    ),
                )
            for agent in keys_of(base, "agent"):
                if base.documents[agent].get("offices"):
                    yield Curated(
                        "evidence",
                        changed(
                            base.documents,
                            agent,
                            lambda v, w=words: v["offices"][0].update(
                                evidence=v["offices"][0]["evidence"] + " " + w
                            ),
                        ),
                    )


@operator(
    "curated", "an account marked as relaying another, which hides its omissions", aided=False
)
def relay_invented(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        for other in (*keys_of(base, "source"), ("source", "nowhere")):
            yield Curated(f"{key[1]} {other[1]}", with_fact(base, key, relays=other[1]))


@operator("curated", "the title dropped, altered or put on other words of the text", aided=False)
def source_title_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        title, words = base.documents[key]["source"].get("title"), base.captures[key[1]].split()
        variants = [
            *(iter_swaps(title, rng, 6) if title else ()),
            *([None] if title else ()),
            *[" ".join(words[i : i + 5]) for i in range(30, len(words) - 5, 25)],
        ]
        for new in variants:
            yield Curated(f"{key[1]} {new}", with_fact(base, key, title=new))


@operator(
    "curated",
    "account type, rendering, time zone, language, rights or address of a source changed",
    aided=False,
    beyond=OUTSIDE,
)
def source_fact_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    values = {"account_type": ("readout", "news-report", "transcript", "joint-statement", "statement"), "rendering": ("original", "translation"), "language": ("fr", "zh"),
              "time_zone": ("America/New_York", "Atlantis/Poseidonis"), "url": ("https://example.org/", "javascript:alert(1)", "file:///etc/passwd"), "rights": ("public domain",)}  # fmt: skip
    for key in keys_of(base, "source"):
        for column, options in values.items():
            for value in options:
                if value != base.documents[key]["source"].get(column):
                    yield Curated(
                        f"{key[1]} {column} {value}", with_fact(base, key, **{column: value})
                    )


@operator(
    "curated",
    "the reason of an exclusion changed",
    aided=False,
    beyond="the reason for an exclusion is a judgement, and exclusions are not published: a second curator",
)
def exclusion_reason_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "source"):
        for number, entry in enumerate(base.documents[key]["exclusions"]):
            for reason in (
                "navigation",
                "dateline",
                "caption",
                "narration",
                "boilerplate",
                "headline",
            ):
                if reason != entry["reason"]:
                    yield Curated(
                        f"{key[1]} {reason}",
                        changed(
                            base.documents,
                            key,
                            lambda v, n=number, r=reason: v["exclusions"][n].update(reason=r),
                        ),
                    )
