"""The lexicon as read by the guards: a view of its words, and a macro that returns a list as a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..core.lexicon import Language, read_lexicon

_MARKS = re.compile(r"""[\s.,;:!?()\[\]"'’‘“”«»„–—/-]+""")
_VALUES = ("months", "weekdays", "day_words", "ordinals")
"""Lists that map words to numbers."""
_AS_WRITTEN = ("date_orders",)
_PATTERNS = (
    "negations", "denying_verbs", "denying_words", "conditions", "hedges", "unsaid", "to_come", "clause_openers", "weekdays", "day_words",
    "conjunctions_of_content", "reporting_forms", "until_words", "described_as", "open_rights", "verbs_of_saying", "verbs_of_talk", "nouns_of_talk", "groups",
    "speaking_for", "companions", "small_prepositions", "negation_exceptions", "nouns_of_saying", "titles", "pronouns", "plural_pronouns",
    "relative_words", "coordinators", "speaking_pronouns", "inverted_forms", "works", "public_makers", "translation_words", "ordinal_suffixes", "be_forms", "trailing_conditions", "auxiliaries", "supports", "reversing_words",
    "unsaid_exceptions", "abbreviations", "name_suffixes",
)  # fmt: skip
"""Lists that guards read as patterns."""


def folded(word: str) -> str:
    """Return a word in the form that the guards compare: lowercase, each run of marks and spaces as one space (`U.S.` is `u s`)."""
    return _MARKS.sub(" ", word.lower()).strip()


@cache
def lexicon_sql() -> str:
    """Return SQL that creates the view `lexicon` (language, list, word, value) and the macro
    `pattern`: `pattern('en negations')` is `(not|no|…)`, to be put between the spaces or word ends
    that a guard needs.
    """
    rows = ",\n  ".join(
        f"({_text(code)}, {_text(key)}, {_text(word)}, {'NULL' if value is None else value})"
        for code, language in read_lexicon().items()
        for key, word, value in _iter_words(language)
    )
    branches = " ".join(
        f"WHEN {_text(name)} THEN {_text(pattern)}" for name, pattern in _patterns().items()
    )
    return (
        "CREATE OR REPLACE VIEW lexicon AS SELECT language, list, word, CAST(value AS INTEGER) AS value FROM (VALUES\n  "
        f"{rows}\n) AS words(language, list, word, value);\n"
        f"CREATE OR REPLACE MACRO pattern(list) AS CASE list {branches} END;\n"
    )


def with_patterns(sql: str) -> str:
    """Return SQL with each `pattern('…')` replaced by its text, so that no engine has to choose among all lists. Raises KeyError."""
    patterns = _patterns()
    return re.sub(r"\bpattern\('([^']+)'\)", lambda found: _text(patterns[found[1]]), sql)


@cache
def _patterns() -> dict[str, str]:
    return dict(_iter_patterns())


def _iter_words(language: Language) -> Iterator[tuple[str, str, int | None]]:
    """Yield (list, word, value) of the lists that guards join with; each word of a list once."""
    for key in (*_VALUES, *_AS_WRITTEN, "not_names", "titles"):
        seen = set()
        for word in language.words(key):
            form = word if key in _AS_WRITTEN else folded(word)
            if form not in seen:
                seen.add(form)
                yield key, form, language.values(key)[word] if key in _VALUES else None


def _iter_patterns() -> Iterator[tuple[str, str]]:
    for code, language in read_lexicon().items():
        lists = {key: language.words(key) for key in _PATTERNS}
        # An abbreviation like `Sun.` is a separate word too.
        lists["weekdays"] = tuple(word for word in lists["weekdays"] if not word.endswith("."))
        talk = language.verbs.get("verbs_of_talk", ())
        lists["verbs_of_talk"] = tuple(
            form for verb in talk if not verb.particles for form in verb.forms
        )
        lists["verbs_of_talk_with"] = tuple(
            form for verb in talk if verb.particles for form in verb.forms
        )
        for number, words in enumerate(language.groups.get("telling_words", ()), 1):
            lists[f"telling_words {number}"] = words
        lists["plural_pronouns"] = tuple(
            w for w, kind in language.values("pronouns").items() if kind == "plural"
        )
        for key, words in lists.items():
            forms = sorted(
                {folded(word) for word in words} - {""}, key=lambda form: (-len(form), form)
            )
            if forms:
                yield f"{code} {key}", f"({'|'.join(forms)})"
        if phrases := [
            f"({'|'.join(map(folded, verb.forms))})( [^ ]+){{0,4}} ({'|'.join(map(folded, verb.particles))})"
            for verb in talk
            if verb.particles
        ]:
            yield f"{code} phrases_of_talk", f"({'|'.join(phrases)})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
