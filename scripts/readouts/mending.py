"""`readouts validate --fix`: the edits that are certain, made in the curated files.

Certain is an edit where the words quoted stand nowhere, and the source (of a part: the statement; of the words of a claim: the
statement named) has in exactly one place the same words but for the kind of quotation marks, dashes and ellipses, white space,
invisible characters, composed or decomposed letters, and small or capital letters. Then the source's own words are written. A term
in other letter case is written as the vocabulary has it. Nothing else is ever changed: no id, no date, no words that are merely similar.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .curation.files import read_curation
from .curation.nearest import difference
from .curation.repairs import Repair, repaired, value_at
from .curation.yaml_nodes import read_yaml
from .layout import Layout
from .switching import switch
from .validation import Validation, validate_curation

ROUNDS = 10
"""A quotation that is mended can bring mistakes of its parts to light, which may be certain too."""


@dataclass(frozen=True, slots=True)
class Mended:
    """One value that was changed; `shown` has what went as [-…-] and what came as {+…+}."""

    path: str
    line: int
    shown: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: fixed: {self.shown}"


def mend(layout: Layout) -> tuple[list[Mended], Validation]:
    """Make every edit that is certain; what was changed, and how the package stands then. Hold `switching.exclusive`.

    Raises PackageError, also if a file cannot be written: then no file of that round was changed.
    """
    mended: list[Mended] = []
    curation = read_curation(layout)
    outcome = validate_curation(layout, curation)
    for _ in range(ROUNDS):
        by_path: dict[str, list[Repair]] = {}
        for repair in [*curation.repairs, *outcome.rows.repairs]:
            by_path.setdefault(repair.path, []).append(repair)
        contents: dict[Path, bytes | None] = {}
        for path, repairs in sorted(by_path.items()):
            before = (layout.root / path).read_bytes().decode("utf-8")
            after, made = repaired(before, repairs)
            if made:
                contents[layout.root / path] = after.encode("utf-8")
                mended += [_shown(before, repair) for repair in made]
        if not contents:
            break
        switch(layout, contents)
        curation = read_curation(layout)
        outcome = validate_curation(layout, curation)
    return mended, outcome


def _shown(before: str, repair: Repair) -> Mended:
    document = read_yaml(before)
    return Mended(
        repair.path, document.line(repair.place), difference(str(value_at(document.value, repair.place)), repair.words)
    )
