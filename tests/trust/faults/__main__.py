"""Run the fault test and write docs/trust/faults.csv and TRUST.md: `python -m tests.trust.faults [--random N]`."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from .. import document
from .faulty_runs import FaultPlan, run
from .states import Case

SEED = 20190927


def cases(root: Path, folder: Path) -> list[Case]:
    """build after an edit, fmt of untidy files, the first release: each on a copy of the package of its own."""
    made = []
    for name, command in (
        ("build", ("build",)),
        ("fmt", ("fmt",)),
        ("release", ("release", "9.0.0", "--date", "2030-01-01")),
    ):
        copy = folder / name / "package"
        shutil.copytree(
            root,
            copy,
            ignore=shutil.ignore_patterns(
                ".git", ".venv*", ".readouts", "tests", "scripts", "bundle", "__pycache__"
            ),
        )
        if name == "release":
            for path in (copy / "data" / "released.jsonl", copy / "CHANGELOG.md"):
                path.unlink(missing_ok=True)
        run(copy, ("build",), FaultPlan())
        for path in sorted((copy / "data" / "agents").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            if name == "fmt":
                path.write_text(
                    text.replace("agent:\n", "agent:   # typed in haste\n").replace(
                        "  name: ", "  name:   "
                    ),
                    encoding="utf-8",
                )
            if name == "build":
                path.write_text(text.replace("country: CN", "country: null"), encoding="utf-8")
        made.append(Case.prepare(name, command, copy))
    return made


def try_plan(
    case: Case, plan: FaultPlan, ends: Counter[str], problems: list[str], label: str
) -> None:
    """Run once with the plan; add the resulting state to `ends` and what is wrong with it to `problems`."""
    case.reset()
    end = run(case.root, case.command, plan)
    if "Traceback" in end.stderr:
        problems.append(f"{case.name} {label}: {end.stderr[:300]}")
    if not case.whole():
        problems.append(f"{case.name} {label}: a file is neither old nor new")
    settled = case.settled()
    ends[settled.partition(":")[0]] += 1
    if settled.startswith("mixed"):
        problems.append(f"{case.name} {label}: {settled}")
    reported_old = "nothing was written" in end.stderr or "cannot be locked" in end.stderr
    if end.status > 0 and (
        (settled == "new" and reported_old)
        or (settled == "old" and "not all in place" in end.stderr)
    ):
        problems.append(
            f"{case.name} {label}: the state is {settled}, and it said “{end.stderr.strip()}”"
        )
    if end.status == 0 and settled != "new":
        problems.append(
            f"{case.name} {label}: it said that it succeeded and the state is {settled}"
        )


def concurrent_builds(case: Case, times: int, problems: list[str]) -> int:
    """Run the command twice at once, started a random time apart; both must reach the new state."""
    import os

    rng = random.Random(SEED)
    for number in range(times):
        case.reset()
        children = []
        for _ in range(2):
            child = os.fork()
            if child == 0:
                os._exit(0 if run(case.root, case.command, FaultPlan()).status in (0, 1) else 3)
            children.append(child)
            time.sleep(rng.random() / 5)
        for child in children:
            os.waitpid(child, 0)
        if case.settled() != "new":
            problems.append(f"two at once, {number}: {case.settled()}")
    return times


def read_only(case: Case, problems: list[str]) -> tuple[int, int]:
    """Make each folder that the command writes to read-only in turn, then all of them. Returns the runs, and those that kept the old state.

    The command runs without privileges, because root ignores permissions.
    """
    folders = sorted(
        {
            case.root,
            *(
                (case.root / path).parent
                for path in case.after
                if case.after[path] != case.before.get(path)
            ),
        }
    )
    kept = 0
    for locked in [*([folder] for folder in folders), folders]:
        case.reset()
        for path in (case.root, *case.root.rglob("*")):
            path.chmod(
                0o777 if path.is_dir() and path not in locked else 0o755 if path.is_dir() else 0o666
            )
        end = run(case.root, case.command, FaultPlan(unprivileged=True))
        for path in (case.root, *case.root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        if (
            end.status != 2
            or "Traceback" in end.stderr
            or end.stderr.count("\n") != 1
            or case.settled() != "old"
        ):
            problems.append(
                f"{case.name} read-only {', '.join(str(p.relative_to(case.root)) for p in locked)}: {end}, {case.settled()}"
            )
        else:
            kept += 1
    return len(folders) + 1, kept


def warm_up(case_root: Path) -> None:
    """Import the modules of the commands, so that a child without privileges does not need to read them."""
    import contextlib
    import io

    from readouts.commands.cli import app

    for command in (
        ["validate"],
        ["build", "--check"],
        ["fmt", "--check"],
        ["diff", "--help"],
        ["release", "--help"],
    ):
        with contextlib.redirect_stdout(io.StringIO()):
            app(
                [*command, "--root", str(case_root)] if "--help" not in command else command,
                standalone_mode=False,
            )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust.faults", description=__doc__)
    parser.add_argument(
        "--random", type=int, default=150, help="random instants at which each command is killed"
    )
    parser.add_argument(
        "--every", type=int, default=1, help="fail at every n-th change to a file only"
    )
    parser.add_argument(
        "--pairs", type=int, default=20, help="how often two builds are run at once"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path.cwd(),
        help="folder in which docs/trust and TRUST.md are written",
    )
    args = parser.parse_args()
    rng, problems = random.Random(SEED), []
    records: list[dict[str, object]] = []

    def record(command: str, fault: str, runs: int, ends: Counter[str], before: int) -> None:
        found = {"left_old": ends["old"], "left_new": ends["new"], "mixed": ends["mixed"]}
        records.append(
            {"command": f"readouts {command}", "fault": fault, "runs": runs}
            | found
            | {"problems": len(problems) - before}
        )
        sys.stdout.write(", ".join(f"{key} {value}" for key, value in records[-1].items()) + "\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        Path(folder).chmod(0o777)
        warm_up(Path.cwd())
        for case in cases(Path.cwd(), Path(folder)):
            begun = time.monotonic()
            case.reset()
            run(case.root, case.command, FaultPlan())
            lasts = time.monotonic() - begun
            writes = range(1, case.changes + 1, args.every)
            sizes = sorted(
                {len(data) for path, data in case.after.items() if case.before.get(path) != data}
            )
            fates = [
                ("killed at every change to a file", [FaultPlan(kill_at=n) for n in writes]),
                ("killed at random instants", [FaultPlan(kill_after=rng.random() * lasts * 1.1) for _ in range(args.random)]),
                ("no space from the n-th change on", [FaultPlan(refuse_at=n) for n in writes]),
                ("disk full within a file", [FaultPlan(largest=size) for size in sorted({0, 1, 100, *(s // 2 for s in sizes), *(s - 1 for s in sizes)})[:: args.every]]),
            ]  # fmt: skip
            for label, listed in fates:
                ends, before = Counter[str](), len(problems)
                for number, plan in enumerate(listed, 1):
                    try_plan(case, plan, ends, problems, f"{label} ({number})")
                record(case.name, label, len(listed), ends, before)
            before = len(problems)
            runs, kept = read_only(case, problems)
            record(case.name, "read-only folders", runs, Counter(old=kept, new=runs - kept), before)
            if case.name == "build":
                before = len(problems)
                times = concurrent_builds(case, args.pairs, problems)
                ends = Counter(new=times - len(problems) + before)
                record(case.name, "two builds at once", times, ends, before)
    sys.stdout.write("".join(f"a fault: {problem}\n" for problem in problems))
    document.write(args.out, "faults", records)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
