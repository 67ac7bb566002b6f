"""Coverage-guided fuzzing of every reader, its figures into TRUST.md: `python -m tests.trust.hostile [--seconds N] [--reader NAME]`.

Needs atheris (`pip install atheris`), which `make fuzz` installs. Each reader runs in a process of its own; an input that takes ten
seconds, or two gigabytes of memory, or lets an exception out, ends it and is kept in the folder `--keep`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SEEDS = {
    "yaml": "data/*/*.yaml", "curation": "data/sources/*/curation.yaml", "table": "data/tables/claims.*", "ledger": "data/released.jsonl", "descriptor": "datapackage.json",
    "manifest": "pyproject.toml", "journal": "data/exclusions.jsonl", "page": "tests/pages/*.html", "quotation": "data/sources/*/source.txt", "labels": "pyproject.toml",
}  # fmt: skip
SECONDS_PER_INPUT, MEGABYTES = 10, 2048


def fuzz(name: str, arguments: list[str]) -> None:
    """In the process of one reader: hand over to the fuzzer, which does not return."""
    import atheris

    with atheris.instrument_imports(include=["readouts"]):
        from .readers import READERS
    atheris.Setup([sys.argv[0], *arguments], READERS[name])
    atheris.Fuzz()


def run(name: str, seconds: int, keep: Path) -> tuple[int, int, str]:
    """(inputs, MB at most, what went wrong or "") of one reader's run."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as corpus:
        for number, path in enumerate(sorted(Path.cwd().glob(SEEDS[name]))[:40]):
            (Path(corpus) / str(number)).write_bytes(path.read_bytes()[:50_000])
        command = [sys.executable, "-m", "tests.trust.hostile", "--child", name, corpus, f"-max_total_time={seconds}", f"-timeout={SECONDS_PER_INPUT}",
                   f"-rss_limit_mb={MEGABYTES}", "-print_final_stats=1", "-max_len=20000", "-seed=20190926", f"-artifact_prefix={keep}/{name}-"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    number = re.findall(r"stat::number_of_executed_units:\s+(\d+)", done.stderr)
    memory = re.findall(r"stat::peak_rss_mb:\s+(\d+)", done.stderr)
    wrong = "" if done.returncode == 0 else done.stderr[-3000:]
    return int(number[-1]) if number else 0, int(memory[-1]) if memory else 0, wrong


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        fuzz(sys.argv[2], sys.argv[3:])
    from .. import document
    from .readers import READERS

    parser = argparse.ArgumentParser(prog="python -m tests.trust.hostile", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300, help="for each reader")
    parser.add_argument("--reader", default="", help="only this one; writes nothing")
    parser.add_argument(
        "--keep", type=Path, default=Path(tempfile.gettempdir()), help="where inputs that hurt are kept"
    )
    args = parser.parse_args()
    lines, total, failed = ["| reader | inputs | memory at most (MB) | let out |\n|---|---|---|---|\n"], 0, 0
    for name in [args.reader] if args.reader else READERS:
        number, memory, wrong = run(name, args.seconds, args.keep)
        total += number
        failed += bool(wrong)
        what = (READERS[name].__doc__ or "").partition("\n")[0].rstrip(".")
        lines.append(f"| `{name}`: {what} | {number:,} | {memory} | {'**a fault**' if wrong else 'nothing'} |\n")
        sys.stdout.write(lines[-1] + wrong)
        sys.stdout.flush()
    lines.append(f"| **all** | {total:,} | | {failed} faults |\n")
    told = (f"A coverage-guided fuzzer gave every reader inputs for {args.seconds} s each. A fault is an exception that is no declared way of refusing, an input that takes "
            f"{SECONDS_PER_INPUT} s, or {MEGABYTES:,} MB of memory. What is known to hurt (aliases that explode, deep nesting, tags, repeated keys, long lines, NUL, lone "
            "surrogates, paths that lead out, links, formulas, markup, terminal escapes, patterns that backtrack, archives that explode) is tried by name in tests/test_hostile.py, "
            "with what hypothesis invents.\n\n")  # fmt: skip
    if not args.reader:
        document.write(Path.cwd(), "hostile", told + "".join(lines))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
