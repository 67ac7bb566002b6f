"""`readouts verify`: checks a published version completely from its own files; nothing in it is trusted, and unchecked parts are listed."""

from __future__ import annotations

from pathlib import Path

from ..compile.rows import Row
from ..core.definitions import Table, read_tables
from ..core.findings import PackageError, in_reading_order
from ..core.layout import Layout
from ..ledger.ledger import Ledger
from ..ledger.reading import read_ledger
from ..publication.bundle import SIGNATURE
from .derivation import compare_with_derived
from .manifest import Inventory, iter_file_findings, read_manifest, take_inventory
from .origin import Origin, origin_of
from .outcome import Verification, finding
from .signature import signed_by
from .tables import compare_with_ledger, iter_format_findings, rows_of, validate_tables


def verify_folder(
    folder: Path,
    here: Layout | None = None,
    captures: Path | None = None,
    tag: str | None = None,
    signers: Path | None = None,
    independently: bool = False,
) -> Verification:
    """Check a bundle by the installed tool's rules: files, signature, the tables' three forms,
    rows, guards, ledger, and every other file derived again; compare with the same version in git
    `here`.

    `captures` is a folder of `<source_id>/source.txt`, `tag` the name that the version was fetched
    by, `signers` a file of the keys that are trusted; `independently` has jsonschema and
    frictionless check the tables too. Raises PackageError for a folder that is not a bundle at all.
    """
    outcome = Verification()
    manifest, inventory = read_manifest(folder), take_inventory(folder)
    outcome.ignored = inventory.ignored
    outcome.findings += iter_file_findings(folder, manifest, inventory)
    outcome.checked.append(f"{len(manifest.files)} files against their checksums")
    if inventory.special:
        outcome.not_checked.append(
            "everything else: a folder with links or special files cannot be checked"
        )
        outcome.findings = in_reading_order(outcome.findings)
        return outcome
    outcome.signature = signed_by(folder, signers)
    if outcome.signature.state == "bad":
        outcome.findings.append(finding("signature_valid", SIGNATURE, outcome.signature.line))
    try:
        _check_contents(Layout(folder), inventory, here, captures, tag, independently, outcome)
    except PackageError as error:
        outcome.findings.append(finding("published_readable", "", str(error)))
    outcome.findings = in_reading_order(outcome.findings)
    return outcome


def _check_contents(
    layout: Layout,
    inventory: Inventory,
    here: Layout | None,
    captures: Path | None,
    tag: str | None,
    independently: bool,
    outcome: Verification,
) -> None:
    """Check the tables, the ledger and the files derived from them. Raises PackageError for a file that cannot be read."""
    tables, ledger = read_tables(layout), read_ledger(layout)
    if tag and tag != f"v{ledger.version}":
        message = f"the ledger has version {ledger.version}, but the tag is {tag}"
        outcome.findings.append(finding("version_agrees", "data/released.jsonl", message))
    outcome.findings += iter_format_findings(layout, tables)
    outcome.checked.append("every table is the same in JSONL, CSV and Parquet, including types")
    fit = validate_tables(layout, tables, captures, outcome)
    origin = (
        origin_of(here, ledger.version) if here is not None and here.root != layout.root else None
    )
    rows = (
        {name: rows_of(layout, table) for name, table in tables.items()}
        if fit or independently
        else {}
    )
    if fit:
        compare_with_ledger(layout, tables, rows, ledger, outcome)
    _derive(inventory, tables, rows, ledger, origin, outcome)
    if independently:
        _check_independently(layout, tables, rows, outcome)
    _compare(layout, origin, ledger.version, outcome)


def _derive(
    inventory: Inventory,
    tables: dict[str, Table],
    rows: dict[str, list[Row]],
    ledger: Ledger,
    origin: Origin | None,
    outcome: Verification,
) -> None:
    """Derive every file again from the tables and compare; only if the tables are valid, since invalid ones prove nothing."""
    if (
        any(
            found.severity == "error" and found.code in ("file_present", "file_matches_checksum")
            for found in outcome.findings
        )
        or not outcome.tables_right
    ):
        outcome.not_checked.append(
            "whether the other files match the tables: fix the findings about files and tables first"
        )
        return
    found = compare_with_derived(
        inventory.files, tables, rows, ledger, origin, outcome.signature.state == "good"
    )
    known = {finding.path for finding in outcome.findings}
    outcome.findings += [finding for finding in found.findings if finding.path not in known]
    outcome.not_checked += found.not_checked
    outcome.checked.append(
        f"{found.compared} files derived again from the tables and the installed rules, identical byte for byte"
    )


def _check_independently(
    layout: Layout, tables: dict[str, Table], rows: dict[str, list[Row]], outcome: Verification
) -> None:
    """Check the tables and the descriptor with other tools; differing results are findings."""
    from .independent import iter_differences, versions

    if any(found.path == layout.relative(layout.descriptor) for found in outcome.findings):
        outcome.not_checked.append(
            "the tables with other tools: datapackage.json, which lists the files, is wrong"
        )
        return
    differences = list(iter_differences(layout, tables, rows, outcome.tables_right))
    outcome.findings += differences
    tools = versions()
    if not outcome.tables_right:
        outcome.not_checked.append(
            f"the tables with {tools['frictionless']}: readouts rejects them already"
        )
        tools = {"jsonschema": tools["jsonschema"]}
    outcome.checked.append(
        f"the tables by {' and '.join(tools.values())}: {len(differences)} verdicts differ"
    )


def _compare(layout: Layout, origin: Origin | None, version: str, outcome: Verification) -> None:
    """Check that the same version in the local git repository, if any, has the same tables."""
    if origin is None:
        outcome.not_checked.append(
            f"whether it equals the package in git: v{version} is not in the local repository"
        )
        return
    known = {finding.path for finding in outcome.findings}
    committed = {
        path: data for path, data in origin.files.items() if path.startswith("data/tables/")
    }
    published = {
        layout.relative(path)
        for path in layout.tables.glob("*")
        if path.suffix in (".csv", ".jsonl")
    }
    for path in sorted(published | set(committed)):
        data = (layout.root / path).read_bytes() if path in published else None
        if committed.get(path) != data and path not in known:
            outcome.findings.append(finding("equals_git", path, f"it differs from {origin.name}"))
    outcome.checked.append(
        f"{len(committed)} tables and the publisher's documents against {origin.name}"
    )
