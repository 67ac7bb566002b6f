"""The dataset card: data/README.md of a package and README.md of a bundle, with front matter that `datasets` and the Hub read."""

from __future__ import annotations

import re
from typing import Any

import yaml

from .blocks import CardInputs, with_blocks
from .features import features_on_card

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)

TAGS = ("quotation-attribution", "datapackage", "croissant")
"""Tags of every corpus, after its own keywords."""


def front_matter(inputs: CardInputs) -> str:
    """Return the card's YAML front matter, one key per line, values in flow style. It has configurations for every table that has rows."""
    number = len(inputs.rows["statements"])
    languages = sorted({row["language"].partition("-")[0] for row in inputs.rows["statements"]})
    facts: dict[str, Any] = {
        "pretty_name": inputs.corpus.title,
        "license": "other",
        "license_name": f"{inputs.corpus.license.name.lower()}-for-annotations",
        "license_link": "LICENSE-DATA",
        "language": languages
        or sorted({language.partition("-")[0] for language in inputs.corpus.languages}),
        "task_categories": ["text-classification", "token-classification"],
        "task_ids": ["natural-language-inference"],
        "size_categories": [next((name for limit, name in SIZES if number < limit), "n>10M")],
        "annotations_creators": ["expert-generated"],
        "source_datasets": ["original"],
        "tags": list(dict.fromkeys([*(_slug(word) for word in inputs.corpus.keywords), *TAGS])),
        "configs": [
            {"config_name": name, "data_files": [{"split": "train", "path": inputs.path(name)}]}
            | ({"default": True} if name == "statements" else {})
            for name in inputs.present
        ],
        "dataset_info": [
            {
                "config_name": name,
                "features": features_on_card(inputs.tables[name]),
                "splits": [
                    {
                        "name": "train",
                        "num_bytes": inputs.size(name),
                        "num_examples": len(inputs.rows[name]),
                    }
                ],
            }
            for name in inputs.present
        ],
    }
    lines = []
    for key, value in facts.items():
        flow = yaml.dump(
            value,
            Dumper=yaml.CSafeDumper,
            default_flow_style=True,
            width=10**9,
            sort_keys=False,
            allow_unicode=True,
        )
        lines.append(f"{key}: {flow.removesuffix(chr(10)).removesuffix(chr(10) + '...')}")
    return "---\n" + "\n".join(lines) + "\n---\n"


def card(text: str, name: str, inputs: CardInputs) -> str:
    """Return the card, a file called `name`, with its front matter and derived blocks regenerated. Raises PackageError for an unknown block."""
    return front_matter(inputs) + with_blocks(_FRONT.sub("", text, count=1), name, inputs)


def _slug(words: str) -> str:
    """Return a keyword as a tag: lowercase, with hyphens for spaces."""
    return "-".join(words.lower().split())
