"""Shared fixtures: the checkout, copies of it, releases, bundles; and the rules on slow and skipped tests."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from readouts.core.layout import Layout
from readouts.core.progress import silent
from readouts.core.switching import exclusive
from readouts.publication.build import derived_files, write_derived
from readouts.rules.small import run_guards
from readouts.validation.validate import validate_package
from tests.hub.running import ThreadHub
from tests.publishing import Publisher, copied, release, reword
from tests.running import fits_here, run_here

pytest_plugins = ["tests.hub.fixtures", "tests.model_server"]

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = (
    "data",
    "schema",
    "datapackage.json",
    "README.md",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-DATA",
)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout under test."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def guards_run_once() -> Iterator[None]:
    """Reuse the findings of guards over identical relations, because most tests validate the same few packages."""
    found: dict[bytes, tuple] = {}

    def run_guards_once(layout, tables, guards, relations, few, progress):
        if progress is not silent:
            return run_guards(layout, tables, guards, relations, few, progress)
        seen = (layout.guard_views.read_bytes(), tables, guards, relations)
        key = hashlib.sha256(repr(seen).encode()).digest()
        if key not in found:
            found[key] = run_guards(layout, tables, guards, relations, few, progress)
        return found[key]

    with mock.patch("readouts.validation.validate.run_guards", run_guards_once):
        yield


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package's data, schemas and documents, to change."""
    return copy_package(tmp_path / "readouts")


@pytest.fixture
def unreleased(package: Path) -> Path:
    """The same as an unreleased package: without the ledger, its derived files rebuilt."""
    (package / "data/released.jsonl").unlink(missing_ok=True)
    (package / "CHANGELOG.md").unlink()
    layout = Layout(package)
    outcome = validate_package(layout)
    with exclusive(layout):
        write_derived(layout, derived_files(layout, outcome.tables, outcome.rows))
    return package


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the published tables as JSONL and no other files."""
    target = tmp_path / "tables"
    shutil.copytree(ROOT / "data/tables", target, ignore=shutil.ignore_patterns("*.csv"))
    return target


def copy_package(target: Path) -> Path:
    """Copy the package into a new folder."""
    target.mkdir()
    for name in PACKAGE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        elif source.exists():
            shutil.copy2(source, target / name)
    return target


@pytest.fixture(scope="session")
def run():
    """Run `readouts …` in this process, or in a subprocess if variables are set that Python reads at its start."""

    def command(
        *arguments: object, cwd: Path = ROOT, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        if fits_here(environment):
            return run_here(*arguments, cwd=cwd, **environment)
        return subprocess.run(
            [sys.executable, "-m", "readouts", *map(str, arguments)],
            cwd=cwd,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "200", **environment},
        )

    return command


@pytest.fixture
def corpus(run, tmp_path: Path) -> Path:
    """The small package of tests/examples, as a corpus that can be built."""
    target = tmp_path / "corpus"
    assert run("init", target).returncode == 0
    card = (target / "data" / "README.md").read_bytes()
    shutil.rmtree(target / "data")
    shutil.copytree(ROOT / "tests/examples/base/data", target / "data")
    (target / "data" / "README.md").write_bytes(card)
    return target


@pytest.fixture(scope="session")
def released_repository(tmp_path_factory: pytest.TempPathFactory, run) -> Path:
    """A repository whose package is unreleased at the first commit and released as 1.0.0, with a tag, at the second."""
    from tests.versioning import git

    target = copy_package(tmp_path_factory.mktemp("repository") / "readouts")
    (target / "CHANGELOG.md").unlink()
    (target / "data" / "released.jsonl").unlink(missing_ok=True)
    (target / ".gitignore").write_text(".readouts/\n", encoding="utf-8")
    git(target, "init", "-q", "-b", "main")
    for version in (None, "1.0.0"):
        outcome = (
            run("release", version, "--date", "2026-11-22", "--root", target)
            if version
            else run("build", "--root", target)
        )
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
        shutil.rmtree(target / ".readouts", ignore_errors=True)
        git(target, "add", "-A")
        git(target, "commit", "-qm", version or "Before the first release")
    git(target, "tag", "-a", "v1.0.0", "-m", "Readouts 1.0.0")
    return target


@pytest.fixture(scope="session")
def released_bundle(
    released_repository: Path, run, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The bundle of the released package, read-only."""
    folder = tmp_path_factory.mktemp("released") / "bundle"
    done = run("bundle", "--out", folder, cwd=released_repository)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def bundle(released_bundle: Path, tmp_path: Path) -> Path:
    """A copy of that bundle, to change."""
    return copied(released_bundle, tmp_path / "bundle")


@pytest.fixture
def repository(released_repository: Path, tmp_path: Path) -> Path:
    """A copy of that repository, to change."""
    return copied(released_repository, tmp_path / "repository")


@pytest.fixture(scope="session")
def second_release(released_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package one release later, with a reworded claim, read-only."""
    package = copied(released_repository, tmp_path_factory.mktemp("second") / "readouts")
    reword(package)
    release(package, "1.0.1", "2026-11-23")
    return package


@pytest.fixture(scope="module")
def published(
    released_repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Publisher]:
    """A Hub with the first release, read-only."""
    hub = ThreadHub(tmp_path_factory.mktemp("published"))
    hub.start()
    publisher = Publisher(hub, tmp_path_factory.mktemp("home"))
    done = publisher.push(released_repository)
    assert done.returncode == 0, done.stderr
    yield publisher
    hub.stop()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "slow(reason, seconds, covers=(), sample=0): run by `make test-all`, and by .ci/run if a file whose path begins with one of `covers` "
        "changed; of the cases of a test, `sample` evenly spaced ones always run",
    )


LONG = ("cluster", "examples", "tutorial", "sweep", "push", "verify", "publication", "advice")
"""Files with few tests that take long. They run first: a process that began one last would end long after the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the slow tests, unless READOUTS_TEST_ALL is set or READOUTS_CHANGED, a list of paths, has files that they cover."""
    names = [f"test_{name}.py" for name in LONG] + [""]
    items.sort(key=lambda item: names.index(item.path.name if item.path.name in names else ""))
    if os.environ.get("READOUTS_TEST_ALL"):
        return
    changed = os.environ.get("READOUTS_CHANGED", "").split()
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        cases[item.nodeid.partition("[")[0]].append(item)
    for item in items:
        for mark in item.iter_markers("slow"):
            covers = mark.kwargs.get("covers", ())
            if item in spaced(cases[item.nodeid.partition("[")[0]], mark.kwargs.get("sample", 0)):
                continue
            if not any(path.startswith(covers) for path in changed):
                reason = f"slow, {mark.kwargs['seconds']} s: {mark.args[0]}; run by `make test-all`"
                item.add_marker(pytest.mark.skip(reason=reason))


def spaced(cases: list[pytest.Item], count: int) -> list[pytest.Item]:
    """Return this number of cases, evenly spaced from the first to the last."""
    if count < 2:
        return cases[:count]
    return [cases[number * (len(cases) - 1) // (count - 1)] for number in range(count)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure if the reason names a tool in READOUTS_FORBID_SKIPS."""
    report = yield
    forbidden = os.environ.get("READOUTS_FORBID_SKIPS", "").split()
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
        if any(word in reason for word in forbidden):
            report.outcome = "failed"
            report.longrepr = f"skipped, but READOUTS_FORBID_SKIPS forbids it: {reason}"
    return report
