"""`.zenodo.json`: the metadata that the Zenodo archive uses when a release is deposited there."""

from __future__ import annotations

import html
import json
from typing import Any

from ..compile.rows import Row
from ..curation.corpus import Corpus
from ..ledger.ledger import Ledger

_ISO_639_3 = {
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "zh": "zho",
    "ru": "rus",
    "ar": "ara",
    "pt": "por",
    "de": "deu",
}


def deposit(corpus: Corpus, statements: list[Row], ledger: Ledger) -> bytes:
    """Return the deposit's metadata as JSON. The language is given if all statements share one that has a code here."""
    languages = {row["language"].partition("-")[0] for row in statements}
    facts: dict[str, Any] = {
        "title": corpus.title,
        "upload_type": "dataset",
        "description": f"<p>{html.escape(corpus.description)}</p>",
        "creators": [
            {"name": person.name} | ({"orcid": person.orcid} if person.orcid else {})
            for person in corpus.contributors
        ],
        "version": ledger.version,
        "access_right": "open",
        "license": corpus.license.name.lower(),
        "keywords": list(corpus.keywords),
        "notes": f"The licence covers the annotations. {corpus.texts}",
    }
    if ledger.released_on is not None:
        facts["publication_date"] = ledger.released_on
    if len(languages) == 1 and (language := _ISO_639_3.get(*languages)):
        facts["language"] = language
    return (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode()
