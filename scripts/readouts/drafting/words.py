"""The lexicon as used by the engine `rules`: whether a form is a verb of saying, and which act a noun suggests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..core.lexicon import Verb, read_lexicon


@dataclass(frozen=True)
class Words:
    """The lists of one language, by lower-case form."""

    saying: dict[str, tuple[Verb, ...]]
    talk: dict[str, tuple[Verb, ...]]
    finding: dict[str, tuple[Verb, ...]]
    nouns_of_saying: frozenset[str]
    nouns_of_talk: frozenset[str]
    act_nouns: dict[str, str]
    titles: frozenset[str]
    described_as: frozenset[str]
    speaking_for: frozenset[str]
    groups: frozenset[str]
    days: frozenset[str]
    unsaid: tuple[str, ...]
    unsaid_exceptions: tuple[str, ...]
    to_come: tuple[str, ...]
    topics: tuple[str, ...]
    meetings: frozenset[str]
    documents: frozenset[str]
    occasions: frozenset[str]
    together: frozenset[str]
    cue_adverbs: frozenset[str]
    views: frozenset[str]
    only_quoting: frozenset[str]
    purposes_unsaid: frozenset[str]
    talk_in_news: frozenset[str]

    def verbs(self, form: str) -> tuple[Verb, ...]:
        """Return all verbs that report and have this form."""
        return self.saying.get(form, ()) + self.talk.get(form, ()) + self.finding.get(form, ())


@cache
def words_of(language: str) -> Words:
    """Return the lists of a language. Raises PackageError if the lexicon cannot be read."""
    lists = read_lexicon()[language.split("-")[0].lower()]

    def by_form(key: str) -> dict[str, tuple[Verb, ...]]:
        found: dict[str, tuple[Verb, ...]] = {}
        for verb in lists.verbs.get(key, ()):
            for form in verb.forms:
                found[form.lower()] = (*found.get(form.lower(), ()), verb)
        return found

    def low(key: str) -> frozenset[str]:
        return frozenset(word.lower() for word in lists.words(key))

    return Words(
        by_form("verbs_of_saying"), by_form("verbs_of_talk"), by_form("verbs_of_finding"),
        low("nouns_of_saying"), low("nouns_of_talk"), {k.lower(): v for k, v in lists.values("act_nouns").items()},
        low("titles"), low("described_as"), low("speaking_for"), low("groups"),
        low("weekdays") | low("day_words"), tuple(low("unsaid")), tuple(low("unsaid_exceptions")), tuple(low("to_come")),
        tuple(low("topic_openers")), low("verbs_of_meeting"), low("documents_that_say"), low("occasions"), low("all_of_them"),
        low("cue_adverbs"), frozenset(str(n) for p in lists.phrases if p["phrase"] == "in" for n in p.get("noun", ())),
        low("only_quoting"), low("purposes_unsaid"), low("talk_in_news"),
    )  # fmt: skip
