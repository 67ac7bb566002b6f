"""Advice for statements whose speaker is not named: who was probably meant, from the same curated file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from ..compile.problems import words_of
from ..compile.rows import Origin
from ..core.lexicon import read_lexicon
from ..curation.files import CuratedFile, Curation

LACKS_NAME = "is a name of the speaker (or contains one), add the name to other_names in"
"""Text that marks the advice about a label that may be a name missing from the agent's file."""


@cache
def _no_names() -> frozenset[str]:
    """Pronouns, articles and other words that are never a name on their own, in lower case."""
    lists = [
        words
        for language in read_lexicon().values()
        for words in (language.words("pronouns"), language.words("not_names"))
    ]
    return frozenset(word.lower() for words in lists for word in words)


def speaker_advice(origin: Origin, curation: Curation) -> str:
    """Return what to write in the statement at `origin` so that its speaker is named; "" if unknown."""
    file, index = origin.file, origin.place[1]
    entries = dict(file.iter_entries("statements"))
    entry = entries[index]  # type: ignore[index]
    label, speaker = _words(entry, "label"), entry["speaker"]
    if (
        not label
        and not entry.get("antecedent")
        and _names(speaker, curation, _words(entry, "quote"))
    ):
        return "Mark as `label` the words of the quotation that name the speaker."
    event = curation.files.get(("event", entry.get("event") or file.facts.get("event") or ""))
    present = {e["speaker"] for e in entries.values()}
    present |= {part["agent"] for _, part in event.iter_entries("participants")} if event else set()
    named = sorted(agent for agent in present - {None, speaker} if _names(agent, curation, label))
    if len(named) == 1:
        return f"Write speaker: {named[0]}, which the label names; or check the label."
    name = f"If “{label}” {LACKS_NAME} data/agents/{speaker}.yaml; " if _may_be_name(label) else ""
    earlier = [
        other for at, other in entries.items()
        if at < index and other["speaker"] == speaker and other.get("id")  # type: ignore[operator]
        and _names(speaker, curation, f"{_words(other, 'label')} {_words(other, 'antecedent')}")
    ]  # fmt: skip
    if earlier:
        return _begun(
            f"{name}if the label is a pronoun or a description, or missing, write continues: {earlier[-1]['id']}, which names the speaker; otherwise check the speaker."
        )
    described = "if it is a description, " if name else ""
    return _begun(
        f"{name}{described}quote the earlier words that name the speaker in `antecedent`; or check the speaker."
    )


def _begun(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _may_be_name(label: str) -> bool:
    """Return True if a word of the label, other than a pronoun or an article, does not begin with a lowercase letter."""
    return any(
        not word[0].islower()
        for word in re.findall(r"\w+", label)
        if word.lower() not in _no_names()
    )


def _words(entry: dict[str, Any], key: str) -> str:
    return words_of(entry[key])[0] if entry.get(key) is not None else ""


def _names(agent: str, curation: Curation, words: str) -> bool:
    """Return True if a name of the agent appears in the words."""
    file = curation.files.get(("agent", agent))
    return file is not None and any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE)
        for name in _names_of(file)
    )


def _names_of(file: CuratedFile) -> Iterable[str]:
    facts = file.facts
    return [
        name
        for name in (facts["name"], facts.get("native_name"), *(facts.get("other_names") or ()))
        if name
    ]
