"""Operators on when it was said, how the record came about, and its id."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from .base import Base
from .operators import Curated, changed, operator
from .statements import claims_rewritten, iter_statements, with_facts
from .wording import iter_days, text_of


@operator(
    "curated",
    "the date shifted by a day, a week, a month, a year, a century; with help, its words follow",
)
def date_shifted(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for what, day in iter_days(entry.get("date") or "2019-09-26"):
            facts: dict[str, Any] = {"date": day}
            if aided:
                facts |= {"date_basis": "inferred", "date_expression": None}
            elif not entry.get("date_basis"):
                facts |= {"date_basis": "inferred"}
            yield Curated(f"{key[1]}.{entry['id']} {what}", with_facts(base, key, index, **facts))


@operator(
    "curated",
    "the words that date a statement changed (`Thursday` to `Friday`), or words of the text that do not date it",
    aided=False,
)
def date_words_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for words in (
            "Monday",
            "Friday",
            "yesterday",
            "today",
            "September 27, 2019",
            text_of(entry["quote"]).split()[0],
        ):
            yield Curated(
                f"{key[1]}.{entry['id']} {words}",
                with_facts(
                    base,
                    key,
                    index,
                    date=entry.get("date") or "2019-09-26",
                    date_basis="resolved",
                    date_expression=words,
                ),
            )


@operator("curated", "precision or basis of a date changed", aided=False)
def date_basis_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for precision in ("month", "year"):
            yield Curated(
                f"{key[1]}.{entry['id']} {precision}",
                with_facts(
                    base,
                    key,
                    index,
                    date=entry.get("date") or "2019-09-26",
                    date_basis=entry.get("date_basis") or "inferred",
                    date_precision=precision,
                ),
            )
        for basis in ("stated", "resolved", "inferred"):
            if basis != (entry.get("date_basis") or "inferred"):
                yield Curated(
                    f"{key[1]}.{entry['id']} {basis}",
                    with_facts(
                        base, key, index, date=entry.get("date") or "2019-09-26", date_basis=basis
                    ),
                )


@operator(
    "curated",
    "how the record was first written (`curation_method`) changed",
    aided=False,
)
def method_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        yield Curated(
            f"{key[1]}.{entry['id']}",
            with_facts(base, key, index, curation_method="machine-drafted"),
        )


@operator("curated", "a released id given another name; with help, all that refers to it follows")
def id_renamed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        files = with_facts(base, key, index, id="s96")
        if aided:
            for other in files[key]["statements"]:
                for link in ("continues", "repeats", "within"):
                    if other.get(link) == entry["id"]:
                        other[link] = "s96"
            old = f"{key[1]}.{entry['id']}"
            files |= claims_rewritten(
                base,
                lambda a, o=old, k=key[1]: (
                    a | {"statement": f"{k}.s96"} if a["statement"] == o else a
                ),
            )
        yield Curated(f"{key[1]}.{entry['id']}", files)


@operator(
    "curated",
    "two statements exchange their ids; with help, all that refers to them follows",
)
def ids_exchanged(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    listed = list(iter_statements(base))
    for key, index, entry in listed:
        rest = [(i, e) for k, i, e in listed if k == key and i > index]
        for number, other in rng.sample(rest, min(3, len(rest))):
            swap = {entry["id"]: other["id"], other["id"]: entry["id"]}

            def change(
                value: Any, i: int = index, j: int = number, swap: dict[str, str] = swap
            ) -> None:
                a, b = value["statements"][i], value["statements"][j]
                a["id"], b["id"] = b["id"], a["id"]
                for each in value["statements"] if aided else ():
                    for link in ("continues", "repeats", "within"):
                        if each.get(link) in swap:
                            each[link] = swap[each[link]]

            files = changed(base.documents, key, change)
            if aided:
                files |= claims_rewritten(
                    base, lambda a, s=swap, k=key[1]: a | {"statement": f"{k}.{s[a['statement'].rpartition('.')[2]]}"}
                    if a["statement"].rpartition(".")[0] == k and a["statement"].rpartition(".")[2] in s else a)  # fmt: skip
                for value in files.values():
                    for claim in value.get("claims") or ():
                        for divergence in claim.get("divergences") or ():
                            divergence["words"] = {f"{key[1]}.{swap[w.rpartition('.')[2]]}" if w.rpartition(".")[0] == key[1] and w.rpartition(".")[2] in swap else w: t
                                                   for w, t in divergence["words"].items()}  # fmt: skip
            yield Curated(f"{key[1]} {swap}", files)


@operator(
    "curated",
    "a statement left out and its id given to another one; with help, all that refers to them follows",
)
def id_reused(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    listed = list(iter_statements(base))
    for key, index, entry in listed:
        for number, other in rng.sample(
            [(i, e) for k, i, e in listed if k == key and i != index], 2
        ):

            def change(
                value: Any,
                i: int = index,
                j: int = number,
                old: str = entry["id"],
                new: str = other["id"],
            ) -> None:
                value["statements"][j]["id"] = old
                for each in value["statements"] if aided else ():
                    for link in ("continues", "repeats", "within"):
                        if each.get(link) in (old, new):
                            each[link] = old if each[link] == new else None
                del value["statements"][i]

            files = changed(base.documents, key, change)
            if aided:
                gone, moved = f"{key[1]}.{entry['id']}", f"{key[1]}.{other['id']}"
                files |= claims_rewritten(
                    base, lambda a, g=gone, m=moved: a | {"statement": g} if a["statement"] == m else None if a["statement"] == g else a)  # fmt: skip
            yield Curated(f"{key[1]} {entry['id']} for {other['id']}", files)
