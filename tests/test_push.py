"""`readouts push` against the test Hub: the files that arrive, what readers load, and pushes that are refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hub.client import Client
from tests.hub.running import ThreadHub
from tests.publishing import REPO, ROOT, Publisher, copied, readouts, release, reword
from tests.reading import read_folder

rest = pytest.mark.slow(
    "other pushes",
    seconds=50,
    covers=(
        "scripts/readouts/hub",
        "scripts/readouts/publication",
        "tests/hub",
        "tests/publishing.py",
        "tests/test_push.py",
    ),
)


@pytest.fixture
def publisher(hub: ThreadHub, hub_home: Path) -> Publisher:
    """Pushes to an empty Hub."""
    return Publisher(hub, hub_home)


def test_first_push_makes_one_commit_and_its_tag(published: Publisher, released_bundle: Path):
    """A push to an empty Hub creates the dataset, commits the files of the bundle, and tags the commit."""
    assert published.commits() == ["Release 1.0.0", "initial commit"]
    assert published.tags() == {"v1.0.0": published.head()}
    assert published.files("v1.0.0") == read_folder(released_bundle)


LOAD = """
import datasets, json, sys
from pathlib import Path
from readouts.core.layout import Layout
from readouts.publication.features import features
from readouts.core.definitions import read_tables
repo, root = sys.argv[1:]
layout = Layout(Path(root))
tables = {name: table for name, table in read_tables(layout).items() if layout.table(name, "jsonl").is_file()}
assert datasets.get_dataset_config_names(repo, revision="v1.0.0") == list(tables)
for name, table in tables.items():
    local = datasets.load_dataset(
        "json", data_files=str(layout.table(name, "jsonl")), split="train", features=features(table)
    )
    plain = datasets.load_dataset(repo, name, revision="v1.0.0", split="train")
    streamed = datasets.load_dataset(repo, name, revision="v1.0.0", split="train", streaming=True)
    assert plain.features == local.features == streamed.features, (name, plain.features, local.features)
    assert [[type(v) for v in row.values()] for row in plain] == [[type(v) for v in row.values()] for row in local], name
    assert list(plain) == list(local), name
    assert list(streamed) == list(local), name
    raw = [json.loads(line) for line in layout.table(name, "jsonl").read_text(encoding="utf-8").splitlines()]
    named = [
        {k: local.features[k].int2str(v) if hasattr(local.features[k], "names") and v is not None
            else v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}
        for row in plain
    ]
    assert named == raw, name
assert next(iter(datasets.load_dataset(repo, revision="v1.0.0", split="train")))["statement_id"]
print(json.dumps(len(tables)))
"""


def test_load_dataset_equals_the_local_tables(
    published: Publisher, released_repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Every configuration loaded by tag, plain and streaming, has the values and types of the local table."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "scripts"))
    outcome = Client(published.hub, tmp_path).run(LOAD, REPO, str(released_repository), token=None)
    assert outcome.value == len(list((released_repository / "data" / "tables").glob("*.jsonl")))


def test_card_passes_the_clients_validation(published: Publisher, tmp_path: Path):
    """The card on the Hub passes the Hub client's validation, and a broken one does not."""
    code = """
    import re
    from huggingface_hub import RepoCard
    card = RepoCard.load(sys.argv[1], repo_type="dataset")
    card.validate(repo_type="dataset")
    card.content = re.sub("pretty_name: .*", "pretty_name: [Readouts]", card.content, count=1)
    try:
        card.validate(repo_type="dataset")
        print(json.dumps("accepted"))
    except ValueError as error:
        print(json.dumps("refused"))
    """
    assert Client(published.hub, tmp_path).run(code, REPO).value == "refused"


@rest
def test_second_push_changes_nothing(
    publisher: Publisher, released_repository: Path, tmp_path: Path
):
    """A second push, also from a machine whose pyarrow writes different bytes, makes no upload, commit or tag."""
    assert publisher.push(released_repository).returncode == 0
    refs, before = publisher.hub.refs(REPO), len(publisher.hub.log())
    machine = Publisher(publisher.hub, tmp_path / "other-machine")
    machine.home.mkdir()
    other = machine.run(
        "bundle",
        "--out",
        tmp_path / "other",
        package=released_repository,
        READOUTS_OTHER_WRITER="1",
    )
    assert other.returncode == 0
    assert (tmp_path / "other/data/tables/claims.parquet").read_bytes() != publisher.files(
        "v1.0.0"
    )["data/tables/claims.parquet"]
    for again in (
        publisher.push(released_repository),
        machine.push(released_repository, READOUTS_OTHER_WRITER="1"),
    ):
        assert again.returncode == 0 and "nothing was changed" in again.stdout, again.stderr
    assert publisher.hub.refs(REPO) == refs
    assert {line["method"] for line in publisher.hub.log()[before:]} <= {"GET", "HEAD"}


@rest
def test_next_release_sends_only_what_differs(
    publisher: Publisher, released_repository: Path, second_release: Path, tmp_path: Path
):
    """The next release sends only files that differ (no Parquet file with equal rows), deletes stale ones, and keeps the old tag."""
    assert publisher.push(released_repository).returncode == 0
    stale = """
    print(json.dumps(api.create_commit(sys.argv[1], [CommitOperationAdd("data/tables/old.csv", b"a\\n1\\n")],
          commit_message="by hand", repo_type="dataset").oid))
    """
    Client(publisher.hub, tmp_path).run(stale, REPO).value  # noqa: B018 raises if the commit failed
    first = publisher.tags()["v1.0.0"]
    done = publisher.push(second_release, READOUTS_OTHER_WRITER="1")
    assert done.returncode == 0, done.stderr
    assert publisher.commits()[0] == "Release 1.0.1"
    assert publisher.tags() == {"v1.0.0": first, "v1.0.1": publisher.head()}
    old, new = publisher.files("v1.0.0"), publisher.files("v1.0.1")
    assert set(new) == set(old)
    changed = {path for path in new if new[path] != old[path]}
    assert {path for path in changed if path.endswith(".parquet")} == {
        f"data/tables/{name}.parquet"
        for name in ("claims", "events")
        if f"data/tables/{name}.jsonl" in changed
    }
    (tmp_path / "whole").mkdir()
    for path, data in new.items():
        (tmp_path / "whole" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "whole" / path).write_bytes(data)
    subprocess.run(
        ["sha256sum", "--quiet", "-c", "checksums.sha256"], cwd=tmp_path / "whole", check=True
    )


def test_dry_run_changes_nothing(
    publisher: Publisher, released_repository: Path, second_release: Path
):
    """A dry run lists files, sizes and changes, before and after a push."""
    new = publisher.push(released_repository, "--dry-run")
    assert new.returncode == 0 and "would be created" in new.stdout
    size = (released_repository / "data/tables/claims.csv").stat().st_size
    assert re.search(rf"^\+ +{size:,}  data/tables/claims\.csv$", new.stdout, re.MULTILINE)
    assert not publisher.hub.path(REPO).exists()
    assert publisher.push(released_repository).returncode == 0
    refs = publisher.hub.refs(REPO)
    done = publisher.push(second_release, "--dry-run", token=None)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^~ +[\d,]+  data/tables/claims\.csv$", done.stdout, re.MULTILINE)
    assert re.search(r"^= +[\d,]+  data/tables/agents\.csv$", done.stdout, re.MULTILINE)
    assert "0 new, " in done.stdout
    assert publisher.hub.refs(REPO) == refs


@rest
def test_a_tag_is_never_moved(
    publisher: Publisher, released_repository: Path, second_release: Path, tmp_path: Path
):
    """A tag with different content, and a newer version on the Hub, are errors."""
    assert publisher.push(released_repository).returncode == 0
    other = copied(released_repository, tmp_path / "other")
    (other / "data" / "released.jsonl").unlink()
    reword(other)
    release(other, "1.0.0", "2026-11-22")
    refs = publisher.hub.refs(REPO)
    for options in ((), ("--dry-run",)):
        refused = publisher.push(other, *options)
        assert refused.returncode == 2 and "never moved" in refused.stderr, refused.stdout
    assert publisher.hub.refs(REPO) == refs
    assert publisher.push(second_release).returncode == 0
    Client(publisher.hub, tmp_path).run(
        'api.delete_tag(sys.argv[1], tag="v1.0.0", repo_type="dataset")', REPO
    )
    refs = publisher.hub.refs(REPO)
    older = publisher.push(released_repository)
    assert older.returncode == 2 and "newer than v1.0.0" in older.stderr
    assert publisher.hub.refs(REPO) == refs


@rest(sample=2)
@pytest.mark.parametrize("state", ["unreleased", "changed", "stale", "invalid"])
def test_unreleased_package_is_refused(
    publisher: Publisher, released_repository: Path, tmp_path: Path, state: str
):
    """A package that is unreleased, changed, stale or invalid is refused before anything reaches the Hub."""
    package = copied(released_repository, tmp_path / "package")
    if state == "unreleased":
        (package / "data" / "released.jsonl").unlink()
        (package / "CHANGELOG.md").unlink()
    if state == "stale":
        (package / "data/tables/claims.csv").write_bytes(b"")
    if state == "invalid":
        next((package / "data" / "sources").glob("*/source.txt")).write_bytes(b"Nothing.")
    if state == "changed":
        reword(package)
    if state in ("unreleased", "changed"):
        assert readouts("build", cwd=package).returncode == 0
    refused = publisher.push(package)
    assert refused.returncode == 1 and "nothing was done" in refused.stdout
    assert publisher.hub.log() == []


@rest(sample=2)
@pytest.mark.parametrize(
    ("token", "message"),
    [
        (None, "no Hub token"),
        ("read", "is read-only"),
        ("other", "no write access"),
        ("hf_UnknownSecret", "rejected the token"),
        ("hf_Un known\tSecret", "contains invalid characters"),
        ("hf_Geheimé", "contains invalid characters"),
    ],
)
def test_unusable_token_is_reported_on_one_line(
    publisher: Publisher, released_repository: Path, token: str | None, message: str
):
    """A missing, unknown, read-only, unauthorized or malformed token exits with 2 and is never printed."""
    refused = publisher.push(released_repository, token=token)
    assert refused.returncode == 2 and refused.stdout == ""
    assert message in refused.stderr and refused.stderr.count("\n") == 1, refused.stderr
    secret = {"read": "test-hub-token-of-ada-read", "other": "test-hub-token-of-bob-write"}.get(
        token or "", token
    )
    assert secret is None or secret not in refused.stderr
    assert not publisher.hub.path(REPO).exists()


@rest
def test_token_of_the_login_is_used(publisher: Publisher, released_repository: Path):
    """Without HF_TOKEN the token saved by the Hub's login is used."""
    (publisher.home / "token").write_text(publisher.hub.tokens["write"] + "\n")
    assert publisher.push(released_repository, token=None).returncode == 0
    assert set(publisher.tags()) == {"v1.0.0"}


@rest
def test_private_dataset_is_created(
    publisher: Publisher, released_repository: Path, tmp_path: Path
):
    """With --private the dataset is created private: it is invisible without a token, and the owner can push again."""
    assert publisher.push(released_repository, "--private").returncode == 0
    code = "print(json.dumps(api.repo_info(sys.argv[1], repo_type='dataset').private))"
    client = Client(publisher.hub, tmp_path)
    assert client.run(code, REPO).value is True
    assert (
        client.run(code, REPO, token=None).error == "huggingface_hub.errors.RepositoryNotFoundError"
    )
    assert "nothing was changed" in publisher.push(released_repository).stdout
    hidden = publisher.push(released_repository, "--dry-run", token=None)
    assert hidden.returncode == 0 and "would be created" in hidden.stdout


@rest
def test_pull_request_is_opened(
    publisher: Publisher, released_repository: Path, second_release: Path
):
    """With --create-pr main and the tags stay, the pull request has the release, and a second push leaves it unchanged."""
    assert publisher.push(released_repository).returncode == 0
    head, tags = publisher.head(), publisher.tags()
    proposed = publisher.push(second_release, "--create-pr")
    assert proposed.returncode == 0 and "proposed v1.0.1" in proposed.stdout, proposed.stderr
    again = publisher.push(second_release, "--create-pr", READOUTS_OTHER_WRITER="1")
    assert again.returncode == 0 and "already" in again.stdout, again.stderr
    refs = publisher.hub.refs(REPO)
    assert (publisher.head(), publisher.tags()) == (head, tags)
    assert [ref for ref in refs if "/pr/" in ref] == ["refs/pr/1"]
    publisher.hub.git(REPO, "update-ref", "refs/heads/main", "refs/pr/1")
    merged = publisher.push(second_release)
    assert merged.returncode == 0 and publisher.tags() == tags | {"v1.0.1": refs["refs/pr/1"]}
    assert publisher.head() == refs["refs/pr/1"]


@rest
def test_release_is_pushed_to_a_branch(
    publisher: Publisher, released_repository: Path, second_release: Path
):
    """With --revision another branch gets the release, created from main if it is missing, and no tag is set."""
    assert publisher.push(released_repository).returncode == 0
    head, tags = publisher.head(), publisher.tags()
    for _ in range(2):
        done = publisher.push(second_release, "--revision", "trial")
        assert done.returncode == 0, done.stderr
    assert (publisher.head(), publisher.tags()) == (head, tags)
    assert publisher.hub.git(REPO, "log", "--format=%s", "trial").splitlines()[0] == "Release 1.0.1"
    assert publisher.hub.git(REPO, "rev-parse", "trial^") == head


@rest(sample=1)
@pytest.mark.parametrize("name", ["readouts", "a/b/c", "-/x", "https://example.org/a/b", ""])
def test_invalid_repository_names_are_refused(
    publisher: Publisher, released_repository: Path, name: str
):
    done = publisher.run("push", "--", name, package=released_repository)
    assert done.returncode == 2 and "NAMESPACE/NAME" in done.stderr


def test_unreachable_hub_is_reported(released_repository: Path, hub: ThreadHub, hub_home: Path):
    """An unreachable Hub and a client set offline give an error and exit status 2 after a limited number of tries."""
    publisher = Publisher(hub, hub_home)
    offline = publisher.push(released_repository, HF_HUB_OFFLINE="1")
    assert offline.returncode == 2 and "offline" in offline.stderr
    hub.stop()
    gone = publisher.push(released_repository)
    assert gone.returncode == 2 and "run the same command again" in gone.stderr.splitlines()[-1]
    assert gone.stderr.count("trying again") == 4


def test_validate_does_not_import_publishing_libraries():
    code = (
        "import sys, readouts.commands.cli, readouts.validation.validate\n"
        "print([m for m in ('huggingface_hub', 'pyarrow', 'datasets', 'mlcroissant', 'frictionless') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(
    os.environ.get("READOUTS_LIVE_HUB") != "1",
    reason="READOUTS_LIVE_HUB=1 (with HF_TOKEN) runs this against the real Hub",
)
def test_push_to_the_live_hub(released_repository: Path, tmp_path: Path):
    """On the real Hub a private dataset is created, pushed twice, loaded by tag, verified, and deleted."""
    import uuid

    from huggingface_hub import HfApi

    api = HfApi()
    repo = f"{os.environ.get('READOUTS_LIVE_NAMESPACE') or api.whoami()['name']}/readouts-test-{uuid.uuid4().hex[:8]}"
    try:
        for message in ("published v1.0.0", "nothing was changed"):
            done = readouts("push", repo, "--private", cwd=released_repository)
            assert done.returncode == 0 and message in done.stdout, done.stderr
        env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "HF_HOME": str(tmp_path)}
        env.setdefault("HF_TOKEN", str(api.token or ""))
        loaded = subprocess.run(
            [sys.executable, "-c", LOAD, repo, str(released_repository)],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert loaded.returncode == 0, loaded.stderr
        assert json.loads(loaded.stdout.splitlines()[-1]) > 0
        verified = readouts(
            "verify",
            repo,
            "--captures",
            released_repository / "data" / "sources",
            cwd=released_repository,
        )
        assert verified.returncode == 0, verified.stdout + verified.stderr
    finally:
        api.delete_repo(repo, repo_type="dataset", missing_ok=True)
