"""TRUST.md: one section for each run, written by the run; a section that no run wrote is not there."""

from __future__ import annotations

import re
from pathlib import Path

SECTIONS = {"tamper": "Tampering", "hostile": "Hostile input", "faults": "Faults"}
HEAD = (
    "# What was tried\n\nEvery figure on this page was written by the run that measured it: `make tamper`, `make fuzz`, `make faults`. "
    "Run them again; [SECURITY.md](SECURITY.md) says what is promised.\n"
)


def write(root: Path, name: str, text: str) -> None:
    """Replace the section `name` of TRUST.md in `root`."""
    path = root / "TRUST.md"
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    found = dict(re.findall(r"<!-- section: ([a-z]+) -->\n(.*?)<!-- end of section -->\n", old, re.DOTALL))
    found[name] = f"## {SECTIONS[name]}\n\n{text.strip()}\n"
    body = "".join(
        f"\n<!-- section: {key} -->\n{found[key]}<!-- end of section -->\n" for key in SECTIONS if key in found
    )
    path.write_text(HEAD + body, encoding="utf-8")
