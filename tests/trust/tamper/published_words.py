"""Operators on the words of the published tables: quotations, claims, pairs, and the full text where it is not allowed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator

from .base import Base
from .operators import Published, operator
from .rows import UNPROVEN, edited, given
from .wording import (
    NEGATED,
    REPLACED,
    iter_drops,
    iter_hidden,
    iter_lookalikes,
    iter_pairs,
    iter_swaps,
)


def _words(
    base: Base,
    rng: random.Random,
    aided: bool,
    variants: Callable[[str, random.Random], Iterator[str]],
) -> Iterator[Published]:
    """A quotation altered in `exact`; with help in its segments and its text too."""
    for place, row in enumerate(base.rows["statements"]):
        segments = [
            (n, s)
            for n, s in enumerate(base.rows["segments"])
            if s["statement_id"] == row["statement_id"]
        ]
        number, content = max(
            ((n, s) for n, s in segments if s["role"] == "content"), key=lambda p: len(p[1]["text"])
        )
        for new in variants(content["text"], rng):
            exact = row["exact"].replace(content["text"], new, 1)
            tables = edited(
                base,
                "statements",
                place,
                exact=exact,
                text=row["text"].replace(content["text"], new, 1),
            )
            if aided:
                rows = copy.deepcopy(base.rows["segments"])
                shift = len(new) - len(content["text"])
                rows[number].update(text=new, end=content["end"] + shift)
                for other, segment in segments:
                    if segment["start"] > content["start"]:
                        rows[other].update(
                            start=segment["start"] + shift, end=segment["end"] + shift
                        )
                tables["segments"] = rows
                tables["attestations"] = [
                    a
                    | (
                        {"quote": new}
                        if a["statement_id"] == row["statement_id"] and a["quote"] not in exact
                        else {}
                    )
                    for a in base.rows["attestations"]
                ]
            yield given(base, tables, aided, f"{row['statement_id']}: {new[:50]}")


def _word_operator(
    name: str, what: str, variants: Callable[[str, random.Random], Iterator[str]]
) -> None:
    def corrupt(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
        yield from _words(base, rng, aided, variants)

    corrupt.__name__ = name
    operator("published", what)(corrupt)


_word_operator(
    "words_letters_swapped",
    "two letters of a quotation exchanged",
    lambda t, c: iter_swaps(t, c, 4),
)
_word_operator("words_dropped", "a word of a quotation left out", lambda t, c: iter_drops(t, c, 4))
_word_operator(
    "words_negated", "a quotation turned into its opposite", lambda t, c: iter_pairs(t, NEGATED)
)
_word_operator(
    "words_replaced", "a word of a quotation replaced", lambda t, c: iter_pairs(t, REPLACED)
)
_word_operator(
    "words_lookalike",
    "a letter of a quotation replaced by a look-alike",
    lambda t, c: iter_lookalikes(t, c, 3),
)
_word_operator(
    "words_hidden", "an invisible character put into a quotation", lambda t, c: iter_hidden(t, c, 3)
)


@operator(
    "published",
    "a pair labelled otherwise, its divergence reworded, its text altered, or a pair invented",
    beyond="the words that say what a divergence changes are the curators' own; git history, the hash in the released ledger",
)
def pair_altered(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["pairs"]):
        label = rng.choice(
            [
                x
                for x in (
                    "equivalent",
                    "a_broader",
                    "b_broader",
                    "overlapping",
                    "conflicting",
                    "unrelated",
                )
                if x != row["label"]
            ]
        )
        yield given(base, edited(base, "pairs", place, label=label), aided, f"{place} {label}")
        yield given(
            base,
            edited(
                base,
                "pairs",
                place,
                wording={"verbatim": "reworded", "reworded": "verbatim"}.get(
                    row["wording"], "verbatim"
                ),
            ),
            aided,
            f"{place} wording",
        )
        if row["divergence"]:
            yield given(
                base,
                edited(
                    base,
                    "pairs",
                    place,
                    divergence=row["divergence"].partition(": ")[0] + ": nothing",
                ),
                aided,
                f"{place} divergence",
            )
            yield given(
                base,
                edited(base, "pairs", place, divergence=row["divergence"].replace("“", "“not ")),
                aided,
                f"{place} words",
            )


@operator("published", "a relation, a claim or the words that carry it altered", beyond=UNPROVEN)
def claim_altered(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["attestations"]):
        relation = rng.choice(
            [
                x
                for x in ("equivalent", "broader", "narrower", "conflicting")
                if x != row["relation"]
            ]
        )
        yield given(
            base,
            edited(base, "attestations", place, relation=relation),
            aided,
            f"{place} {relation}",
        )
        for new in (*iter_swaps(row["quote"], rng, 1), *iter_drops(row["quote"], rng, 1)):
            yield given(base, edited(base, "attestations", place, quote=new), aided, new[:50])
    for place, row in enumerate(base.rows["claims"]):
        text = row["proposition"]
        for new in (
            *iter_pairs(text, NEGATED),
            *iter_pairs(text, REPLACED[:3]),
            *iter_lookalikes(text, rng, 1),
            *iter_hidden(text, rng, 1),
        ):
            yield given(base, edited(base, "claims", place, proposition=new), aided, new[:50])


@operator(
    "published", "the full text put into the table of sources, or stretches of it into free text"
)
def text_published(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["sources"]):
        text = base.captures[row["source_id"]]
        for share in (row["reproduced_share"], 1.0, 0.5):
            for redistribution in ("quotation", "full-text"):
                yield given(
                    base,
                    edited(
                        base,
                        "sources",
                        place,
                        text=text,
                        reproduced_share=share,
                        redistribution=redistribution,
                    ),
                    aided,
                    f"{place} {share} {redistribution}",
                )
        for table, column in (
            ("sources", "obtained_from"),
            ("sources", "rights"),
            ("claims", "proposition"),
            ("events", "name"),
            ("events", "place"),
            ("offices", "evidence"),
        ):
            for number in range(min(3, len(base.rows[table]))):
                yield given(
                    base,
                    edited(
                        base,
                        table,
                        number,
                        **{column: f"{base.rows[table][number][column]} {' '.join(text.split())}"},
                    ),
                    aided,
                    f"{table}.{column}",
                )
