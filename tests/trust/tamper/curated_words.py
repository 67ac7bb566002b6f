"""Operators on the words that curators quote: altered, cut, left out, excluded, doubled, moved."""

from __future__ import annotations

import copy
import hashlib
import random
from collections.abc import Callable, Iterator
from typing import Any

from .base import Base
from .operators import Curated, Key, changed, operator
from .statements import EXTENT, JUDGEMENT, claims_rewritten, iter_statements, with_facts
from .wording import (
    NEGATED,
    REPLACED,
    iter_drops,
    iter_hidden,
    iter_lookalikes,
    iter_pairs,
    iter_swaps,
    text_of,
)


def rewrite_quote(base: Base, key: Key, index: int, old: str, new: str) -> Curated:
    """The attacker's best: capture, hash, quotation, marked parts and attested words are changed consistently."""
    source = key[1]
    words = text_of(old).split(" ")
    capture = base.captures[source]
    place = next((capture.find(form) for form in (" ".join(words),) if capture.find(form) >= 0), -1)
    if place >= 0:
        capture = capture[:place] + new + capture[place + len(old) :]

    def change(value: Any) -> None:
        entry = value["statements"][index]
        entry["quote"] = new
        value["source"]["text_sha256"] = hashlib.sha256(capture.encode()).hexdigest()
        for part in ("label", "cue", "title", "date_expression"):
            if entry.get(part) and text_of(entry[part]) not in new:
                entry.pop(part)

    files = changed(base.documents, key, change)
    statement = f"{source}.{base.documents[key]['statements'][index]['id']}"

    def reword(attestation: dict[str, Any]) -> dict[str, Any]:
        if attestation["statement"] == statement and attestation["quote"] not in new:
            attestation["quote"] = new
        return attestation

    return Curated(
        f"{statement}: {new[:60]}", files | claims_rewritten(base, reword), {source: capture}
    )


def _quote_operator(
    name: str, what: str, variants: Callable[[str, random.Random], Iterator[str]]
) -> None:
    def corrupt(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
        for key, index, entry in iter_statements(base):
            old = " ".join(text_of(entry["quote"]).split())
            for new in variants(old, rng):
                if aided:
                    yield rewrite_quote(base, key, index, old, new)
                else:
                    yield Curated(
                        f"{key[1]}.{entry['id']}", with_facts(base, key, index, quote=new)
                    )

    corrupt.__name__ = name
    operator("curated", what)(corrupt)


_quote_operator(
    "quote_letters_swapped",
    "two letters of a quotation exchanged",
    lambda t, c: iter_swaps(t, c, 4),
)
_quote_operator(
    "quote_word_dropped", "a word of a quotation left out", lambda t, c: iter_drops(t, c, 4)
)
_quote_operator(
    "quote_negated",
    "a quotation turned into its opposite (`has never` to `has`)",
    lambda t, c: iter_pairs(t, NEGATED),
)
_quote_operator(
    "quote_word_replaced", "a word of a quotation replaced", lambda t, c: iter_pairs(t, REPLACED)
)
_quote_operator(
    "quote_lookalike",
    "a letter of a quotation replaced by a look-alike",
    lambda t, c: iter_lookalikes(t, c, 3),
)
_quote_operator(
    "quote_hidden", "an invisible character put into a quotation", lambda t, c: iter_hidden(t, c, 3)
)


@operator(
    "curated",
    "the end or beginning of a quotation cut off; with help, excluded as boilerplate",
    beyond=EXTENT,
)
def quote_cut(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        words = text_of(entry["quote"]).split()
        for number in (1, 3, 6, -2, -5):
            if len(words) <= abs(number) + 3:
                continue
            kept, rest = (
                (words[:-number], words[-number:])
                if number > 0
                else (words[-number:], words[:-number])
            )
            files = with_facts(base, key, index, quote=" ".join(kept))
            if aided:
                files[key]["exclusions"] = [
                    *files[key].get("exclusions", []),
                    {"quote": " ".join(rest), "reason": "boilerplate"},
                ]
            yield Curated(f"{key[1]}.{entry['id']} {number}", files)


@operator("curated", "a statement left out; with help, with its claims and what continues it")
def statement_dropped(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    yield from _without(base, aided, None)


@operator(
    "curated",
    "a statement turned into an exclusion; with help, with its claims and what continues it",
)
def statement_excluded(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for reason in ("narration", "boilerplate"):
        yield from _without(base, aided, reason)


def _without(base: Base, aided: bool, reason: str | None) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        gone = f"{key[1]}.{entry['id']}"

        def change(value: Any, index: int = index, entry: dict[str, Any] = entry) -> None:
            del value["statements"][index]
            if reason:
                value["exclusions"] = [
                    *value.get("exclusions", []),
                    {"quote": entry["quote"], "reason": reason},
                ]
            if aided:
                for other in value["statements"]:
                    for link in ("continues", "repeats", "within"):
                        if other.get(link) == entry["id"]:
                            del other[link]

        files = changed(base.documents, key, change)
        if aided:
            files |= claims_rewritten(
                base, lambda a, gone=gone: None if a["statement"] == gone else a
            )
        yield Curated(gone, files)


@operator(
    "curated",
    "an exclusion turned into a statement; with help, attested by a claim of its own words",
    beyond=JUDGEMENT,
)
def exclusion_stated(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, value in base.documents.items():
        if key[0] != "source":
            continue
        for index, entry in enumerate(value.get("exclusions") or ()):
            words = text_of(entry.get("quote") or entry.get("from"))
            if "Wang Yi" not in words and "Wang" not in words and not aided:
                continue

            def change(new: Any, index: int = index, words: str = words) -> None:
                del new["exclusions"][index]
                new["statements"].append({"id": "s99", "quote": words, "speaker": None if "Wang" not in words else "wang-yi",
                                          "label": "Wang Yi" if "Wang Yi" in words else words.split()[0], "cue": words.split()[-1],
                                          "mode": "indirect", "speech_act": "assertive"})  # fmt: skip

            files = changed(base.documents, key, change)
            if aided:
                for event, facts in base.documents.items():
                    if event[0] == "event" and facts.get("claims"):
                        new = copy.deepcopy(facts)
                        new["claims"].append({"id": "c99", "proposition": "The meeting took place as " + words.split()[0] + " reports.",
                                              "attestations": [{"statement": f"{key[1]}.s99", "relation": "equivalent", "quote": words}]})  # fmt: skip
                        files[event] = new
            yield Curated(f"{key[1]} #{index}", files)


@operator("curated", "a statement written twice, under a new id", aided=False)
def statement_doubled(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        yield Curated(
            entry["id"],
            changed(
                base.documents,
                key,
                lambda v, i=index: v["statements"].append({**v["statements"][i], "id": "s98"}),
            ),
        )


@operator("curated", "a quotation moved to another source; with help, its claims follow")
def source_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for other, value in base.documents.items():
            if other[0] != "source" or other == key:
                continue
            files = changed(base.documents, key, lambda v, i=index: v["statements"].pop(i))
            moved = {
                k: v for k, v in entry.items() if not (aided and k in ("continues", "repeats"))
            } | {"id": "s97"}
            new = copy.deepcopy(value)
            new["statements"].append(moved)
            files[other] = new
            old_id, new_id = f"{key[1]}.{entry['id']}", f"{other[1]}.s97"
            if aided:
                files |= claims_rewritten(
                    base,
                    lambda a, o=old_id, n=new_id: (
                        a | {"statement": n} if a["statement"] == o else a
                    ),
                )
            yield Curated(f"{old_id} to {other[1]}", files)
