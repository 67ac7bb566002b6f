"""What each code of a finding means: of the guards from their headers, of the others from `schema/findings.yaml`; with an example each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..curation.yaml_nodes import YamlProblem, read_yaml
from ..findings import PackageError
from ..layout import HOME, Layout
from .guards import read_guards


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code. `meaning` is "" for a guard: its title says it; `rule` is the file where the rule is written, "" if in code."""

    code: str
    title: str
    meaning: str
    mend: str
    rule: str


@dataclass(frozen=True, slots=True)
class Example:
    """One example from tests/examples: what it shows, and the changes of a small made-up package that show it."""

    title: str
    changes: tuple[dict[str, Any], ...]


def read_explanations(layout: Layout) -> dict[str, Explanation]:
    """Every code by name, sorted. Raises PackageError if schema/findings.yaml or a guard cannot be read."""
    found = {}
    for code, told in _yaml(layout.finding_codes, layout).items():
        if not isinstance(told, dict) or not all(told.get(key) for key in ("title", "meaning", "mend")):
            raise PackageError(f"schema/findings.yaml: `{code}` lacks a title, a meaning or how to mend it")
        found[code] = Explanation(code, told["title"], told["meaning"], told["mend"], "")
    for guard in read_guards(layout):
        rule = layout.relative(layout.guards / f"{guard.code}.sql")
        found[guard.code] = Explanation(guard.code, guard.title, "", guard.hint, rule)
    return dict(sorted(found.items()))


def read_examples(layout: Layout, code: str) -> dict[str, Example | None]:
    """The first valid and the first invalid example of the code, None where the checkout has none."""
    found: dict[str, Example | None] = {}
    for kind in ("invalid", "valid"):
        folders = (place / kind / code for place in (layout.examples, Layout(HOME).examples))
        paths = sorted(path for folder in folders for path in folder.glob("*/change.yaml"))
        change = _yaml(paths[0], layout) if paths else None
        found[kind] = Example(str(change["title"]), tuple(change["changes"])) if change else None
    return found


def _yaml(path: Path, layout: Layout) -> dict[str, Any]:
    try:
        value = read_yaml(path.read_text(encoding="utf-8")).value
    except (OSError, UnicodeDecodeError, YamlProblem) as error:
        raise PackageError(f"{layout.relative(path)} cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise PackageError(f"{layout.relative(path)} holds no keys")
    return value
