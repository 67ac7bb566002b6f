"""Operators on who said it and how: speaker, event, title, label, cue, mode, act, section, language, links, parts."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from .base import Base
from .operators import Curated, changed, operator
from .statements import EXTENT, JUDGEMENT, claims_rewritten, iter_statements, with_facts
from .wording import text_of


@operator(
    "curated",
    "another speaker; with help, the label's words made a name of that agent, who is made a participant",
)
def speaker_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for agent, value in base.documents.items():
            if agent[0] != "agent" or agent[1] == entry["speaker"]:
                continue
            files = with_facts(base, key, index, speaker=agent[1])
            if aided:
                named = copy.deepcopy(value)
                named["agent"]["other_names"] = [
                    *(named["agent"].get("other_names") or []),
                    "Wang Yi",
                    "Wang",
                ]
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


@operator(
    "curated",
    "the speaker made unknown (null); with help, everything that continues the statement too",
)
def speaker_hidden(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        files = with_facts(base, key, index, speaker=None)
        if aided:
            for other in files[key]["statements"]:
                if other.get("continues") == entry["id"]:
                    other["speaker"] = None
        yield Curated(f"{key[1]}.{entry['id']}", files)


@operator(
    "curated",
    "a statement moved to another event; with help, one that exists and has the same day, without its claims",
)
def event_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for event, value in base.documents.items():
            if event[0] != "event":
                continue
            other = f"{value['event']['start_date']}-another-meeting"
            files = with_facts(base, key, index, event=other)
            if aided:
                gone = f"{key[1]}.{entry['id']}"
                files |= claims_rewritten(
                    base, lambda a, g=gone: None if a["statement"] == g else a
                )
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


@operator(
    "curated",
    "the printed title shortened, swapped for another, dropped or put where none is printed",
)
def title_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    titles = ["Foreign Minister", "State Councilor", "Premier", "Minister", "top diplomat", None]
    for key, index, entry in iter_statements(base):
        for title in titles:
            if title == entry.get("title"):
                continue
            facts: dict[str, Any] = {"title": title}
            if aided and title and entry.get("label") and title not in text_of(entry["label"]):
                continue
            yield Curated(f"{key[1]}.{entry['id']} {title}", with_facts(base, key, index, **facts))


@operator(
    "curated",
    "the label shortened, dropped or put on other words of the quotation",
    beyond=EXTENT,
    both=True,
)
def label_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
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
            yield Curated(f"{key[1]}.{entry['id']} {other}", with_facts(base, key, index, **facts))


@operator(
    "curated",
    "the cue dropped or put on other words; with help, the mode follows and the label goes",
    beyond=EXTENT,
)
def cue_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
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
            yield Curated(f"{key[1]}.{entry['id']} dropped", with_facts(base, key, index, **facts))
        for word in (words[0], words[len(words) // 2], words[-1]):
            facts = {"cue": word} | ({"mode": "indirect"} if aided else {})
            if word != entry.get("cue"):
                yield Curated(
                    f"{key[1]}.{entry['id']} {word}", with_facts(base, key, index, **facts)
                )


@operator(
    "curated",
    "another mode; with help, speech act, cue, label and continuation follow",
    beyond=JUDGEMENT,
    both=True,
)
def mode_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
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
            yield Curated(f"{key[1]}.{entry['id']} {mode}", with_facts(base, key, index, **facts))


@operator(
    "curated",
    "another speech act",
    aided=False,
    beyond="the speech act is decided by the codebook, not computed: a second curator (agreement is measured)",
)
def speech_act_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for act in ("assertive", "directive", "commissive", "expressive", "declaration", None):
            if act != entry.get("speech_act"):
                yield Curated(
                    f"{key[1]}.{entry['id']} {act}", with_facts(base, key, index, speech_act=act)
                )


@operator(
    "curated",
    "another section",
    aided=False,
    beyond="a capture is plain text and does not mark picture captions: the page itself or a second curator",
)
def section_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for section in ("headline", "body", "caption"):
            if section != (entry.get("section") or "body"):
                yield Curated(
                    f"{key[1]}.{entry['id']} {section}",
                    with_facts(base, key, index, section=section),
                )


@operator(
    "curated",
    "another language; with help, of the whole source",
    beyond="the language of a short text without function words is a judgement: a second curator",
    both=True,
)
def language_changed(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for language in ("fr", "es", "zh", "de"):
            files = with_facts(base, key, index, language=language)
            if aided:
                files[key]["source"]["language"] = language
                files[key]["statements"][index].pop("language")
            yield Curated(f"{key[1]}.{entry['id']} {language}", files)


@operator("curated", "`continues` put on another statement, dropped or added", aided=False)
def continues_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        others = [
            e["id"]
            for k, _, e in iter_statements(base)
            if k == key and e["id"] != entry.get("continues")
        ]
        for other in [*rng.sample(others, min(3, len(others))), None]:
            if other != entry.get("continues"):
                yield Curated(
                    f"{key[1]}.{entry['id']} {other}", with_facts(base, key, index, continues=other)
                )


@operator(
    "curated",
    "`repeats` or `within` put on a statement",
    aided=False,
    beyond="which of two earlier statements a headline or caption repeats is a judgement: a second curator",
)
def link_invented(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        others = [
            e["id"]
            for k, _, e in iter_statements(base)
            if k == key and e["id"] != entry.get("repeats")
        ]
        for link in ("repeats", "within"):
            yield Curated(
                f"{key[1]}.{entry['id']}",
                with_facts(base, key, index, **{link: rng.choice(others)}),
            )


@operator(
    "curated",
    "a stretch of context no longer marked, so that it counts as said",
    aided=False,
    beyond=EXTENT,
)
def context_dropped(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        if entry.get("context"):
            yield Curated(f"{key[1]}.{entry['id']}", with_facts(base, key, index, context=None))
        if entry.get("date_expression"):
            yield Curated(
                f"{key[1]}.{entry['id']} date",
                with_facts(base, key, index, date=None, date_basis=None, date_expression=None),
            )


@operator(
    "curated",
    "words of the content marked as context or given as `content`, so that they no longer count as said",
    aided=False,
    beyond=EXTENT,
)
def content_hidden(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        words = text_of(entry["quote"]).split()
        middle = len(words) // 2
        yield Curated(
            f"{key[1]}.{entry['id']}",
            with_facts(
                base,
                key,
                index,
                context=[
                    *(entry.get("context") or ()),
                    " ".join(words[middle : middle + 2]).strip(",."),
                ],
            ),
        )
        yield Curated(
            f"{key[1]}.{entry['id']}",
            with_facts(
                base, key, index, content=[" ".join(words[middle : middle + 4]).strip(",.")]
            ),
        )


@operator(
    "curated",
    "a further part (target, principal) dropped, invented, given another role or agent",
    aided=False,
    beyond="who else is meant is a judgement if the text does not name them: a second curator",
)
def attribution_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key, index, entry in iter_statements(base):
        for number, part in enumerate(entry.get("attributions") or ()):
            for role in ("principal", "addressee", "target", "relayer"):
                if role != part["role"]:
                    yield Curated(
                        role,
                        changed(
                            base.documents,
                            key,
                            lambda v, i=index, n=number, r=role: v["statements"][i]["attributions"][
                                n
                            ].update(role=r),
                        ),
                    )
            for agent in ("china", "celac", "xinhua"):
                yield Curated(
                    agent,
                    changed(
                        base.documents,
                        key,
                        lambda v, i=index, n=number, a=agent: v["statements"][i]["attributions"][
                            n
                        ].update(agent=a),
                    ),
                )
            yield Curated("dropped", with_facts(base, key, index, attributions=None))
        for agent in ("xinhua", "mfa-prc"):
            yield Curated(
                f"{key[1]}.{entry['id']} {agent}",
                with_facts(
                    base,
                    key,
                    index,
                    attributions=[{"role": "principal", "agent": agent, "label": None}],
                ),
            )
