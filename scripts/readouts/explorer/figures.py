"""Bar charts as SVG, drawn by leather; they contain no script and follow the reader's light or dark mode."""

from __future__ import annotations

from collections.abc import Sequence

STYLE = (
    "<style>text{fill:#1d1d1f;font-family:system-ui,sans-serif}.series rect{fill:#1f6f8b}g>rect[height]:first-child{fill-opacity:0}"
    ".series rect[height]{fill-opacity:1 !important}line{stroke:#d5d5d0}"
    "@media(prefers-color-scheme:dark){text{fill:#e9e9e6}.series rect{fill:#6fc3df}line{stroke:#45474c}}</style>"
)
MOST = 20
"""Bars of a figure; the rest is one additional bar."""
REST = "all others"
LONGEST = 44
"""Characters of a label."""
WIDTH, EDGE, BAR = 800, 110, 28
"""Pixels: of a figure, of its margins, of a bar with its distance to the next."""


def shortened(counts: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the largest counts and the sum of the rest."""
    if len(counts) <= MOST:
        return list(counts)
    ordered = sorted(counts, key=lambda pair: -pair[1])
    return [*ordered[:MOST], (REST, sum(number for _, number in ordered[MOST:]))]


def bars(counts: Sequence[tuple[str, float]]) -> bytes:
    """Return an SVG with one bar for each count, from the top."""
    import leather

    chart = leather.Chart()
    chart.add_x_scale(0, max(number for _, number in counts) or 1)
    chart.add_bars([(number, _label(label, place)) for place, (label, number) in enumerate(counts)])
    svg = chart.to_svg(width=WIDTH, height=EDGE + BAR * len(counts))
    head, end, rest = svg.partition(">")
    sized = head.replace(
        ' version="1.1"', f' version="1.1" viewBox="0 0 {WIDTH} {EDGE + BAR * len(counts)}"'
    )
    return f"{sized}{end}{STYLE}{rest}".encode()


def _label(label: str, place: int) -> str:
    """Return a short label; two with the same shortened words differ by invisible characters, so that each has its own bar."""
    short = label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"
    return short + "\u200b" * place
