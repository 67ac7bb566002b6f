"""The site and the preview in Chromium: marks, search, filters, permalinks, downloads, requests, accessibility, sizes."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from readouts.core.layout import Layout
from readouts.explorer.serving import Preview
from readouts.explorer.site import build_site
from tests.conftest import ROOT, copy_package
from tests.exploring import CHINESE, EVENT, SOURCE, write_hostile
from tests.reading import table_rows
from tests.test_capture_shown import CHROMIUM, FLAGS

MFA, XINHUA = "mfa-2019-09-26-celac-quartet", "xinhua-2019-09-27-celac-quartet"
TALKS = "2019-09-26-china-celac-quartet"
PAGES = (
    "index.html", "events.html", "sources.html", "speakers.html", "search.html?q=cooperation", "data.html", f"sources/{MFA}.html",
    f"events/{TALKS}.html", f"claims/{TALKS}.c09.html", "agents/wang-yi.html", "data/columns.html", "data/terms.html",
    "data/codebook.html", "data/rules.html",
)  # fmt: skip

rest = pytest.mark.slow(
    "axe-core on every page, in light and dark",
    seconds=22,
    covers=(
        "scripts/readouts/explorer",
        "scripts/readouts/compare",
        "tests/test_explorer_shown.py",
    ),
)
SIZES = ((1280, 900), (360, 740))
TALLEST = 5000
"""Height limit of a screenshot, in pixels."""
HEAVIEST_PAGE, HEAVIEST_SEARCH = 300_000, 500_000
"""Limits of the bytes that the first page and a query load."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and logs nothing."""

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder at the address returned."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A running Chromium."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright, which runs Chromium, is not installed"
    )
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium; CHROMIUM names another")
    with sync_api.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of this package's site and of the hostile one."""
    folder = tmp_path_factory.mktemp("sites")
    build_site(Layout(ROOT), folder / "own", "https://example.org/readouts")
    build_site(Layout(write_hostile(folder / "package")), folder / "hostile")
    with served(folder) as base:
        yield {"own": f"{base}/own/", "hostile": f"{base}/hostile/"}


class Look:
    """A browser page that records errors, requests and bytes."""

    def __init__(self, browser, base: str, **options) -> None:
        self.base = base
        self.context = browser.new_context(accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.bytes = 0
        self.page.on(
            "console",
            lambda line: (
                self.errors.append(line.text) if line.type in ("error", "warning") else None
            ),
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", self._weigh)

    def _weigh(self, response) -> None:
        self.bytes += int(response.headers.get("content-length", 0))

    def open(self, path: str):
        self.page.goto(self.base + path)
        return self.page

    def require_clean(self) -> None:
        """Check that there was no console error and no request to another host."""
        host = self.base.split("/")[2]
        assert not self.errors
        assert not [url for url in self.requests if url.split("/")[2] != host]


@pytest.fixture
def look(browser, sites) -> Iterator[partial]:
    """Open pages of the site "own" or "hostile"."""
    opened: list[Look] = []

    def opening(which: str = "own", base: str | None = None, **options) -> Look:
        opened.append(Look(browser, base or sites[which], **options))
        return opened[-1]

    yield opening
    for found in opened:
        found.context.close()


def ready(page) -> None:
    """Wait until the search has its filters and first results."""
    page.wait_for_selector("#_search[data-ready=yes]")


def counted(page, number: int) -> None:
    """Wait until the search shows this number of results."""
    page.locator("#_count", has_text=re.compile(rf"^{number} statement")).wait_for()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_every_page_fits_the_screen(look, size):
    """There is no console error, no request to another host, and no page wider than the screen. READOUTS_SCREENSHOTS is a folder for pictures."""
    found = look(viewport={"width": size[0], "height": size[1]})
    folder = os.environ.get("READOUTS_SCREENSHOTS")
    for path in PAGES:
        page = found.open(path)
        if "search" in path:
            ready(page)
            page.wait_for_selector("#_results li")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        if folder:
            name = path.partition("?")[0].replace("/", "_").removesuffix(".html")
            height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            page.screenshot(
                path=str(Path(folder) / f"{name}-{size[0]}.png"),
                full_page=True,
                clip={"x": 0, "y": 0, "width": size[0], "height": height},
            )
    found.require_clean()


def violations(axe, page) -> list[tuple[str, list[str]]]:
    """Return the rules that axe-core finds broken, with the first elements."""
    found = axe.Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found]


def axe_core():
    """Return axe-core for Playwright, or skip the test."""
    return pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not installed for Chromium",
    )


@rest
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(look, scheme):
    """axe-core finds nothing on any page of either site, in light and dark."""
    axe = axe_core()
    for which, paths in (
        ("own", PAGES),
        ("hostile", (f"sources/{SOURCE}.html", f"sources/{CHINESE}.html", f"events/{EVENT}.html")),
    ):
        found = look(which, color_scheme=scheme, viewport={"width": 1280, "height": 900})
        for path in paths:
            page = found.open(path)
            if "search" in path:
                ready(page)
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
            assert not violations(axe, page), path


def test_marks_match_the_tables(look):
    """Each statement's mark begins at its offset with its text, and each role has the text of its segments."""
    page = look().open(f"sources/{MFA}.html")
    segments = table_rows("segments")
    for row in (r for r in table_rows("statements") if r["source_id"] == MFA):
        local = row["statement_id"].partition(".")[2]
        marked = page.eval_on_selector_all(
            f"[data-statement={local}]",
            "links => links.map(l => [Number(l.dataset.start), l.textContent]).flat()",
        )
        assert marked == [row["start"], row["exact"].rstrip(" .")] or marked == [
            row["start"],
            row["exact"],
        ], local
        for role in ("content", "cue", "speaker"):
            shown = page.eval_on_selector_all(
                f"[data-statement={local}] .{role}", "parts => parts.map(p => p.textContent)"
            )
            mine = [
                s["text"]
                for s in segments
                if s["statement_id"] == row["statement_id"] and s["role"] == role
            ]
            assert shown == mine, (local, role)


def test_note_of_a_statement_is_shown_on_hover_and_focus(look):
    page = look().open(f"sources/{MFA}.html")
    words, note = page.locator("#_in-s02"), page.locator("#_in-s02 + .tip")
    assert not note.is_visible()
    words.hover()
    assert (
        note.is_visible()
        and "Wang Yi" in note.inner_text()
        and "c03 (narrower)" in note.inner_text()
    )
    page.mouse.move(0, 0)
    assert not note.is_visible()
    words.focus()
    assert note.is_visible()
    assert words.get_attribute("aria-describedby") == note.get_attribute("id")


def test_permalinks_lead_to_their_record(look):
    """The address of a statement or claim leads to it, and a statement links to its text."""
    found = look()
    page = found.open(f"sources/{XINHUA}.html#s05")
    assert page.evaluate("document.querySelector(':target').id") == "s05"
    page.click("#s05 a[href='#_in-s05']")
    assert page.evaluate("document.querySelector(':target').dataset.statement") == "s05"
    page = found.open(f"events/{TALKS}.html#c12")
    assert page.locator("tr:target td.void").count() == 1


def test_search_and_filters(look):
    """A word finds its statements, filters narrow the list, and a result leads to its statement."""
    found = look()
    page = found.open("search.html")
    ready(page)
    page.fill("#_query", "geopolitical")
    counted(page, sum("geopolitical" in row["text"] for row in table_rows("statements")))
    page.fill("#_query", "")
    page.select_option("#_act", "directive")
    counted(page, sum(row["speech_act"] == "directive" for row in table_rows("statements")))
    page.select_option("#_publisher", "Xinhua News Agency")
    counted(page, 1)
    assert "publisher=Xinhua" in page.url
    page.click("#_results a")
    page.wait_for_load_state()
    target = page.url.partition("#")[2]
    assert f"sources/{XINHUA}.html" in page.url and page.locator(f"#{target}").count() == 1
    found.require_clean()


def test_search_of_chinese_and_hostile_texts(look):
    """Chinese words are found; results show markup as text."""
    found = look("hostile")
    page = found.open("search.html?q=双方同意")
    ready(page)
    page.locator("#_results", has_text="双方同意加强合作").wait_for()
    page.fill("#_query", "peace")
    page.locator("#_results", has_text="<b onclick=alert(1)>peace</b>").wait_for()
    assert page.locator("#_results b").count() == 0
    page.fill("#_query", "")
    page.select_option("#_speaker", "<script>alert('name')</script>")
    counted(page, 3)
    found.require_clean()


def test_several_indexes_are_searched_as_one(look, tmp_path, monkeypatch):
    """If the statements fill several indexes, search and filters cover all of them."""
    monkeypatch.setattr("readouts.explorer.search.MOST", 5)
    build_site(Layout(ROOT), tmp_path / "site")
    assert len(list((tmp_path / "site" / "pagefind").iterdir())) == 4
    with served(tmp_path / "site") as base:
        found = look(base=f"{base}/")
        page = found.open("search.html?q=cooperation")
        ready(page)
        counted(page, sum("cooperation" in row["text"].lower() for row in table_rows("statements")))
        page.fill("#_query", "")
        page.select_option("#_mode", "free-indirect")
        counted(page, sum(row["mode"] == "free-indirect" for row in table_rows("statements")))
        page.click("#_results a")
        assert ".html#s" in page.url
        found.require_clean()


def test_hostile_texts_have_no_effect(look):
    """Scripts in the data open no dialog and cause no error; the text is shown literally."""
    found = look("hostile")
    dialogs: list[object] = []
    found.page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
    for path in (
        f"sources/{SOURCE}.html",
        f"events/{EVENT}.html",
        "index.html",
        "events.html",
        f"claims/{EVENT}.c01.html",
        "agents/lind.html",
    ):
        page = found.open(path)
        page.wait_for_load_state()
    assert not dialogs and "<b onclick" in found.open(f"sources/{SOURCE}.html").inner_text(".text")
    found.require_clean()


def test_downloads_equal_the_tables(look):
    page = look().open("data.html")
    for form in ("csv", "jsonl"):
        with page.expect_download() as waiting:
            page.click(f"a[href='data/statements.{form}']")
        assert (
            Path(waiting.value.path()).read_bytes()
            == (ROOT / f"data/tables/statements.{form}").read_bytes()
        )


def test_site_without_javascript(look):
    """Without JavaScript all pages except the search work."""
    found = look(java_script_enabled=False)
    assert found.open(f"events/{TALKS}.html").locator("tr.reworded").count() > 5
    page = found.open(f"sources/{MFA}.html")
    page.hover("#_in-s02")
    assert page.locator("#_in-s02 + .tip").is_visible()
    assert "needs JavaScript" in found.open("search.html").inner_text("noscript")


def test_keyboard_navigation(look):
    """The first Tab offers to skip the navigation; the next ones go to the statements in order."""
    page = look().open(f"sources/{MFA}.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.dataset.statement"))
    assert [s for s in seen if s][:4] == ["s01", "s02", "s03", "s04"]


def test_printed_page_has_no_navigation(look):
    """On paper there is no navigation, and every claim is present."""
    page = look().open(f"events/{TALKS}.html")
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible() and not page.locator(".cite").is_visible()
    assert page.locator("table.claims tr").count() == 30
    assert page.pdf(format="A4")[:4] == b"%PDF"


def test_first_page_and_query_stay_within_size_limits(look):
    """A query includes loading the search library."""
    found = look()
    found.open("index.html").wait_for_load_state("networkidle")
    assert 0 < found.bytes < HEAVIEST_PAGE
    found.bytes = 0
    page = found.open("search.html?q=cooperation")
    page.wait_for_selector("#_results li")
    assert 0 < found.bytes < HEAVIEST_SEARCH


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """The preview of a copy of this package."""
    served = Preview(Layout(copy_package(tmp_path / "readouts")), 0)
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    yield served
    served.stop()
    thread.join(20)


def test_preview_follows_the_file(look, preview):
    """A saved mistake shows without a reload, with uncovered text and finding, and disappears once it is fixed."""
    found = look(base=preview.address)
    page = found.open(f"sources/{MFA}.html")
    page.wait_for_selector("body[data-state$=checked]", timeout=60_000)
    assert (
        page.locator(".uncovered >> nth=0").count() and page.locator("mark.uncovered").count() == 0
    )
    path = preview.workbench.layout.curated("source", MFA)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("mode: free-indirect", "mode: free-indirekt", 1), encoding="utf-8")
    page.wait_for_selector("mark.uncovered", timeout=60_000)
    assert "free-indirekt" in page.inner_text(".findings")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert not violations(axe_core(), page)
    path.write_text(text, encoding="utf-8")
    page.wait_for_selector("mark.uncovered", state="detached", timeout=60_000)
    draft = text.replace(
        "    mode: free-indirect", "    draft: rules 0.80\n    mode: free-indirect", 1
    )
    path.write_text(draft, encoding="utf-8")
    page.wait_for_selector("span.draft[aria-describedby]", timeout=60_000)
    found.require_clean()


def test_preview_survives_an_invalid_file(look, preview):
    """A file that is not valid YAML has a page with its finding; the text returns once it is fixed."""
    found = look(base=preview.address)
    page = found.open(f"sources/{MFA}.html")
    page.wait_for_selector("body[data-state$=checked]", timeout=60_000)
    path = preview.workbench.layout.curated("source", MFA)
    text = path.read_text(encoding="utf-8")
    path.write_text("source: [\n" + text, encoding="utf-8")
    page.locator("h1", has_text="cannot be shown").wait_for(timeout=60_000)
    assert "yaml_syntax" in page.inner_text(".findings")
    path.write_text(text, encoding="utf-8")
    page.wait_for_selector("#_in-s02", timeout=60_000)
    corpus = preview.workbench.layout.corpus
    shutil.move(corpus, corpus.with_suffix(".gone"))
    page.wait_for_selector("[role=alert]", timeout=60_000)
    assert "corpus.yaml is missing" in page.inner_text("[role=alert]")


def test_preview_serves_only_the_local_computer(preview):
    """Other host names are refused, and no path leads to a file that is not a page."""
    import http.client

    for _ in range(100):
        if preview.workbench.state.number:
            break
        time.sleep(0.1)
    port = int(preview.address.rsplit(":", 1)[1].strip("/"))
    for path, host, status in (
        ("/", "evil.example", 403),
        ("/", f"127.0.0.1:{port}", 200),
        ("/../data/corpus.yaml", f"localhost:{port}", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", f"localhost:{port}", 404),
        ("/pagefind/../index.html", f"localhost:{port}", 404),
    ):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        assert connection.getresponse().status == status, path
        connection.close()
