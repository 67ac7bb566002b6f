"""A version that an attacker changed, with recomputed hashes: each change is found, or its file is listed as not checked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from readouts.core.definitions import read_tables
from readouts.core.layout import HOME, Layout
from readouts.ledger.reading import read_ledger
from readouts.publication.bundle import checksums
from readouts.publication.descriptor import bytes_from_descriptor
from readouts.verification.derivation import compare_with_derived
from readouts.verification.manifest import take_inventory
from readouts.verification.outcome import Verification
from readouts.verification.verify import verify_folder
from tests.forging import rehash
from tests.publishing import copied, readouts
from tests.reading import read_folder, table_rows

rest = pytest.mark.slow(
    "each file and key of a bundle changed",
    seconds=25,
    covers=(
        "scripts/readouts/verification",
        "scripts/readouts/publication",
        "schema",
        "tests/test_attacks.py",
    ),
)

CARD, PACKAGE, CROISSANT = "README.md", "datapackage.json", "croissant.json"


def alter(bundle: Path, path: str, change: Callable[[str], str]) -> None:
    """Change the text of a file, and recompute every hash."""
    text = (bundle / path).read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    (bundle / path).write_text(changed, encoding="utf-8")
    rehash(bundle)


def alter_json(bundle: Path, path: str, change: Callable[[dict], object]) -> None:
    """Change a JSON file's object, and recompute every hash."""
    value = json.loads((bundle / path).read_text(encoding="utf-8"))
    change(value)
    (bundle / path).write_bytes(text_of(value))
    rehash(bundle)


def text_of(value: dict) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def derived(bundle: Path) -> tuple[set[tuple[str, str]], str]:
    """Return (code, path) of the errors that deriving the files again finds, and the list of what was not checked."""
    tables = read_tables(Layout(HOME))
    rows = {name: table_rows(name, bundle) for name in tables}
    found = compare_with_derived(
        take_inventory(bundle).files, tables, rows, read_ledger(Layout(bundle)), None, False
    )
    return {(f.code, f.path) for f in found.findings}, " ".join(found.not_checked)


def paths(outcome: Verification) -> set[str]:
    return {finding.path for finding in outcome.findings if finding.severity == "error"}


def test_published_version_has_no_findings(released_bundle: Path):
    """An unchanged version has no finding, and the files that cannot be derived are listed."""
    found, unknown = derived(released_bundle)
    assert not found and "LICENSE" in unknown and "data/released.jsonl" in unknown


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (CARD, lambda text: text.replace("**left out**", "“It is agreed.”", 1)),
        (CARD, lambda text: text.replace("*(says more)*", "*(conflicts)*", 1)),
        (CARD, lambda text: text.replace("18 statements", "81 statements", 1)),
        (CARD, lambda text: text.replace("data/tables/statements.parquet", "data/extra.parquet", 1)),
        (CARD, lambda text: text.replace("license: other", "license: mit", 1)),
        ("CITATION.cff", lambda text: text.replace("The Readouts maintainers", "Somebody Else", 1)),
        ("CITATION.cff", lambda text: text.replace("CC-BY-4.0", "MIT", 1)),
        ("schema/vocabulary.yaml", lambda text: text + "# more\n"),
        ("schema/guards/quote_in_capture.sql", lambda text: text.partition("SELECT")[0] + "SELECT '', '', '', '' WHERE false\n"),
        ("schema/guards/tables.sql", lambda text: text + "INSTALL httpfs;\n"),
        (".zenodo.json", lambda text: text.replace("cc-by-4.0", "mit", 1)),
        ("data/released.jsonl", lambda text: text.replace('","', '", "', 1)),
    ],
)  # fmt: skip
def test_changed_text_is_found(bundle: Path, path: str, change: Callable[[str], str]):
    """A table, number, address or name that contradicts the tables and the corpus is found in its file."""
    alter(bundle, path, change)
    assert path in {where for _, where in derived(bundle)[0]}


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (PACKAGE, lambda package: package["licenses"][0].update(name="MIT")),
        (PACKAGE, lambda package: package["resources"][0]["schema"]["fields"][0].update(description="Anything.")),
        (PACKAGE, lambda package: package["resources"][0]["schema"]["fields"][0].pop("type")),
        (PACKAGE, lambda package: package.update(name="other")),
        (PACKAGE, lambda package: package["resources"][0].update(extra="x" * 1000)),
        (CROISSANT, lambda metadata: metadata.update(name="Other")),
        (CROISSANT, lambda metadata: metadata.update(url="https://example.org/")),
        (CROISSANT, lambda metadata: metadata.update(license="https://example.org/licence")),
        (CROISSANT, lambda metadata: metadata["distribution"].pop()),
    ],
)  # fmt: skip
def test_changed_descriptor_is_found(bundle: Path, path: str, change: Callable[[dict], object]):
    """Licence, names, addresses, column types and column descriptions must match the schemas and the corpus."""
    alter_json(bundle, path, change)
    assert ("descriptor_matches_files", path) in derived(bundle)[0]


@rest
def test_every_changed_file_is_found_or_listed(released_bundle: Path, tmp_path: Path):
    """With recomputed hashes, a change of any file is found or the file is listed as not checked."""
    for path in sorted(take_inventory(released_bundle).files):
        if path in ("checksums.sha256", "data/released.jsonl") or (
            path.startswith("data/tables/") and path.endswith(".jsonl")
        ):
            continue  # other tests check these
        bundle = tmp_path / "bundle"
        shutil.copytree(released_bundle, bundle)
        with (bundle / path).open("ab") as file:
            file.write(b" \n")
        found, unknown = derived(bundle)
        assert path in {where for _, where in found} or path in unknown, path
        shutil.rmtree(bundle)


@rest
@pytest.mark.parametrize("path", [PACKAGE, CROISSANT, ".zenodo.json"])
def test_every_changed_key_is_found(released_bundle: Path, tmp_path: Path, path: str):
    """Each top-level key of a description is found if it is removed or has another value."""
    for key in json.loads((released_bundle / path).read_text(encoding="utf-8")):
        for change in (
            lambda value, key=key: value.pop(key),
            lambda value, key=key: value.update({key: "other"}),
        ):
            bundle = copied(released_bundle, tmp_path / "bundle")
            value = json.loads((bundle / path).read_text(encoding="utf-8"))
            change(value)
            (bundle / path).write_bytes(
                bytes_from_descriptor(value) if path == PACKAGE else text_of(value)
            )
            assert path in {where for _, where in derived(bundle)[0]}, key
            shutil.rmtree(bundle)


def test_extra_file_is_found(bundle: Path):
    """An extra file is found even if the checksums and croissant.json list it."""
    shutil.copy(bundle / "data/tables/statements.parquet", bundle / "data/extra.parquet")
    metadata = json.loads((bundle / CROISSANT).read_text(encoding="utf-8"))
    metadata["distribution"].append({"contentUrl": "data/extra.parquet"})
    (bundle / CROISSANT).write_text(json.dumps(metadata), encoding="utf-8")
    rehash(bundle)
    assert ("file_accounted_for", "data/extra.parquet") in derived(bundle)[0]


def test_rules_of_a_bundle_are_never_run(bundle: Path, tmp_path: Path):
    """Schemas and guards that write, read or load something are findings and have no effect."""
    target, secret = tmp_path / "written", tmp_path / "secret"
    secret.write_text("swordfish")
    schema = bundle / "schema/tables/claims.schema.json"
    value = json.loads(schema.read_text(encoding="utf-8"))
    value["properties"][f"x\" FROM claims) TO '{target}'; --"] = value["properties"]["proposition"]
    value["properties"]["proposition"]["$ref"] = f"file://{secret}"
    schema.write_text(json.dumps(value), encoding="utf-8")
    header = "-- code: {}\n-- title: t\n-- severity: error\n-- stage: 1\n-- hint: h\n"
    for name, sql in (
        ("ids_unique", f"COPY (SELECT 1) TO '{target}'"),
        ("date_in_event", f"SELECT content, '', '', '' FROM read_text('{secret}')"),
        ("capture_fully_covered", f"ATTACH '{target}.db'"),
        ("quote_in_capture", "INSTALL httpfs; LOAD httpfs"),
    ):
        (bundle / f"schema/guards/{name}.sql").write_text(
            header.format(name) + sql, encoding="utf-8"
        )
    rehash(bundle)
    outcome = verify_folder(bundle)
    altered = {finding.path for finding in outcome.findings if finding.code == "rules_as_installed"}
    assert {
        "schema/tables/claims.schema.json",
        "schema/guards/ids_unique.sql",
    } <= altered and outcome.failed
    assert not any("swordfish" in finding.message for finding in outcome.findings)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "secret"]


def link_out(bundle: Path, outside: Path) -> None:
    shutil.rmtree(bundle / "data/tables")
    (bundle / "data/tables").symlink_to(outside)


def link_file(bundle: Path, outside: Path) -> None:
    (bundle / "README.md").unlink()
    (bundle / "README.md").symlink_to(outside / "secret")


def pipe(bundle: Path, outside: Path) -> None:
    (bundle / "LICENSE").unlink()
    os.mkfifo(bundle / "LICENSE")


@pytest.mark.parametrize("harm", [link_out, link_file, pipe])
def test_links_and_pipes_are_not_opened(
    bundle: Path, tmp_path: Path, harm: Callable[[Path, Path], None]
):
    """A link that leads out of the bundle and a pipe are findings; their targets are not read."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("swordfish")
    harm(bundle, outside)
    outcome = verify_folder(bundle)
    assert outcome.failed and any("everything else" in line for line in outcome.not_checked)
    assert not any("swordfish" in finding.message for finding in outcome.findings)


@rest(sample=3)
@pytest.mark.parametrize(
    ("path", "data"),
    [
        (PACKAGE, b"[" * 200_000), (CROISSANT, b"{" * 200_000), (PACKAGE, b"9" * 200_000), ("data/released.jsonl", b"[" * 200_000),
        ("CITATION.cff", b"&a [*a, *a]\n"), ("CITATION.cff", b"[" * 50_000), (CARD, b"<!-- derived: claims -->\n" * 50_000),
        (CARD, b"\xff\xfe"), ("CHANGELOG.md", b"\xff"), ("data/tables/claims.jsonl", b"[" * 200_000 + b"\n"),
        ("data/tables/claims.parquet", b"PAR1" * 9), ("data/it's \"a\"\nname.txt", b""), ("data/tables/x.jsonl", b"{}\n"),
    ],
)  # fmt: skip
def test_hostile_files_cause_no_traceback(bundle: Path, path: str, data: bytes, tmp_path: Path):
    """Deeply nested, huge, self-referential and unreadable files, and names with quotes and newlines, give findings or one error line."""
    (bundle / path).write_bytes(data)
    (bundle / "checksums.sha256").write_bytes(checksums(read_folder(bundle)))
    done = readouts("verify", bundle, cwd=tmp_path)
    assert done.returncode in (1, 2) and "Traceback" not in done.stderr, done.stdout + done.stderr
    assert done.returncode == 1 or done.stderr.count("\n") == 1


needs_keygen = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed"
)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """An SSH key, with a file of allowed signers next to it."""
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    (tmp_path / "signers").write_text(
        f"ana@example.org {(tmp_path / 'key.pub').read_text()}", encoding="utf-8"
    )
    return path


@needs_keygen
def test_signer_is_named(released_repository: Path, key: Path, tmp_path: Path):
    """The signer is named if a list of keys is given, otherwise the key is; a change after signing is found."""
    bundle, signers = tmp_path / "bundle", tmp_path / "signers"
    assert (
        readouts("bundle", "--out", bundle, "--sign", key, cwd=released_repository).returncode == 0
    )
    good = verify_folder(bundle, signers=signers)
    assert not good.findings and "signed by ana@example.org" in good.summary
    assert "publisher can know" not in good.summary
    alone = verify_folder(bundle)
    assert not alone.findings and "signed by the key SHA256:" in alone.summary
    alter(bundle, "LICENSE", lambda text: text + "more\n")
    assert "signature_valid" in {finding.code for finding in verify_folder(bundle).findings}
    # The licence itself cannot be derived, so only the signature reveals the change.
    assert paths(verify_folder(bundle, signers=signers)) == {"checksums.sha256.sig"}


@needs_keygen
def test_unlisted_or_missing_signature_is_found(
    released_repository: Path, released_bundle: Path, key: Path, tmp_path: Path
):
    """A valid signature by an unlisted key is a finding, and so is a missing signature if signers are given."""
    bundle = tmp_path / "bundle"
    assert (
        readouts("bundle", "--out", bundle, "--sign", key, cwd=released_repository).returncode == 0
    )
    other = tmp_path / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
    (tmp_path / "signers").write_text(
        f"ben@example.org {(tmp_path / 'other.pub').read_text()}", encoding="utf-8"
    )
    for folder in (bundle, released_bundle):
        outcome = verify_folder(folder, signers=tmp_path / "signers")
        assert {finding.code for finding in outcome.findings} == {
            "signature_valid"
        } and outcome.failed
