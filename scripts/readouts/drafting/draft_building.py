"""The statements found, as a draft: in the order of the text, with offsets instead of tokens, and agents of the package if they match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .found import FoundStatement, Stretch
from .people import People
from .proposals import Draft, Exclusion, Proposal, Span


def build_draft(
    text: str,
    statements: list[FoundStatement],
    exclusions: list[Exclusion],
    people: People,
    agents: Sequence[Any],
) -> Draft:
    """Return the draft of a text. `agents` have an `identifier` and `facts` with their names."""
    found = sorted(statements, key=lambda f: (f.start, -f.end, f.content[0]))
    number = {id(f): at for at, f in enumerate(found)}
    out: list[Proposal] = []
    named: dict[str, int] = {}
    for at, f in enumerate(found):
        known = [p for name in f.names for p in [people.person(name)] if p is not None]
        printed = text[slice(*f.label)].lower() if f.label else ""
        labelled = any(name.split()[-1].lower() in printed for name in f.names if name)
        unlabelled = not labelled and bool(f.names) and f.mode != "authored"
        continues = named.get(f.names[0]) if unlabelled else None
        antecedent = None
        if unlabelled and continues is None and known and known[0].first[1] <= f.start:
            antecedent = Span.of(text, *known[0].first)
        if labelled or antecedent:
            named |= dict.fromkeys(f.names, at)
        start, end = bare(text, f.start, f.end)
        out.append(Proposal(
            start, end, tuple(Span.of(text, *c) for c in f.content), f.mode, f.act,
            label=_span(text, f.label), cue=_span(text, f.cue), date_expression=_span(text, f.date),
            context=tuple(Span.of(text, *c) for c in sorted(f.context) if c[0] < c[1]), antecedent=antecedent, continues=continues,
            within=number[id(f.parent)] if f.parent is not None else None, speaker_names=f.names, agent_ids=_matched(f.names, agents),
            parts=tuple((role, Span.of(text, *s)) for role, s in f.parts), section=f.section,
            confidence=round(f.confidence if f.names else f.confidence / 2, 2),
        ))  # fmt: skip
    return Draft(tuple(out), tuple(sorted(exclusions, key=lambda e: e.start)))


def bare(text: str, start: int, end: int) -> Stretch:
    """Return the span without the spaces at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _span(text: str, stretch: Stretch | None) -> Span | None:
    return None if stretch is None or stretch[0] >= stretch[1] else Span.of(text, *stretch)


def _matched(names: tuple[str, ...], agents: Sequence[Any]) -> tuple[str, ...]:
    """Return for each name the agent of the package with that name, "" if there is none or several; () if no name has one."""
    found = tuple(agent_of(name, agents) for name in names)
    return found if any(found) else ()


def agent_of(name: str, agents: Sequence[Any]) -> str:
    """Return the only agent with the name, or, for a person, a part of it; "" if there is none or several."""
    words = _words(name)
    exact, near = set(), set()
    for agent in agents:
        facts = agent.facts
        for other in filter(
            None, (facts.get("name"), facts.get("native_name"), *(facts.get("other_names") or ()))
        ):
            have = _words(other)
            if words == have:
                exact.add(agent.identifier)
            elif facts.get("type") == "person" and (words <= have or have <= words):
                near.add(agent.identifier)
    fits = exact or near
    return fits.pop() if len(fits) == 1 else ""


def _words(name: str) -> set[str]:
    return {word.lower().strip(".,") for word in name.split()}
