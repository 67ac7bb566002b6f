"""The codebook's table of modes and speech acts agrees with the lexicon."""

from __future__ import annotations

import re

import pytest

from readouts.core.lexicon import Language, read_lexicon
from tests.example_packages import ROOT

CODEBOOK = (ROOT / "schema" / "CODEBOOK.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([a-z' ]+) \| (reported|indirect) \| ([a-z]*) *\|$", CODEBOOK, re.MULTILINE)


def suggested(words: str, english: Language) -> tuple[str, str]:
    """Return (mode, speech act) that the lexicon suggests: talk if a verb of talk fits, otherwise the noun before the verb."""
    present = set(words.split())
    for verb in english.verbs["verbs_of_talk"]:
        if present & set(verb.forms) and (not verb.particles or present & set(verb.particles)):
            return "reported", ""
    for phrase in english.phrases:
        if phrase["phrase"] in words and " " in phrase["phrase"]:
            return "indirect", phrase["act"]
    verbs = [
        v
        for key in ("verbs_of_saying", "verbs_of_finding")
        for v in english.verbs[key]
        if present & set(v.forms)
    ]
    verbs.sort(key=lambda verb: bool(set(verb.particles) & present), reverse=True)
    acts = [
        english.values("act_nouns")[word]
        for word in words.split()[1:]
        if word in english.values("act_nouns")
    ]
    if acts and (verbs[0].light or verbs[0].act != "commissive"):
        return "indirect", acts[0]
    return "indirect", verbs[0].act or ""


def test_codebook_has_a_table_of_examples() -> None:
    """The table has the four speech acts that verbs suggest."""
    assert len(ROWS) >= 25
    assert {act for _, _, act in ROWS} == {"", "assertive", "directive", "expressive", "commissive"}


@pytest.mark.parametrize(("words", "mode", "act"), ROWS)
def test_table_agrees_with_the_lexicon(words: str, mode: str, act: str) -> None:
    """Each example has the mode and the speech act that the word lists give."""
    assert suggested(words, read_lexicon()["en"]) == (mode, act)
