"""Operators on the records of the published tables: cells, rows, ids, speakers, days, offsets, omissions, stamps."""

from __future__ import annotations

import random
from collections.abc import Iterator

from .base import Base
from .operators import Published, operator
from .rows import UNPROVEN, edited, given
from .wording import iter_days


@operator(
    "published",
    "a cell replaced by another value of its column, a column at a time, all tables",
    beyond=UNPROVEN,
)
def cell_exchanged(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for table, rows in base.rows.items():
        for column in rows[0] if rows else ():
            values = list(dict.fromkeys(row[column] for row in rows))
            terms = (
                next(
                    (c.terms for c in base.outcome.tables[table].columns if c.name == column), None
                )
                or ()
            )
            values += [term for term in terms if term not in values]
            for place in rng.sample(range(len(rows)), min(4, len(rows))):
                others = [value for value in values if value != rows[place][column]]
                if others:
                    value = rng.choice(others)
                    yield given(
                        base,
                        edited(base, table, place, **{column: value}),
                        aided,
                        f"{table}.{column} {place} {str(value)[:40]}",
                    )


@operator("published", "a cell emptied, a column at a time, all tables", beyond=UNPROVEN)
def cell_emptied(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for table, rows in base.rows.items():
        for column in rows[0] if rows else ():
            for place in rng.sample(range(len(rows)), min(3, len(rows))):
                if rows[place][column] is not None:
                    yield given(
                        base,
                        edited(base, table, place, **{column: None}),
                        aided,
                        f"{table}.{column} {place}",
                    )


@operator(
    "published",
    "a row left out, or written twice",
    beyond="nothing else refers to the record: its hash in the ledger and the signed checksums",
)
def row_dropped(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for table, rows in base.rows.items():
        for place in rng.sample(range(len(rows)), min(8, len(rows))):
            yield given(
                base, {table: rows[:place] + rows[place + 1 :]}, aided, f"{table} {place} dropped"
            )
        for place in rng.sample(range(len(rows)), min(3, len(rows))):
            yield given(base, {table: [*rows, rows[place]]}, aided, f"{table} {place} doubled")


@operator(
    "published",
    "a statement left out with all its rows: segments, attributions, attestations, pairs; the claims it alone carries too",
)
def statement_erased(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for row in base.rows["statements"]:
        gone = row["statement_id"]
        tables = {"statements": [r for r in base.rows["statements"] if r is not row]}
        if aided:
            for name in ("segments", "attributions", "attestations"):
                tables[name] = [r for r in base.rows[name] if r["statement_id"] != gone]
            tables["pairs"] = [
                r for r in base.rows["pairs"] if gone not in (r["statement_a"], r["statement_b"])
            ]
            tables["statements"] = [
                r | {link: None for link in ("continues", "repeats", "within") if r[link] == gone}
                for r in tables["statements"]
            ]
            left = {a["claim_id"] for a in tables["attestations"]}
            tables["claims"] = [c for c in base.rows["claims"] if c["claim_id"] in left]
            tables["omissions"] = [o for o in base.rows["omissions"] if o["claim_id"] in left]
        yield given(base, tables, aided, gone)


@operator("published", "another speaker; with help, his attributions, name and the offices follow")
def speaker_moved(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["statements"]):
        for agent in base.rows["agents"]:
            if agent["agent_id"] == row["speaker_id"]:
                continue
            tables = edited(
                base, "statements", place, speaker_id=agent["agent_id"], speaker_name=agent["name"]
            )
            if aided:
                tables["attributions"] = [a | ({"agent_id": agent["agent_id"], "office_id": None} if a["statement_id"] == row["statement_id"] and a["role"] == "speaker" else {})
                                          for a in base.rows["attributions"]]  # fmt: skip
            yield given(base, tables, aided, f"{row['statement_id']} {agent['agent_id']}")


@operator(
    "published",
    "a quotation moved to another source or event; with help, offsets and copies follow",
)
def account_moved(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["statements"]):
        for source in base.rows["sources"]:
            if source["source_id"] != row["source_id"]:
                yield given(
                    base,
                    edited(base, "statements", place, source_id=source["source_id"]),
                    aided,
                    row["statement_id"],
                )
        yield given(
            base,
            edited(base, "statements", place, event_id="2019-09-26-another-meeting"),
            aided,
            row["statement_id"],
        )


@operator(
    "published",
    "a date shifted by a day, a week, a month, a year, a century, in any table; with help, its copies follow",
    beyond=UNPROVEN,
)
def day_shifted(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for table, rows in base.rows.items():
        for column in [c.name for c in base.outcome.tables[table].columns if c.type == "date"]:
            for place in rng.sample(range(len(rows)), min(6, len(rows))):
                for what, day in iter_days(rows[place][column]) if rows[place][column] else ():
                    yield given(
                        base,
                        edited(base, table, place, **{column: day}),
                        aided,
                        f"{table}.{column} {place} {what}",
                    )


@operator("published", "offsets shifted; with help, of all segments alike")
def offsets_shifted(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["statements"]):
        for shift in (1, -1, 7, 300):
            if row["start"] + shift < 0:
                continue
            tables = edited(
                base, "statements", place, start=row["start"] + shift, end=row["end"] + shift
            )
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
def omission_altered(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for place, _ in enumerate(base.rows["omissions"]):
        yield given(
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
                yield given(base, tables, aided, f"{claim['claim_id']} {source['source_id']}")


@operator(
    "published",
    "the recorded hash, length or share of a source altered, or the stamp of a release on a record",
)
def record_altered(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for place, row in enumerate(base.rows["sources"]):
        for values in (
            {"text_sha256": "0" * 64},
            {"text_length": row["text_length"] + 1},
            {"reproduced_share": 0.1},
            {"reproduced_share": round(row["reproduced_share"] - 0.0002, 4)},
        ):
            yield given(base, edited(base, "sources", place, **values), aided, str(values))
    for table, rows in base.rows.items():
        for column in ("added_in", "revised_in"):
            for place in (
                rng.sample(range(len(rows)), min(3, len(rows)))
                if rows and column in rows[0]
                else ()
            ):
                for version in ("0.9.0", "2.0.0", None):
                    if version != rows[place][column]:
                        yield given(
                            base,
                            edited(base, table, place, **{column: version}),
                            aided,
                            f"{table}.{column} {version}",
                        )


@operator(
    "published",
    "an id altered; with help, in every table that refers to it",
    beyond="the same data under other names; the ledger knows every id that was released",
)
def id_altered(base: Base, rng: random.Random, aided: bool) -> Iterator[Published]:
    for table, key in (
        ("statements", "statement_id"),
        ("claims", "claim_id"),
        ("sources", "source_id"),
        ("agents", "agent_id"),
        ("events", "event_id"),
        ("offices", "office_id"),
        ("pairs", "pair_id"),
    ):
        for place in rng.sample(range(len(base.rows[table])), min(8, len(base.rows[table]))):
            old = base.rows[table][place][key]
            new = old[:-1] + ("x" if old[-1] != "x" else "y")
            if not aided:
                yield Published(f"{table} {old}", edited(base, table, place, **{key: new}))
            else:

                def swap(v, o=old, n=new):
                    return (
                        v.replace(o, n)
                        if isinstance(v, str)
                        and (v == o or v.startswith((o + ".", o + "/")) or v.endswith("/" + o))
                        else v
                    )

                yield Published(
                    f"{table} {old}",
                    {
                        name: [{c: swap(v) for c, v in r.items()} for r in rows]
                        for name, rows in base.rows.items()
                    },
                )
