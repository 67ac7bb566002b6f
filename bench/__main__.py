"""`python -m bench COMMAND`, run in the checkout; `COMMAND --help` says what it takes."""

from __future__ import annotations

import importlib
import sys

COMMANDS = {
    "published": (
        "bench.published.comparison",
        "measure validators on published tables and write BENCHMARKS.md",
    ),
    "corpus": (
        "bench.published.corpus",
        "write a benchmark corpus with injected errors and the truth about them",
    ),
    "draft": ("bench.drafting", "measure drafted statements against gold"),
    "rows": (
        "bench.published.mutation",
        "compare the fast validation of rows with the reference on mutated rows",
    ),
    "package": ("bench.curated.package", "write a curated package of any size, valid as it is"),
    "compare": (
        "bench.compared.measuring",
        "measure how well and how fast accounts are compared, next to difflib and TF-IDF",
    ),
    "start": (
        "bench.start",
        "measure the start of the process as ratios to a bare import of duckdb",
    ),
    "site": (
        "bench.site",
        "measure the site: its build, its size, what a browser loads, and how fast the preview follows",
    ),
    "curated": (
        "bench.curated.measuring",
        "measure validate and build on packages of many curated sources",
    ),
}
"""Name → the module whose `main(arguments)` runs it, and a description."""


def main() -> None:
    name, *arguments = sys.argv[1:] or [""]
    if name not in COMMANDS:
        sys.exit(
            "\n".join(
                [
                    "python -m bench …",
                    *(f"  {name:10} {does}" for name, (_, does) in COMMANDS.items()),
                ]
            )
        )
    importlib.import_module(COMMANDS[name][0]).main(arguments)


if __name__ == "__main__":
    main()
