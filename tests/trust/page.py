"""TRUST.md: one page on what was tried against Readouts, with its figures taken from the tables in docs/trust."""

from __future__ import annotations

from .hostile.__main__ import MEGABYTES, SECONDS_PER_INPUT

Record = dict[str, str]
Tables = dict[str, list[Record]]

TAMPERING = (
    ("curated", "no", "curated files, one change at a time"),
    ("curated", "yes", "the same, with everything that can be recomputed"),
    ("published", "no", "published tables, one change at a time"),
    ("published", "yes", "the same, with everything that can be recomputed"),
)

PAGE = """\
# Trust

You do not have to take this dataset on trust: you can check it. This page shows how well the checks work. Errors were put into a
valid package on purpose, readers were given broken input, and commands were interrupted. Every figure comes from the run that measured it.

<!-- rates -->
{rates}<!-- end of rates -->

The full results are in [docs/trust](docs/trust): each kind of change with the rules that detected it (`tamper.csv`), each reader (`fuzz.csv`)
and each interrupted command (`faults.csv`).

## What the figures mean

- **Tampering.** {operators} kinds of change were made, each at most {most} times and on its own, in a copy of the released package. The
  rates cover all of them, including changes that no rule could detect. "Everything that can be recomputed" means that the attacker also
  fixes offsets, segments, copied columns, references, hashes and checksums, but not the release ledger.
- **Curated files** count as detected if `readouts validate` reports an error.{listed}
- **Published tables** count as detected if `readouts verify` reports an error: from hashes, schemas, rules or the ledger.{ledger}
- **Proofs and reviews.** A *proof* shows a mistake from the captured text, the ledger, the calendar, a reference or arithmetic. A *review* is a
  heuristic that a curator can accept with a published reason.{reviews}
- **frictionless and jsonschema** received the same changes. They cannot read the captured text or the ledger.{forms}
- **Broken input** counts as a fault if a reader raises an exception that it does not declare, takes {seconds} seconds, or uses {megabytes:,} MB of memory.
  Inputs that are known to cause harm (alias bombs, deep nesting, paths that leave the package, decompression bombs) have tests of their own in
  `tests/test_hostile.py` and `tests/test_capture_fetch.py`.
- **Interruptions** count as a fault if any file is neither as it was before nor as it is afterwards, or if typed text is lost.

## Repeat it

```
make tamper    # corrupts the package and counts what is detected
make fuzz      # generated and coverage-guided input for every reader
make faults    # kills commands, fills the disk, locks folders
```

Each takes a quarter of an hour or more, replaces its table in `docs/trust`, and writes this page again.

## What is not promised

No rule can detect some changes. The list says why, what could detect them, and in brackets how many of the changes above went undetected.

{beyond}

Nor does any check show that an account is true. [SECURITY.md](SECURITY.md) says what is promised.
"""


def page(tables: Tables) -> str:
    """The page. `tables` are the tables of docs/trust by name; one that is empty was not run."""
    tamper = tables["tamper"]
    return PAGE.format(
        rates=rates(tables),
        operators=len({row["operator"] for row in tamper}),
        most=max((int(row["corruptions"]) for row in tamper), default=0),
        listed=_listed([row for row in tamper if row["files"] == "curated"]),
        ledger=_without_ledger(
            [row for row in tamper if row["files"] == "published" and row["helped"] == "yes"]
        ),
        reviews=_reviews(tamper),
        forms=_forms(tamper),
        beyond=_beyond(tamper),
        seconds=SECONDS_PER_INPUT,
        megabytes=MEGABYTES,
    )


def rates(tables: Tables) -> str:
    """The table of all figures, which the dataset card shows too."""
    lines = [
        "| what was tried | cases | Readouts | `frictionless validate` | `jsonschema` alone |\n|---|---|---|---|---|\n"
    ]
    for files, helped, name in (*TAMPERING, ("", "", "**all changes**")):
        some = [
            row
            for row in tables["tamper"]
            if not files or (row["files"], row["helped"]) == (files, helped)
        ]
        tried = _total(some, "corruptions")
        found = [
            _share(_total(some, column), tried)
            for column in ("detected", "frictionless", "jsonschema")
        ]
        lines.append(f"| {name} | {tried:,} | {found[0]} detected | {found[1]} | {found[2]} |\n")
    fuzzed = tables["fuzz"]
    inputs = _total(fuzzed, "generated") + _total(fuzzed, "fuzzed")
    lines.append(
        f"| broken input to {len(fuzzed)} readers | {inputs:,} | {_total(fuzzed, 'faults')} faults | | |\n"
    )
    broken = tables["faults"]
    faults = max(_total(broken, "problems"), _total(broken, "mixed"))
    lines.append(
        f"| commands interrupted or refused a write | {_total(broken, 'runs'):,} | {faults} faults | | |\n"
    )
    return "".join(lines)


def _total(rows: list[Record], column: str) -> int:
    return sum(int(row[column] or 0) for row in rows)


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else "none"


def _known(rows: list[Record], column: str) -> bool:
    """False if the run that wrote the rows did not measure this."""
    return bool(rows) and all(row[column] for row in rows)


def _reviews(tamper: list[Record]) -> str:
    if not _known(tamper, "by_reviews"):
        return ""
    return f" Of the changes, {_share(_total(tamper, 'by_reviews'), _total(tamper, 'corruptions'))} were detected by reviews alone."


def _listed(curated: list[Record]) -> str:
    if not _known(curated, "undetected_but_listed"):
        return ""
    missed = _total(curated, "corruptions") - _total(curated, "detected")
    return (
        f" Of the {missed:,} changes that are not an error, {_total(curated, 'undetected_but_listed'):,} change a released record; "
        "`readouts diff` lists them, but they are not counted."
    )


def _without_ledger(helped: list[Record]) -> str:
    if not _known(helped, "by_ledger"):
        return ""
    alone = _total(helped, "detected") - _total(helped, "by_ledger")
    return (
        f" Without the ledger, {_share(alone, _total(helped, 'corruptions'))} are detected: that is the rate if the attacker "
        "also rewrites the ledger and nobody compares it with git, an older copy or a signature."
    )


def _forms(tamper: list[Record]) -> str:
    if not _known(tamper, "given_as_jsonl"):
        return ""
    return (
        f" frictionless read the CSV of each, and the JSONL of {_total(tamper, 'given_as_jsonl'):,}; "
        f"{_total(tamper, 'only_in_jsonl')} were detected only in the JSONL."
    )


def _beyond(tamper: list[Record]) -> str:
    missed: dict[str, int] = {}
    for row in tamper:
        if row["would_catch"]:
            number = int(row["corruptions"]) - int(row["detected"])
            missed[row["would_catch"]] = missed.get(row["would_catch"], 0) + number
    most_first = sorted(missed, key=lambda why: -missed[why])
    return "\n".join(f"- {why[0].upper()}{why[1:]} ({missed[why]})." for why in most_first)
