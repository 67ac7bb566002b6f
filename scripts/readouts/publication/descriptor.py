"""`datapackage.json`: the Frictionless Data Package (v2) descriptor, derived from the table schemas and the files."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ..compile.rows import Row
from ..core.definitions import Column, Table
from ..core.findings import PackageError
from ..core.layout import Layout
from ..curation.corpus import Contributor, Corpus
from ..ledger.ledger import Ledger
from .citation import ORCID

FORMS = {
    "csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
    "jsonl": {
        "format": "jsonl",
        "mediatype": "application/jsonlines",
        "encoding": "utf-8",
        "dialect": {"json": {"keyed": True}},
    },
}


def resource_name(table: str, form: str) -> str:
    return table if form == "csv" else f"{table}-{form}"


def descriptor(
    corpus: Corpus,
    tables: dict[str, Table],
    contents: dict[str, dict[str, tuple[str, bytes]]],
    sources: list[Row],
    ledger: Ledger,
) -> dict[str, Any]:
    """Return the descriptor as an object. `contents` gives for each table with rows its (path, bytes) by format ("csv", "jsonl")."""
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": corpus.name,
        "title": corpus.title,
        "description": corpus.description,
        "version": ledger.version,
    }
    package |= {"homepage": corpus.homepage} if corpus.homepage else {}
    if ledger.released_on is not None:
        package["created"] = f"{ledger.released_on}T00:00:00Z"
    package |= {"keywords": list(corpus.keywords)} if corpus.keywords else {}
    package |= {
        "licenses": [_license(corpus)],
        "contributors": [_contributor(person) for person in corpus.contributors],
        "sources": [_source(row) for row in sources],
        "resources": [
            {
                "name": resource_name(name, form),
                "title": f"{tables[name].title} ({form.upper()})",
                "description": tables[name].description,
                "path": path,
                **FORMS[form],
                "bytes": len(data),
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "schema": table_schema(tables[name], form, contents),
            }
            for form in FORMS
            for name, forms in contents.items()
            for path, data in [forms[form]]
        ],
    }
    return package


def _license(corpus: Corpus) -> dict[str, str]:
    title = f"{corpus.license.title} (annotations). {corpus.texts}"
    return {"name": corpus.license.name, "path": corpus.license.url, "title": title}


def _contributor(person: Contributor) -> dict[str, Any]:
    found: dict[str, Any] = {"title": person.name}
    found |= {"path": ORCID + person.orcid} if person.orcid else {}
    return found | ({"roles": list(person.roles)} if person.roles else {})


def _source(row: Row) -> dict[str, Any]:
    found = {"title": row["title"] or row["source_id"], "version": row["source_id"]}
    return found | ({"path": row["url"]} if row["url"] else {})


def table_schema(table: Table, form: str, present: Any) -> dict[str, Any]:
    """Return the Table Schema of one resource; foreign keys lead to resources of the same format."""
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.primary_key),
    }
    if form == "csv":
        schema["missingValues"] = [""]
    keys = [
        {
            "fields": list(key.fields),
            "reference": {
                "resource": "" if key.table == table.name else resource_name(key.table, form),
                "fields": list(key.references),
            },
        }
        for key in table.foreign_keys
        if key.table in present
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.terms is not None:
        constraints["enum"] = list(column.terms)
    constraints |= {
        key: value
        for key, value in column.constraints.items()
        if column.type != "date" or key != "pattern"
    }
    entry = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
        "example": column.example,
    }
    return entry | ({"constraints": constraints} if constraints else {})


def bytes_from_descriptor(package: dict[str, Any]) -> bytes:
    """Return the bytes to publish: invisible characters (in patterns that refuse them) are written as escapes."""
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    return "".join(
        c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text
    ).encode()


def read_descriptor(layout: Layout) -> dict[str, Any]:
    """Read the published descriptor. Raises PackageError if it is missing or not a JSON object."""
    try:
        package = json.loads(layout.descriptor.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise PackageError(
            f"datapackage.json cannot be read: {error}; run `readouts build`"
        ) from error
    if not isinstance(package, dict):
        raise PackageError("datapackage.json is not a JSON object; run `readouts build`")
    return package
