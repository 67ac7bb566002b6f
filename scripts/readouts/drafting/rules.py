"""The engine `rules`: a parser and the lexicon propose the statements of a text. Works offline and is deterministic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.progress import Progress, silent
from .document import read_document
from .draft_building import build_draft
from .parsing import iter_blocks, load_pipeline, parse
from .proposals import Draft
from .reading import Reader
from .words import words_of


def draft(
    text: str, agents: Sequence[Any] = (), language: str = "en", _: Progress = silent
) -> Draft:
    """Return the statements of the text with their speakers, and the exclusions. Raises PackageError if the parser is not installed.

    `agents` have an id and names (`identifier`, `facts`); `language` is a BCP 47 tag.
    """
    load_pipeline(language)
    words = words_of(language)
    blocks = list(iter_blocks(text))
    document = read_document(text, blocks, words)
    reader = Reader(text, document, words)
    running = [
        (block.text_start if block.kind in ("text", "turn") else block.start, block.end)
        for block in document.blocks
    ]
    for block, sentences in zip(document.blocks, parse(text, running, language), strict=True):
        reader.read(block, sentences)
    return build_draft(text, reader.found, reader.excluded, reader.people, agents)
