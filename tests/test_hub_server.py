"""The test Hub refuses what the Hub refuses; what it accepts, the tests of pushes show."""

import json

import pytest

from tests.hub import sample
from tests.hub.client import Client
from tests.hub.running import ThreadHub

pytestmark = pytest.mark.slow(
    "the test Hub itself", seconds=15, covers=("tests/hub", "pyproject.toml")
)

REPO = sample.REPOSITORY


ERRORS = """
from huggingface_hub.errors import HfHubHTTPError
def error(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except HfHubHTTPError as error:
        status = error.response.status_code
        return [type(error).__name__, status, error.response.headers.get("X-Error-Code"), error.server_message]
    return None
"""


def test_missing_items_raise_the_right_exceptions(published_client: Client):
    """A missing repository, revision, file and folder each raise their own exception in the client."""
    outcome = published_client.run(
        ERRORS
        + """
kind = {"repo_type": "dataset"}
print(json.dumps([
    error(api.dataset_info, "readouts/none")[:3],
    error(api.dataset_info, "readouts/none", token=False)[:3],
    error(api.dataset_info, "readouts/sample", revision="v9")[:3],
    error(hf_hub_download, "readouts/sample", "none", **kind)[:3],
    error(lambda: list(api.list_repo_tree("readouts/sample", "none", **kind)))[:3],
    api.file_exists("readouts/sample", "none", **kind),
    api.repo_exists("readouts/none", **kind),
]))
"""
    )
    assert outcome.value == [
        ["RepositoryNotFoundError", 404, "RepoNotFound"],
        ["RepositoryNotFoundError", 401, "RepoNotFound"],
        ["RevisionNotFoundError", 404, "RevisionNotFound"],
        ["RemoteEntryNotFoundError", 404, "EntryNotFound"],
        ["RemoteEntryNotFoundError", 404, "EntryNotFound"],
        False,
        False,
    ]


def test_permissions_follow_from_the_token(client: Client):
    """Reading a private repository and writing to any need the right token; refusals have the Hub's status."""
    outcome = client.run(
        ERRORS
        + """
import os
from tests.hub.accounts import TOKENS
kind = {"repo_type": "dataset"}
api.create_repo("ada/private", private=True, **kind)
api.create_repo("ada/public", **kind)
def add(repo, token, **options):
    operations = [CommitOperationAdd("a.txt", b"a")]
    return api.create_commit(repo, operations, commit_message="a", token=token, **kind, **options)
print(json.dumps({
    "private unseen": error(api.dataset_info, "ada/private", token=False)[:2],
    "private other": error(api.dataset_info, "ada/private", token=TOKENS["other"])[:2],
    "private file": error(hf_hub_download, "ada/private", ".gitattributes", token=False, **kind)[:2],
    "private own": error(api.dataset_info, "ada/private", token=TOKENS["read"]),
    "bad token": error(api.dataset_info, "ada/public", token="wrong"),
    "bad whoami": error(api.whoami, token="wrong")[:2],
    "read-only create": error(api.create_repo, "ada/new", token=TOKENS["read"], **kind),
    "read-only exist_ok": error(api.create_repo, "ada/public", token=TOKENS["read"], exist_ok=True, **kind),
    "read-only commit": error(add, "ada/public", TOKENS["read"]),
    "read-only tag": error(api.create_tag, "ada/public", tag="t", token=TOKENS["read"], **kind)[:2],
    "other commit": error(add, "ada/public", TOKENS["other"])[:2],
    "other create": error(api.create_repo, "ada/theirs", token=TOKENS["other"], **kind)[:2],
    "unsigned commit": error(add, "ada/public", False)[:2],
    "whoami": [api.whoami()["name"], api.whoami(token=TOKENS["read"])["auth"]["accessToken"]["role"]],
}))
"""
    )
    invalid = "Invalid credentials in Authorization header"
    read_only = [
        "HfHubHTTPError",
        403,
        None,
        "you must use a write token to upload to a repository.",
    ]
    assert outcome.value == {
        "private unseen": ["RepositoryNotFoundError", 401],
        "private other": ["RepositoryNotFoundError", 404],
        "private file": ["RepositoryNotFoundError", 401],
        "private own": None,
        "bad token": ["HfHubHTTPError", 401, None, invalid],
        "bad whoami": ["HfHubHTTPError", 401],
        "read-only create": read_only,
        "read-only exist_ok": None,
        "read-only commit": read_only,
        "read-only tag": ["HfHubHTTPError", 403],
        "other commit": ["HfHubHTTPError", 403],
        "other create": ["HfHubHTTPError", 403],
        "unsigned commit": ["HfHubHTTPError", 401],
        "whoami": ["ada", "read"],
    }
    assert set(client.hub.refs("ada/public")) == {"refs/heads/main"}


def test_existing_items_are_conflicts(client: Client):
    """A repository, tag or branch that exists gives 409, which the client's exist_ok accepts."""
    outcome = client.run(
        ERRORS
        + """
kind = {"repo_type": "dataset"}
url = api.create_repo("ada/x", **kind)
assert api.create_repo("ada/x", exist_ok=True, **kind) == url
api.create_tag("ada/x", tag="v1", tag_message="first", **kind)
api.create_tag("ada/x", tag="v1", exist_ok=True, **kind)
api.create_branch("ada/x", branch="b", revision="v1", **kind)
print(json.dumps([
    error(api.create_repo, "ada/x", **kind)[:2],
    error(api.create_tag, "ada/x", tag="v1", **kind),
    error(api.create_branch, "ada/x", branch="b", **kind)[:2],
    error(api.create_tag, "ada/x", tag="no good", **kind)[:2],
    error(api.create_tag, "ada/x", tag="v2", revision="nothing", **kind)[:2],
]))
"""
    )
    assert json.loads(outcome.output.splitlines()[-1]) == [
        ["HfHubHTTPError", 409],
        ["HfHubHTTPError", 409, None, "Tag reference exists already: v1"],
        ["HfHubHTTPError", 409],
        ["BadRequestError", 400],
        ["RevisionNotFoundError", 404],
    ]
    assert set(client.hub.refs("ada/x")) == {"refs/heads/main", "refs/heads/b", "refs/tags/v1"}


def test_commit_is_applied_completely_or_refused(client: Client):
    """A commit is refused if its parent is not the head or a file to delete is missing; unchanged files make no commit."""
    outcome = client.run(
        ERRORS
        + """
kind = {"repo_type": "dataset", "commit_message": "m"}
first = api.create_repo("ada/x", repo_type="dataset") and api.dataset_info("ada/x").sha
def commit(*operations, **options):
    return api.create_commit("ada/x", operations, **kind, **options).oid
def add(name, content=b"content"):
    return CommitOperationAdd(name, content)
second = commit(add("a.txt"), add("d/a.bin", b"A"), add("d/b.txt"), add("empty.parquet", b""), parent_commit=first)
print(json.dumps([
    error(commit, add("b.txt"), parent_commit=first),
    error(commit, add("b.txt"), CommitOperationDelete("none.txt"))[:3],
    error(commit, add("b.txt"), revision="0" * 40)[:2],
    commit(add("a.txt"), add("d/a.bin", b"A")) == second,
    api.dataset_info("ada/x").sha == second,
]))
commit(CommitOperationDelete("a.txt"), add("b c.txt"), add("x.dat", b"\\0"))
"""
    )
    assert outcome.status == 0, outcome.errors
    assert json.loads(outcome.output) == [
        ["HfHubHTTPError", 412, None, "A commit has happened since. Please refresh and try again."],
        ["RemoteEntryNotFoundError", 404, "EntryNotFound"],
        ["RevisionNotFoundError", 404],
        True,
        True,
    ]
    listed = client.hub.git("ada/x", "ls-tree", "-r", "--name-only", "main").splitlines()
    assert listed == [".gitattributes", "b c.txt", "d/a.bin", "d/b.txt", "empty.parquet", "x.dat"]
    assert "x.dat filter=lfs" in client.hub.git("ada/x", "show", "main:.gitattributes")
    assert client.hub.git("ada/x", "show", "main:empty.parquet") == ""
    # One byte, in LFS because of its name.
    assert client.hub.git("ada/x", "show", "main:d/a.bin").endswith("size 1")


def test_lfs_upload_with_wrong_bytes_is_refused(client: Client):
    """An object whose bytes differ from the announced hash is refused, and so is a commit that refers to it."""
    outcome = client.run(
        ERRORS
        + """
api.create_repo("ada/x", repo_type="dataset")
right, wrong = CommitOperationAdd("a.bin", b"right"), CommitOperationAdd("a.bin", b"wrong")
wrong.upload_info = right.upload_info
def commit():
    api.create_commit("ada/x", [wrong], commit_message="m", repo_type="dataset")
try:
    commit()
except RuntimeError as failure:
    cause = failure.__cause__
    print(json.dumps([type(cause).__name__, cause.response.status_code]))
wrong._is_uploaded = True
print(json.dumps(error(commit)[:2]))
"""
    )
    lines = [json.loads(line) for line in outcome.output.splitlines()]
    assert lines == [["BadRequestError", 400], ["BadRequestError", 400]]
    objects = client.hub.path("ada/x") / "lfs" / "objects"
    assert not [path for path in objects.rglob("*") if path.is_file()]
    assert client.hub.git("ada/x", "log", "--format=%s", "main") == "initial commit"


def test_unknown_fault_is_refused(hub: ThreadHub):
    """A fault at an unknown step is an error, so that no test passes without its fault."""
    with pytest.raises(OSError, match="400"):
        hub.fail("before-nothing")


def test_front_matter_is_checked(client: Client):
    """A README with invalid front matter stops the push with the reason before anything is uploaded."""
    outcome = client.run(
        """
        api.create_repo("ada/x", repo_type="dataset")
        cards = ["---\\na: 1\\na: 2\\n---\\n", "---\\ntags: one\\n---\\n", "---\\nconfigs:\\n- data_files: x\\n---\\n"]
        for card in cards:
            operations = [CommitOperationAdd("README.md", card.encode())]
            try:
                api.create_commit("ada/x", operations, commit_message="m", repo_type="dataset")
            except ValueError as error:
                print(json.dumps(str(error)))
        import warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            operations = [CommitOperationAdd("README.md", b"no front matter")]
            api.create_commit("ada/x", operations, commit_message="m", repo_type="dataset")
        print(json.dumps(str(caught[0].message)))
        """
    )
    assert outcome.status == 0, outcome.errors
    duplicated, tags, configs, warned = (json.loads(line) for line in outcome.output.splitlines())
    assert "duplicated mapping key 'a'" in duplicated
    assert '"tags" must be an array' in tags
    assert '"configs[0].config_name" must be a string' in configs
    assert "empty or missing yaml metadata in repo card" in warned
