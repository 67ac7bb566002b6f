"""The meaning of each finding code, with a good and a bad example. Guards explain themselves in their headers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..core.findings import PackageError
from ..core.layout import HOME, Layout
from ..curation.yaml_nodes import YamlProblem, read_yaml
from .guards import read_guards
from .other_codes import OTHERS


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code, its rule, the meaning of a violation, and how to fix it.

    `meaning` is "" for a guard, whose title says it; `rule` is the file of a guard, "" if the rule
    is part of the program.
    """

    code: str
    title: str
    meaning: str
    remedy: str
    rule: str = ""
    kind: str = ""
    """ "proof" or "review" for a guard, "" for rules that are part of the program, which cannot be overruled either."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example: its title, and its changes to the small package under tests/examples/base."""

    title: str
    changes: tuple[dict[str, Any], ...]


def read_explanations(layout: Layout) -> dict[str, Explanation]:
    """Return every code with its explanation, sorted. Raises PackageError for a guard without its header."""
    found = {code: Explanation(code, *texts) for code, texts in OTHERS.items()}
    for guard in read_guards(layout):
        rule = layout.relative(layout.guards / f"{guard.code}.sql")
        found[guard.code] = Explanation(guard.code, guard.title, "", guard.hint, rule, guard.kind)
    return dict(sorted(found.items()))


def read_examples(layout: Layout, code: str) -> tuple[Example | None, Example | None]:
    """Return the shortest good and bad example of the code, None if the checkout has none. Raises PackageError."""
    good, bad = (_shortest_example(layout, kind, code) for kind in ("valid", "invalid"))
    return good, bad


def _shortest_example(layout: Layout, kind: str, code: str) -> Example | None:
    folders = (place.examples / kind / code for place in (layout, Layout(HOME)))
    paths = [path for folder in folders for path in folder.glob("*/change.yaml")]
    path = min(paths, key=lambda path: (path.stat().st_size, path), default=None)
    if path is None:
        return None
    try:
        change = read_yaml(path.read_text(encoding="utf-8")).value
        return Example(str(change["title"]), tuple(change["changes"]))
    except (OSError, ValueError, YamlProblem, KeyError, TypeError) as error:
        raise PackageError(f"{layout.relative(path)} cannot be read: {error}") from error
