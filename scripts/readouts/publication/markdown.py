"""Text of the data in Markdown documents."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~$&])")


def as_text(words: str) -> str:
    """Escape text so that Markdown shows it literally, on one line: no markup, no HTML."""
    return (
        _MARKUP.sub(r"\\\1", " ".join(words.split()))
        .replace("\\<", "&lt;")
        .replace("\\>", "&gt;")
        .replace("\\&", "&amp;")
    )


def cell(words: str) -> str:
    """Text of the schemas in a table: its code in backticks is shown as code."""
    return " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")
