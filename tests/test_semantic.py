"""Accounts in different languages, matched by a sentence model that the user chooses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readouts.alignment.lexis import read_lexis
from readouts.alignment.matched import match_texts
from readouts.compare.embedding import similar_by
from readouts.core.findings import PackageError

pytest.importorskip("model2vec", reason="the extra `semantic` is not installed")

ENGLISH = (
    "The two sides agreed to hold a further round of talks on 14 June. "
    "Lind urged Sudria to release the 17 sailors without any delay. "
    "Reyes thanked Norland for the 40,000 tonnes of grain that it sent. "
    "The ministers of the two countries did not discuss the border dispute."
)
SPANISH = (
    "Reyes agradeció a Norland las 40.000 toneladas de grano que ha enviado. "
    "Las dos partes acordaron celebrar una ronda más de conversaciones el 15 de junio. "
    "El presidente subrayó que su país respeta la libertad de navegación en los mares."
)
MEANINGS = (
    "sides partes", "agreed acordaron", "hold celebrar", "round ronda", "talks conversaciones", "june junio", "thanked agradeció", "norland",
    "tonnes toneladas", "grain grano", "sent enviado", "sailors", "release", "border", "dispute", "navegación", "libertad", "mares", "respeta",
)  # fmt: skip
"""Words of both languages that share a vector of the made-up model."""


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """A made-up static model with one dimension for each meaning."""
    import numpy
    from model2vec import StaticModel
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    vocabulary = {"[UNK]": 0}
    rows = [numpy.full(len(MEANINGS) + 1, 0.01)]
    for number, words in enumerate(MEANINGS):
        for word in words.split():
            vocabulary[word] = len(vocabulary)
            rows.append(numpy.eye(len(MEANINGS) + 1)[number])
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    folder = tmp_path_factory.mktemp("model")
    StaticModel(numpy.array(rows, dtype="float32"), tokenizer, {"normalize": True}).save_pretrained(
        str(folder)
    )
    return folder


@pytest.fixture
def accounts(tmp_path) -> list[str]:
    for name, text in (("en", ENGLISH), ("es", SPANISH)):
        (tmp_path / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    return [str(tmp_path / "en.txt"), str(tmp_path / "es.txt")]


def test_points_are_matched_across_languages(accounts, model, run):
    """Points with the same meaning are candidates in any order, different numbers are listed, other points stay alone."""
    done = run("compare", *accounts, "--semantic", model, "--format", "json")
    found = json.loads(done.stdout)
    assert [account["language"] for account in found["accounts"]] == ["en", "es"]
    both = [row for row in found["rows"] if None not in row["words"]]
    assert [[words["text"][:13] for words in row["words"]] for row in both] == [
        ["The two sides", "Las dos parte"], ["Reyes thanked", "Reyes agradec"],
    ]  # fmt: skip
    assert {row["band"] for row in both} == {"candidate"} and {row["relation"] for row in both} == {
        "reworded"
    }
    assert [[d["kind"] for d in row["differences"]] for row in both] == [["number"], []]
    assert len([row for row in found["rows"] if row["relation"] == "only"]) == 3


def test_accounts_in_different_languages_need_a_model(accounts, run):
    """The message names the option."""
    done = run("compare", *accounts)
    assert (
        done.returncode == 2
        and "pass --semantic MODEL" in done.stderr
        and done.stderr.count("\n") == 1
    )


@pytest.mark.parametrize(
    "content",
    [None, {}, {"model.safetensors": b"x", "tokenizer.json": b"{}", "config.json": b"{}"}],
)
def test_invalid_model_is_reported_on_one_line(tmp_path, monkeypatch, content):
    """A missing model, an empty folder and damaged files are refused."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    folder = tmp_path / "none"
    for name, data in (content or {}).items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    if content == {}:
        folder.mkdir()
    with pytest.raises(PackageError, match="cannot be used") as error:
        similar_by(str(folder))
    assert "\n" not in str(error.value)


def test_number_with_a_multiplier_is_not_compared():
    """`4万` and `40,000` are not compared by their digits."""
    from readouts.alignment.meaning import numbers_across
    from readouts.alignment.points import points_of

    texts, lexes = (
        ["They sent 40,000 tonnes of grain.", "他们送了4万吨粮食。"],
        [read_lexis("en"), read_lexis("zh")],
    )
    points = [points_of(text, lexis)[0] for text, lexis in zip(texts, lexes, strict=True)]
    assert numbers_across(texts, *points, lexes) == []


def test_alignment_of_different_languages_needs_a_model():
    with pytest.raises(ValueError, match="need a model"):
        match_texts([ENGLISH, SPANISH], [read_lexis("en"), read_lexis("es")])
