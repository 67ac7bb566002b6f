"""`readouts verify`: it confirms an unchanged version, finds changes, and lists what it cannot check."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from readouts.compile.rows import Rows as TableRows
from readouts.core.definitions import read_tables
from readouts.core.layout import Layout
from readouts.ledger.hashes import record_hash, state_hash
from readouts.ledger.ledger import bytes_from_ledger
from readouts.ledger.reading import read_ledger
from readouts.publication.bundle import bundle_files, checksums, write_bundle
from readouts.verification.manifest import iter_file_findings, read_manifest
from readouts.verification.outcome import Verification
from readouts.verification.verify import verify_folder
from tests.forging import Rows, change, rehash
from tests.hub.running import ThreadHub
from tests.publishing import REPO, Publisher, copied, readouts, release, reword
from tests.reading import read_folder, table_rows
from tests.versioning import git

rest = pytest.mark.slow(
    "verified from the Hub, and more changes",
    seconds=30,
    covers=(
        "scripts/readouts/verification",
        "scripts/readouts/hub",
        "tests/hub",
        "tests/test_verify.py",
    ),
)


def codes(outcome: Verification) -> set[str]:
    return {finding.code for finding in outcome.findings}


def test_unchanged_bundle_is_verified(released_bundle: Path, released_repository: Path):
    """A bundle alone passes with a list of what was not checked; with captures and git everything is checked."""
    alone = verify_folder(released_bundle)
    assert not alone.findings
    missing = "\n".join(alone.not_checked)
    assert (
        "18 of 18 statements" in missing
        and "exclusions" in missing
        and "not in the local repository" in missing
    )
    full = verify_folder(
        released_bundle, Layout(released_repository), released_repository / "data" / "sources"
    )
    assert not full.findings and full.not_checked == []
    assert any("v1.0.0 in git" in line for line in full.checked)


@rest(sample=1)
@pytest.mark.parametrize(
    "source_id", ["mfa-2019-09-26-celac-quartet", "xinhua-2019-09-27-celac-quartet"]
)
def test_statements_without_their_capture_are_not_checked(
    released_bundle: Path, released_repository: Path, tmp_path: Path, source_id: str
):
    """With the capture of one account of two, the other's statements are listed as not checked, without a finding."""
    shutil.copytree(
        released_repository / "data" / "sources" / source_id, tmp_path / "sources" / source_id
    )
    outcome = verify_folder(released_bundle, captures=tmp_path / "sources")
    assert not outcome.findings and "statements" in outcome.not_checked[0]


def test_exit_status_of_the_command(
    released_bundle: Path, released_repository: Path, tmp_path: Path
):
    """The command exits with 0 for an unchanged bundle, 1 for a changed one, 2 if there is no bundle to verify."""
    done = readouts("verify", released_bundle, "--root", released_repository, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.endswith("verified\n"), done.stdout + done.stderr
    changed = copied(released_bundle, tmp_path / "changed")
    (changed / "LICENSE").write_bytes(b"")
    done = readouts("verify", changed, cwd=tmp_path)
    assert (
        done.returncode == 1
        and "LICENSE: file_matches_checksum" in done.stdout
        and done.stdout.endswith("failed\n")
    )
    for arguments in (
        (tmp_path,),
        (released_bundle, "--captures", tmp_path / "none"),
        (released_bundle, "--revision", "v1.0.0"),
        ("no/such/x",),
    ):
        done = readouts("verify", *arguments, cwd=tmp_path)
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr


def test_every_file_has_a_checksum(bundle: Path):
    """An additional byte in any file is found in that file."""
    for path in sorted(
        path for path in bundle.rglob("*") if path.is_file() and path.name != "checksums.sha256"
    ):
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n")
        found = [(f.code, f.path) for f in iter_file_findings(bundle, read_manifest(bundle))]
        assert found == [("file_matches_checksum", path.relative_to(bundle).as_posix())]
        path.write_bytes(kept)


def test_missing_unlisted_and_linked_files_are_found(bundle: Path, tmp_path: Path):
    """A missing file, an unlisted one and a link out of the bundle are found; a file that the Hub adds is not."""
    (bundle / "LICENSE").unlink()
    (bundle / "notes.txt").write_text("unlisted")
    (bundle / ".gitattributes").write_text("*.parquet filter=lfs\n")
    (tmp_path / "outside").write_bytes((bundle / "CHANGELOG.md").read_bytes())
    (bundle / "CHANGELOG.md").unlink()
    (bundle / "CHANGELOG.md").symlink_to(tmp_path / "outside")
    found = {(finding.code, finding.path) for finding in verify_folder(bundle).findings}
    assert {
        ("file_present", "LICENSE"),
        ("file_listed", "notes.txt"),
        ("file_present", "CHANGELOG.md"),
    } <= found
    assert not any(".gitattributes" in path for _, path in found)


@pytest.mark.parametrize("line", ["../outside", "/etc/passwd", "a/../../b", "", "short", "LICENSE"])
def test_damaged_checksums_are_reported(bundle: Path, line: str, tmp_path: Path):
    """A malformed or duplicate line, or one that leads out of the folder, makes the bundle unusable."""
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


def added_text(rows: Rows) -> None:
    rows["sources"][0]["text"] = "Words."


@rest(sample=1)
@pytest.mark.parametrize(
    ("harm", "expected"),
    [(other_text, "text_is_content"), (other_day, "date_in_event"), (another_speaker, "reference_resolves"),
     (added_text, "text_as_redistributed")],
)  # fmt: skip
def test_rules_find_changes_without_captures(bundle: Path, harm, expected: str):
    """A change in all three formats with recomputed hashes is found by the rules."""
    change(bundle, harm)
    assert expected in codes(verify_folder(bundle))


def test_value_that_breaks_its_schema_is_found(bundle: Path):
    change(bundle, no_day, ("jsonl",))
    found = [finding for finding in verify_folder(bundle).findings if finding.code == "value_form"]
    assert [(finding.path, finding.line, finding.field) for finding in found] == [
        ("data/tables/statements.jsonl", 4, "date")
    ]


def forged(rows: Rows) -> None:
    """Change a word of a statement in every table, so that only the capture shows the change."""
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


def test_captures_and_git_reveal_a_consistent_forgery(bundle: Path, released_repository: Path):
    """A change made consistently in all tables passes without captures, but not with captures or git."""
    change(bundle, forged)
    assert "quote_in_capture" not in codes(verify_folder(bundle))
    assert "quote_in_capture" in codes(
        verify_folder(bundle, captures=released_repository / "data" / "sources")
    )
    assert "equals_git" in codes(verify_folder(bundle, Layout(released_repository)))


def restamped(rows: Rows) -> None:
    rows["claims"][0]["added_in"] = "0.9.0"


def removed_pair(rows: Rows) -> None:
    del rows["pairs"][-1]


def added_office(rows: Rows) -> None:
    rows["offices"].append(rows["offices"][-1] | {"office_id": "premier-2013"})


@rest(sample=2)
@pytest.mark.parametrize(
    ("harm", "record"),
    [(reworded_claim, "claims 2019-09-26-china-celac-quartet.c01"), (restamped, "claims 2019-09-26-china-celac-quartet.c01"),
     (removed_pair, "pairs "), (added_office, "offices premier-2013")],
)  # fmt: skip
def test_ledger_detects_what_no_rule_can(
    bundle: Path, released_repository: Path, harm, record: str
):
    """The ledger reveals a record that was reworded, restamped, removed or added, with recomputed hashes."""
    change(bundle, harm)
    found = verify_folder(bundle, captures=released_repository / "data" / "sources").findings
    assert [f.code for f in found if f.record.startswith(record)] == ["record_as_released"]


def test_lone_surrogate_causes_no_traceback(bundle: Path):
    """A value that is not valid text is reported by its schema and not checked against the ledger, which hashes text."""
    path = bundle / "data" / "tables" / "claims.jsonl"
    lines = path.read_text(encoding="utf-8").replace('"proposition":"', '"proposition":"\\ud83d', 1)
    path.write_text(lines, encoding="utf-8")
    outcome = verify_folder(bundle)
    assert outcome.failed and "record_as_released" not in codes(outcome)


def test_unreleased_bundle_is_not_checked_against_a_ledger(bundle: Path):
    (bundle / "data" / "released.jsonl").unlink()
    assert any("no release" in line for line in verify_folder(bundle).not_checked)


def test_git_detects_what_nothing_else_can(bundle: Path, released_repository: Path, tmp_path: Path):
    """A claim reworded in the tables, the ledger and every derived file is found only by comparison with git."""
    package = Layout(copied(released_repository, tmp_path / "package"))
    tables, ledger = read_tables(package), read_ledger(package)
    rows = {name: table_rows(name, bundle) for name in tables}
    reworded_claim(rows)
    ledger.entries["claims", rows["claims"][0]["claim_id"]]["sha256"] = record_hash(
        rows["claims"][0]
    )
    ledger.releases[-1]["sha256"] = state_hash(ledger.live())
    package.ledger.write_bytes(bytes_from_ledger(ledger))
    write_bundle(bundle_files(package, tables, TableRows(tables=rows), ledger), bundle)
    captures = released_repository / "data" / "sources"
    alone = verify_folder(bundle, captures=captures)
    assert not alone.failed and any("data/tables" in line for line in alone.not_checked)
    found = verify_folder(bundle, Layout(released_repository), captures).findings
    assert {finding.path for finding in found if finding.code == "equals_git"} >= {
        "data/tables/claims.csv", "data/tables/claims.jsonl", "data/released.jsonl",
    }  # fmt: skip


def test_changed_rule_that_git_has_is_a_warning(bundle: Path, repository: Path):
    """Rules that differ from the installed ones are a warning if git has them at the version's tag, otherwise an error."""
    path = bundle / "schema" / "guards" / "ids_unique.sql"
    path.write_bytes(path.read_bytes() + b"\n-- said more clearly\n")
    rehash(bundle)
    rule = repository / "schema" / "guards" / "ids_unique.sql"

    def found() -> list[tuple[str, str]]:
        findings = verify_folder(bundle, Layout(repository)).findings
        return [(f.severity, f.path) for f in findings if f.code == "rules_as_installed"]

    assert found() == [("error", "schema/guards/ids_unique.sql")]
    rule.write_bytes(path.read_bytes())
    git(repository, "commit", "-q", "-a", "-m", "Another rule")
    git(repository, "tag", "-f", "v1.0.0")
    assert found() == [("warning", "schema/guards/ids_unique.sql")]


def test_changed_picture_is_found_by_git(bundle: Path, released_repository: Path):
    """The card's picture cannot be derived: without git it is listed as not checked, with git a change is an error."""
    picture = bundle / "accounts.png"
    picture.write_bytes(picture.read_bytes() + b"more")
    rehash(bundle)
    alone = verify_folder(bundle)
    assert not alone.findings and any("accounts.png" in line for line in alone.not_checked)
    assert [f.path for f in verify_folder(bundle, Layout(released_repository)).findings] == [
        "accounts.png"
    ]


def test_other_version_in_git_is_not_compared(bundle: Path, repository: Path):
    """Without the tag, a checkout whose ledger has the version is compared; a repository without the version is not."""
    git(repository, "tag", "-d", "v1.0.0")
    assert any(
        "the local checkout" in line for line in verify_folder(bundle, Layout(repository)).checked
    )
    reword(repository)
    release(repository, "1.0.1", "2026-11-23")
    git(repository, "commit", "-q", "-a", "-m", "Next")
    assert any(
        "not in the local repository" in line
        for line in verify_folder(bundle, Layout(repository)).not_checked
    )


@rest(sample=1)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_formats_that_differ_are_found(bundle: Path, form: str):
    """A table with different values in CSV or Parquet than in JSONL is found."""
    change(bundle, other_text, (form,))
    found = [
        finding for finding in verify_folder(bundle).findings if finding.code == "formats_agree"
    ]
    assert [finding.path for finding in found] == [f"data/tables/statements.{form}"]


@rest
def test_wrong_descriptors_are_found(bundle: Path):
    """A wrong hash, a missing resource and a different version in datapackage.json or croissant.json are found."""
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
        (bundle / "checksums.sha256").write_bytes(checksums(read_folder(bundle)))
        assert codes(verify_folder(bundle)) & {"descriptor_matches_files", "version_agrees"}
        for path, data in kept.items():
            path.write_bytes(data)
    assert not verify_folder(bundle).findings


@rest
def test_version_is_fetched_from_the_hub(
    hub: ThreadHub, hub_home: Path, released_repository: Path, second_release: Path
):
    """The newest version, or the given one, is fetched and verified; a missing dataset or revision exits with 2."""
    publisher = Publisher(hub, hub_home)
    absent = publisher.run("verify", REPO, package=released_repository, token=None)
    assert absent.returncode == 2 and "does not exist" in absent.stderr
    assert publisher.push(released_repository).returncode == 0
    assert publisher.push(second_release).returncode == 0
    first = publisher.run(
        "verify",
        REPO,
        "--revision",
        "v1.0.0",
        "--captures",
        "data/sources",
        package=released_repository,
        token=None,
    )
    assert first.returncode == 0 and "not checked" not in first.stdout, first.stdout + first.stderr
    assert "fetching v1.0.0" in first.stderr and "v1.0.0 in git" in first.stdout
    newest = publisher.run("verify", REPO, package=second_release, token=None)
    assert newest.returncode == 0 and "fetching v1.0.1" in newest.stderr, (
        newest.stdout + newest.stderr
    )
    missing = publisher.run("verify", REPO, "--revision", "v3.0.0", package=released_repository)
    assert missing.returncode == 2 and "unknown revision v3.0.0" in missing.stderr


@rest
def test_tag_on_another_version_is_found(hub: ThreadHub, hub_home: Path, released_repository: Path):
    publisher = Publisher(hub, hub_home)
    assert publisher.push(released_repository).returncode == 0
    hub.git(REPO, "update-ref", "refs/tags/v9.0.0", publisher.head())
    done = publisher.run("verify", REPO, package=released_repository)
    assert done.returncode == 1 and "version_agrees" in done.stdout and "v9.0.0" in done.stdout
