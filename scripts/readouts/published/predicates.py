"""The rules of one value as SQL predicates, generated from a table's JSON Schema.

A predicate may fail for a value that the schema accepts, but never passes one that it rejects:
failing rows are checked by the reference. A keyword without a translation makes every row suspect,
so that a new one costs time, not correctness.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ..core.definitions import Column, Table
from ..core.time_zones import time_zones
from ..rules.views import quoted

ANNOTATIONS = {"type", "description", "examples"}
_END = "$(?!\\n)"


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def file_literal(path: Path, pattern: str = "") -> str:
    """Return a file name for DuckDB's readers, with pattern characters escaped. A `pattern` may follow a folder."""
    return literal(re.sub(r"([\[*?])", r"[\1]", str(path.absolute())) + pattern)


def struct_type(types: dict[str, str]) -> str:
    """Return the typed row as `from_json` wants it; `types` are DuckDB's by column."""
    return literal("{" + ",".join(f'"{name}":"{kind}"' for name, kind in types.items()) + "}")


def as_written(row: str, line: str) -> str:
    """Return an expression that is true if a typed row has all the content of its line of JSON, in
    the order of the columns; both are SQL expressions.
    """
    # Spaces or escapes make no difference; a comma after the last value is allowed by DuckDB but
    # not by JSON.
    return (
        f"coalesce(CASE WHEN to_json({row}) = {line} THEN true ELSE to_json({row}) = json({line}) "
        f"AND NOT regexp_matches({line}, ',[ \\t\\r\\n]*[}}][ \\t\\r\\n]*$') END, false)"
    )


def row_predicate(table: Table, values: dict[str, str]) -> str:
    """Return an expression that is true for rows whose typed values (SQL expressions by column) satisfy the schema; the types are taken as given."""
    if set(table.schema) - {
        "$schema",
        "title",
        "description",
        "type",
        "required",
        "additionalProperties",
        "properties",
        "x-primaryKey",
        "x-foreignKeys",
    }:
        return "false"
    parts = [
        part
        for column in table.columns
        for part in _parts(column, table.schema["properties"][column.name], values[column.name])
    ]
    return " AND ".join(parts) or "true"


def _parts(column: Column, schema: dict[str, Any], value: str) -> list[str]:
    rules: list[str] = []
    keywords = dict(schema)
    for annotation in ANNOTATIONS:
        keywords.pop(annotation, None)
    if column.type == "date":
        # The type guarantees a calendar date; the pattern of dates only requires four digits that
        # do not begin with zero.
        keywords.pop("format")
        if keywords.pop("pattern", None) is not None:
            rules.append(f"{value} BETWEEN DATE '1000-01-01' AND DATE '9999-12-31'")
    enum = keywords.pop("enum", None)
    if enum is not None:
        # Not IN: DuckDB makes a join of a long list, and rows no longer come in the order of the
        # file.
        rules.append(
            f"({' OR '.join(f'{value} = {literal(term)}' for term in enum if term is not None)})"
        )
    pattern = keywords.pop("pattern", None)
    if pattern is not None:
        if not (pattern.startswith("^") and pattern.endswith(_END)):
            return ["false"]
        rules.append(f"regexp_full_match({value}, {literal(pattern[1 : -len(_END)])})")
    least, most = keywords.pop("minLength", None), keywords.pop("maxLength", None)
    if least == 1:
        rules.append(f"{value} <> ''")
    elif least is not None:
        rules.append(f"length({value}) >= {least}")
    if most is not None:
        rules.append(f"length({value}) <= {most}")
    for keyword, sign in (("minimum", ">="), ("maximum", "<=")):
        if keyword in keywords:
            rules.append(f"{value} {sign} {keywords.pop(keyword)}")
    if keywords:
        return ["false"]
    if column.name == "time_zone":
        known = ", ".join(literal(zone) for zone in sorted(time_zones()))
        rules.append(f"list_contains([{known}], {value})")
    if not column.nullable:
        return rules or [f"{value} IS NOT NULL"]
    return [f"({value} IS NULL OR ({' AND '.join(rules)}))"] if rules else []


def column_list(table: Table, prefix: str = "") -> str:
    return ", ".join(f"{prefix}{quoted(c.name)}" for c in table.columns)
