"""The lexicon: words of each language that the rules use."""

from __future__ import annotations

import re

import pytest
import yaml

from readouts.core.findings import PackageError
from readouts.core.lexicon import LEXICON, read_lexicon

ACTS = {"assertive", "directive", "commissive", "expressive", "declaration"}
LISTS_OF_PROOFS = ("months", "weekdays", "day_words", "negations")


def test_every_language_has_the_lists_that_proofs_need():
    """The languages that are more than recognized have days, months, words of the day, negations and verbs of saying."""
    lexicon = read_lexicon()
    assert {code for code, language in lexicon.items() if language.verbs} == {
        "en",
        "zh",
        "es",
        "fr",
    }
    for language in filter(lambda language: language.verbs, lexicon.values()):
        assert all(language.words(key) for key in LISTS_OF_PROOFS), language.name
        assert set(language.values("months").values()) == set(range(1, 13)), language.name
        assert set(language.values("weekdays").values()) == set(range(1, 8)), language.name
        assert language.verbs["verbs_of_saying"] and language.verbs["verbs_of_talk"], language.name


def test_verbs_have_forms_and_a_known_speech_act():
    """Each verb has distinct forms and suggests one of the five speech acts or none."""
    for language in read_lexicon().values():
        for key, verbs in language.verbs.items():
            for verb in verbs:
                assert verb.forms and len(set(verb.forms)) == len(verb.forms), (
                    language.code,
                    key,
                    verb.lemma,
                )
                assert verb.act is None or verb.act in ACTS, (language.code, key, verb.lemma)
            entries = [(verb.lemma, verb.particles) for verb in verbs]
            assert len(set(entries)) == len(entries), (language.code, key)
        assert set(language.values("act_nouns").values()) <= ACTS


def test_lexicon_reads_alike_in_yaml_1_1():
    """Words like `no`, `on` and `false` are also text for YAML 1.1 readers."""

    def check(value, path):
        if isinstance(value, dict):
            for key, item in value.items():
                assert isinstance(key, str), (*path, key)
                check(item, (*path, key))
        elif isinstance(value, list):
            for item in value:
                check(item, path)
        else:
            assert isinstance(value, (str, int)), path
            assert not isinstance(value, bool) or path[-1] == "light", path

    check(yaml.safe_load(LEXICON.read_text(encoding="utf-8")), ())


def test_invalid_lexicon_is_reported(tmp_path):
    path = tmp_path / "lexicon.yaml"
    path.write_text("en: {name: English, verbs_of_saying: [say]}", encoding="utf-8")
    with pytest.raises(PackageError, match=r"lexicon\.yaml"):
        read_lexicon(path)


def test_lists_of_a_language_are_unique():
    """No language has two lists with the same name, because the later one would replace the earlier."""
    seen: set[tuple[str, str]] = set()
    language = ""
    for line in LEXICON.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"(\w+):$", line):
            language = found[1]
        elif found := re.match(r"  (\w+):", line):
            assert (language, found[1]) not in seen, line[:40]
            seen.add((language, found[1]))
