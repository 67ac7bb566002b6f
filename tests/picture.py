"""The picture of the README and of the dataset card: an excerpt of the event page as Chromium shows it. `make picture` draws it again.

python -m tests.picture
"""

from __future__ import annotations

import tempfile
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from readouts.core.layout import Layout
from readouts.explorer.site import build_site
from tests.conftest import ROOT
from tests.test_capture_shown import CHROMIUM, FLAGS
from tests.test_explorer_shown import TALKS, Quiet

TARGET = Layout(ROOT).picture
CLAIMS = ("c03", "c04", "c10", "c12", "c13", "c16", "c26")
"""The claims of the excerpt: some reworded, some that one account does not have."""
WIDTH, MARGIN = 1224, 16
REDUCE = """claims => {
  for (const row of document.querySelectorAll("table.claims tbody tr")) if (!claims.includes(row.id)) row.remove();
  document.querySelector(".claims thead th").style.position = "static";
  const box = document.querySelector(".picture");
  const table = document.querySelector("table.claims").getBoundingClientRect();
  return [box.getBoundingClientRect().top, table.bottom];
}"""


def main() -> None:
    """Write the picture."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as scratch:
        build_site(Layout(ROOT), Path(scratch) / "site")
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(Quiet, directory=str(Path(scratch) / "site"))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as running:
            browser = running.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            page = browser.new_page(viewport={"width": WIDTH, "height": 900}, color_scheme="light")
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/events/{TALKS}.html")
            top, bottom = page.evaluate(REDUCE, list(CLAIMS))
            clip = {"x": 0, "y": top, "width": WIDTH, "height": bottom - top + MARGIN}
            TARGET.write_bytes(page.screenshot(full_page=True, clip=clip))
            browser.close()
        server.shutdown()
        server.server_close()
    print(f"wrote {TARGET.relative_to(ROOT)}, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
