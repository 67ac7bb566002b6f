"""A push that is cut or killed, or whose Hub dies, at each step: the old or the new release, no wrong tag, and the next push completes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.hub.faults import STEPS
from tests.hub.running import ProcessHub, RunningHub, ThreadHub
from tests.publishing import REPO, ROOT, Publisher, readouts
from tests.reading import read_folder

CREATION = ("before-create", "after-create")
APPLIED = ("after-commit", "before-tag", "after-tag")
"""Steps after the commit."""
SHARED = {"before-lfs-batch", "after-lfs-batch", "after-lfs-upload", "before-lfs-upload"}
"""Steps between others, which only the test of cut connections tries."""
ALWAYS = "during-commit"
"""Step that `make test` tries."""
rest = pytest.mark.slow(
    "a push that fails at each other step",
    seconds=130,
    covers=(
        "scripts/readouts/hub",
        "scripts/readouts/publication",
        "tests/hub",
        "tests/publishing.py",
        "tests/test_push_faults.py",
    ),
)


def steps(names: Iterable[str]) -> list[object]:
    """Return the steps as parameters; all but ALWAYS are marked as slow."""
    return [name if name == ALWAYS else pytest.param(name, marks=rest) for name in names]


@pytest.fixture(scope="module")
def bundles(
    released_bundle: Path, second_release: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, bytes]]:
    """The files that each tag must have."""
    folder = tmp_path_factory.mktemp("bundles") / "v1.0.1"
    assert readouts("bundle", "--out", folder, cwd=second_release).returncode == 0
    return {"v1.0.0": read_folder(released_bundle), "v1.0.1": read_folder(folder)}


@pytest.fixture
def start(published: Publisher, tmp_path: Path):
    """Start a Hub of a kind that has the first release, or is empty."""
    running: list[RunningHub] = []

    def starting(kind: type[RunningHub], empty: bool) -> Publisher:
        place = tmp_path / "storage"
        shutil.copytree(published.hub.storage, place) if not empty else place.mkdir()
        hub = kind(place)
        hub.start()
        running.append(hub)
        (tmp_path / "home").mkdir()
        return Publisher(hub, tmp_path / "home")

    yield starting
    for hub in running:
        hub.stop()


def assert_old_or_new(
    publisher: Publisher, bundles: dict[str, dict[str, bytes]], first: bool
) -> str | None:
    """Check that the repository has exactly the old or the new release, and each tag its own; return the tag of the release it has."""
    if not publisher.hub.path(REPO).exists():
        assert first
        return None
    publisher.hub.git(REPO, "fsck", "--strict", "--no-dangling")
    now, tags = publisher.files(publisher.head()), publisher.tags()
    at = next((tag for tag, files in bundles.items() if files == now), None)
    assert (at is None and now == {}) if first else at is not None
    assert set(tags) <= set(bundles) and (first or "v1.0.0" in tags)
    for tag, commit in tags.items():
        assert publisher.files(commit) == bundles[tag]
    return at


def assert_completes(
    publisher: Publisher, package: Path, bundles: dict[str, dict[str, bytes]], first: bool
) -> None:
    """Check that the next push completes, without a duplicate commit."""
    done = publisher.push(package)
    assert done.returncode == 0, done.stderr
    assert_complete(publisher, bundles, first)


def assert_complete(
    publisher: Publisher, bundles: dict[str, dict[str, bytes]], first: bool
) -> None:
    tags = ["v1.0.0"] if first else ["v1.0.0", "v1.0.1"]
    assert sorted(publisher.tags()) == tags
    for tag in tags:
        assert publisher.files(tag) == bundles[tag]
    assert publisher.head() == publisher.tags()[tags[-1]]
    assert publisher.commits() == [
        *(f"Release {tag[1:]}" for tag in reversed(tags)),
        "initial commit",
    ]


@pytest.mark.parametrize("step", steps(STEPS))
def test_cut_connection_is_retried(
    start, released_repository: Path, second_release: Path, bundles, step: str
):
    """A connection cut once at any step is retried within the same push."""
    first = step in CREATION
    publisher = start(ThreadHub, first)
    publisher.hub.fail(step, after_bytes=1000)
    assert_completes(publisher, released_repository if first else second_release, bundles, first)
    assert [line["status"] for line in publisher.hub.log()].count(None) == 1


@pytest.mark.parametrize("step", steps(step for step in STEPS if step not in SHARED))
def test_killed_hub_leaves_old_or_new_release(
    start, released_repository: Path, second_release: Path, bundles, step: str
):
    """If the Hub is killed at a step, the push ends with a clear last line, and the next push completes."""
    first = step in CREATION
    publisher, package = start(ProcessHub, first), released_repository if first else second_release
    publisher.hub.fail(step, "die", after_bytes=1000)
    failed = publisher.push(package)
    assert failed.returncode == 2, failed.stderr
    assert (
        "run the same command again" in failed.stderr.splitlines()[-1]
        and "Traceback" not in failed.stderr
    )
    assert publisher.hub.process.wait(10) == 70
    publisher.hub.restart()
    at = assert_old_or_new(publisher, bundles, first)
    assert at == (None if first else "v1.0.1" if step in APPLIED else "v1.0.0")
    assert ("v1.0.1" in publisher.tags() if at else False) == (step == "after-tag")
    assert_completes(publisher, package, bundles, first)


@pytest.mark.parametrize("step", steps(step for step in STEPS if step not in SHARED))
def test_killed_push_leaves_old_or_new_release(
    start, released_repository: Path, second_release: Path, bundles, step: str
):
    """If the push is killed at a step while the Hub continues with what it has received, the next push completes."""
    first = step in CREATION
    publisher, package = start(ThreadHub, first), released_repository if first else second_release
    faults = publisher.hub._server.hub.faults
    take, reached = faults.take, threading.Event()
    paths = os.pathsep.join([str(ROOT), str(ROOT / "scripts")])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.publishing", "push", REPO],
        cwd=package, env={**publisher.hub.env(publisher.home), "PYTHONPATH": paths},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def kill(now: str):
        if now == step and not reached.is_set():
            process.send_signal(signal.SIGKILL)
            process.wait()
            reached.set()
        return take(now)

    faults.take = kill
    try:
        assert process.wait(60) == -signal.SIGKILL
        assert reached.wait(10)
    finally:
        faults.take = take
        process.kill()
    publisher.hub.restart()
    assert_old_or_new(publisher, bundles, first)
    assert_completes(publisher, package, bundles, first)


@pytest.mark.parametrize("step", steps(["before-preupload", "before-commit", "before-tag"]))
def test_push_gives_up_after_limited_tries(start, second_release: Path, bundles, step: str):
    """A Hub that keeps answering 503 ends the push after a limited number of tries; the next push completes."""
    publisher = start(ThreadHub, False)
    publisher.hub.fail(step, 503, times=None)
    failed = publisher.push(second_release)
    assert failed.returncode == 2 and failed.stderr.count("trying again") == 4
    assert "503" in failed.stderr.splitlines()[-1]
    assert assert_old_or_new(publisher, bundles, False) == (
        "v1.0.1" if step in APPLIED else "v1.0.0"
    )
    publisher.hub.heal()
    assert_completes(publisher, second_release, bundles, False)


@pytest.mark.parametrize("same", [False, pytest.param(True, marks=rest)])
def test_concurrent_commit_stops_the_push(
    start, second_release: Path, bundles, tmp_path: Path, same: bool
):
    """If another process commits during a push, the push stops with a message, unless both push the same release."""
    publisher = start(ThreadHub, False)
    faults = publisher.hub._server.hub.faults
    reach, once = faults.reach, threading.Event()
    rival = Publisher(publisher.hub, tmp_path / "rival")
    rival.home.mkdir()

    def interrupt(now: str) -> None:
        if now == "before-commit" and not once.is_set():
            once.set()
            if same:
                assert rival.push(second_release).returncode == 0
            else:
                tree = publisher.hub.git(REPO, "rev-parse", "main^{tree}")
                identity = ("-c", "user.name=rival", "-c", "user.email=rival@example.org")
                moved = publisher.hub.git(
                    REPO, *identity, "commit-tree", tree, "-p", "main", "-m", "Rival"
                )
                publisher.hub.git(REPO, "update-ref", "refs/heads/main", moved)
        reach(now)

    faults.reach = interrupt
    done = publisher.push(second_release)
    if same:
        assert done.returncode == 0, done.stderr
        assert_complete(publisher, bundles, False)
    else:
        assert done.returncode == 2 and "another process" in done.stderr
        assert publisher.commits()[0] == "Rival" and set(publisher.tags()) == {"v1.0.0"}
        assert publisher.push(second_release).returncode == 0
        assert publisher.files("v1.0.1") == bundles["v1.0.1"]


def test_commit_that_reads_back_differently_is_not_tagged(start, second_release: Path):
    """If the commit that is read back differs from what was sent, the push names the file and sets no tag."""
    publisher = start(ThreadHub, False)
    program = (
        "import sys; from readouts.hub.session import Session, RemoteFile\n"
        "tree = Session.tree\n"
        "def other(self, commit):\n"
        "    found = tree(self, commit)\n"
        "    if 'CITATION.cff' in found and self.__dict__.setdefault('reads', 0):\n"
        "        found['CITATION.cff'] = RemoteFile(1, '0' * 40, None)\n"
        "    self.__dict__['reads'] = 1\n"
        "    return found\n"
        "Session.tree = other\n"
        f"sys.argv = ['readouts', 'push', {REPO!r}]\n"
        "from readouts.commands.cli import main; main()\n"
    )
    environment = {**publisher.hub.env(publisher.home), "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=second_release,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and "CITATION.cff" in done.stderr and "not tagged" in done.stderr, (
        done.stderr
    )
    assert set(publisher.tags()) == {"v1.0.0"}
