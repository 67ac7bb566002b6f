"""Reads files that commands have written."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def read_jsonl(path: Path) -> list[dict]:
    """Return the rows of a JSONL file; none if the file does not exist."""
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return [json.loads(line) for line in lines if line]


def table_rows(name: str, root: Path = ROOT) -> list[dict]:
    """Return the rows of a published table of a package or bundle."""
    return read_jsonl(root / "data" / "tables" / f"{name}.jsonl")


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by relative path, except the state of the tool."""
    paths = sorted(
        path for path in folder.rglob("*") if path.is_file() and ".readouts" not in path.parts
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
