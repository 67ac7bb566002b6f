"""`.zenodo.json`: what the Zenodo archive takes over when a release is deposited there."""

from __future__ import annotations

import json
from typing import Any

from ..tables.ledger import Ledger
from ..tables.rows import Row
from .descriptor import CONTRIBUTORS, DESCRIPTION, KEYWORDS, TITLE

_ISO_639_3 = {"en": "eng", "es": "spa", "fr": "fra", "zh": "zho", "ru": "rus", "ar": "ara", "pt": "por", "de": "deu"}


def deposit(statements: list[Row], ledger: Ledger) -> bytes:
    """The deposit's metadata as JSON. The language is given where all statements share one that has a code here."""
    languages = {row["language"].partition("-")[0] for row in statements}
    facts: dict[str, Any] = {
        "title": TITLE,
        "upload_type": "dataset",
        "description": f"<p>{DESCRIPTION}</p>",
        "creators": [{"name": contributor["title"]} for contributor in CONTRIBUTORS],
        "version": ledger.version,
        "access_right": "open",
        "license": "cc-by-4.0",
        "keywords": KEYWORDS,
        "notes": "The licence covers the annotations; the words quoted belong to their sources (see `rights` in the table of sources).",
    }
    if ledger.released_on is not None:
        facts["publication_date"] = ledger.released_on
    if len(languages) == 1 and (language := _ISO_639_3.get(*languages)):
        facts["language"] = language
    return (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode()
