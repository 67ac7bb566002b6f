"""Two curations to compare: their statements and claims, each with the words that it covers."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..advice.explanations import explain
from ..compile.problems import QuotationProblem
from ..compile.stretches import locate, tile
from ..core.definitions import read_schema
from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.values import SchemaValidator
from ..curation.quotations import Quotable, Stretch
from ..curation.yaml_nodes import YamlProblem, read_yaml

Tokens = frozenset[Hashable]
ENTRIES = {"source": "statements", "event": "claims"}
"""The list of entries to compare, by the kind of curated file."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement as one curator marked it: the token positions of its content, and its facts."""

    key: str
    tokens: Tokens
    facts: dict[str, Any]


@dataclass(slots=True)
class Side:
    """One curation: statements by source, and claims by event (each with the words that attest it)."""

    statements: dict[str, list[Marked]]
    claims: dict[str, list[Marked]]


def read_side(path: Path, layout: Layout) -> Side:
    """Read the curated files at `path`."""
    if not path.exists():
        raise PackageError(f"{path} does not exist")
    if (path / "sources").is_dir():
        files = sorted([*path.glob("sources/*/curation.yaml"), *path.glob("events/*.yaml")])
    else:
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    side = Side({}, {})
    spans: dict[str, Stretch] = {}
    quotables: dict[str, Quotable] = {}
    validators = {
        kind: SchemaValidator(kind, read_schema(layout, f"curation/{kind}")) for kind in ENTRIES
    }
    documents = [(file, _entries(file, validators)) for file in files]
    for file, (kind, entries) in documents:
        if kind == "source":
            _read_statements(side, _identifier(file), entries, layout, spans, quotables, file)
    for file, (kind, entries) in documents:
        if kind == "event":
            _read_claims(side, _identifier(file), entries, layout, spans, quotables, file)
    return side


def _identifier(file: Path) -> str:
    return file.parent.name if file.name == "curation.yaml" else file.stem


def _entries(
    file: Path, validators: dict[str, SchemaValidator]
) -> tuple[str | None, list[dict[str, Any]]]:
    """Return the kind of a curated file (None if it is another file) and its statements or claims.

    Raises PackageError if the file cannot be read, or an entry violates its schema.
    """
    try:
        document = read_yaml(file.read_text(encoding="utf-8"))
    except YamlProblem as problem:
        raise PackageError(
            f"{file}, line {problem.line}: {problem.message}. {problem.hint}"
        ) from problem
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"{file} cannot be read: {error}") from error
    value = document.value if isinstance(document.value, dict) else {}
    kind = next((kind for kind in ENTRIES if kind in value), None)
    if kind is None:
        return None, []
    for problem in validators[kind].iter_problems(value):
        if problem.path[:1] == (ENTRIES[kind],):
            line, at = document.line(problem.path), problem.path[-1]
            raise PackageError(f"{file}, line {line}: {at}: {problem.message}. {problem.hint}")
    return kind, value.get(ENTRIES[kind]) or []


def _quotable(identifier: str, layout: Layout, quotables: dict[str, Quotable]) -> Quotable:
    if identifier not in quotables:
        capture = layout.capture(identifier)
        if not capture.is_file():
            raise PackageError(f"the captured text of {identifier} is missing in {layout.root}")
        quotables[identifier] = Quotable.of(capture.read_text(encoding="utf-8"))
    return quotables[identifier]


def _tokens(
    source: Quotable, stretches: Iterable[Stretch], mark: Callable[[int], Hashable]
) -> Tokens:
    """Return the words in the passages, by start offset."""
    return frozenset(
        mark(start + m.start())
        for start, end in stretches
        for m in re.finditer(r"\w+", source.text[start:end])
    )


def _read_statements(
    side: Side,
    identifier: str,
    entries: list[dict[str, Any]],
    layout: Layout,
    spans: dict[str, Stretch],
    quotables: dict[str, Quotable],
    file: Path,
) -> None:
    source = _quotable(identifier, layout, quotables)
    found = []
    for number, entry in enumerate(entries, 1):
        try:
            stretch = locate(source, entry["quote"], ("quote",))
            segments, problems = tile(source, stretch, entry)
            if problems:
                raise problems[0]
        except QuotationProblem as error:
            raise PackageError(f"{file}, statement {number}: {explain(error).message}") from error
        key = f"{identifier}.{entry.get('id') or number}"
        spans[key] = stretch
        content = [(s.start, s.end) for s in segments if s.role == "content"]
        facts = {
            "mode": entry.get("mode"), "speech_act": entry.get("speech_act"), "speaker": entry.get("speaker"),
            "label": _plain(entry.get("label")), "cue": _plain(entry.get("cue")), "continues": entry.get("continues"),
        }  # fmt: skip
        found.append(Marked(key, _tokens(source, content, lambda offset: offset), facts))
    side.statements[identifier] = found


def _plain(quote: Any) -> str | None:
    return quote["quote"] if isinstance(quote, dict) else quote


def _read_claims(
    side: Side,
    identifier: str,
    entries: list[dict[str, Any]],
    layout: Layout,
    spans: dict[str, Stretch],
    quotables: dict[str, Quotable],
    file: Path,
) -> None:
    found = []
    for number, claim in enumerate(entries, 1):
        tokens: set[Hashable] = set()
        relations = {}
        for attestation in claim["attestations"]:
            source_id = attestation["statement"].partition(".")[0]
            source = _quotable(source_id, layout, quotables)
            stretches = source.find(attestation["quote"], spans.get(attestation["statement"]))
            if not stretches:
                raise PackageError(
                    f"{file}, claim {number}: “{attestation['quote']}” was not found in {source_id}"
                )
            tokens |= _tokens(
                source, stretches[:1], lambda offset, source_id=source_id: (source_id, offset)
            )
            relations[attestation["statement"]] = attestation["relation"]
        found.append(
            Marked(
                f"{identifier}.{claim.get('id') or number}",
                frozenset(tokens),
                {"relations": relations},
            )
        )
    side.claims[identifier] = found
