"""`readouts verify --independently`: published tables read by two other tools, and every result that differs from ours.

jsonschema validates each row against the schema of its table; frictionless validates the data
package with its types, keys and foreign keys. Guards check more than both, so a difference is only
a row or file that they reject and Readouts accepts, or the reverse for rules that both have.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..compile.rows import Row
from ..core.definitions import Table
from ..core.findings import Finding
from ..core.layout import Layout
from ..core.time_zones import iter_unknown_zones
from ..core.values import SchemaValidator

SHOWN = 5
"""Most rows or errors shown for each table."""
HINT = "Report this as a bug of readouts, with this version of the data; do not rely on either result until it is fixed."


def iter_differences(
    layout: Layout, tables: dict[str, Table], rows: dict[str, list[Row]], accepted: bool
) -> Iterator[Finding]:
    """Yield findings about differing results. `rows` are the rows as read from JSONL, `accepted` is
    True if Readouts found every row and reference valid.

    The descriptor must be the one derived from the tables: it names the files that frictionless
    opens. Needs the extra `independent`.
    """
    for name, table in tables.items():
        yield from _iter_rows_with_other_result(layout, table, rows[name])
    if accepted:
        yield from _rejected_by_frictionless(layout)


def _iter_rows_with_other_result(
    layout: Layout, table: Table, rows: list[Row]
) -> Iterator[Finding]:
    """Yield rows on which jsonschema (with format checks) and Readouts disagree, apart from time zone names, which no schema lists."""
    import jsonschema

    reference = jsonschema.Draft202012Validator(
        table.schema, format_checker=jsonschema.FormatChecker()
    )
    ours = SchemaValidator(f"schema/tables/{table.name}.schema.json", table.schema)
    path, found = layout.relative(layout.table(table.name, "jsonl")), 0
    for number, row in enumerate(rows, 1):
        theirs = reference.is_valid(row) and not any(True for _ in iter_unknown_zones(row))
        if theirs != ours.accepts(row) and found < SHOWN:
            found += 1
            message = (
                f"jsonschema {'accepts' if theirs else 'rejects'} this row, but readouts does not"
            )
            yield Finding("validators_agree", "error", path, number, "", "", message, HINT)


def _rejected_by_frictionless(layout: Layout) -> Iterator[Finding]:
    """Yield frictionless's errors in a data package that Readouts accepted."""
    from frictionless import FrictionlessException, Package, system

    package = json.loads(layout.descriptor.read_bytes())
    if not package["resources"]:
        return
    try:
        with system.use_context(trusted=True):
            report = Package.from_descriptor(package, basepath=str(layout.root)).validate()
    except FrictionlessException as error:
        message = f"frictionless cannot read it, but readouts can: {error.error.message}"
        yield Finding(
            "validators_agree",
            "error",
            layout.relative(layout.descriptor),
            0,
            "",
            "",
            message,
            HINT,
        )
        return
    for error in report.errors[:SHOWN]:
        yield Finding(
            "validators_agree",
            "error",
            layout.relative(layout.descriptor),
            0,
            "",
            "",
            error.message,
            HINT,
        )
    paths = {resource["name"]: resource["path"] for resource in package["resources"]}
    for task in report.tasks:
        for error in task.errors[:SHOWN]:
            line = getattr(error, "row_number", None) or 0
            message = f"frictionless rejects it, but readouts does not: {error.message}"
            yield Finding(
                "validators_agree",
                "error",
                paths.get(task.name, task.name),
                line,
                "",
                "",
                message,
                HINT,
            )


def versions() -> dict[str, str]:
    """Return name and version of each of the two tools, for the summary."""
    from importlib.metadata import version

    return {name: f"{name} {version(name)}" for name in ("jsonschema", "frictionless")}
