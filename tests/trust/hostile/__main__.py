"""Every reader under hypothesis and a coverage-guided fuzzer, figures into TRUST.md: `python -m tests.trust.hostile [--seconds N] [--add]`.

Needs atheris (`pip install atheris`), which `make fuzz` installs. Each reader runs in a process of its own; an input that takes ten
seconds, or two gigabytes of memory, or lets an exception out, ends it and is kept in the folder `--keep`. `--add` adds to the figures of
TRUST.md, with other inputs than those of the runs before.
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
    "manifest": "pyproject.toml", "journal": "pyproject.toml", "page": "tests/pages/*.html", "quotation": "data/sources/*/source.txt", "labels": "pyproject.toml", "published": "data/tables/claims.*",
}  # fmt: skip
SECONDS_PER_INPUT, MEGABYTES = 10, 2048
SEED = 20190926
ROW = r"\| `([a-z]+)`: [^|]*\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| (\d+) \|\n"


def fuzz(name: str, arguments: list[str]) -> None:
    """In the process of one reader: hand over to the fuzzer, which does not return."""
    import atheris

    with atheris.instrument_imports(include=["readouts"]):
        from .readers import READERS
    atheris.Setup([sys.argv[0], *arguments], READERS[name])
    atheris.Fuzz()


def run(name: str, seconds: int, seed: int, keep: Path) -> tuple[int, int, str]:
    """(inputs, MB at most, what went wrong or "") of one reader's run."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as corpus:
        for number, path in enumerate(sorted(Path.cwd().glob(SEEDS[name]))[:40]):
            (Path(corpus) / str(number)).write_bytes(path.read_bytes()[:50_000])
        command = [sys.executable, "-m", "tests.trust.hostile", "--child", name, corpus, f"-max_total_time={seconds}", f"-timeout={SECONDS_PER_INPUT}",
                   f"-rss_limit_mb={MEGABYTES}", "-print_final_stats=1", "-max_len=20000", f"-seed={seed}", f"-artifact_prefix={keep}/{name}-"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    number = re.findall(r"stat::number_of_executed_units:\s+(\d+)", done.stderr)
    memory = re.findall(r"stat::peak_rss_mb:\s+(\d+)", done.stderr)
    wrong = "" if done.returncode == 0 else done.stderr[-3000:]
    return int(number[-1]) if number else 0, int(memory[-1]) if memory else 0, wrong


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        fuzz(sys.argv[2], sys.argv[3:])
    from .. import document
    from .inputs import try_invented
    from .readers import READERS

    parser = argparse.ArgumentParser(prog="python -m tests.trust.hostile", description=__doc__)
    parser.add_argument("--seconds", type=int, default=45, help="of the fuzzer, for each reader")
    parser.add_argument("--examples", type=int, default=1000, help="of hypothesis, for each reader")
    parser.add_argument("--reader", default="", help="only this one; writes nothing")
    parser.add_argument("--add", action="store_true", help="add to the figures in TRUST.md")
    parser.add_argument(
        "--keep", type=Path, default=Path(tempfile.gettempdir()), help="where inputs that hurt are kept"
    )
    args = parser.parse_args()
    before = figures(Path.cwd()) if args.add else {}
    rows, failed = {}, 0
    for name in [args.reader] if args.reader else READERS:
        old = before.get(name, (0, 0, 0, 0))
        number, memory, wrong = run(name, args.seconds, SEED + old[1] % 1_000_000, args.keep)
        invented = try_invented(name, args.examples)
        failed += bool(wrong)
        rows[name] = (max(old[0], invented), old[1] + number, max(old[2], memory), old[3] + bool(wrong))
        sys.stdout.write(f"{name}: {invented:,} invented, {number:,} of the fuzzer, {memory} MB\n{wrong}")
        sys.stdout.flush()
    if not args.reader:
        document.write(Path.cwd(), "hostile", section(rows))
    return 1 if failed else 0


def figures(root: Path) -> dict[str, tuple[int, ...]]:
    """The figures of the runs before, as TRUST.md has them."""
    path = root / "TRUST.md"
    found = re.findall(ROW, path.read_text(encoding="utf-8")) if path.exists() else ()
    return {name: tuple(int(number.replace(",", "")) for number in numbers) for name, *numbers in found}


def section(rows: dict[str, tuple[int, ...]]) -> str:
    """The section of TRUST.md: for each reader inputs of hypothesis, of the fuzzer, memory at most, faults."""
    from .readers import READERS

    lines = ["| reader | by hypothesis | by the fuzzer | memory at most (MB) | faults |\n|---|---|---|---|---|\n"]
    for name, (invented, number, memory, wrong) in rows.items():
        what = (READERS[name].__doc__ or "").partition("\n")[0].rstrip(".")
        lines.append(f"| `{name}`: {what} | {invented:,} | {number:,} | {memory:,} | {wrong} |\n")
    invented, number, wrong = (sum(row[place] for row in rows.values()) for place in (0, 1, 3))
    lines.append(f"| **all**, {invented + number:,} inputs | {invented:,} | {number:,} | | {wrong} |\n")
    return (
        f"Every reader was given what hypothesis invents and what a coverage-guided fuzzer (atheris) finds. A fault is an exception that is no declared way of refusing, an input that takes "
        f"{SECONDS_PER_INPUT} s, or {MEGABYTES:,} MB of memory. What is known to hurt (aliases that explode, deep nesting, tags, repeated keys, long lines, NUL, lone "
        "surrogates, paths that lead out, links, formulas, markup, terminal escapes, patterns that backtrack, archives that explode, addresses that lead inside) is tried by name in "
        "tests/test_hostile.py and tests/test_capture_fetch.py.\n\n" + "".join(lines)
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
