"""Run the tamper test and write its figures into TRUST.md: `python -m tests.trust.tamper [--limit N] [--compare N] [--operator NAME]`."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

from .. import document
from .base import Base
from .catalogue import REGISTER
from .comparison import judge_with_frictionless, judge_with_jsonschema
from .judging import judge_curated, judge_published
from .operators import Operator
from .reporting import Outcome, section

_prepared: dict[int, Base] = {}


def _base(root: str) -> Base:
    """One working copy a process."""
    if os.getpid() not in _prepared:
        folder = tempfile.mkdtemp(prefix="tamper-")
        _prepared[os.getpid()] = Base.prepare(Path(root), Path(folder))
    return _prepared[os.getpid()]


def _run(task: tuple[str, int, int, int]) -> Outcome:
    """One operator with all its corruptions; every `compare`-th is given to frictionless too."""
    root, number, limit, compare = task
    base, op = _base(root), REGISTER[number]
    outcome = Outcome(op.name, op.layer, op.aided, op.what, op.beyond)
    for place, corruption in enumerate(op.sample(base, limit)):
        code = judge_curated(base, corruption) if op.layer == "curated" else judge_published(base, corruption, op.aided)
        schema = judge_with_jsonschema(base, corruption)
        stock = judge_with_frictionless(base, corruption, op.aided) if compare and place % compare == 0 else None
        outcome.add(corruption.note, code, schema, stock)
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.tamper", description=__doc__)
    parser.add_argument("--limit", type=int, default=60, help="corruptions of one operator, at most")
    parser.add_argument("--compare", type=int, default=10, help="give every n-th to frictionless (0: none)")
    parser.add_argument("--operator", default="", help="only operators whose name contains this; writes nothing")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    root = str(Path.cwd())
    tasks = [(root, n, args.limit, args.compare) for n, op in enumerate(REGISTER) if _wanted(op, args.operator)]
    outcomes: list[Outcome] = []
    with multiprocessing.get_context("fork").Pool(args.processes) as pool:
        for outcome in pool.imap(_run, tasks):
            outcomes.append(outcome)
            sys.stdout.write(outcome.line + "\n" + "".join(f"      missed: {note}\n" for note in outcome.missed[:8]))
            sys.stdout.flush()
    if not args.operator:
        document.write(Path.cwd(), "tamper", section(outcomes, args.limit, args.compare))
    unexplained = [o for o in outcomes if o.missed and not o.beyond]
    for outcome in unexplained:
        sys.stdout.write(
            f"a hole: {outcome.name} ({'aided' if outcome.aided else 'unaided'}), {len(outcome.missed)} unnoticed\n"
        )
    return 1 if unexplained else 0


def _wanted(op: Operator, name: str) -> bool:
    return name in op.name


if __name__ == "__main__":
    raise SystemExit(main())
