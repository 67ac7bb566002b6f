"""Citations of a page or a statement (BibTeX, CSL-JSON), and the Python code that loads exactly its statements."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from ..compile.rows import Row
from .addresses import agent_page, claim_page, event_page, source_page, statement_place
from .records import Records

_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "{}$&%#_"},
})  # fmt: skip
_LONGEST = 120
"""Code points of a statement shown as its title."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The citations of a record and the code to load it, as text."""

    bibtex: str
    csl: str
    python: str


def cite_statement(records: Records, statement: Row) -> Citation:
    source = records.one("sources", statement["source_id"]) or {}
    words = " ".join(statement["text"].split())
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
    return _citation(
        records, statement["statement_id"], f"{statement['speaker_name'] or statement['speaker_label'] or ''}: {short}".removeprefix(": "),
        statement_place(statement["statement_id"]), statement["publisher_name"], source.get("published_on"), source.get("url"),
        ("statement_id", statement["statement_id"]),
    )  # fmt: skip


def cite_source(records: Records, source: Row) -> Citation:
    publisher = records.one("agents", source["publisher_id"])
    return _citation(
        records, source["source_id"], source["title"] or source["source_id"], source_page(source["source_id"]),
        publisher and publisher["name"], source["published_on"], source["url"], ("source_id", source["source_id"]),
    )  # fmt: skip


def cite_event(records: Records, event: Row) -> Citation:
    key = event["event_id"]
    return _citation(
        records,
        key,
        event["name"],
        event_page(key),
        None,
        event["start_date"],
        None,
        ("event_id", key),
    )


def cite_agent(records: Records, agent: Row) -> Citation:
    key = agent["agent_id"]
    return _citation(
        records,
        key,
        f"Statements of {agent['name']}",
        agent_page(key),
        None,
        None,
        None,
        ("speaker_id", key),
    )


def cite_claim(records: Records, claim: Row, statements: list[str]) -> Citation:
    key = claim["claim_id"]
    return _citation(
        records,
        key,
        claim["proposition"],
        claim_page(key),
        None,
        None,
        None,
        ("statement_id", statements),
    )


def cite_corpus(records: Records) -> Citation:
    return _citation(records, records.corpus.name, records.corpus.title, "", None, None, None, None)


def _citation(
    records: Records, key: str, title: str, path: str, publisher: str | None, day: Any, original: str | None,
    chosen: tuple[str, str | list[str]] | None,
) -> Citation:  # fmt: skip
    """Return the citation. `day` is YYYY-MM-DD or None; `original` is the address of the document; `chosen` the column and value of the statements."""
    corpus = records.corpus
    year = (str(day) if day else records.released_on or "")[:4]
    authors = [publisher] if publisher else [person.name for person in corpus.contributors]
    version = f", version {records.version}" if records.version else ""
    url = f"{records.url}/{path}" if records.url else original
    note = f"In: {corpus.title}{version}" if path else f"Dataset{version}"
    fields = {
        "author": " and ".join("{" + _tex(name) + "}" for name in authors), "title": "{" + _tex(title) + "}", "year": year,
        "note": _tex(note), "url": url and url.replace("%", r"\%"),
    }  # fmt: skip
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    issued = (
        {"issued": {"date-parts": [[int(part) for part in (str(day) if day else year).split("-")]]}}
        if year
        else {}
    )
    csl = {
        "id": key, "type": "dataset" if not path else "document", "title": title, "author": [{"literal": name} for name in authors],
        **issued, "container-title": corpus.title if path else None, "version": records.version, "URL": url,
    }  # fmt: skip
    known = {name: value for name, value in csl.items() if value}
    return Citation(
        f"@misc{{{re.sub(r'[^a-z0-9.-]', '-', key)},\n{lines}}}\n",
        json.dumps([known], ensure_ascii=False) + "\n",
        _python(corpus.hub or f"../{corpus.name}", chosen),
    )


def _python(repository: str, chosen: tuple[str, str | list[str]] | None) -> str:
    lines = [
        "from datasets import load_dataset", "",
        f'statements = load_dataset({json.dumps(repository)}, "statements", split="train")',
    ]  # fmt: skip
    if chosen is not None:
        column, value = chosen
        test = f"row[{json.dumps(column)}] {'in' if isinstance(value, list) else '=='} {json.dumps(value)}"
        lines.append(f"statements = statements.filter(lambda row: {test})")
    return "\n".join(lines) + "\n"


def _tex(words: str) -> str:
    return words.translate(_TEX)
