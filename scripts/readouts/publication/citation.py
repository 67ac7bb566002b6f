"""CITATION.cff: written by hand but for the two lines that the newest release gives."""

from __future__ import annotations

import re

from ..tables.ledger import Ledger
from .descriptor import CONTRIBUTORS, DESCRIPTION, KEYWORDS, TITLE

_DERIVED = re.compile(r"^(?:version|date-released):.*\n?", re.MULTILINE)

SKELETON = (
    "cff-version: 1.2.0\n"
    "message: If you use this dataset, please cite it as below.\n"
    "type: dataset\n"
    f'title: "{TITLE}"\n'
    f'abstract: "{DESCRIPTION}"\n'
    "authors:\n" + "".join(f"  - name: {person['title']}\n" for person in CONTRIBUTORS) + "license: CC-BY-4.0\n"
    "keywords:\n" + "".join(f"  - {word}\n" for word in KEYWORDS)
)
"""The file where there is none yet (Citation File Format 1.2.0)."""


def citation(text: str, ledger: Ledger) -> str:
    """The file with `version` and `date-released` of the newest release as its last lines; without them before the first."""
    body = _DERIVED.sub("", text)
    if ledger.released_on is None:
        return body
    return f'{body.rstrip()}\nversion: {ledger.version}\ndate-released: "{ledger.released_on}"\n'
