"""Knowledge of languages: `schema/lexicon.yaml`, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .findings import PackageError
from .layout import RULES

LEXICON = RULES / "lexicon.yaml"
VERBS = ("verbs_of_saying", "verbs_of_talk", "verbs_of_finding", "denying_verbs")


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb (or phrase) with its written forms; `particles` may join the cue; `act` is the speech act that it suggests."""

    lemma: str
    forms: tuple[str, ...]
    particles: tuple[str, ...] = ()
    act: str | None = None
    light: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """The lists of one language. `lists` holds every list under its key: words → None, or words → what the list maps them to."""

    code: str
    name: str
    verbs: dict[str, tuple[Verb, ...]]
    lists: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    phrases: tuple[dict[str, Any], ...] = ()
    """The `cue_phrases`, as written."""

    def words(self, key: str) -> tuple[str, ...]:
        """Return the words of a list, () if the language lacks it; for a list of verbs, all forms."""
        if key in VERBS:
            return tuple(
                dict.fromkeys(form for verb in self.verbs.get(key, ()) for form in verb.forms)
            )
        return tuple(self.lists.get(key, ()))

    def values(self, key: str) -> dict[str, Any]:
        """Return word → value of a list that maps words to something; {} if the language lacks it."""
        return self.lists.get(key, {})


@cache
def read_lexicon(path: Path = LEXICON) -> dict[str, Language]:
    """Return language code → its lists. Raises PackageError if the file is missing or is not a lexicon."""
    try:
        content = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        return {code: _language(code, lists) for code, lists in content.items()}
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise PackageError(
            f"schema/lexicon.yaml cannot be read: {error}; install readouts again"
        ) from error


def _language(code: str, content: dict[str, Any]) -> Language:
    verbs, lists, groups = {}, {}, {}
    for key, value in content.items():
        if key in VERBS:
            verbs[key] = tuple(_verb(entry) for entry in value)
        elif key not in ("name", "cue_phrases"):
            if isinstance(value, list) and value and isinstance(value[0], list):
                groups[key] = tuple(tuple(words) for words in value)
            else:
                lists[key] = dict(value) if isinstance(value, dict) else dict.fromkeys(value)
    return Language(
        code, content["name"], verbs, lists, groups, tuple(content.get("cue_phrases", ()))
    )


def _verb(entry: dict[str, Any]) -> Verb:
    return Verb(
        entry["lemma"],
        tuple(entry["forms"]),
        tuple(entry.get("particles", ())),
        entry.get("act"),
        bool(entry.get("light", False)),
    )
