"""Whether Readouts notices a corruption, and by which rule."""

from __future__ import annotations

from pathlib import Path

import yaml

from readouts.curation.files import read_curation
from readouts.validation import judge

from .base import Base
from .operators import Curated


class _Plain(yaml.SafeDumper):
    """Writes the same value twice rather than an alias to it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def text_from_value(value: object) -> str:
    """The YAML of a curated file; line breaks do not matter here."""
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)


def judge_curated(base: Base, corruption: Curated) -> str | None:
    """The code of the first error that `readouts validate` reports for the corrupted working copy, which is put back; None: unnoticed."""
    kept: dict[Path, bytes | None] = {}
    layout = base.layout
    new: dict[Path, bytes | None] = {
        layout.curated(*key): None if value is None else text_from_value(value).encode()
        for key, value in corruption.files.items()
    }
    new |= {layout.capture(source): text.encode() for source, text in corruption.captures.items()}
    for key, value in corruption.files.items():
        if key[0] == "source" and value is None:
            new[layout.capture(key[1])] = None
    try:
        for path, data in new.items():
            kept[path] = path.read_bytes() if path.exists() else None
            _put(path, data)
        for key, value in corruption.files.items():
            if key[0] == "source" and value is None:
                layout.curated(*key).parent.rmdir()
        found = judge(layout, read_curation(layout)).findings
        return next((finding.code for finding in found if finding.severity == "error"), None)
    finally:
        for path, data in kept.items():
            _put(path, data)


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
