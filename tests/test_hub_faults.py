"""The test Hub's faults: the state of the repository after a push that fails at each step."""

import hashlib
import json
import subprocess
import time

import pytest

from tests.hub import sample
from tests.hub.client import Client
from tests.hub.faults import STEPS
from tests.hub.running import RunningHub

pytestmark = pytest.mark.slow(
    "the test Hub itself, broken at each step of a push",
    seconds=50,
    covers=("tests/hub", "pyproject.toml"),
)

REPO = sample.REPOSITORY
PUSH_STEPS = [step for step in STEPS if not step.endswith("-create")]
#: Faults that happen after the commit is applied.
APPLIED = ("after-commit", "before-tag", "after-tag")
#: Steps of requests that the client does not retry: the commit and the tag.
NOT_REPEATED = ("before-commit", "during-commit", "after-commit", "before-tag", "after-tag")


def first_push(step: str) -> int:
    """Return how often the first push of the sample passes a step: it uploads two objects."""
    return 2 if "lfs-upload" in step else 1


def assert_whole(hub: RunningHub, *, commit: str, tags: list[str]) -> None:
    """Check that the repository is undamaged and has exactly the pushed version `commit` and these tags."""
    refs = hub.refs(REPO)
    assert sorted(refs) == ["refs/heads/main", *(f"refs/tags/{tag}" for tag in tags)]
    listed = hub.git(REPO, "ls-tree", "-r", "--name-only", "main").splitlines()
    assert listed == sample.files(commit)
    assert hub.git(REPO, "log", "-1", "--format=%s", "main") == commit
    for tag in tags:
        assert hub.git(REPO, "ls-tree", "-r", "--name-only", tag).splitlines() == sample.files(tag)
    hub.git(REPO, "fsck", "--strict", "--no-dangling")
    assert_objects_are_whole(hub)


def assert_objects_are_whole(hub: RunningHub) -> None:
    """Check that every object that a ref points to is stored, and every stored object matches its hash."""
    stored = [path for path in (hub.path(REPO) / "lfs" / "objects").rglob("*") if path.is_file()]
    for path in stored:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    for ref in hub.refs(REPO):
        for name in ("statements/a.parquet", "countries/a.parquet"):
            oid = hub.git(REPO, "show", f"{ref}:{name}").splitlines()[1].removeprefix("oid sha256:")
            assert oid in {path.name for path in stored}


@pytest.mark.parametrize("step", PUSH_STEPS)
def test_repository_is_whole_after_the_server_dies(process_client: Client, step: str):
    """If the server dies at any step, the repository has the old or the new commit."""
    hub = process_client.hub
    hub.fail(step, "die", skip=first_push(step), after_bytes=30_000)
    failed = process_client.run(sample.PUSH, REPO, "v1", "v2")
    assert json.loads(failed.output)["version"] == "v1"
    assert failed.error is not None
    assert hub.process.wait(10) == 70
    hub.restart()

    commit = "v2" if step in APPLIED else "v1"
    assert_whole(hub, commit=commit, tags=["v1", "v2"] if step == "after-tag" else ["v1"])


@pytest.mark.parametrize("step", ["during-lfs-upload", "during-commit", "after-commit"])
def test_push_completes_after_a_restart(process_client: Client, step: str):
    """Run again on the restarted server, the push completes, without a second commit if the first was applied."""
    hub = process_client.hub
    hub.fail(step, "die", skip=first_push(step), after_bytes=30_000)
    assert process_client.run(sample.PUSH, REPO, "v1", "v2").error is not None
    hub.restart()
    assert process_client.run(sample.PUSH, REPO, "v2").status == 0
    assert_whole(hub, commit="v2", tags=["v1", "v2"])
    history = hub.git(REPO, "log", "--format=%s", "main").splitlines()
    assert history == ["v2", "v1", "initial commit"]


def test_connection_cut_before_the_commit_is_retried(client: Client):
    """The client retries after a connection cut once at every step up to the commit."""
    steps = [step for step in PUSH_STEPS if step not in NOT_REPEATED]
    for step in steps:
        client.hub.fail(step, after_bytes=30_000)
    outcome = client.run(sample.PUSH, REPO, "v1")
    assert outcome.status == 0, outcome.errors
    assert_whole(client.hub, commit="v1", tags=["v1"])
    assert [line["status"] for line in client.hub.log()].count(None) == len(steps)


@pytest.mark.parametrize("step", NOT_REPEATED)
def test_connection_cut_from_the_commit_on_fails_the_push(client: Client, step: str):
    """A connection cut at the commit or the tag fails the push, and the repository has the old or the new commit."""
    client.hub.fail(step, skip=1)
    outcome = client.run(sample.PUSH, REPO, "v1", "v2")
    assert outcome.error == "httpx2.RemoteProtocolError"
    tags = ["v1", "v2"] if step == "after-tag" else ["v1"]
    assert_whole(client.hub, commit="v2" if step in APPLIED else "v1", tags=tags)
    assert [line["status"] for line in client.hub.log()].count(None) == 1


@pytest.mark.parametrize("step", ["before-create", "after-create"])
def test_repository_is_created_completely_or_not_at_all(process_client: Client, step: str):
    """A server that dies while it creates a repository leaves a complete one or none."""
    hub = process_client.hub
    hub.fail(step, "die")
    assert process_client.run(sample.PUSH, REPO, "v1").error == "httpx2.RemoteProtocolError"
    hub.restart()
    assert hub.path(REPO).exists() == (step == "after-create")
    assert process_client.run(sample.PUSH, REPO, "v1").status == 0
    assert_whole(hub, commit="v1", tags=["v1"])


def test_permanent_fault_outlasts_the_retries(client: Client):
    """A permanent fault outlasts the client's six tries; once healed, the push succeeds."""
    client.hub.fail("before-preupload", times=None)
    failed = client.run(sample.PUSH, REPO, "v1")
    assert failed.error == "httpx2.RemoteProtocolError"
    assert [line["status"] for line in client.hub.log()].count(None) == 6
    client.hub.heal()
    assert client.run(sample.PUSH, REPO, "v1").status == 0
    assert_whole(client.hub, commit="v1", tags=["v1"])


def test_fault_with_a_status(client: Client):
    """A 503 is retried at the preupload and fails the commit."""
    client.hub.fail("before-preupload", 503)
    client.hub.fail("before-commit", 503)
    outcome = client.run(sample.PUSH, REPO, "v1")
    assert outcome.error == "huggingface_hub.errors.HfHubHTTPError"
    assert "503" in outcome.errors
    assert set(client.hub.refs(REPO)) == {"refs/heads/main"}
    assert client.hub.git(REPO, "log", "--format=%s", "main") == "initial commit"
    assert [line["status"] for line in client.hub.log() if "preupload" in line["target"]] == [
        503,
        200,
    ]


def test_thread_hub_dies_and_restarts(client: Client):
    """A Hub in threads that dies closes its ports and restarts at the same address with the same state."""
    assert client.run(sample.PUSH, REPO, "v1").status == 0
    endpoint = client.hub.endpoint
    client.hub.fail("during-commit", "die")
    assert client.run(sample.PUSH, REPO, "v2").error == "httpx2.RemoteProtocolError"
    assert client.run(sample.PUSH, REPO, "v2").error == "httpx2.ConnectError"
    client.hub.restart()
    assert client.hub.endpoint == endpoint
    assert_whole(client.hub, commit="v1", tags=["v1"])


def test_client_waits_between_tries(client: Client):
    """Without the `impatient` wrapper the client waits a second before its second try."""
    start = time.monotonic()
    client.hub.fail("before-preupload")
    assert client.run(sample.PUSH, REPO, "v1", wait=True).status == 0
    assert time.monotonic() - start > 1


def test_concurrent_commit_is_a_conflict(client: Client):
    """A branch moved by another process between reading and writing gives 412, and no commit is lost."""
    assert client.run(sample.PUSH, REPO, "v1").status == 0
    hub = client.hub
    git = ["git", "-C", str(hub.path(REPO))]
    moved = ["commit-tree", "main^{tree}", "-p", "main", "-m", "moved"]
    identity = ["-c", "user.name=other", "-c", "user.email=other@test-hub.invalid"]
    done = subprocess.run([*git, *identity, *moved], capture_output=True, text=True, check=True)
    server_hub = hub._server.hub
    reach = server_hub.faults.reach

    def move_branch(step: str) -> None:
        if step == "during-commit":
            subprocess.run([*git, "update-ref", "refs/heads/main", done.stdout.strip()], check=True)
        reach(step)

    server_hub.faults.reach = move_branch
    failed = client.run(sample.PUSH, REPO, "v2")
    assert failed.error == "huggingface_hub.errors.HfHubHTTPError"
    assert "412" in failed.errors
    assert hub.git(REPO, "log", "-1", "--format=%s", "main") == "moved"


def test_unknown_fault_is_refused(hub: RunningHub):
    """A fault at an unknown step is an error, so that no test passes without its fault."""
    with pytest.raises(OSError, match="400"):
        hub.fail("before-nothing")
