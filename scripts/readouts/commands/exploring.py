"""site and preview: the corpus as pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.layout import Layout
from ..core.progress import StatusLine
from ..terminal import report
from . import PATH, root_option


@click.command()
@click.option(
    "--out",
    type=PATH,
    default=Path("site"),
    help="Folder for the site; created if it does not exist.",
)
@click.option(
    "--url",
    help="Web address of the published site, for citations, such as https://example.org/corpus.",
)
@root_option
def site(out: Path, url: str | None, root: Path | None) -> None:
    """Build a static site from the published tables. It has pages for sources, events, speakers and claims, and a search. Requires the extra `site`."""
    from ..explorer.site import build_site

    with StatusLine(sys.stderr) as status:
        written = build_site(Layout.here(root), out, url, status)
    state = "nothing changed" if written.fresh else f"{written.changed:,} changed"
    sys.stdout.write(report.plain(f"{written.files:,} files in {out}, {state}\n"))


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    help="Port on 127.0.0.1; 0 chooses a free port.",
)
@click.option("--open/--no-open", "opening", default=True, help="Open the pages in the browser.")
@root_option
def preview(port: int, opening: bool, root: Path | None) -> None:
    """Show the package in a browser while you edit it. The pages are updated at each save and include findings, drafts and uncovered text. Requires the extra `site`."""
    from ..explorer.serving import Preview

    served = Preview(Layout.here(root), port)
    sys.stdout.write(f"preview at {served.address} (Ctrl+C ends it)\n")
    sys.stdout.flush()
    if opening:
        import webbrowser

        webbrowser.open(served.address)
    served.run()
