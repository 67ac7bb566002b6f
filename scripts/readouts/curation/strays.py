"""Files and folders of a package that nothing would read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..core.layout import Layout


def iter_strays(layout: Layout) -> Iterator[Path]:
    """Yield files and folders under `data` that nothing would read."""
    read = {
        layout.card,
        layout.picture,
        layout.corpus,
        layout.agents,
        layout.events,
        layout.sources,
        layout.tables,
        layout.exclusions,
        layout.ledger,
    }
    yield from (path for path in sorted((layout.root / "data").glob("*")) if path not in read)
    for folder in (layout.agents, layout.events):
        yield from (
            p for p in sorted(folder.glob("*")) if p.suffix != ".yaml" and p.name != ".gitkeep"
        )
    for path in sorted(layout.sources.glob("*")):
        if not path.is_dir():
            if path.name != ".gitkeep":
                yield path
        else:
            yield from (
                p
                for p in sorted(path.glob("*"))
                if p.name not in ("source.txt", "curation.yaml", "capture.json")
            )
