"""Operators on the published tables: rows altered after the build, unaided (the file alone) or with all that can be recomputed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from .base import Base
from .operators import Published, operator
from .wording import NEGATED, REPLACED, iter_days, iter_drops, iter_hidden, iter_lookalikes, iter_pairs, iter_swaps

Row = dict[str, Any]
UNPROVEN = "a curator's judgement or a fact about the world: tables and captures do not refute it, the hash in the released ledger and in the signed checksums does"
COPIES = {"speaker_name": ("agents", "agent_id", "speaker_id", "name"), "event_name": ("events", "event_id", "event_id", "name"),
          "published_on": ("sources", "source_id", "source_id", "published_on"), "url": ("sources", "source_id", "source_id", "url")}  # fmt: skip


def edited(base: Base, table: str, place: int, /, **values: Any) -> dict[str, list[Row]]:
    """The table with some values of one row changed."""
    rows = copy.deepcopy(base.rows[table])
    rows[place].update(values)
    return {table: rows}


def recomputed(base: Base, tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """What an attacker can recompute: copied columns, texts of pairs, prefix and suffix, offsets that follow from the words."""
    new = {name: copy.deepcopy(tables.get(name, base.rows[name])) for name in base.rows}
    by = {
        name: {row[key]: row for row in new[name]}
        for name, key in (
            ("agents", "agent_id"),
            ("events", "event_id"),
            ("sources", "source_id"),
            ("statements", "statement_id"),
        )
    }
    for row in new["statements"]:
        for column, (table, _, link, value) in COPIES.items():
            row[column] = by[table].get(row[link], {}).get(value, row[column])
        source = by["sources"].get(row["source_id"], {})
        row["publisher_name"] = by["agents"].get(source.get("publisher_id"), {}).get("name")
        capture = base.captures.get(row["source_id"], "")
        if not (isinstance(row["exact"], str) and isinstance(row["start"], int) and isinstance(row["end"], int)):
            continue
        if row["exact"] in capture and capture[row["start"] : row["end"]] != row["exact"]:
            row["start"] = capture.index(row["exact"])
            row["end"] = row["start"] + len(row["exact"])
        elif row["end"] - row["start"] != len(row["exact"]):
            row["end"] = row["start"] + len(row["exact"])
        row["prefix"] = capture[max(0, row["start"] - 32) : row["start"]] or None
        row["suffix"] = capture[row["end"] : row["end"] + 32] or None
    for row in new["pairs"]:
        for side in "ab":
            statement = by["statements"].get(row[f"statement_{side}"])
            if statement:
                row[f"text_{side}"] = statement["text"]
    for row in new["attributions"]:
        statement = by["statements"].get(row["statement_id"])
        if statement and row["role"] == "speaker":
            row["agent_id"], row["label"] = statement["speaker_id"], statement["speaker_label"]
    return {name: rows for name, rows in new.items() if rows != base.rows[name]}


def _given(base: Base, tables: dict[str, list[Row]], aided: bool, note: str) -> Published:
    return Published(note, tables, partial(recomputed, base) if aided else None)


def _words(
    base: Base, chance: random.Random, aided: bool, variants: Callable[[str, random.Random], Iterator[str]]
) -> Iterator[Published]:
    """A quotation altered in `exact`; with help in its segments and its text too."""
    for place, row in enumerate(base.rows["statements"]):
        segments = [(n, s) for n, s in enumerate(base.rows["segments"]) if s["statement_id"] == row["statement_id"]]
        number, content = max(((n, s) for n, s in segments if s["role"] == "content"), key=lambda p: len(p[1]["text"]))
        for new in variants(content["text"], chance):
            exact = row["exact"].replace(content["text"], new, 1)
            tables = edited(base, "statements", place, exact=exact, text=row["text"].replace(content["text"], new, 1))
            if aided:
                rows = copy.deepcopy(base.rows["segments"])
                shift = len(new) - len(content["text"])
                rows[number].update(text=new, end=content["end"] + shift)
                for other, segment in segments:
                    if segment["start"] > content["start"]:
                        rows[other].update(start=segment["start"] + shift, end=segment["end"] + shift)
                tables["segments"] = rows
                tables["attestations"] = [
                    a | ({"quote": new} if a["statement_id"] == row["statement_id"] and a["quote"] not in exact else {})
                    for a in base.rows["attestations"]
                ]
            yield _given(base, tables, aided, f"{row['statement_id']}: {new[:50]}")


def _word_operator(name: str, what: str, variants: Callable[[str, random.Random], Iterator[str]]) -> None:
    def corrupt(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
        yield from _words(base, chance, aided, variants)

    corrupt.__name__ = name
    operator("published", what)(corrupt)


_word_operator("words_letters_swapped", "two letters of a quotation exchanged", lambda t, c: iter_swaps(t, c, 4))
_word_operator("words_dropped", "a word of a quotation left out", lambda t, c: iter_drops(t, c, 4))
_word_operator("words_negated", "a quotation turned into its opposite", lambda t, c: iter_pairs(t, NEGATED))
_word_operator("words_replaced", "a word of a quotation replaced", lambda t, c: iter_pairs(t, REPLACED))
_word_operator(
    "words_lookalike", "a letter of a quotation replaced by a look-alike", lambda t, c: iter_lookalikes(t, c, 3)
)
_word_operator("words_hidden", "an invisible character put into a quotation", lambda t, c: iter_hidden(t, c, 3))


@operator(
    "published", "a cell replaced by another value of its column, a column at a time, all tables", beyond=UNPROVEN
)
def cell_exchanged(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for table, rows in base.rows.items():
        for column in rows[0] if rows else ():
            values = list(dict.fromkeys(row[column] for row in rows))
            terms = next((c.terms for c in base.outcome.tables[table].columns if c.name == column), None) or ()
            values += [term for term in terms if term not in values]
            for place in chance.sample(range(len(rows)), min(4, len(rows))):
                others = [value for value in values if value != rows[place][column]]
                if others:
                    value = chance.choice(others)
                    yield _given(
                        base,
                        edited(base, table, place, **{column: value}),
                        aided,
                        f"{table}.{column} {place} {str(value)[:40]}",
                    )


@operator("published", "a cell emptied, a column at a time, all tables", beyond=UNPROVEN)
def cell_emptied(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for table, rows in base.rows.items():
        for column in rows[0] if rows else ():
            for place in chance.sample(range(len(rows)), min(3, len(rows))):
                if rows[place][column] is not None:
                    yield _given(base, edited(base, table, place, **{column: None}), aided, f"{table}.{column} {place}")


@operator(
    "published",
    "a row left out, or written twice",
    beyond="a record that nothing else refers to; the hash in the released ledger and in the signed checksums",
)
def row_dropped(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for table, rows in base.rows.items():
        for place in chance.sample(range(len(rows)), min(8, len(rows))):
            yield _given(base, {table: rows[:place] + rows[place + 1 :]}, aided, f"{table} {place} dropped")
        for place in chance.sample(range(len(rows)), min(3, len(rows))):
            yield _given(base, {table: [*rows, rows[place]]}, aided, f"{table} {place} doubled")


@operator(
    "published",
    "a statement left out with all its rows: segments, attributions, attestations, pairs; the claims it alone carries too",
)
def statement_erased(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for row in base.rows["statements"]:
        gone = row["statement_id"]
        tables = {"statements": [r for r in base.rows["statements"] if r is not row]}
        if aided:
            for name in ("segments", "attributions", "attestations"):
                tables[name] = [r for r in base.rows[name] if r["statement_id"] != gone]
            tables["pairs"] = [r for r in base.rows["pairs"] if gone not in (r["statement_a"], r["statement_b"])]
            tables["statements"] = [
                r | {link: None for link in ("continues", "repeats", "within") if r[link] == gone}
                for r in tables["statements"]
            ]
            left = {a["claim_id"] for a in tables["attestations"]}
            tables["claims"] = [c for c in base.rows["claims"] if c["claim_id"] in left]
            tables["omissions"] = [o for o in base.rows["omissions"] if o["claim_id"] in left]
        yield _given(base, tables, aided, gone)


@operator("published", "another speaker; with help, his attributions, name and the offices follow")
def speaker_moved(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["statements"]):
        for agent in base.rows["agents"]:
            if agent["agent_id"] == row["speaker_id"]:
                continue
            tables = edited(base, "statements", place, speaker_id=agent["agent_id"], speaker_name=agent["name"])
            if aided:
                tables["attributions"] = [a | ({"agent_id": agent["agent_id"], "office_id": None} if a["statement_id"] == row["statement_id"] and a["role"] == "speaker" else {})
                                          for a in base.rows["attributions"]]  # fmt: skip
            yield _given(base, tables, aided, f"{row['statement_id']} {agent['agent_id']}")


@operator("published", "a quotation moved to another source or event; with help, offsets and copies follow")
def account_moved(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["statements"]):
        for source in base.rows["sources"]:
            if source["source_id"] != row["source_id"]:
                yield _given(
                    base, edited(base, "statements", place, source_id=source["source_id"]), aided, row["statement_id"]
                )
        yield _given(
            base, edited(base, "statements", place, event_id="2019-09-26-another-meeting"), aided, row["statement_id"]
        )


@operator(
    "published",
    "a date shifted by a day, a week, a month, a year, a century, in any table; with help, its copies follow",
    beyond=UNPROVEN,
)
def day_shifted(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for table, rows in base.rows.items():
        for column in [c.name for c in base.outcome.tables[table].columns if c.type == "date"]:
            for place in chance.sample(range(len(rows)), min(6, len(rows))):
                for what, day in iter_days(rows[place][column]) if rows[place][column] else ():
                    yield _given(
                        base, edited(base, table, place, **{column: day}), aided, f"{table}.{column} {place} {what}"
                    )


@operator("published", "offsets shifted; with help, of all segments alike")
def offsets_shifted(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["statements"]):
        for shift in (1, -1, 7, 300):
            if row["start"] + shift < 0:
                continue
            tables = edited(base, "statements", place, start=row["start"] + shift, end=row["end"] + shift)
            if aided:
                tables["segments"] = [
                    s
                    | (
                        {"start": max(0, s["start"] + shift), "end": s["end"] + shift}
                        if s["statement_id"] == row["statement_id"]
                        else {}
                    )
                    for s in base.rows["segments"]
                ]
            yield Published(f"{row['statement_id']} {shift}", tables)


@operator("published", "an omission taken out, or put in where the account carries the claim")
def omission_altered(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for place, _ in enumerate(base.rows["omissions"]):
        yield _given(
            base,
            {"omissions": base.rows["omissions"][:place] + base.rows["omissions"][place + 1 :]},
            aided,
            f"{place} out",
        )
    for claim in base.rows["claims"]:
        for source in base.rows["sources"]:
            new = {"claim_id": claim["claim_id"], "source_id": source["source_id"]}
            if new not in base.rows["omissions"]:
                tables = {"omissions": [*base.rows["omissions"], new]}
                if aided:
                    tables["attestations"] = [
                        a
                        for a in base.rows["attestations"]
                        if not (
                            a["claim_id"] == claim["claim_id"]
                            and a["statement_id"].startswith(source["source_id"] + ".")
                        )
                    ]
                yield _given(base, tables, aided, f"{claim['claim_id']} {source['source_id']}")


@operator(
    "published",
    "a pair labelled otherwise, its divergence reworded, its text altered, or a pair invented",
    beyond="the words that say what a divergence changes are the curators' own; git history, the hash in the released ledger",
)
def pair_altered(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["pairs"]):
        label = chance.choice(
            [
                x
                for x in ("equivalent", "a_broader", "b_broader", "overlapping", "conflicting", "unrelated")
                if x != row["label"]
            ]
        )
        yield _given(base, edited(base, "pairs", place, label=label), aided, f"{place} {label}")
        yield _given(
            base,
            edited(
                base,
                "pairs",
                place,
                wording={"verbatim": "reworded", "reworded": "verbatim"}.get(row["wording"], "verbatim"),
            ),
            aided,
            f"{place} wording",
        )
        if row["divergence"]:
            yield _given(
                base,
                edited(base, "pairs", place, divergence=row["divergence"].partition(": ")[0] + ": nothing"),
                aided,
                f"{place} divergence",
            )
            yield _given(
                base,
                edited(base, "pairs", place, divergence=row["divergence"].replace("“", "“not ")),
                aided,
                f"{place} words",
            )


@operator("published", "the full text put into the table of sources, or stretches of it into free text")
def text_published(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["sources"]):
        text = base.captures[row["source_id"]]
        for share in (row["reproduced_share"], 1.0, 0.5):
            for redistribution in ("quotation", "full-text"):
                yield _given(
                    base,
                    edited(base, "sources", place, text=text, reproduced_share=share, redistribution=redistribution),
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
                yield _given(
                    base,
                    edited(
                        base, table, number, **{column: f"{base.rows[table][number][column]} {' '.join(text.split())}"}
                    ),
                    aided,
                    f"{table}.{column}",
                )


@operator("published", "the recorded hash, length or share of a source altered, or the stamp of a release on a record")
def record_altered(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["sources"]):
        for values in (
            {"text_sha256": "0" * 64},
            {"text_length": row["text_length"] + 1},
            {"reproduced_share": 0.1},
            {"reproduced_share": round(row["reproduced_share"] - 0.0002, 4)},
        ):
            yield _given(base, edited(base, "sources", place, **values), aided, str(values))
    for table, rows in base.rows.items():
        for column in ("added_in", "revised_in"):
            for place in chance.sample(range(len(rows)), min(3, len(rows))) if rows and column in rows[0] else ():
                for version in ("0.9.0", "2.0.0", None):
                    if version != rows[place][column]:
                        yield _given(
                            base, edited(base, table, place, **{column: version}), aided, f"{table}.{column} {version}"
                        )


@operator("published", "a relation, a claim or the words that carry it altered", beyond=UNPROVEN)
def claim_altered(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["attestations"]):
        relation = chance.choice(
            [x for x in ("equivalent", "broader", "narrower", "conflicting") if x != row["relation"]]
        )
        yield _given(base, edited(base, "attestations", place, relation=relation), aided, f"{place} {relation}")
        for new in (*iter_swaps(row["quote"], chance, 1), *iter_drops(row["quote"], chance, 1)):
            yield _given(base, edited(base, "attestations", place, quote=new), aided, new[:50])
    for place, row in enumerate(base.rows["claims"]):
        text = row["proposition"]
        for new in (
            *iter_pairs(text, NEGATED),
            *iter_pairs(text, REPLACED[:3]),
            *iter_lookalikes(text, chance, 1),
            *iter_hidden(text, chance, 1),
        ):
            yield _given(base, edited(base, "claims", place, proposition=new), aided, new[:50])


@operator(
    "published",
    "an id altered; with help, in every table that refers to it",
    beyond="the same data under other names; the ledger knows every id that was released",
)
def id_altered(base: Base, chance: random.Random, aided: bool) -> Iterator[Published]:
    for table, key in (
        ("statements", "statement_id"),
        ("claims", "claim_id"),
        ("sources", "source_id"),
        ("agents", "agent_id"),
        ("events", "event_id"),
        ("offices", "office_id"),
        ("pairs", "pair_id"),
    ):
        for place in chance.sample(range(len(base.rows[table])), min(8, len(base.rows[table]))):
            old = base.rows[table][place][key]
            new = old[:-1] + ("x" if old[-1] != "x" else "y")
            if not aided:
                yield Published(f"{table} {old}", edited(base, table, place, **{key: new}))
            else:

                def swap(v, o=old, n=new):
                    return (
                        v.replace(o, n)
                        if isinstance(v, str) and (v == o or v.startswith((o + ".", o + "/")) or v.endswith("/" + o))
                        else v
                    )

                yield Published(
                    f"{table} {old}",
                    {name: [{c: swap(v) for c, v in r.items()} for r in rows] for name, rows in base.rows.items()},
                )
