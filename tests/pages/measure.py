"""Measure capture on real documents in every page template: ``python -m tests.pages.measure [--sample N]``.

The documents are read from ``READOUTS_CORPUS``, a JSON Lines file with ``title``, ``url``,
``published_at`` and ``html`` (default: a file next to the project). For each document in each
template it measures the share of the body's visible words that the capture keeps in order, the
share of foreign words among the captured ones (title and metadata line count as neither), and
whether title, address, date, publisher and language are correct.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from readouts.capture import CaptureError, capture_from_bytes  # the package may not be installed

from . import TEMPLATES, Template, compose
from .words import score, visible_words

ROOT = Path(__file__).parents[2]
FACTS = ("title", "url", "published_on", "publisher", "language")


@dataclass(frozen=True)
class Outcome:
    """The result of a document in a template: the two shares, the correct facts, and the seconds it took."""

    template: str
    document: str
    recall: float
    foreign: float
    passes: bool
    right: tuple[bool, ...]
    seconds: float


def corpus_path() -> Path:
    """Return the path of the corpus: ``READOUTS_CORPUS`` or a default next to the project."""
    default = ROOT.parent / "shared" / "corpus" / "state-department" / "releases.jsonl"
    return Path(os.environ.get("READOUTS_CORPUS") or default)


def read_corpus(path: Path, sample: int | None = None) -> list[dict[str, str]]:
    """Return the corpus's documents, or ``sample`` of them, the same ones every time."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return rows if sample is None else random.Random(1).sample(rows, min(sample, len(rows)))


def outcomes_of(row: dict[str, str], templates: Sequence[Template] = TEMPLATES) -> list[Outcome]:
    """Capture one document in every template."""
    words = visible_words(row["html"])
    outcomes = []
    for template in templates:
        page = compose(
            template,
            title=row["title"],
            url=row["url"],
            published_at=row["published_at"],
            body=row["html"],
        )
        start = time.perf_counter()
        try:
            capture = capture_from_bytes(
                page.data, f"{template.name}.html", accessed_on=date(2026, 11, 22)
            )
        except CaptureError:
            outcomes.append(
                Outcome(template.name, row["url"], 0, 1, False, (False,) * len(FACTS), 0)
            )
            continue
        seconds = time.perf_counter() - start
        scored = score(words, capture.text, page.allowed)
        right = tuple(getattr(capture, fact) == getattr(page, fact) for fact in FACTS)
        outcomes.append(
            Outcome(
                template.name,
                row["url"],
                scored.recall,
                scored.foreign,
                scored.passes,
                right,
                seconds,
            )
        )
    return outcomes


def table(outcomes: Iterable[Outcome]) -> str:
    """Return the figures as a Markdown table: one row per template, then the tuned, the held-out and all templates."""
    outcomes = list(outcomes)
    held = {t.name for t in TEMPLATES if t.held_out}
    groups = [(t.name, [o for o in outcomes if o.template == t.name]) for t in TEMPLATES]
    groups += [
        ("tuned on", [o for o in outcomes if o.template not in held]),
        ("held out", [o for o in outcomes if o.template in held]),
        ("all", outcomes),
    ]
    heads = ("template", "captures", "pass", "recall", "lowest", "foreign", *FACTS, "ms each")
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for name, group in groups:
        if not group:
            continue
        n = len(group)
        facts = [f"{sum(o.right[i] for o in group) / n:.2%}" for i in range(len(FACTS))]
        cells = (
            name, str(n), f"{sum(o.passes for o in group) / n:.2%}",
            f"{sum(o.recall for o in group) / n:.5f}",
            f"{min(o.recall for o in group):.3f}", f"{sum(o.foreign for o in group) / n:.5f}", *facts,
            f"{1000 * sum(o.seconds for o in group) / n:.1f}",
        )  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; exit 1 where fewer than 98 % of a template's captures pass or a stated fact
    is wrong.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sample", type=int, help="take so many documents, the same ones every time"
    )
    parser.add_argument("--template", action="append", help="only this template (may be repeated)")
    parser.add_argument(
        "--failures", type=int, default=0, help="list so many of the captures that do not pass"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    path = corpus_path()
    if not path.is_file():
        print(f"no corpus at {path}: set READOUTS_CORPUS", file=sys.stderr)
        return 2
    templates = [t for t in TEMPLATES if not options.template or t.name in options.template]
    start = time.perf_counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        work = pool.map(
            partial(outcomes_of, templates=templates),
            read_corpus(path, options.sample),
            chunksize=20,
        )
        outcomes = [outcome for group in work for outcome in group]
    print(table(outcomes))
    print(
        f"\n{len(outcomes)} captures in {time.perf_counter() - start:.0f} s, {options.jobs} processes"
    )
    bad = [o for o in outcomes if not o.passes or not all(o.right)]
    for o in bad[: options.failures]:
        wrong = [fact for fact, right in zip(FACTS, o.right, strict=True) if not right]
        print(
            f"{o.template} recall {o.recall:.4f} foreign {o.foreign:.4f} wrong: {wrong} {o.document}"
        )
    per_template = {t.name: [o for o in outcomes if o.template == t.name] for t in templates}
    low = [
        n for n, group in per_template.items() if sum(o.passes for o in group) < 0.98 * len(group)
    ]
    return 1 if low or any(not all(o.right) for o in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
