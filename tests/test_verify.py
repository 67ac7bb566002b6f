"""`readouts verify`: what holds is confirmed, what was changed is found, what cannot be checked is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from readouts.bundle import bundle_files, checksums, write_bundle
from readouts.layout import Layout
from readouts.tables.definitions import read_tables
from readouts.tables.ledger import bytes_from_ledger, read_ledger, record_hash, state_hash
from readouts.tables.rows import Rows as TableRows
from readouts.verification import Verification, verify_folder
from tests.forging import Rows, change, rehash
from tests.hub.running import ThreadHub
from tests.publishing import REPO, Publisher, copied, readouts, release, reword

rest = pytest.mark.slow(
    "verified from the Hub",
    seconds=20,
    covers=("scripts/readouts/verification.py", "scripts/readouts/hub", "tests/hub", "tests/test_verify.py"),
)


@pytest.fixture
def bundle(released_bundle: Path, tmp_path: Path) -> Path:
    """A copy of it to harm."""
    return copied(released_bundle, tmp_path / "bundle")


@pytest.fixture(scope="module")
def versioned(released_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The released package in git, its version tagged."""
    return copied(released_repository, tmp_path_factory.mktemp("versioned") / "package")


def git(package: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "-C", str(package), *identity, *arguments], check=True, capture_output=True, env=env)


def codes(outcome: Verification) -> set[str]:
    return {finding.code for finding in outcome.findings}


def test_a_bundle_is_verified(released_bundle: Path, released_repository: Path, versioned: Path):
    """A bundle alone passes and says what it cannot check; with captures and git beside it nothing is left unchecked."""
    alone = verify_folder(released_bundle)
    assert not alone.findings
    not_checked = "\n".join(alone.not_checked)
    assert (
        "18 of 18 statements" in not_checked
        and "exclusions" in not_checked
        and "not in the local repository" in not_checked
    )
    full = verify_folder(released_bundle, Layout(versioned), released_repository / "data" / "sources")
    assert not full.findings and full.not_checked == []
    assert any("v1.0.0 in git" in line for line in full.checked)


@pytest.mark.parametrize("source_id", ["mfa-2019-09-26-celac-quartet", "xinhua-2019-09-27-celac-quartet"])
def test_one_capture_of_two(released_bundle: Path, released_repository: Path, tmp_path: Path, source_id: str):
    """Beside the capture of one account of two, what only the other one can tell is not checked, and nothing is found wrong."""
    shutil.copytree(released_repository / "data" / "sources" / source_id, tmp_path / "sources" / source_id)
    outcome = verify_folder(released_bundle, captures=tmp_path / "sources")
    assert not outcome.findings and "statements" in outcome.not_checked[0]


def test_command(released_bundle: Path, versioned: Path, tmp_path: Path):
    """The command prints the counts and ends with 0; with 1 for a harmed bundle, with 2 for what is no bundle, each without a traceback."""
    done = readouts("verify", released_bundle, "--root", versioned, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.endswith("verified\n"), done.stdout + done.stderr
    harmed = copied(released_bundle, tmp_path / "harmed")
    (harmed / "LICENSE").write_bytes(b"")
    done = readouts("verify", harmed, cwd=tmp_path)
    assert done.returncode == 1 and "LICENSE: file_matches_checksum" in done.stdout and done.stdout.endswith("failed\n")
    for arguments in (
        (tmp_path,),
        (released_bundle, "--captures", tmp_path / "none"),
        (released_bundle, "--revision", "v1.0.0"),
        ("no/such/x",),
    ):
        done = readouts("verify", *arguments, cwd=tmp_path)
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr


def test_every_file_is_under_its_checksum(bundle: Path):
    """One byte more in any file is found in that file."""
    for path in sorted(path for path in bundle.rglob("*") if path.is_file() and path.name != "checksums.sha256"):
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n")
        from readouts.manifest import iter_file_findings, read_manifest

        found = [(f.code, f.path) for f in iter_file_findings(bundle, read_manifest(bundle))]
        assert found == [("file_matches_checksum", path.relative_to(bundle).as_posix())]
        path.write_bytes(kept)


def test_missing_surplus_and_linked_files(bundle: Path, tmp_path: Path):
    """A file that is missing, not listed, or a link out of the bundle is found; what the Hub adds is not."""
    (bundle / "LICENSE").unlink()
    (bundle / "notes.txt").write_text("surplus")
    (bundle / ".gitattributes").write_text("*.parquet filter=lfs\n")
    (tmp_path / "outside").write_bytes((bundle / "CHANGELOG.md").read_bytes())
    (bundle / "CHANGELOG.md").unlink()
    (bundle / "CHANGELOG.md").symlink_to(tmp_path / "outside")
    found = {(finding.code, finding.path) for finding in verify_folder(bundle).findings}
    assert {("file_present", "LICENSE"), ("file_listed", "notes.txt"), ("file_present", "CHANGELOG.md")} <= found
    assert not any(".gitattributes" in path for _, path in found)


@pytest.mark.parametrize("line", ["../outside", "/etc/passwd", "a/../../b", "", "short", "LICENSE"])
def test_damaged_checksums(bundle: Path, line: str, tmp_path: Path):
    """A manifest whose line is damaged, repeated or leads out of the folder makes it no bundle."""
    with (bundle / "checksums.sha256").open("a") as stream:
        stream.write("short\n" if line == "short" else f"{'0' * 64}  {line}\n")
    done = readouts("verify", bundle, cwd=tmp_path)
    assert done.returncode == 2 and "is damaged" in done.stderr


def reworded_claim(rows: Rows) -> None:
    rows["claims"][0]["proposition"] += " perhaps"


def other_text(rows: Rows) -> None:
    rows["statements"][3]["text"] = rows["statements"][3]["text"].replace("e", "o", 1)


def other_day(rows: Rows) -> None:
    rows["statements"][3]["date"] = "2019-09-25"


def no_day(rows: Rows) -> None:
    rows["statements"][3]["date"] = "2019-02-30"


def another_speaker(rows: Rows) -> None:
    rows["statements"][3]["speaker_id"] = "nobody"


def text_slipped_in(rows: Rows) -> None:
    rows["sources"][0]["text"] = "Words."


@pytest.mark.parametrize(
    ("harm", "expected"),
    [(other_text, "text_is_content"), (other_day, "date_in_event"), (another_speaker, "reference_resolves"),
     (text_slipped_in, "text_as_redistributed")],
)  # fmt: skip
def test_rules_hold_without_captures(bundle: Path, harm, expected: str):
    """A change in all three forms with every hash made right again is found by the rules that came with the bundle."""
    change(bundle, harm)
    assert expected in codes(verify_folder(bundle))


def test_schemas_hold(bundle: Path):
    """A value that no schema allows is found with its line."""
    change(bundle, no_day, ("jsonl",))
    found = [finding for finding in verify_folder(bundle).findings if finding.code == "value_form"]
    assert [(finding.path, finding.line, finding.field) for finding in found] == [
        ("data/tables/statements.jsonl", 4, "date")
    ]


def forged(rows: Rows) -> None:
    """A word changed everywhere where a statement has it, so that only the capture tells."""
    statement = next(row for row in rows["statements"] if "always stands ready" in row["exact"])
    for name in ("statements", "segments", "attestations", "pairs"):
        for row in rows[name]:
            for key, value in row.items():
                if (
                    isinstance(value, str)
                    and "always stands ready" in value
                    and row.get("statement_id", statement["statement_id"])
                ):
                    row[key] = value.replace("always stands ready", "never stands ready!")


def test_captures_and_git_tell_a_forgery(bundle: Path, released_repository: Path, versioned: Path):
    """What is forged alike everywhere passes without captures (which is said), and not beside captures or git."""
    change(bundle, forged)
    assert "quote_in_capture" not in codes(verify_folder(bundle))
    assert "quote_in_capture" in codes(verify_folder(bundle, captures=released_repository / "data" / "sources"))
    assert "equals_git" in codes(verify_folder(bundle, Layout(versioned)))


def restamped(rows: Rows) -> None:
    rows["claims"][0]["added_in"] = "0.9.0"


def pair_gone(rows: Rows) -> None:
    del rows["pairs"][-1]


def office_invented(rows: Rows) -> None:
    rows["offices"].append(rows["offices"][-1] | {"office_id": "premier-2013"})


@pytest.mark.parametrize(
    ("harm", "record"),
    [(reworded_claim, "claims 2019-09-26-china-celac-quartet.c01"), (restamped, "claims 2019-09-26-china-celac-quartet.c01"),
     (pair_gone, "pairs "), (office_invented, "offices premier-2013")],
)  # fmt: skip
def test_ledger_detects_what_no_rule_can(bundle: Path, released_repository: Path, harm, record: str):
    """A record reworded, stamped otherwise, taken out or put in, with all hashes of files right again, is told by the ledger."""
    change(bundle, harm)
    found = verify_folder(bundle, captures=released_repository / "data" / "sources").findings
    assert [f.code for f in found if f.record.startswith(record)] == ["record_as_released"]


def test_lone_surrogate_causes_no_traceback(bundle: Path):
    """A value that is no text is told by its schema; the ledger, whose hashes are of text, is not asked."""
    path = bundle / "data" / "tables" / "claims.jsonl"
    lines = path.read_text(encoding="utf-8").replace('"proposition":"', '"proposition":"\\ud83d', 1)
    path.write_text(lines, encoding="utf-8")
    outcome = verify_folder(bundle)
    assert outcome.failed and "record_as_released" not in codes(outcome)


def test_an_unreleased_bundle_has_no_hashes_to_hold(bundle: Path):
    """Where nothing was released, it is said that records were held against no ledger."""
    (bundle / "data" / "released.jsonl").unlink()
    assert any("no release" in line for line in verify_folder(bundle).not_checked)


def test_git_detects_what_nothing_else_can(bundle: Path, released_repository: Path, versioned: Path, tmp_path: Path):
    """A claim reworded in the tables, the ledger and every file derived from them is found by git alone, file by file."""
    package = Layout(copied(released_repository, tmp_path / "package"))
    tables, ledger = read_tables(package), read_ledger(package)
    rows = {name: _rows(Layout(bundle), name) for name in tables}
    reworded_claim(rows)
    ledger.entries["claims", rows["claims"][0]["claim_id"]]["sha256"] = record_hash(rows["claims"][0])
    ledger.releases[-1]["sha256"] = state_hash(ledger.live())
    package.ledger.write_bytes(bytes_from_ledger(ledger))
    write_bundle(bundle_files(package, tables, TableRows(tables=rows), ledger), bundle)
    captures = released_repository / "data" / "sources"
    alone = verify_folder(bundle, captures=captures)
    assert not alone.failed and any("data/tables" in line for line in alone.not_checked)
    found = verify_folder(bundle, Layout(versioned), captures).findings
    assert {finding.path for finding in found if finding.code == "equals_git"} >= {
        "data/tables/claims.csv", "data/tables/claims.jsonl", "data/released.jsonl",
    }  # fmt: skip


def _rows(layout: Layout, name: str) -> list[dict]:
    path = layout.table(name, "jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def test_a_rule_that_git_accounts_for_is_a_warning(bundle: Path, versioned: Path, tmp_path: Path):
    """A version released with other rules than the installed ones: a warning if git has those rules at its tag, an error if not."""
    path = bundle / "schema" / "guards" / "ids_unique.sql"
    path.write_bytes(path.read_bytes() + b"\n-- said more clearly\n")
    rehash(bundle)
    package = copied(versioned, tmp_path / "package")
    rule = package / "schema" / "guards" / "ids_unique.sql"

    def found() -> list[tuple[str, str]]:
        findings = verify_folder(bundle, Layout(package)).findings
        return [(f.severity, f.path) for f in findings if f.code == "rules_as_installed"]

    assert found() == [("error", "schema/guards/ids_unique.sql")]
    rule.write_bytes(path.read_bytes())
    git(package, "commit", "-q", "-a", "-m", "Another rule")
    git(package, "tag", "-f", "v1.0.0")
    assert found() == [("warning", "schema/guards/ids_unique.sql")]


def test_a_changed_picture_is_found_where_git_has_it(bundle: Path, versioned: Path):
    """The picture of the card cannot be derived: without git it is listed as not checked, with git a changed one is an error."""
    picture = bundle / "accounts.png"
    picture.write_bytes(picture.read_bytes() + b"more")
    rehash(bundle)
    alone = verify_folder(bundle)
    assert not alone.findings and any("accounts.png" in line for line in alone.not_checked)
    assert [f.path for f in verify_folder(bundle, Layout(versioned)).findings] == ["accounts.png"]


def test_another_version_in_git_is_not_compared(bundle: Path, versioned: Path, tmp_path: Path):
    """Where git here has other versions only, that is said; an untagged commit whose ledger has the version is compared."""
    package = copied(versioned, tmp_path / "package")
    git(package, "tag", "-d", "v1.0.0")
    assert any("the local checkout" in line for line in verify_folder(bundle, Layout(package)).checked)
    reword(package)
    release(package, "1.0.1", "2026-11-23")
    git(package, "commit", "-q", "-a", "-m", "Next")
    assert any("not in the local repository" in line for line in verify_folder(bundle, Layout(package)).not_checked)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_forms_that_differ(bundle: Path, form: str):
    """A table that says something else in CSV or Parquet than in JSONL is found."""
    change(bundle, other_text, (form,))
    found = [finding for finding in verify_folder(bundle).findings if finding.code == "formats_agree"]
    assert [finding.path for finding in found] == [f"data/tables/statements.{form}"]


def test_descriptors_that_are_wrong(bundle: Path):
    """A wrong hash in datapackage.json, a wrong one in croissant.json, a resource too few and another version are each found."""
    for name, harm in (
        ("datapackage.json", lambda d: d["resources"][0].update(hash="sha256:" + "0" * 64)),
        ("datapackage.json", lambda d: d["resources"].pop()),
        ("datapackage.json", lambda d: d.update(version="2.0.0")),
        ("croissant.json", lambda d: d["distribution"][0].update(sha256="0" * 64)),
    ):
        kept = {path: path.read_bytes() for path in (bundle / name, bundle / "checksums.sha256")}
        described = json.loads(kept[bundle / name])
        harm(described)
        (bundle / name).write_text(json.dumps(described), encoding="utf-8")
        files = {path.relative_to(bundle).as_posix(): path.read_bytes() for path in bundle.rglob("*") if path.is_file()}
        (bundle / "checksums.sha256").write_bytes(checksums(files))
        assert codes(verify_folder(bundle)) & {"descriptor_matches_files", "version_agrees"}
        for path, data in kept.items():
            path.write_bytes(data)
    assert not verify_folder(bundle).findings


@rest
def test_from_the_hub(hub: ThreadHub, hub_home: Path, released_repository: Path, versioned: Path, tmp_path: Path):
    """A published version is fetched (the newest, or the one named), checked whole, and what is not there is one line and exit 2."""
    publisher = Publisher(hub, hub_home)
    absent = publisher.run("verify", REPO, package=versioned, token=None)
    assert absent.returncode == 2 and "does not exist" in absent.stderr
    assert publisher.push(released_repository).returncode == 0
    newer = copied(released_repository, tmp_path / "newer")
    reword(newer)
    release(newer, "1.0.1", "2026-11-23")
    assert publisher.push(newer).returncode == 0
    first = publisher.run(
        "verify", REPO, "--revision", "v1.0.0", "--captures", "data/sources", package=versioned, token=None
    )
    assert first.returncode == 0 and "not checked" not in first.stdout, first.stdout + first.stderr
    assert "fetching v1.0.0" in first.stderr and "v1.0.0 in git" in first.stdout
    newest = publisher.run("verify", REPO, package=newer, token=None)
    assert newest.returncode == 0 and "fetching v1.0.1" in newest.stderr, newest.stdout + newest.stderr
    missing = publisher.run("verify", REPO, "--revision", "v3.0.0", package=versioned)
    assert missing.returncode == 2 and "unknown revision v3.0.0" in missing.stderr


@rest
def test_a_tag_that_holds_another_version(hub: ThreadHub, hub_home: Path, released_repository: Path):
    """A tag put on another version's content is told."""
    publisher = Publisher(hub, hub_home)
    assert publisher.push(released_repository).returncode == 0
    hub.git(REPO, "update-ref", "refs/tags/v9.0.0", publisher.head())
    done = publisher.run("verify", REPO, package=released_repository)
    assert done.returncode == 1 and "version_agrees" in done.stdout and "v9.0.0" in done.stdout
