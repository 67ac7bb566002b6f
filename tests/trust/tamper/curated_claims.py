"""Operators on claims: propositions, attestations, relations, divergences, and the omissions that follow from them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from .base import Base
from .operators import Curated, Key, changed, operator
from .statements import iter_statements
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

WORDED = "a proposition is the curator's own wording, and nothing else in the package repeats it: a second curator or git history"
SHADES = "how close two wordings are is a judgement: a second curator (agreement is measured)"


def iter_claims(base: Base) -> Iterator[tuple[Key, int, dict[str, Any]]]:
    """(file, index, claim) of every curated claim."""
    for key, value in base.documents.items():
        if key[0] == "event":
            for index, claim in enumerate(value.get("claims") or ()):
                yield key, index, claim


def _claim(base: Base, key: Key, index: int, **facts: Any) -> dict[Key, Any]:
    return changed(base.documents, key, lambda v: v["claims"][index].update(facts))


@operator("curated", "a proposition negated", aided=False, beyond=WORDED)
def proposition_negated(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        for new in iter_pairs(
            claim["proposition"],
            (
                *NEGATED,
                ("willing not to", "willing to"),
                ("never had any", "had many"),
                ("having no", "having"),
                (" is ", " is not "),
                (" conforms", " does not conform"),
            ),
        ):
            yield Curated(new[:70], _claim(base, key, index, proposition=new))


@operator(
    "curated",
    "a word of a proposition replaced, dropped, or its letters exchanged",
    aided=False,
    beyond=WORDED,
)
def proposition_reworded(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        text = claim["proposition"]
        for new in (
            *iter_pairs(text, REPLACED[:4]),
            *iter_drops(text, rng, 1),
            *iter_swaps(text, rng, 1),
        ):
            yield Curated(new[:70], _claim(base, key, index, proposition=new))


@operator(
    "curated",
    "look-alike letters in the curators' own words: propositions, names, places, evidence",
    aided=False,
)
def own_words_lookalike(base: Base, rng: random.Random) -> Iterator[Curated]:
    yield from _own_words(base, lambda text: list(iter_lookalikes(text, rng, 1)))


@operator("curated", "invisible characters in the curators' own words", aided=False)
def own_words_hidden(base: Base, rng: random.Random) -> Iterator[Curated]:
    yield from _own_words(base, lambda text: list(iter_hidden(text, rng, 1)))


def _own_words(base: Base, corrupt: Any) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        for new in corrupt(claim["proposition"]):
            yield Curated(f"{claim['id']}", _claim(base, key, index, proposition=new))
        for number, divergence in enumerate(claim.get("divergences") or ()):
            for new in corrupt(divergence["change"]):
                yield Curated(
                    "change",
                    changed(
                        base.documents,
                        key,
                        lambda v, i=index, n=number, t=new: v["claims"][i]["divergences"][n].update(
                            change=t
                        ),
                    ),
                )
    for key, value in base.documents.items():
        for column in (
            "name",
            "place",
            "series",
            "obtained_from",
            "rights",
            "publisher_evidence",
            "title",
        ):
            text = value[key[0]].get(column)
            for new in corrupt(text) if text else ():
                yield Curated(
                    f"{key[1]} {column}",
                    changed(
                        base.documents,
                        key,
                        lambda v, k=key[0], c=column, t=new: v[k].update({c: t}),
                    ),
                )
        for number, office in enumerate(value.get("offices") or ()):
            for column in ("title", "evidence"):
                for new in corrupt(office[column]):
                    yield Curated(
                        f"{office['id']} {column}",
                        changed(
                            base.documents,
                            key,
                            lambda v, n=number, c=column, t=new: v["offices"][n].update({c: t}),
                        ),
                    )


@operator("curated", "two claims exchange their propositions", aided=False)
def propositions_exchanged(base: Base, rng: random.Random) -> Iterator[Curated]:
    listed = list(iter_claims(base))
    for key, index, claim in listed:
        for _, other, second in rng.sample(listed, min(4, len(listed))):
            if other != index:

                def change(
                    v: Any,
                    i: int = index,
                    j: int = other,
                    a: str = claim["proposition"],
                    b: str = second["proposition"],
                ) -> None:
                    v["claims"][i]["proposition"], v["claims"][j]["proposition"] = b, a

                yield Curated(f"{claim['id']} {second['id']}", changed(base.documents, key, change))


@operator("curated", "a claim left out, or written twice", aided=False)
def claim_dropped(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        yield Curated(
            f"{claim['id']} dropped",
            changed(base.documents, key, lambda v, i=index: v["claims"].pop(i)),
        )
        yield Curated(
            f"{claim['id']} doubled",
            changed(
                base.documents,
                key,
                lambda v, i=index: v["claims"].append({**v["claims"][i], "id": "c98"}),
            ),
        )


@operator("curated", "another relation of the words to the claim", aided=False, beyond=SHADES)
def relation_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        for number, attestation in enumerate(claim["attestations"]):
            for relation in ("equivalent", "broader", "narrower", "conflicting"):
                if relation != attestation["relation"]:
                    yield Curated(f"{claim['id']}/{attestation['statement']} {relation}", changed(
                        base.documents, key, lambda v, i=index, n=number, r=relation: v["claims"][i]["attestations"][n].update(relation=r)))  # fmt: skip


@operator(
    "curated",
    "an omission invented: an account's attestations of a claim left out",
    beyond=SHADES,
    both=True,
)
def omission_invented(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        for source in sorted({a["statement"].partition(".")[0] for a in claim["attestations"]}):

            def change(v: Any, i: int = index, source: str = source) -> None:
                new = v["claims"][i]
                new["attestations"] = [
                    a for a in new["attestations"] if a["statement"].partition(".")[0] != source
                ]
                if aided:
                    new.pop("divergences", None)

            files = changed(base.documents, key, change)
            if files[key]["claims"][index]["attestations"]:
                yield Curated(f"{claim['id']} {source}", files)


@operator(
    "curated",
    "an omission hidden by attesting the claim with other words of the account that leaves it out; with help, words that share most with the claim",
    beyond=SHADES,
    both=True,
)
def omission_hidden(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        carried = {a["statement"].partition(".")[0] for a in claim["attestations"]}
        wanted = set(claim["proposition"].lower().replace(".", "").split())
        for source, _position, entry in iter_statements(base):
            if source[1] in carried:
                continue
            words = text_of(entry["quote"]).split()
            windows = [" ".join(words[i : i + 6]) for i in range(0, max(1, len(words) - 5), 3)]
            picked = (
                max(windows, key=lambda w: len(wanted & set(w.lower().split())))
                if aided
                else rng.choice(windows)
            )
            attestation = {
                "statement": f"{source[1]}.{entry['id']}",
                "relation": "equivalent",
                "quote": picked.strip(",."),
            }
            yield Curated(f"{claim['id']} {attestation['statement']}", changed(
                base.documents, key, lambda v, i=index, a=attestation: v["claims"][i]["attestations"].append(a)))  # fmt: skip


@operator(
    "curated",
    "a claim re-attached to another statement; with help, quoting words of that statement",
    beyond=SHADES,
)
def claim_reattached(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    listed = list(iter_statements(base))
    for key, index, claim in iter_claims(base):
        for number, _attestation in enumerate(claim["attestations"]):
            for source, _, entry in rng.sample(listed, 2):
                other = f"{source[1]}.{entry['id']}"
                if any(a["statement"] == other for a in claim["attestations"]):
                    continue
                words = text_of(entry["quote"]).split()
                facts = {"statement": other} | (
                    {"quote": " ".join(words[2:8]).strip(",.")} if aided else {}
                )

                def change(v: Any, i: int = index, n: int = number, facts: dict = facts) -> None:
                    v["claims"][i]["attestations"][n].update(facts)
                    if aided:
                        v["claims"][i].pop("divergences", None)

                yield Curated(f"{claim['id']} {other}", changed(base.documents, key, change))


@operator("curated", "the words that carry a claim altered", aided=False)
def attested_words_altered(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        for number, attestation in enumerate(claim["attestations"]):
            text = " ".join(attestation["quote"].split())
            for new in (
                *iter_swaps(text, rng, 1),
                *iter_pairs(text, NEGATED),
                *iter_lookalikes(text, rng, 1),
            ):
                yield Curated(
                    new[:60],
                    changed(
                        base.documents,
                        key,
                        lambda v, i=index, n=number, q=new: v["claims"][i]["attestations"][
                            n
                        ].update(quote=q),
                    ),
                )


@operator(
    "curated",
    "the words that carry a claim exchanged for others of the same statement",
    aided=False,
    beyond=SHADES,
)
def attested_words_moved(base: Base, rng: random.Random) -> Iterator[Curated]:
    quotes = {f"{k[1]}.{e['id']}": text_of(e["quote"]).split() for k, _, e in iter_statements(base)}
    for key, index, claim in iter_claims(base):
        for number, attestation in enumerate(claim["attestations"]):
            words = quotes[attestation["statement"]]
            at = rng.randrange(0, max(1, len(words) - 4))
            new = " ".join(words[at : at + 4]).strip(",.")
            if new not in attestation["quote"]:
                yield Curated(
                    new,
                    changed(
                        base.documents,
                        key,
                        lambda v, i=index, n=number, q=new: v["claims"][i]["attestations"][
                            n
                        ].update(quote=q),
                    ),
                )


@operator(
    "curated",
    "a divergence left out, given other words, or explained otherwise",
    aided=False,
    beyond=WORDED,
)
def divergence_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, claim in iter_claims(base):
        for number, divergence in enumerate(claim.get("divergences") or ()):

            def dropped(v: Any, i: int = index) -> None:
                del v["claims"][i]["divergences"]

            yield Curated(f"{claim['id']} dropped", changed(base.documents, key, dropped))
            yield Curated(
                f"{claim['id']} change",
                changed(
                    base.documents,
                    key,
                    lambda v, i=index, n=number: v["claims"][i]["divergences"][n].update(
                        change="no difference in meaning"
                    ),
                ),
            )
            for statement, words in divergence["words"].items():
                for new in (*iter_swaps(words, rng, 1), words + " indeed"):
                    yield Curated(
                        new,
                        changed(
                            base.documents,
                            key,
                            lambda v, i=index, n=number, s=statement, t=new: v["claims"][i][
                                "divergences"
                            ][n]["words"].update({s: t}),
                        ),
                    )
