"""What alignment knows about a language, looked up by the form of a word: a view of the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..core.lexicon import Language, read_lexicon
from .words import Word, stem_of, words_of

Phrases = dict[tuple[str, ...], str]
"""Forms of the words of a phrase → its meaning."""


@dataclass(frozen=True, slots=True)
class Lexis:
    """The lists of one language by form of word. `acts`: form of a verb of saying → speech act;
    `topics`: forms of verbs of talk; `families`: phrase → the group of words that mean much the
    same; `names`: phrase → the name that it is another form of.
    """

    code: str
    stopwords: frozenset[str]
    acts: dict[str, str]
    topics: frozenset[str]
    verbs: frozenset[str]
    auxiliaries: frozenset[str]
    openers: frozenset[str]
    subjects: frozenset[str]
    carried_on: frozenset[str]
    determiners: frozenset[str]
    after_nouns: frozenset[str]
    before_gerunds: frozenset[str]
    weightless: frozenset[str]
    multipliers: dict[str, int]
    actions: frozenset[str]
    action_adverbs: frozenset[str]
    prepositional: frozenset[str]
    ambiguous: frozenset[str]
    families: dict[tuple[str, ...], frozenset[str]]
    names: Phrases
    numbers: dict[str, str]
    ordinals: dict[str, int]
    months: dict[str, int]
    weekdays: dict[str, int]
    day_words: frozenset[str]
    negations: Phrases
    hedges: Phrases
    conditions: Phrases
    titles: frozenset[str]
    joint: frozenset[str]
    narration: Phrases
    meeting: frozenset[str]
    courtesies: Phrases
    page_words: Phrases
    opposites: dict[str, frozenset[str]]
    ranks: dict[str, int]


def forms_of(phrase: str) -> tuple[str, ...]:
    """The forms of the words of a phrase of the lexicon."""
    return tuple(word.form for word in words_of(phrase))


@cache
def read_lexis(code: str) -> Lexis:
    """Return the lists of a language, empty if the lexicon has none. Raises PackageError if the lexicon cannot be read."""
    language = read_lexicon().get(code) or Language(code, code, {})
    acts = _acts(language)
    talk = language.verbs.get("verbs_of_talk", ())
    topics = {words_of(form)[0].form for verb in talk for form in verb.forms}
    auxiliaries = _forms(language, "helping_verbs")
    stopwords = _forms(language, "stopwords")
    return Lexis(
        code=code,
        stopwords=stopwords,
        acts=acts,
        topics=frozenset(topics),
        verbs=frozenset(acts) | topics | auxiliaries,
        auxiliaries=auxiliaries,
        openers=_forms(language, "cutting_words"),
        subjects=_forms(language, "clause_subjects"),
        carried_on=_forms(language, "carried_on"),
        determiners=_forms(language, "determiners"),
        after_nouns=_forms(language, "after_nouns"),
        before_gerunds=_forms(language, "before_gerunds"),
        weightless=_forms(language, "weightless"),
        multipliers=_numbers(language, "multipliers"),
        actions=_forms(language, "action_verbs"),
        action_adverbs=_forms(language, "action_adverbs"),
        ambiguous=_forms(language, "ambiguous_verbs"),
        prepositional=_forms(language, "verbs_with_prepositions"),
        families=_families(language),
        names=_names(language),
        numbers={f: str(n) for f, n in _values(language, "number_words")},
        ordinals=_numbers(language, "ordinals"),
        day_words=_day_words(language),
        weekdays=_numbers(language, "weekdays"),
        months=_numbers(language, "months"),
        negations=_phrases(_denials(language)),
        hedges=_phrases(language.words("hedges")),
        conditions=_phrases(language.words("conditions")),
        titles=_titles(language, stopwords),
        joint=_forms(language, "joint_speakers"),
        narration=_phrases(language.words("narration")),
        meeting=_forms(language, "narration_before_names"),
        courtesies=_phrases(language.words("courtesies")),
        page_words=_phrases(language.words("page_words")),
        opposites=_opposites(language),
        ranks=_ranks(language),
    )


def _forms(language: Language, key: str) -> frozenset[str]:
    return frozenset(form for word in language.words(key) for form in forms_of(word))


def _phrases(words: Iterable[str]) -> Phrases:
    return {forms_of(word): word for word in words if forms_of(word)}


def _values(language: Language, key: str) -> Iterator[tuple[str, Any]]:
    """Yield (form, value) of the words of a list that gives each a value."""
    for word, value in language.values(key).items():
        for form in forms_of(word):
            yield form, value


def _numbers(language: Language, key: str) -> dict[str, int]:
    return {form: int(value) for form, value in _values(language, key)}


def _acts(language: Language) -> dict[str, str]:
    acts: dict[str, str] = {}
    for key in ("verbs_of_saying", "verbs_of_finding"):
        for verb in language.verbs.get(key, ()):
            for form in verb.forms:
                acts.setdefault(words_of(form)[0].form, verb.act or "assertive")
    return acts


def _names(language: Language) -> Phrases:
    groups = language.groups.get("same_names", ())
    return {forms_of(phrase): f"={group[0]}" for group in groups for phrase in group}


def _day_words(language: Language) -> frozenset[str]:
    phrases = map(forms_of, language.values("day_words"))
    return frozenset(forms[0] for forms in phrases if len(forms) == 1)


def _denials(language: Language) -> list[str]:
    verbs = language.verbs.get("denying_verbs", ())
    return [
        *language.words("negations"),
        *language.words("denying_words"),
        *(form for verb in verbs for form in verb.forms),
    ]


def _titles(language: Language, stopwords: frozenset[str]) -> frozenset[str]:
    """Return the words of titles, each with its plural."""
    words = {form for title in language.words("titles") for form in forms_of(title)} - stopwords
    return frozenset(words | {f"{word}s" for word in words})


def _ranks(language: Language) -> dict[str, int]:
    """Return the rank of common words by stem, the most common first."""
    ranked = [*enumerate(language.words("common_words"))]
    return {stem_of(form): n for n, word in reversed(ranked) for form in forms_of(word)}


def _families(language: Language) -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for group in language.groups.get("synonyms", ()):
        for phrase in group:
            found.setdefault(tuple(map(stem_of, forms_of(phrase))), set()).add(f"~{group[0]}")
    return {stems: frozenset(families) for stems, families in found.items()}


def _opposites(language: Language) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for left, right in language.groups.get("opposites", ()):
        one, other = stem_of(forms_of(left)[0]), stem_of(forms_of(right)[0])
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {stem: frozenset(others) for stem, others in found.items()}


def find_phrases(
    forms: Sequence[str], phrases: Mapping[tuple[str, ...], Any]
) -> list[tuple[int, int, Any]]:
    """Return the phrases in a sequence of forms: first index, index after the last, meaning of the phrase; longest first, none inside another."""
    longest = max(map(len, phrases), default=0)
    found, at = [], 0
    while at < len(forms):
        for size in range(min(longest, len(forms) - at), 0, -1):
            if (known := phrases.get(tuple(forms[at : at + size]))) is not None:
                found.append((at, at + size, known))
                at += size - 1
                break
        at += 1
    return found


def forms(words: Iterable[Word]) -> list[str]:
    """The forms of words, in order."""
    return [word.form for word in words]
