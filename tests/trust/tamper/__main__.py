"""Run the tamper test and write its figures into docs/trust/tamper.csv and TRUST.md: `python -m tests.trust.tamper [--limit N] [--operator NAME]`."""

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
from .checks import check_compiled, check_curated, check_published, compiled, is_revision
from .comparison import Stock, check_with_jsonschema, rows_as_typed
from .operators import Operator
from .reporting import Outcome, record

BOTH_FORMS = 10
"""One of this number of corruptions of an operator is also given to frictionless as JSONL."""
_prepared: dict[int, tuple[Base, Stock]] = {}


def _prepare(root: str) -> tuple[Base, Stock]:
    """One working copy a process."""
    if os.getpid() not in _prepared:
        base = Base.prepare(Path(root), Path(tempfile.mkdtemp(prefix="tamper-")))
        _prepared[os.getpid()] = base, Stock(base)
    return _prepared[os.getpid()]


def _run(task: tuple[str, int, int]) -> Outcome:
    """One operator with all its corruptions, each given to all three."""
    root, number, limit = task
    (base, stock), op = _prepare(root), REGISTER[number]
    outcome = Outcome(op.name, op.layer, op.aided, op.what, op.beyond)
    base.engine(op.layer == "curated").forget()
    for place, corruption in enumerate(op.sample(base, limit)):
        both = place % BOTH_FORMS == 0
        schema = check_with_jsonschema(base, corruption)
        if op.layer == "curated" and corruption.ledger is not None:
            code, shown, tables = (
                check_curated(base, corruption),
                False,
                {},
            )  # no stock tool reads the ledger
        elif op.layer == "curated":
            curation, rows = compiled(base, corruption)
            code = check_compiled(base, curation, rows)
            shown = is_revision(base, rows)
            tables, rehashed = rows_as_typed(base, corruption, rows), True
        else:
            code, shown = check_published(base, corruption, op.aided), False
            tables, rehashed = corruption.tables, op.aided
        frictionless = bool(tables) and stock.check(tables, rehashed, ("csv",))
        if both and tables:
            outcome.both += 1
            outcome.differing += not frictionless and stock.check(tables, rehashed, ("jsonl",))
        outcome.add(corruption.note, code, schema, frictionless, shown)
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.tamper", description=__doc__)
    parser.add_argument(
        "--limit", type=int, default=50, help="corruptions of one operator, at most"
    )
    parser.add_argument(
        "--operator", default="", help="only operators whose name contains this; writes nothing"
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    root = str(Path.cwd())
    tasks = [(root, n, args.limit) for n, op in enumerate(REGISTER) if _wanted(op, args.operator)]
    outcomes: list[Outcome] = []
    with multiprocessing.get_context("fork").Pool(args.processes) as pool:
        for outcome in pool.imap(_run, tasks):
            outcomes.append(outcome)
            sys.stdout.write(
                outcome.line
                + "\n"
                + "".join(f"      missed: {note}\n" for note in outcome.missed[:8])
            )
            sys.stdout.flush()
    if not args.operator:
        document.write(Path.cwd(), "tamper", map(record, outcomes))
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
