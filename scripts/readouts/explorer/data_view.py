"""The pages about the data: figures with the tables behind them, columns, terms, the codebook, and every rule with its examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from ..curation.yaml_nodes import read_yaml
from ..rules.codes import Example, read_examples, read_explanations
from ..terminal.report import change_lines
from . import addresses, linked
from .addresses import FORMS
from .citing import cite_corpus
from .figures import bars, shortened
from .records import FILTERED, Records

Counts = list[tuple[str, float]]
EVERY_SOURCE = 30
"""Most sources with separate bars of coverage; larger numbers are counted by tenths."""


def data_pages(records: Records) -> Iterator[tuple[str, str, Callable[[], Any]]]:
    """Yield (path, template, values); for a file without a template the last two are ("", bytes)."""
    figures = figures_of(records)
    yield addresses.DATA, "data.html", partial(_data_values, records, figures)
    for name, (_, counts) in figures.items():
        yield f"data/{name}.svg", "", partial(bars, shortened(counts))
    yield addresses.COLUMNS, "columns.html", lambda: {"tables": records.tables}
    yield addresses.TERMS, "terms.html", partial(_terms, records)
    yield addresses.CODEBOOK, "codebook.html", partial(_codebook, records)
    yield addresses.RULES, "rules.html", partial(_rules, records)
    for name in records.tables:
        for form in FORMS:
            path = records.layout.table(name, form)
            if path.is_file():
                yield f"data/{name}.{form}", "", path.read_bytes


def figures_of(records: Records) -> dict[str, tuple[str, Counts]]:
    """Return file name → (title, counts) of each figure."""
    statements = records.rows["statements"]
    days = [str(s["date"] or "")[:4] for s in statements]
    years = {year for year in days if year}
    if len(years) < 3:
        days = [str(s["date"] or "")[:7] for s in statements]
    found = {
        "time": ("Statements by date", sorted(Counter(day or "not known" for day in days).items())),
        "speaker": ("Statements by speaker", _most(s["speaker_name"] for s in statements)),
        "publisher": ("Statements by publisher", _most(s["publisher_name"] for s in statements)),
        "mode": ("Statements by mode", _most(s["mode"] for s in statements)),
        "act": ("Statements by speech act", _most(s["speech_act"] for s in statements)),
        "coverage": ("Share of each source that the tables reproduce", _coverage(records)),
    }
    return {name: figure for name, figure in found.items() if figure[1]}


def _most(values: Any) -> Counts:
    counts = Counter(value or "not known" for value in values)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _coverage(records: Records) -> Counts:
    sources = records.rows["sources"]
    if len(sources) <= EVERY_SOURCE:
        return [(s["source_id"], s["reproduced_share"]) for s in sources]
    tenths = Counter(min(int(s["reproduced_share"] * 10), 9) for s in sources)
    return [(f"{10 * n} to {10 * n + 10} %", tenths[n]) for n in range(10)]


def _data_values(records: Records, figures: dict[str, tuple[str, Counts]]) -> dict[str, Any]:
    tables = [
        (
            table,
            _row_count(records, name),
            [form for form in FORMS if records.layout.table(name, form).is_file()],
        )
        for name, table in records.tables.items()
    ]
    return {
        "figures": figures,
        "tables": [entry for entry in tables if entry[2]],
        "citation": cite_corpus(records),
        "linked": linked.dataset(records),
    }


def _row_count(records: Records, table: str) -> int:
    """Return the number of rows of a table; for a partly read table, the lines of its file."""
    path = records.layout.table(table, "jsonl")
    if table != FILTERED or not path.is_file():
        return len(records.rows[table])
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def _terms(records: Records) -> dict[str, Any]:
    return {"vocabulary": read_yaml(records.layout.vocabulary.read_text(encoding="utf-8")).value}


def _codebook(records: Records) -> dict[str, Any]:
    """Return the codebook as HTML; HTML in its text is displayed literally."""
    text = records.layout.codebook.read_text(encoding="utf-8")
    return {
        "codebook": Markup(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
    }


def _rules(records: Records) -> dict[str, Any]:
    rules = []
    for rule in read_explanations(records.layout).values():
        good, bad = read_examples(records.layout, rule.code)
        rules.append(
            (rule, [(kind, e.title, _lines(e)) for kind, e in (("bad", bad), ("good", good)) if e])
        )
    return {"rules": rules}


def _lines(example: Example) -> str:
    return "\n".join(line for change in example.changes for line in change_lines(change))
