"""`readouts validate --fix`: unambiguous corrections of the curated files.

A correction is unambiguous if the quoted words do not appear anywhere, and the source (for a part:
the statement; for the words of a claim: the statement named) has exactly one passage with the same
words except for the kind of quotation marks, dashes and ellipses, white space, invisible
characters, composed or decomposed letters, and letter case. Then the words of the source are
written. A term in other letter case is written as in the vocabulary. Nothing else is ever changed:
no id, no date, no merely similar words.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..advice.differences import difference
from ..core.layout import Layout
from ..core.switching import switch
from ..curation.reading import read_curation
from ..curation.repairs import Repair, repaired, value_at
from ..curation.yaml_nodes import read_yaml
from ..validation.outcome import Validation
from ..validation.validate import validate_curation

ROUNDS = 10
"""Most rounds: fixing a quotation can reveal mistakes in its parts, which may be fixable too."""


@dataclass(frozen=True, slots=True)
class AppliedFix:
    """One value that was changed; `shown` is the difference in words."""

    path: str
    line: int
    shown: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: fixed: {self.shown}"


def fix(layout: Layout) -> tuple[list[AppliedFix], Validation]:
    """Apply every unambiguous fix; return the fixes and the validation afterwards. The caller holds `switching.exclusive`.

    Raises PackageError, also if a file cannot be written: then no file of that round was changed.
    """
    applied: list[AppliedFix] = []
    curation = read_curation(layout)
    outcome = validate_curation(layout, curation)
    for _ in range(ROUNDS):
        by_path: dict[str, list[Repair]] = {}
        for repair in outcome.repairs:
            by_path.setdefault(repair.path, []).append(repair)
        contents: dict[Path, bytes | None] = {}
        for path, repairs in sorted(by_path.items()):
            before = (layout.root / path).read_bytes().decode("utf-8")
            after, made = repaired(before, repairs)
            if made:
                contents[layout.root / path] = after.encode("utf-8")
                applied += [_shown(before, repair) for repair in made]
        if not contents:
            break
        switch(layout, contents)
        curation = read_curation(layout)
        outcome = validate_curation(layout, curation)
    return applied, outcome


def _shown(before: str, repair: Repair) -> AppliedFix:
    document = read_yaml(before)
    return AppliedFix(
        repair.path,
        document.line(repair.place),
        difference(str(value_at(document.value, repair.place)), repair.words),
    )
