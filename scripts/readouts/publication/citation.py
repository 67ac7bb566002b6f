"""CITATION.cff (Citation File Format 1.2.0), derived from the corpus's description and the newest release."""

from __future__ import annotations

from typing import Any

import yaml

from ..curation.corpus import Corpus
from ..ledger.ledger import Ledger

ORCID = "https://orcid.org/"


def citation(corpus: Corpus, ledger: Ledger) -> bytes:
    """Return the file. `version` and `date-released` are those of the newest release and absent before the first.

    Contributors are given by their whole name, as entities: the family name in a person's name is
    not known.
    """
    facts: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": corpus.title,
        "abstract": corpus.description,
        "authors": [
            {"name": person.name} | ({"orcid": ORCID + person.orcid} if person.orcid else {})
            for person in corpus.contributors
        ],
        "license": corpus.license.name,
    }
    facts |= {"url": corpus.homepage} if corpus.homepage else {}
    facts |= {"keywords": list(corpus.keywords)} if corpus.keywords else {}
    if ledger.released_on is not None:
        facts |= {"version": ledger.version, "date-released": ledger.released_on}
    return yaml.dump(
        facts, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=10**9
    ).encode()
