"""A value of the wrong kind anywhere in a curated file is an error or a finding of every command that reads the file."""

from __future__ import annotations

import copy
import itertools
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.running import run_here

SOURCE, OTHER = "xinhua-2019-09-27-celac-quartet", "mfa-2019-09-26-celac-quartet"
EVENT, AGENT = "2019-09-26-china-celac-quartet", "celac"
FILES = {
    SOURCE: f"data/sources/{SOURCE}/curation.yaml",
    EVENT: f"data/events/{EVENT}.yaml",
    AGENT: f"data/agents/{AGENT}.yaml",
}
WRONG = (None, "text", 5, 1.5, True, [], {}, ["text"], [5], [None], {"a": 1}, [{}])
COMMANDS = (
    ("validate",),
    ("agreement", "data", "../unchanged/data"),
    ("compare", SOURCE, OTHER),
    ("compare", "--event", EVENT),
    ("uncovered", SOURCE),
    ("draft", SOURCE),
    ("draft", EVENT),
    ("accept", SOURCE),
    ("reject", SOURCE, "s01"),
    ("review", SOURCE),
    ("recapture", SOURCE),
    ("rename", f"{SOURCE}.s01", f"{SOURCE}.s77"),
    ("fmt",),
)
Place = tuple[str | int, ...]


def iter_places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield the place of every value, and of the first two items of each list."""
    yield place
    items = value.items() if isinstance(value, dict) else []
    if isinstance(value, list):
        items = itertools.islice(enumerate(value), 2)
    for step, child in items:
        yield from iter_places(child, (*place, step))


def replaced(value: Any, place: Place, new: Any) -> Any:
    """Return a copy of the value with another at the place."""
    if not place:
        return new
    result = copy.deepcopy(value)
    holder = result
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = new
    return result


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / FILES[name]).read_text(encoding="utf-8"))


def cases() -> list[tuple[str, Place, Any]]:
    """Return (file, place, value to put there): those that once ended a command with a traceback, then others by chance."""
    found = [
        (name, place, new) for name in FILES for place in iter_places(read(name)) for new in WRONG
    ]
    random.Random(3).shuffle(found)
    return [
        (SOURCE, (), None),
        (SOURCE, ("source",), ["text"]),
        (SOURCE, ("source", "published_on"), None),
        (SOURCE, ("statements",), 5),
        (SOURCE, ("statements", 0, "quote"), 5),
        (EVENT, ("claims",), "text"),
        (EVENT, ("claims", 0), "text"),
        (EVENT, ("claims", 0), {"id": "c01"}),
        (EVENT, ("claims", 0, "attestations", 0, "statement"), 5),
        (AGENT, ("agent",), ["text"]),
        (AGENT, ("offices",), 5),
    ], found[:60]


KNOWN, OTHERS = cases()


@pytest.fixture
def unchanged(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "unchanged" / "data")


def assert_reported(package: Path, name: str, place: Place, new: Any) -> None:
    """Check that no command raises an exception other than the errors it reports; run_here passes on all others."""
    changed = yaml.safe_dump(replaced(read(name), place, new), allow_unicode=True, sort_keys=False)
    for command in COMMANDS:
        (package / FILES[name]).write_text(changed, encoding="utf-8")
        done = run_here(*command, cwd=package, keys="q\n")
        assert done.returncode in (0, 1, 2), (command, done)
        assert done.returncode == 0 or (done.stdout + done.stderr).strip(), command


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("name", "place", "new"), KNOWN)
def test_known_wrong_value_is_reported(package, name, place, new):
    assert_reported(package, name, place, new)


@pytest.mark.slow(
    "other values of the wrong kind",
    seconds=90,
    covers=("scripts/readouts/curation", "scripts/readouts/compile", "scripts/readouts/commands"),
    sample=4,
)
@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("name", "place", "new"), OTHERS)
def test_wrong_value_is_reported(package, name, place, new):
    assert_reported(package, name, place, new)
