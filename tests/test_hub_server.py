"""The test Hub as the official clients see it."""

import json
from pathlib import Path

import pytest

from tests.hub import sample
from tests.hub.client import Client
from tests.hub.running import ThreadHub

pytestmark = pytest.mark.slow(
    "the test Hub itself", seconds=25, covers=("tests/hub", "pyproject.toml")
)

REPO = sample.REPOSITORY


def test_push_makes_a_commit_and_a_tag_for_each_version(published_hub: ThreadHub):
    """Each pushed version is one commit with exactly its files, and its tag points to it."""
    refs = published_hub.refs(REPO)
    assert sorted(refs) == ["refs/heads/main", "refs/tags/v1", "refs/tags/v2"]
    assert refs["refs/heads/main"] == refs["refs/tags/v2"]
    for version in ("v1", "v2"):
        listed = published_hub.git(REPO, "ls-tree", "-r", "--name-only", version).splitlines()
        assert listed == sample.files(version)
    history = published_hub.git(REPO, "log", "--format=%s", "main").splitlines()
    assert history == ["v2", "v1", "initial commit"]


def test_lfs_files_are_pointers_in_git(published_hub: ThreadHub):
    """Parquet is an LFS pointer whose object is stored; text is a plain file."""
    pointer = published_hub.git(REPO, "show", "v2:statements/a.parquet").splitlines()
    assert pointer[0] == "version https://git-lfs.github.com/spec/v1"
    oid, size = pointer[1].removeprefix("oid sha256:"), int(pointer[2].removeprefix("size "))
    stored = published_hub.path(REPO) / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
    assert stored.stat().st_size == size
    assert published_hub.git(REPO, "show", "v2:note-v2.txt") == "v2"


def test_load_dataset_by_tag_plain_and_streaming(published_client: Client):
    """load_dataset by tag gives every configuration as pushed, streamed or not."""
    outcome = published_client.run(
        """
        from datasets import get_dataset_config_names, load_dataset
        found = {}
        for version in ("v1", "v2"):
            for config in get_dataset_config_names("readouts/sample", revision=version):
                plain = load_dataset("readouts/sample", config, revision=version, split="train")
                streamed = load_dataset(
                    "readouts/sample", config, revision=version, split="train", streaming=True
                )
                assert list(streamed) == plain.to_list()
                found[f"{version} {config}"] = [len(plain), plain[0], plain[-1]]
        default = load_dataset("readouts/sample", revision="v1", split="train")
        found["default"] = len(default)
        print(json.dumps(found))
        """,
        token=None,
    )
    country = [3, {"id": 0, "text": "country row 0"}, {"id": 2, "text": "country row 2"}]
    assert outcome.value == {
        **{
            f"{version} statements": [
                20000,
                {"id": 0, "text": f"{version} row 0"},
                {"id": 19999, "text": f"{version} row 19999"},
            ]
            for version in ("v1", "v2")
        },
        "v1 countries": country,
        "v2 countries": country,
        "default": 20000,
    }
    moved = [
        line
        for line in published_client.hub.log()
        if line["port"] == "storage" and line["method"] == "GET"
    ]
    assert any(line["range"] and line["status"] == 206 for line in moved)


def test_byte_ranges_are_served(published_client: Client):
    """Any part of a file, in LFS or in git, can be read; a range past its end is refused."""
    outcome = published_client.run(
        """
        fs = HfFileSystem()
        for name in ("statements/a.parquet", "README.md"):
            path = hf_hub_download("readouts/sample", name, repo_type="dataset", revision="v1")
            whole = open(path, "rb").read()
            remote = f"datasets/readouts/sample@v1/{name}"
            assert fs.size(remote) == len(whole)
            with fs.open(remote, block_size=64, cache_type="none") as file:
                for start, end in ((0, 1), (3, 50), (len(whole) - 8, len(whole))):
                    file.seek(start)
                    assert file.read(end - start) == whole[start:end], (name, start, end)
        from huggingface_hub.utils import get_session
        url = hf_hub_url("readouts/sample", "statements/a.parquet", repo_type="dataset", revision="v1")
        answers = [get_session().get(url, headers={"Range": f"bytes={part}"}) for part in ("-4", "99999999-")]
        print(json.dumps([[answer.status_code, answer.headers["Content-Range"][:6]] for answer in answers]))
        assert answers[0].content == b"PAR1"
        """
    )
    assert outcome.status == 0, outcome.errors
    assert json.loads(outcome.output) == [[206, "bytes "], [416, "bytes "]]


def test_lfs_file_redirects_to_the_storage_port(published_client: Client):
    """The redirect has the headers that the client caches by, and no token is sent to the storage port."""
    outcome = published_client.run(
        """
        from huggingface_hub.utils import get_session
        url = hf_hub_url("readouts/sample", "statements/a.parquet", repo_type="dataset", revision="v2")
        answer = get_session().head(url, follow_redirects=False)
        location = answer.headers["Location"]
        both = get_session().get(location, headers={"Authorization": "Bearer x"})
        unsigned = get_session().get(location[:-1])
        metadata = get_hf_file_metadata(url)
        snapshot_download("readouts/sample", repo_type="dataset", revision="v2")
        print(json.dumps([answer.status_code, dict(answer.headers), both.status_code, unsigned.status_code,
                          metadata.commit_hash, metadata.etag, metadata.size]))
        """
    )
    hub = published_client.hub
    status, headers, with_token, unsigned, commit, etag, size = outcome.value
    assert status == 302
    assert headers["location"].split("/")[2] != hub.endpoint.split("/")[2]
    assert headers["x-repo-commit"] == commit == hub.refs(REPO)["refs/tags/v2"]
    assert headers["etag"] == headers["x-linked-etag"] == f'"{etag}"'
    assert headers["x-linked-size"] == str(size)
    assert f"oid sha256:{etag}\nsize {size}" in hub.git(REPO, "show", "v2:statements/a.parquet")
    assert (with_token, unsigned) == (400, 403)
    storage = [line for line in hub.log() if line["port"] == "storage" and line["status"] == 200]
    assert storage
    assert not any(line["token"] for line in storage)


def test_snapshot_download_has_every_file(published_client: Client):
    """snapshot_download gets every file of the tag with the bytes that were pushed."""
    code = 'print(json.dumps(snapshot_download("readouts/sample", repo_type="dataset", revision="v1")))'
    path = published_client.run(code).value
    found = sorted(str(file.relative_to(path)) for file in Path(path).rglob("*") if file.is_file())
    assert found == sorted(sample.files("v1"))
    assert Path(path, "note-v1.txt").read_text() == "v1"
    assert Path(path, "statements/a.parquet").read_bytes()[:4] == b"PAR1"


def test_api_describes_the_repository(published_client: Client):
    """Repository, revision, tree, paths, refs and commits are described as in git."""
    outcome = published_client.run(
        """
        kind = {"repo_type": "dataset"}
        info = api.dataset_info("readouts/sample", revision="v1", files_metadata=True)
        sizes = {file.rfilename: [file.size, file.lfs and file.lfs.sha256] for file in info.siblings}
        top = list(api.list_repo_tree("readouts/sample", revision="v1", expand=True, **kind))
        everything = list(api.list_repo_tree("readouts/sample", revision="v1", recursive=True, **kind))
        inside = list(api.list_repo_tree("readouts/sample", "statements", revision="v1", **kind))
        paths = api.get_paths_info("readouts/sample", ["README.md", "nothing", "statements"], **kind)
        print(json.dumps({
            "info": [info.sha, info.private, info.card_data.license, info.created_at.year > 2000],
            "expanded": dict(api.dataset_info("readouts/sample", expand=["sha", "private"]).__dict__)["sha"],
            "same": sizes == {f.path: [f.size, f.lfs and f.lfs.sha256] for f in everything if hasattr(f, "size")},
            "top": [[entry.path, entry.last_commit.title] for entry in top],
            "inside": [entry.path for entry in inside],
            "paths": [entry.path for entry in paths],
            "short": api.dataset_info("readouts/sample", revision=info.sha[:8]).sha,
            "commits": [commit.title for commit in api.list_repo_commits("readouts/sample", **kind)],
        }))
        """
    )
    refs = published_client.hub.refs(REPO)
    assert outcome.value == {
        "info": [refs["refs/tags/v1"], False, "cc0-1.0", True],
        "expanded": refs["refs/heads/main"],
        "same": True,
        "top": [
            [".gitattributes", "initial commit"],
            ["README.md", "v1"],
            ["countries", "v1"],
            ["note-v1.txt", "v1"],
            ["statements", "v1"],
        ],
        "inside": ["statements/a.parquet"],
        "paths": ["README.md", "statements"],
        "short": refs["refs/tags/v1"],
        "commits": ["v2", "v1", "initial commit"],
    }


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
    error(api.delete_tag, "readouts/sample", tag="v9", **kind)[:3],
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
        ["RevisionNotFoundError", 404, "RevisionNotFound"],
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


def test_private_dataset_needs_a_token(client: Client, tmp_path: Path):
    """load_dataset of a private repository works with its owner's token and fails without."""
    client.run(sample.PUSH, "ada/secret", "v1")
    client.run('api.update_repo_settings("ada/secret", private=True, repo_type="dataset")')
    load = """
from datasets import load_dataset
print(load_dataset("ada/secret", "countries", revision="v1", split="train").num_rows)
"""
    assert client.run(load, token="read").value == 3
    # With a separate home, because `datasets` uses its cache if the Hub refuses it.
    stranger = Client(client.hub, tmp_path)
    refused = stranger.run(load, token=None)
    assert refused.error == "datasets.exceptions.DatasetNotFoundError"


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
api.delete_tag("ada/x", tag="v1", **kind)
api.delete_branch("ada/x", branch="b", **kind)
"""
    )
    assert json.loads(outcome.output.splitlines()[-1]) == [
        ["HfHubHTTPError", 409],
        ["HfHubHTTPError", 409, None, "Tag reference exists already: v1"],
        ["HfHubHTTPError", 409],
        ["BadRequestError", 400],
        ["RevisionNotFoundError", 404],
    ]
    assert set(client.hub.refs("ada/x")) == {"refs/heads/main"}


def test_commit_is_applied_completely_or_refused(client: Client):
    """A commit is refused if its parent is not the head or a file to delete is missing; unchanged
    files make no commit; folders are deleted with their files.
    """
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
commit(CommitOperationDelete("d/"), CommitOperationDelete("a.txt"), add("b c.txt"), add("x.dat", b"\\0"),
       CommitOperationCopy("d/a.bin", "e/copy.bin"))
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
    assert listed == [".gitattributes", "b c.txt", "e/copy.bin", "empty.parquet", "x.dat"]
    assert "x.dat filter=lfs" in client.hub.git("ada/x", "show", "main:.gitattributes")
    assert client.hub.git("ada/x", "show", "main:empty.parquet") == ""
    # One byte, in LFS because of its name.
    assert client.hub.git("ada/x", "show", "main:e/copy.bin").endswith("size 1")


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


def test_pull_requests_are_refs(client: Client):
    """A commit with create_pr makes refs/pr/N, later commits move that ref, and other users may open one too."""
    outcome = client.run(
        """
        from tests.hub.accounts import TOKENS
        kind = {"repo_type": "dataset", "commit_message": "m"}
        api.create_repo("ada/x", repo_type="dataset")
        def commit(name, **options):
            return api.create_commit("ada/x", [CommitOperationAdd(name, name.encode())], **kind, **options)
        one = commit("one.bin", create_pr=True)
        two = commit("two.txt", create_pr=True, token=TOKENS["other"])
        commit("more.txt", revision=one.pr_revision)
        refs = api.list_repo_refs("ada/x", repo_type="dataset", include_pull_requests=True)
        file = hf_hub_download("ada/x", "one.bin", repo_type="dataset", revision="refs/pr/1")
        print(json.dumps([
            one.pr_revision, one.pr_num, two.pr_revision, open(file).read(),
            sorted(ref.ref for ref in refs.pull_requests), [ref.ref for ref in refs.branches],
        ]))
        """
    )
    everything = ["refs/pr/1", "refs/pr/2"]
    assert outcome.value == [
        "refs/pr/1",
        1,
        "refs/pr/2",
        "one.bin",
        everything,
        ["refs/heads/main"],
    ]
    listed = client.hub.git("ada/x", "ls-tree", "-r", "--name-only", "refs/pr/1").splitlines()
    assert listed == [".gitattributes", "more.txt", "one.bin"]
    assert client.hub.git("ada/x", "log", "--format=%s", "main") == "initial commit"


def test_deleted_repository_is_gone(client: Client):
    """A deleted repository is also removed from disk; deleting it again gives 404, which missing_ok accepts."""
    outcome = client.run(
        ERRORS
        + """
api.create_repo("ada/x", repo_type="dataset")
api.delete_repo("ada/x", repo_type="dataset")
api.delete_repo("ada/x", repo_type="dataset", missing_ok=True)
print(json.dumps(error(api.delete_repo, "ada/x", repo_type="dataset")[:2]))
"""
    )
    assert outcome.value == ["RepositoryNotFoundError", 404]
    assert not client.hub.path("ada/x").exists()
