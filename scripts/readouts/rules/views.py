"""The part of `schema/guards/tables.sql` derived from the table schemas: typed views, references, ids."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..core.definitions import Table
from ..ledger.ledger import KEYS
from .lexicon_sql import lexicon_sql, with_patterns

BEGIN, END = "-- derived:", "-- end of derived\n"
SQL_TYPES = {"string": "VARCHAR", "date": "DATE", "integer": "BIGINT", "number": "DOUBLE"}

RELATIONS = {
    "rules": {
        "code": "VARCHAR",
        "kind": "VARCHAR",
        "needs_captures": "INTEGER",
        "needs_exclusions": "INTEGER",
        "needs_whole": "INTEGER",
    },
    "applied": {"table_name": "VARCHAR", "record_id": "VARCHAR", "rule": "VARCHAR"},
}
"""Relations that the rules about reviews read in addition to the tables: every rule (`needs_whole`: it is silent of incomplete records), and the
reviews that silenced a finding."""


def column_types(table: Table) -> dict[str, str]:
    """Column → DuckDB type, in order."""
    return {column.name: SQL_TYPES[column.type] for column in table.columns}


def quoted(name: str) -> str:
    """Return a column's name quoted for SQL if needed: two are reserved words."""
    return f'"{name}"' if name in ("end", "table") else name


def record_id_sql(table: Table, alias: str = "") -> str:
    """Return the record id (parts of the key joined by "/") as a SQL expression."""
    prefix = f"{alias}." if alias else ""
    types = column_types(table)
    return " || '/' || ".join(
        f"{prefix}{name}" if types[name] == "VARCHAR" else f"CAST({prefix}{name} AS VARCHAR)"
        for name in table.primary_key
    )


def reference_views(tables: dict[str, Table]) -> str:
    """Return the views `refs` (every value of every foreign key), `identifiers` (every record id),
    `repeated` (duplicate ids) and `targets` (ids that keys can refer to).
    """
    refs = [
        f"SELECT '{table.name}' AS table_name, {record_id_sql(table)} AS record_id, '{key.fields[0]}' AS field, "
        f"{key.fields[0]} AS value, '{key.table}' AS target_table FROM {table.name} WHERE {key.fields[0]} IS NOT NULL"
        for table in tables.values()
        for key in table.foreign_keys
    ]
    ids = [
        f"SELECT '{table.name}' AS table_name, {record_id_sql(table)} AS record_id FROM {table.name}"
        for table in tables.values()
    ]
    # Each table is grouped separately: in one grouping of them all every table would keep its own
    # blocks in memory.
    repeated = [
        f"SELECT '{table.name}' AS table_name, {record_id_sql(table)} AS record_id, count(*) AS number FROM {table.name} "
        f"GROUP BY {', '.join(table.primary_key)} HAVING count(*) > 1"
        for table in tables.values()
    ]
    aims = {key.table for table in tables.values() for key in table.foreign_keys}
    targets = [query for name, query in zip(tables, ids, strict=True) if name in aims]
    return (
        "CREATE OR REPLACE VIEW refs AS\n" + "\nUNION ALL ".join(refs) + ";\n"
        "CREATE OR REPLACE VIEW identifiers AS\n" + "\nUNION ALL ".join(ids) + ";\n"
        "CREATE OR REPLACE VIEW repeated AS\n" + "\nUNION ALL ".join(repeated) + ";\n"
        "CREATE OR REPLACE VIEW targets AS\n" + "\nUNION ALL ".join(targets) + ";\n"
    )


def shell_views(
    tables: dict[str, Table],
    present: Collection[str],
    ledger_present: bool,
    archive_present: bool = True,
) -> str:
    """Return the derived part for a plain `duckdb` shell in the package's folder; a table without a file is an empty view.

    If the archive (captures and exclusions) is not present, as in a bundle, guards that need it
    find nothing to check.
    """
    parts = [
        f"{BEGIN} the tables, the references between them and their ids (written by `readouts build`)\n"
    ]
    for name, table in tables.items():
        query = _rows_of_file(table) if name in present else _no_rows(table)
        parts.append(f"CREATE OR REPLACE VIEW {name} AS {query};\n")
    parts.append(
        "CREATE OR REPLACE VIEW exclusions AS SELECT * FROM read_json('data/exclusions.jsonl', format = 'newline_delimited', "
        "columns = {source_id: 'VARCHAR', start: 'BIGINT', \"end\": 'BIGINT', reason: 'VARCHAR'});\n"
        "CREATE OR REPLACE VIEW captures AS SELECT split_part(replace(filename, '\\', '/'), '/', -2) AS source_id, content AS text "
        "FROM read_text('data/sources/*/source.txt');\n"
        if archive_present
        else "CREATE OR REPLACE VIEW exclusions AS SELECT CAST(NULL AS VARCHAR) AS source_id, CAST(NULL AS BIGINT) AS start, "
        'CAST(NULL AS BIGINT) AS "end", CAST(NULL AS VARCHAR) AS reason WHERE false;\n'
        "CREATE OR REPLACE VIEW captures AS SELECT source_id, text FROM sources WHERE text IS NOT NULL;\n"
    )
    parts.append(
        "CREATE OR REPLACE VIEW all_sources AS SELECT * FROM sources;\n"
        f"CREATE OR REPLACE VIEW curated_sources AS SELECT source_id FROM sources{'' if archive_present else ' WHERE false'};\n"
        "CREATE OR REPLACE VIEW incomplete AS SELECT CAST(NULL AS VARCHAR) AS table_name, CAST(NULL AS VARCHAR) AS record_id WHERE false;\n"
    )
    ledger = ", ".join(f"{key}: 'VARCHAR'" for key in map(quoted, KEYS))
    parts.append(
        f"CREATE OR REPLACE VIEW ledger AS SELECT * FROM read_json('data/released.jsonl', format = 'newline_delimited', columns = {{{ledger}}});\n"
        if ledger_present
        else "CREATE OR REPLACE VIEW ledger AS SELECT "
        + ", ".join(f"CAST(NULL AS VARCHAR) AS {key}" for key in map(quoted, KEYS))
        + " WHERE false;\n"
    )
    parts.append(_empty_relations())
    parts.append(reference_views(tables))
    parts.append(lexicon_sql())
    return "".join(parts) + END


def _rows_of_file(table: Table) -> str:
    columns = ", ".join(f"{quoted(c)}: '{t}'" for c, t in column_types(table).items())
    return f"SELECT * FROM read_json('data/tables/{table.name}.jsonl', format = 'newline_delimited', columns = {{{columns}}})"


def _no_rows(table: Table) -> str:
    columns = ", ".join(f"CAST(NULL AS {t}) AS {quoted(c)}" for c, t in column_types(table).items())
    return f"SELECT {columns} WHERE false"


def _empty_relations() -> str:
    """Return SQL for a plain `duckdb` shell, before any rule has run: the relations as empty views."""
    return "".join(
        f"CREATE OR REPLACE VIEW {name} AS SELECT "
        + ", ".join(f"CAST(NULL AS {kind}) AS {column}" for column, kind in columns.items())
        + " WHERE false;\n"
        for name, columns in RELATIONS.items()
    )


def with_derived(text: str, derived: str) -> str:
    """Return tables.sql with its derived part replaced."""
    head, _, rest = text.partition(BEGIN)
    return head + derived + rest.partition(END)[2]


def common_views(text: str) -> str:
    """Return the lexicon, and the handwritten part of tables.sql: views over the views."""
    return lexicon_sql() + text.partition(END)[2]


def common_macros(text: str) -> dict[str, tuple[str, str]]:
    """Return the macros of one parameter that guards and common views use, name → (parameter, expression)."""
    found = re.findall(r"(?m)^CREATE OR REPLACE MACRO (\w+)\((\w+)\) AS (.*);$", common_views(text))
    return {name: (parameter, expression) for name, parameter, expression in found}


def common_view_queries(text: str) -> dict[str, str]:
    """Return the handwritten views, name → query, each after those that it reads."""
    text = "\n".join(
        line
        for line in common_views(text).splitlines()
        if not re.match(r" *-- |CREATE OR REPLACE MACRO ", line)
    )
    return view_queries(with_patterns(text))


def guard_view_queries(tables: dict[str, Table], text: str) -> dict[str, str]:
    """Return the views that guards read, derived and handwritten, name → query; `text` is that of tables.sql."""
    return view_queries(reference_views(tables)) | common_view_queries(text)


def view_queries(text: str) -> dict[str, str]:
    """Return the queries of SQL that creates views, name → query."""
    parts = [part.strip() for part in re.split(r"(?m)^CREATE OR REPLACE VIEW ", text)]
    return dict(
        re.match(r"(\w+) AS\s+(.*?);?\s*\Z", part, re.DOTALL).groups() for part in parts if part
    )
