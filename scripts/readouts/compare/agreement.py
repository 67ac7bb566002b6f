"""`readouts agreement`: how far two curations of the same sources agree.

Statements are matched one to one by the words of their content (token positions in the capture,
Jaccard of at least THRESHOLD, best first). On matched statements: raw agreement with its Wilson
interval at 95 %, and Cohen's kappa with the interval that follows from that one at the chance
agreement observed. Claims are matched in the same way by all the words that attest them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..compile.problems import QuotationProblem
from ..compile.stretches import locate, tile
from ..core.findings import PackageError
from ..core.layout import Layout
from ..curation.quotations import Quotable, Stretch
from ..curation.yaml_nodes import YamlProblem, read_yaml

THRESHOLD = 0.5
Z = 1.959964
"""Normal quantile of a two-sided 95 % interval."""

Tokens = frozenset[Hashable]


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


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the comparison; `n` is the sample size, `interval` the 95 % interval."""

    name: str
    value: float | None
    n: int
    interval: tuple[float, float] | None = None

    def __str__(self) -> str:
        value = "undefined" if self.value is None else f"{self.value:.3f}"
        interval = (
            "" if self.interval is None else f" [{self.interval[0]:.3f}, {self.interval[1]:.3f}]"
        )
        return f"{self.name}: {value}{interval} (n = {self.n})"


def compare(a: str | Path, b: str | Path, layout: Layout) -> list[Measure]:
    """Measure the agreement of two curations, each a curated file, a folder of them, or a package's `data` folder; captures come from the package.

    A file is named after its source or event (`<id>.yaml`, or `<id>/curation.yaml`). Raises
    PackageError if files cannot be read or have nothing in common.
    """
    left, right = _read_side(Path(a), layout), _read_side(Path(b), layout)
    sources = sorted(left.statements.keys() & right.statements.keys())
    events = sorted(left.claims.keys() & right.claims.keys())
    if not sources and not events:
        raise PackageError(f"{a} and {b} have no source and no event in common")
    measures: list[Measure] = []
    if sources:
        ours = [(s, left.statements[s]) for s in sources]
        theirs = [(s, right.statements[s]) for s in sources]
        matched = [pair for s in sources for pair in match(left.statements[s], right.statements[s])]
        total = sum(len(marked) for _, marked in ours) + sum(len(marked) for _, marked in theirs)
        exact = sum(x.tokens == y.tokens for x, y in matched)
        measures += [
            Measure(
                "statements, content F1 (overlap ≥ .5)",
                2 * len(matched) / total if total else None,
                total,
            ),
            Measure("statements, content F1 (exact)", 2 * exact / total if total else None, total),
        ]
        for name in ("mode", "speech_act"):
            measures += _agreement(name, [(x.facts[name], y.facts[name]) for x, y in matched])
        for name in ("speaker", "label", "cue", "continues"):
            measures.append(
                _raw(f"{name}, raw agreement", [(x.facts[name], y.facts[name]) for x, y in matched])
            )
    if events:
        pairs = [pair for e in events for pair in match(left.claims[e], right.claims[e])]
        total = sum(len(left.claims[e]) + len(right.claims[e]) for e in events)
        measures.append(
            Measure(
                "claims, F1 (overlap ≥ .5 of the words that attest them)",
                2 * len(pairs) / total if total else None,
                total,
            )
        )
        linked = [_linked(side, events) for side in (left, right)]
        number = sum(map(len, linked))
        measures.append(
            Measure(
                "pairs of statements linked by a claim, F1",
                2 * len(linked[0] & linked[1]) / number if number else None,
                number,
            )
        )
        relations = [
            (x.facts["relations"][s], y.facts["relations"][s])
            for x, y in pairs
            for s in sorted(x.facts["relations"].keys() & y.facts["relations"].keys())
        ]
        measures += _agreement("relation", relations)
    return measures


def match(ours: list[Marked], theirs: list[Marked]) -> list[tuple[Marked, Marked]]:
    """Pairs one to one, best overlap first, overlap at least THRESHOLD; ties by order."""
    candidates = sorted(
        (-len(x.tokens & y.tokens) / len(x.tokens | y.tokens), i, j)
        for i, x in enumerate(ours)
        for j, y in enumerate(theirs)
        if x.tokens & y.tokens
    )
    used_ours: set[int] = set()
    used_theirs: set[int] = set()
    pairs = []
    for likeness, i, j in candidates:
        if -likeness >= THRESHOLD and i not in used_ours and j not in used_theirs:
            used_ours.add(i)
            used_theirs.add(j)
            pairs.append((ours[i], theirs[j]))
    return pairs


def kappa(pairs: list[tuple[Hashable, Hashable]]) -> float | None:
    """Return Cohen's kappa; None if chance agreement is complete (one category)."""
    chance = _chance(pairs)
    if chance == 1:
        return None
    return (sum(x == y for x, y in pairs) / len(pairs) - chance) / (1 - chance)


def _chance(pairs: list[tuple[Hashable, Hashable]]) -> float:
    """Return the agreement by chance from each side's own share of each term; 1 if there is nothing to agree on."""
    if not pairs:
        return 1.0
    left, right = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    return sum(left[term] * right[term] for term in left) / len(pairs) ** 2


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson score interval of a share, 95 %. (Wilson 1927; unlike the normal interval it does not shrink to a point at 1.)"""
    share = successes / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    spread = Z / (1 + Z * Z / n) * (share * (1 - share) / n + Z * Z / (4 * n * n)) ** 0.5
    return max(0.0, centre - spread), min(1.0, centre + spread)


def _agreement(name: str, pairs: list[tuple[Hashable, Hashable]]) -> list[Measure]:
    raw = _raw(f"{name}, raw agreement", pairs)
    chance = _chance(pairs)
    interval = None
    if raw.interval is not None and chance < 1:
        interval = tuple((bound - chance) / (1 - chance) for bound in raw.interval)
    return [raw, Measure(f"{name}, Cohen's kappa", kappa(pairs), len(pairs), interval)]


def _raw(name: str, pairs: list[tuple[Hashable, Hashable]]) -> Measure:
    same = sum(x == y for x, y in pairs)
    return Measure(
        name,
        same / len(pairs) if pairs else None,
        len(pairs),
        wilson(same, len(pairs)) if pairs else None,
    )


def _linked(side: Side, events: Iterable[str]) -> set[tuple[str, str, str]]:
    found = set()
    for event in events:
        for claim in side.claims[event]:
            said = sorted(claim.facts["relations"])
            found |= {
                (event, x, y)
                for i, x in enumerate(said)
                for y in said[i + 1 :]
                if x.partition(".")[0] != y.partition(".")[0]
            }
    return found


def _read_side(path: Path, layout: Layout) -> Side:
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
    documents = []
    for file in files:
        try:
            value = read_yaml(file.read_text(encoding="utf-8")).value
        except YamlProblem as problem:
            raise PackageError(f"{file}, line {problem.line}: {problem.message}") from problem
        except (OSError, UnicodeDecodeError) as error:
            raise PackageError(f"{file} cannot be read: {error}") from error
        identifier = file.parent.name if file.name == "curation.yaml" else file.stem
        if isinstance(value, dict):
            documents.append((identifier, value, file))
    for identifier, value, file in documents:
        if "source" in value:
            _read_statements(side, identifier, value, layout, spans, quotables, file)
    for identifier, value, file in documents:
        if "event" in value:
            _read_claims(side, identifier, value, layout, spans, quotables, file)
    return side


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
    value: dict[str, Any],
    layout: Layout,
    spans: dict[str, Stretch],
    quotables: dict[str, Quotable],
    file: Path,
) -> None:
    source = _quotable(identifier, layout, quotables)
    found = []
    for number, entry in enumerate(value.get("statements") or (), 1):
        try:
            stretch = locate(source, entry["quote"], ("quote",))
            segments, problems = tile(source, stretch, entry)
            if problems:
                raise problems[0]
        except (QuotationProblem, KeyError, TypeError) as error:
            raise PackageError(f"{file}, statement {number}: {error}") from error
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
    value: dict[str, Any],
    layout: Layout,
    spans: dict[str, Stretch],
    quotables: dict[str, Quotable],
    file: Path,
) -> None:
    found = []
    for number, claim in enumerate(value.get("claims") or (), 1):
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
