"""Tables and columns, read from `schema/tables/*.schema.json`, which define both.

Every other description of columns (the Frictionless descriptor, the typed features of `datasets`,
the SQL views, the README's tables of columns) is derived from this module.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from .findings import PackageError
from .layout import Layout

ORDER = (
    "statements", "sources", "agents", "offices", "events", "participants",
    "attributions", "segments", "claims", "attestations", "omissions", "pairs", "reviews",
)  # fmt: skip
"""The tables in the order in which they are described; `statements` first, since it can be used on its own."""

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is "string", "date", "integer" or "number"; `terms` are the values of a closed vocabulary."""

    name: str
    type: str
    nullable: bool
    terms: tuple[str, ...] | None
    description: str
    example: Any
    constraints: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ForeignKey:
    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `schema` is the JSON Schema of one of its records."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    schema: dict[str, Any]
    column_names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "column_names", tuple(column.name for column in self.columns))

    def record_id(self, row: dict[str, Any]) -> str:
        """Return the parts of the primary key joined by "/"."""
        if len(self.primary_key) == 1:
            return str(row[self.primary_key[0]])
        return "/".join(str(row[name]) for name in self.primary_key)


def read_tables(layout: Layout) -> dict[str, Table]:
    """Return the tables by name, in ORDER. Raises PackageError for a schema that is missing, surplus or not JSON."""
    found = {
        path.name.removesuffix(".schema.json") for path in layout.schemas.glob("*.schema.json")
    }
    if found != set(ORDER):
        raise PackageError(
            f"schema/tables must define exactly the tables {', '.join(sorted(ORDER))}; "
            f"missing: {', '.join(sorted(set(ORDER) - found)) or 'none'}, unknown: {', '.join(sorted(found - set(ORDER))) or 'none'}"
        )
    return {name: table_from_schema(name, read_schema(layout, f"tables/{name}")) for name in ORDER}


def read_schema(layout: Layout, name: str) -> dict[str, Any]:
    """Read the JSON Schema `schema/<name>.schema.json`. Raises PackageError."""
    path = layout.rules / f"{name}.schema.json"
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PackageError(f"schema/{name}.schema.json cannot be read: {error}") from error
    if not isinstance(schema, dict):
        raise PackageError(f"schema/{name}.schema.json is not a JSON object")
    return schema


def table_from_schema(name: str, schema: dict[str, Any]) -> Table:
    """Return the table defined by `schema`, the JSON Schema of one record.

    Raises PackageError if it is incomplete, or a name in it is not a plain word: names of columns
    become identifiers in SQL.
    """
    try:
        table = Table(
            name=name,
            title=schema["title"],
            description=schema["description"],
            columns=tuple(_column(key, value) for key, value in schema["properties"].items()),
            primary_key=tuple(schema["x-primaryKey"]),
            foreign_keys=tuple(
                ForeignKey(
                    tuple(k["fields"]), k["reference"]["table"], tuple(k["reference"]["fields"])
                )
                for k in schema["x-foreignKeys"]
            ),
            schema=schema,
        )
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise PackageError(
            f"schema/tables/{name}.schema.json is missing a required key: {error!r}"
        ) from error
    keys = [
        part for key in table.foreign_keys for part in (key.table, *key.fields, *key.references)
    ]
    for word in (name, *table.column_names, *table.primary_key, *keys):
        if not isinstance(word, str) or not _IDENTIFIER.match(word):
            raise PackageError(
                f"schema/tables/{name}.schema.json: {word!r} is not a name: use lowercase letters, digits and _, like speaker_id"
            )
    return table


def _column(name: str, schema: dict[str, Any]) -> Column:
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    (base,) = [t for t in types if t != "null"]
    if base == "string" and schema.get("format") == "date":
        base = "date"
    terms = schema.get("enum")
    return Column(
        name=name,
        type=base,
        nullable="null" in types,
        terms=None if terms is None else tuple(term for term in terms if term is not None),
        description=schema["description"],
        example=schema["examples"][0],
        constraints={
            k: schema[k]
            for k in ("pattern", "minimum", "maximum", "minLength", "maxLength")
            if k in schema
        },
    )
