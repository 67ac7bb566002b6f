"""Operators on what curators wrote about statements: the words, who said them, how, when, and where they stand."""

from __future__ import annotations

import copy
import hashlib
import random
from collections.abc import Callable, Iterator
from typing import Any

from .base import Base
from .operators import Curated, Key, changed, operator
from .wording import (
    NEGATED, REPLACED, iter_days, iter_drops, iter_hidden, iter_lookalikes, iter_pairs, iter_swaps, text_of,
)  # fmt: skip

JUDGEMENT = "a curator's judgement that the text neither proves nor refutes; a second curator, and git history"
EXTENT = "where the words that belong to it begin and end is judged, not computed; a second curator"


def iter_statements(base: Base) -> Iterator[tuple[Key, int, dict[str, Any]]]:
    """(file, index, statement) of every curated statement."""
    for key, value in base.documents.items():
        if key[0] == "source":
            for index, entry in enumerate(value["statements"]):
                yield key, index, entry


def _with(base: Base, key: Key, index: int, **facts: Any) -> dict[Key, Any]:
    def change(value: Any) -> None:
        entry = value["statements"][index]
        for name, fact in facts.items():
            if fact is None and name not in ("speaker",):
                entry.pop(name, None)
            else:
                entry[name] = fact

    return changed(base.documents, key, change)


def claims_rewritten(base: Base, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> dict[Key, Any]:
    """All event files with each attestation changed or (None) left out; claims left without one go, divergences without both too."""
    files = {}
    for key, value in base.documents.items():
        if key[0] != "event":
            continue
        new = copy.deepcopy(value)
        for claim in new.get("claims") or ():
            claim["attestations"] = [a for a in (change(dict(a)) for a in claim["attestations"]) if a is not None]
            attested = {a["statement"] for a in claim["attestations"]}
            kept = [d for d in claim.get("divergences") or () if set(d["words"]) <= attested]
            claim.pop("divergences", None)
            if kept:
                claim["divergences"] = kept
        if new.get("claims"):
            new["claims"] = [claim for claim in new["claims"] if claim["attestations"]]
        if new != value:
            files[key] = new
    return files


def rewrite_quote(base: Base, key: Key, index: int, old: str, new: str) -> Curated:
    """The attacker's best: capture, its seal, the quotation, its marked parts and the attested words changed alike."""
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

    return Curated(f"{statement}: {new[:60]}", files | claims_rewritten(base, reword), {source: capture})


def _quote_operator(name: str, what: str, variants: Callable[[str, random.Random], Iterator[str]]) -> None:
    def corrupt(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
        for key, index, entry in iter_statements(base):
            old = " ".join(text_of(entry["quote"]).split())
            for new in variants(old, chance):
                if aided:
                    yield rewrite_quote(base, key, index, old, new)
                else:
                    yield Curated(f"{key[1]}.{entry['id']}", _with(base, key, index, quote=new))

    corrupt.__name__ = name
    operator("curated", what)(corrupt)


_quote_operator("quote_letters_swapped", "two letters of a quotation exchanged", lambda t, c: iter_swaps(t, c, 4))
_quote_operator("quote_word_dropped", "a word of a quotation left out", lambda t, c: iter_drops(t, c, 4))
_quote_operator(
    "quote_negated", "a quotation turned into its opposite (`has never` to `has`)", lambda t, c: iter_pairs(t, NEGATED)
)
_quote_operator("quote_word_replaced", "a word of a quotation replaced", lambda t, c: iter_pairs(t, REPLACED))
_quote_operator(
    "quote_lookalike", "a letter of a quotation replaced by a look-alike", lambda t, c: iter_lookalikes(t, c, 3)
)
_quote_operator("quote_hidden", "an invisible character put into a quotation", lambda t, c: iter_hidden(t, c, 3))


@operator("curated", "the end or beginning of a quotation cut off; with help, excluded as boilerplate", beyond=EXTENT)
def quote_cut(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        words = text_of(entry["quote"]).split()
        for number in (1, 3, 6, -2, -5):
            if len(words) <= abs(number) + 3:
                continue
            kept, rest = (words[:-number], words[-number:]) if number > 0 else (words[-number:], words[:-number])
            files = _with(base, key, index, quote=" ".join(kept))
            if aided:
                files[key]["exclusions"] = [
                    *files[key].get("exclusions", []),
                    {"quote": " ".join(rest), "reason": "boilerplate"},
                ]
            yield Curated(f"{key[1]}.{entry['id']} {number}", files)


@operator("curated", "a statement left out; with help, with its claims and what continues it")
def statement_dropped(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    yield from _without(base, aided, None)


@operator("curated", "a statement turned into an exclusion; with help, with its claims and what continues it")
def statement_excluded(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for reason in ("narration", "boilerplate"):
        yield from _without(base, aided, reason)


def _without(base: Base, aided: bool, reason: str | None) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        gone = f"{key[1]}.{entry['id']}"

        def change(value: Any, index: int = index, entry: dict[str, Any] = entry) -> None:
            del value["statements"][index]
            if reason:
                value["exclusions"] = [*value.get("exclusions", []), {"quote": entry["quote"], "reason": reason}]
            if aided:
                for other in value["statements"]:
                    for link in ("continues", "repeats", "within"):
                        if other.get(link) == entry["id"]:
                            del other[link]

        files = changed(base.documents, key, change)
        if aided:
            files |= claims_rewritten(base, lambda a, gone=gone: None if a["statement"] == gone else a)
        yield Curated(gone, files)


@operator(
    "curated", "an exclusion turned into a statement; with help, attested by a claim of its own words", beyond=JUDGEMENT
)
def exclusion_stated(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
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
def statement_doubled(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        yield Curated(
            entry["id"],
            changed(
                base.documents, key, lambda v, i=index: v["statements"].append({**v["statements"][i], "id": "s98"})
            ),
        )


@operator("curated", "a quotation moved to another source; with help, its claims follow")
def source_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for other, value in base.documents.items():
            if other[0] != "source" or other == key:
                continue
            files = changed(base.documents, key, lambda v, i=index: v["statements"].pop(i))
            moved = {k: v for k, v in entry.items() if not (aided and k in ("continues", "repeats"))} | {"id": "s97"}
            new = copy.deepcopy(value)
            new["statements"].append(moved)
            files[other] = new
            old_id, new_id = f"{key[1]}.{entry['id']}", f"{other[1]}.s97"
            if aided:
                files |= claims_rewritten(
                    base, lambda a, o=old_id, n=new_id: a | {"statement": n} if a["statement"] == o else a
                )
            yield Curated(f"{old_id} to {other[1]}", files)


@operator(
    "curated", "another speaker; with help, the label's words made a name of that agent, who is made a participant"
)
def speaker_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for agent, value in base.documents.items():
            if agent[0] != "agent" or agent[1] == entry["speaker"]:
                continue
            files = _with(base, key, index, speaker=agent[1])
            if aided:
                named = copy.deepcopy(value)
                named["agent"]["other_names"] = [*(named["agent"].get("other_names") or []), "Wang Yi", "Wang"]
                files[agent] = named
                for event, facts in base.documents.items():
                    if event[0] == "event":
                        new = copy.deepcopy(facts)
                        new["participants"] = [
                            *(new.get("participants") or []),
                            {"agent": agent[1], "role": "participant"},
                        ]
                        files[event] = new
            yield Curated(f"{key[1]}.{entry['id']} to {agent[1]}", files)


@operator("curated", "the speaker made unknown (null); with help, everything that continues the statement too")
def speaker_hidden(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        files = _with(base, key, index, speaker=None)
        if aided:
            for other in files[key]["statements"]:
                if other.get("continues") == entry["id"]:
                    other["speaker"] = None
        yield Curated(f"{key[1]}.{entry['id']}", files)


@operator(
    "curated", "a statement moved to another event; with help, one that exists and has the same day, without its claims"
)
def event_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for event, value in base.documents.items():
            if event[0] != "event":
                continue
            other = f"{value['event']['start_date']}-another-meeting"
            files = _with(base, key, index, event=other)
            if aided:
                gone = f"{key[1]}.{entry['id']}"
                files |= claims_rewritten(base, lambda a, g=gone: None if a["statement"] == g else a)
                facts = {
                    **value["event"],
                    "name": "Another meeting",
                    "date_source": key[1],
                    "series": None,
                    "ordinal": None,
                }
                if key[1] != value["event"]["date_source"]:
                    facts["date_expression"] = "on Sept. 26, 2019"
                files[("event", other)] = {
                    "event": facts,
                    "participants": [dict(p) for p in value.get("participants") or ()],
                }
            yield Curated(f"{key[1]}.{entry['id']}", files)


@operator("curated", "the printed title shortened, swapped for another, dropped or put where none is printed")
def title_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    titles = ["Foreign Minister", "State Councilor", "Premier", "Minister", "top diplomat", None]
    for key, index, entry in iter_statements(base):
        for title in titles:
            if title == entry.get("title"):
                continue
            facts: dict[str, Any] = {"title": title}
            if aided and title and entry.get("label") and title not in text_of(entry["label"]):
                continue
            yield Curated(f"{key[1]}.{entry['id']} {title}", _with(base, key, index, **facts))


@operator("curated", "the label shortened, dropped or put on other words of the quotation", beyond=EXTENT)
def label_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        words = text_of(entry["quote"]).split()
        label = text_of(entry["label"]).split() if entry.get("label") else []
        others = [
            " ".join(label[1:]),
            " ".join(label[:-1]),
            None,
            words[0],
            words[len(words) // 2],
            " ".join(words[-2:]).strip("."),
        ]
        for other in dict.fromkeys(others):
            if other == "" or other == (" ".join(label) or None):
                continue
            facts: dict[str, Any] = {"label": other}
            if aided:
                facts["continues"] = next(
                    (
                        e["id"]
                        for k, i, e in reversed(list(iter_statements(base)))
                        if k == key and i < index and "Wang" in text_of(e.get("label") or "")
                    ),
                    None,
                )
            yield Curated(f"{key[1]}.{entry['id']} {other}", _with(base, key, index, **facts))


@operator(
    "curated", "the cue dropped or put on other words; with help, the mode follows and the label goes", beyond=EXTENT
)
def cue_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        words = [w.strip(",.") for w in text_of(entry["quote"]).split()]
        if entry.get("cue"):
            facts: dict[str, Any] = {"cue": None}
            if aided:
                named = next(
                    (
                        e["id"]
                        for k, i, e in reversed(list(iter_statements(base)))
                        if k == key and i < index and "Wang" in text_of(e.get("label") or "")
                    ),
                    None,
                )
                facts |= {"mode": "free-indirect", "label": None, "continues": named, "title": None}
            yield Curated(f"{key[1]}.{entry['id']} dropped", _with(base, key, index, **facts))
        for word in (words[0], words[len(words) // 2], words[-1]):
            facts = {"cue": word} | ({"mode": "indirect"} if aided else {})
            if word != entry.get("cue"):
                yield Curated(f"{key[1]}.{entry['id']} {word}", _with(base, key, index, **facts))


@operator("curated", "another mode; with help, speech act, cue, label and continuation follow", beyond=JUDGEMENT)
def mode_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for mode in ("direct", "mixed", "indirect", "free-indirect", "reported", "authored"):
            if mode == entry["mode"]:
                continue
            facts: dict[str, Any] = {"mode": mode}
            if aided and mode == "reported":
                facts["speech_act"] = None
            if aided and mode in ("free-indirect", "authored"):
                facts["cue"] = None
            if aided and mode == "authored":
                facts |= {"label": None, "continues": None, "title": None}
            yield Curated(f"{key[1]}.{entry['id']} {mode}", _with(base, key, index, **facts))


@operator(
    "curated",
    "another speech act",
    aided=False,
    beyond="what is done by saying it is judged by the codebook, not computed; a second curator (measured agreement)",
)
def speech_act_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for act in ("assertive", "directive", "commissive", "expressive", "declaration", None):
            if act != entry.get("speech_act"):
                yield Curated(f"{key[1]}.{entry['id']} {act}", _with(base, key, index, speech_act=act))


@operator(
    "curated",
    "another section",
    aided=False,
    beyond="a capture is plain text and does not mark what stood under a picture; the page itself, a second curator",
)
def section_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for section in ("headline", "body", "caption"):
            if section != (entry.get("section") or "body"):
                yield Curated(f"{key[1]}.{entry['id']} {section}", _with(base, key, index, section=section))


@operator(
    "curated",
    "another language; with help, of the whole source",
    beyond="the language of a short text without function words is judged; a second curator",
)
def language_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for language in ("fr", "es", "zh", "de"):
            files = _with(base, key, index, language=language)
            if aided:
                files[key]["source"]["language"] = language
                files[key]["statements"][index].pop("language")
            yield Curated(f"{key[1]}.{entry['id']} {language}", files)


@operator("curated", "`continues` put on another statement, dropped or added", aided=False)
def continues_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        others = [e["id"] for k, _, e in iter_statements(base) if k == key and e["id"] != entry.get("continues")]
        for other in [*chance.sample(others, min(3, len(others))), None]:
            if other != entry.get("continues"):
                yield Curated(f"{key[1]}.{entry['id']} {other}", _with(base, key, index, continues=other))


@operator("curated", "`repeats` or `within` put on a statement", aided=False)
def link_invented(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        others = [e["id"] for k, _, e in iter_statements(base) if k == key and e["id"] != entry.get("repeats")]
        for link in ("repeats", "within"):
            yield Curated(f"{key[1]}.{entry['id']}", _with(base, key, index, **{link: chance.choice(others)}))


@operator("curated", "a stretch of context no longer marked, so that it counts as said", aided=False, beyond=EXTENT)
def context_dropped(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        if entry.get("context"):
            yield Curated(f"{key[1]}.{entry['id']}", _with(base, key, index, context=None))
        if entry.get("date_expression"):
            yield Curated(
                f"{key[1]}.{entry['id']} date",
                _with(base, key, index, date=None, date_basis=None, date_expression=None),
            )


@operator(
    "curated",
    "words of the content marked as context or given as `content`, so that they no longer count as said",
    aided=False,
    beyond=EXTENT,
)
def content_hidden(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        words = text_of(entry["quote"]).split()
        middle = len(words) // 2
        yield Curated(
            f"{key[1]}.{entry['id']}",
            _with(
                base,
                key,
                index,
                context=[*(entry.get("context") or ()), " ".join(words[middle : middle + 2]).strip(",.")],
            ),
        )
        yield Curated(
            f"{key[1]}.{entry['id']}",
            _with(base, key, index, content=[" ".join(words[middle : middle + 4]).strip(",.")]),
        )


@operator(
    "curated",
    "a further part (target, principal) dropped, invented, given another role or agent",
    aided=False,
    beyond="who else is meant is judged where the text does not name them; a second curator",
)
def attribution_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for number, part in enumerate(entry.get("attributions") or ()):
            for role in ("principal", "addressee", "target", "relayer"):
                if role != part["role"]:
                    yield Curated(
                        role,
                        changed(
                            base.documents,
                            key,
                            lambda v, i=index, n=number, r=role: v["statements"][i]["attributions"][n].update(role=r),
                        ),
                    )
            for agent in ("china", "celac", "xinhua"):
                yield Curated(
                    agent,
                    changed(
                        base.documents,
                        key,
                        lambda v, i=index, n=number, a=agent: v["statements"][i]["attributions"][n].update(agent=a),
                    ),
                )
            yield Curated("dropped", _with(base, key, index, attributions=None))
        for agent in ("xinhua", "mfa-prc"):
            yield Curated(
                f"{key[1]}.{entry['id']} {agent}",
                _with(base, key, index, attributions=[{"role": "principal", "agent": agent, "label": None}]),
            )


@operator("curated", "the date shifted by a day, a week, a month, a year, a century; with help, its words follow")
def date_shifted(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for what, day in iter_days(entry.get("date") or "2019-09-26"):
            facts: dict[str, Any] = {"date": day}
            if aided:
                facts |= {"date_basis": "inferred", "date_expression": None}
            elif not entry.get("date_basis"):
                facts |= {"date_basis": "inferred"}
            yield Curated(f"{key[1]}.{entry['id']} {what}", _with(base, key, index, **facts))


@operator(
    "curated",
    "the words that date a statement changed (`Thursday` to `Friday`), or words of the text that do not date it",
    aided=False,
)
def date_words_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
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
                _with(
                    base,
                    key,
                    index,
                    date=entry.get("date") or "2019-09-26",
                    date_basis="resolved",
                    date_expression=words,
                ),
            )


@operator("curated", "precision or basis of a date changed", aided=False)
def date_basis_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for precision in ("month", "year"):
            yield Curated(
                f"{key[1]}.{entry['id']} {precision}",
                _with(
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
                    _with(base, key, index, date=entry.get("date") or "2019-09-26", date_basis=basis),
                )


@operator(
    "curated",
    "how the record was first written (`curation_method`) changed",
    aided=False,
    beyond="only the history knows how a record was first written; git history, a signature",
)
def method_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        yield Curated(f"{key[1]}.{entry['id']}", _with(base, key, index, curation_method="machine-drafted"))


@operator("curated", "a released id given another name; with help, all that refers to it follows")
def id_renamed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        files = _with(base, key, index, id="s96")
        if aided:
            for other in files[key]["statements"]:
                for link in ("continues", "repeats", "within"):
                    if other.get(link) == entry["id"]:
                        other[link] = "s96"
            old = f"{key[1]}.{entry['id']}"
            files |= claims_rewritten(
                base, lambda a, o=old, k=key[1]: a | {"statement": f"{k}.s96"} if a["statement"] == o else a
            )
        yield Curated(f"{key[1]}.{entry['id']}", files)


@operator(
    "curated",
    "two statements exchange their ids; with help, all that refers to them follows",
    beyond="the same records under each other's ids: `readouts diff` shows both as revised; git history",
)
def ids_exchanged(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    listed = list(iter_statements(base))
    for key, index, entry in listed:
        rest = [(i, e) for k, i, e in listed if k == key and i > index]
        for number, other in chance.sample(rest, min(3, len(rest))):
            swap = {entry["id"]: other["id"], other["id"]: entry["id"]}

            def change(value: Any, i: int = index, j: int = number, swap: dict[str, str] = swap) -> None:
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
