"""Run the tamper test: `python -m tests.trust.tamper [--limit N] [--layer curated|published] [--operator NAME]`."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from . import curated_claims, curated_facts, curated_statements  # noqa: F401  (they register their operators)
from .base import Base
from .judging import judge_curated
from .operators import REGISTER

parser = argparse.ArgumentParser()
parser.add_argument("--limit", type=int, default=10)
parser.add_argument("--operator", default="")
args = parser.parse_args()
with tempfile.TemporaryDirectory() as folder:
    base = Base.prepare(Path.cwd(), Path(folder))
    total = caught = 0
    for op in REGISTER:
        if args.operator and args.operator not in op.name:
            continue
        sample = op.sample(base, args.limit)
        codes = Counter()
        missed = []
        for corruption in sample:
            code = judge_curated(base, corruption)
            codes[code] += 1
            if code is None:
                missed.append(corruption.note)
        total += len(sample)
        caught += len(sample) - codes[None]
        print(
            f"{op.name:28} {'aided' if op.aided else '     '} {len(sample) - codes[None]:4}/{len(sample):<4}",
            dict(codes),
            flush=True,
        )
        for note in missed[:12]:
            print("          missed:", note)
    print(caught, total)
