"""The site of a generated corpus: build time, size, and what a browser loads. The result goes to BENCHMARKS.md.

python -m bench site --statements 10000
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
import statistics
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.results import machine, table, write_block
from bench.runs import Run, run
from readouts.core.findings import PackageError
from readouts.core.layout import Layout

CHROMIUM = Path("/usr/bin/chromium")
FREQUENT = "with"
"""A word that many of the made-up sentences have."""
ROUNDS = 5


def main(arguments: list[str]) -> None:
    """Measure, print and write the block. `arguments` are those of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench site", description=__doc__)
    parser.add_argument("--statements", action="append", type=int, help="may be given again")
    parser.add_argument("--output", type=Path, default=Layout.of(None).root / "BENCHMARKS.md")
    given = parser.parse_args(arguments)
    parts = [
        "## The site\n",
        f"`{shlex.join(['python', '-m', 'bench', 'site', *arguments])}`, {machine('jinja2', 'pagefind-bin')}.\n",
        "Seconds are those of the whole process, processor seconds those of all its processes, the peak is that of the largest. "
        "The corpora are those of `python -m bench corpus`.\n",
    ]
    for count in given.statements or [10_000]:
        with tempfile.TemporaryDirectory(prefix="readouts-bench-") as scratch:
            parts.append(measured(Path(scratch), count))
        print(parts[-1], flush=True)
        write_block(given.output, "site", "\n".join(parts))
    with tempfile.TemporaryDirectory(prefix="readouts-bench-") as scratch:
        parts.append(previewed(Path(scratch)))
    print(parts[-1], flush=True)
    write_block(given.output, "site", "\n".join(parts))


def measured(folder: Path, count: int) -> str:
    """A corpus is made, its site built, built again unchanged, and looked at in a browser if there is one."""
    package = make_package(folder, count)
    site = folder / "site"
    rows = []
    for name in ("`readouts site`", "the same, nothing changed"):
        done = _done("readouts", "site", "--out", site, "--root", package)
        rows.append([name, f"{done.seconds:,.1f}", f"{done.processor:,.1f}", f"{done.peak:,.0f}"])
    files = [path for path in site.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 2**20
    text = table(["command", "seconds", "processor seconds", "peak MiB"], rows)
    return f"### {count:,} statements\n\n{text}\n{len(files):,} files, {size:,.0f} MiB.\n{looked_at(site, queries_of(package))}"


def make_package(folder: Path, count: int) -> Path:
    """A package of published tables alone."""
    _done(
        "bench", "corpus", folder / "corpus", "--statements", count, "--rate", 0, "--form", "jsonl"
    )
    package = folder / "package"
    (package / "data" / "sources").mkdir(parents=True)
    (folder / "corpus" / "jsonl").rename(package / "data" / "tables")
    (package / "data" / "tables" / "exclusions.jsonl").rename(package / "data" / "exclusions.jsonl")
    (package / "data" / "tables" / "captures.jsonl").unlink()
    shutil.copy(Layout.of(None).corpus, package / "data" / "corpus.yaml")
    return package


def _done(module: str, *words: object) -> Run:
    done = run([sys.executable, "-m", module, *map(str, words)], Layout.of(None).root)
    if done.code != 0:
        raise PackageError(
            f"{module} {' '.join(map(str, words))} failed:\n{(done.out + done.err)[-2000:]}"
        )
    return done


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing."""


def queries_of(package: Path) -> list[str]:
    """A frequent word, a rare one, two words and three words of one statement."""
    with (package / "data" / "tables" / "statements.jsonl").open(encoding="utf-8") as lines:
        words = sorted(set(re.findall(r"\b[a-z]{6,}\b", json.loads(next(lines))["text"])))
    return [FREQUENT, words[0], " ".join(words[1:3]), " ".join(words[3:6])]


def looked_at(site: Path, queries: list[str]) -> str:
    """Bytes and times of the first page and of queries in Chromium, compressed by nothing; "" without a browser."""
    if not CHROMIUM.exists():
        return "\nNo browser to look with.\n"
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}/"
    with sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=str(CHROMIUM), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        rows = [_first_page(browser, base), *(_query(browser, base, words) for words in queries)]
        browser.close()
    server.shutdown()
    server.server_close()
    return "\n" + table(["in the browser", "KB loaded", "ms"], rows)


def _opened(browser: Any) -> tuple[Any, list[int]]:
    """A page without a cache, and the sizes of what it loads."""
    page = browser.new_context().new_page()
    sizes: list[int] = []
    page.on(
        "response", lambda response: sizes.append(int(response.headers.get("content-length", 0)))
    )
    return page, sizes


def _first_page(browser: Any, base: str) -> list[str]:
    page, sizes = _opened(browser)
    page.goto(base)
    page.wait_for_load_state("networkidle")
    painted = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    return [
        "first page, until it is painted",
        f"{sum(sizes) / 1000:,.0f}",
        f"{page.evaluate(painted):,.0f}",
    ]


_ASK = """async words => {
  const [field, list] = ["_query", "_results"].map(id => document.getElementById(id));
  const type = text => { field.value = text; field.dispatchEvent(new Event("input")); };
  const until = test => new Promise(done => {
    const watch = new MutationObserver(() => { if (test()) { watch.disconnect(); done(); } });
    test() ? done() : watch.observe(list, {childList: true});
  });
  type("");
  await until(() => !list.childElementCount);
  const started = performance.now();
  type(words);
  await until(() => list.childElementCount);
  return performance.now() - started;
}"""
"""Measured in the page: Playwright looks for an element only every half second."""


def _query(browser: Any, base: str, words: str) -> list[str]:
    """Return the milliseconds from the last key to the first results, for a first query and for one with the index loaded."""
    page, sizes = _opened(browser)
    page.goto(f"{base}search.html")
    page.wait_for_selector("#_search[data-ready=yes]")
    times = [page.evaluate(_ASK, words) for _ in range(2)]
    found = page.inner_text("#_count")
    page.context.close()
    return [
        f"“{words}” ({found}), first and again",
        f"{sum(sizes) / 1000:,.0f}",
        f"{times[0]:,.0f}, {times[1]:,.0f}",
    ]


def previewed(folder: Path) -> str:
    """From a saved file to the changed page of the preview and to its findings, on a copy of this package."""
    from readouts.explorer.serving import Preview

    root = Layout.of(None).root
    shutil.copytree(root / "data", folder / "data")
    shutil.copy(root / "datapackage.json", folder / "datapackage.json")
    preview = Preview(Layout(folder), 0)
    thread = threading.Thread(target=preview.run, daemon=True)
    thread.start()
    path = sorted(preview.workbench.layout.sources.glob("*/curation.yaml"))[0]
    text = path.read_text(encoding="utf-8")
    times = [_saved(preview, path, text + f"# {number}\n") for number in range(ROUNDS)]
    preview.stop()
    thread.join()
    shown, checked = (statistics.median(found) for found in zip(*times, strict=True))
    count = (root / "data" / "tables" / "statements.jsonl").read_bytes().count(b"\n")
    return (
        f"### The preview\n\nThis package ({count} statements), {ROUNDS} saves, medians: the page is changed {1000 * shown:,.0f} ms after the file "
        f"was saved, and the rules have checked it after {1000 * checked:,.0f} ms.\n"
    )


def _saved(preview: Any, path: Path, text: str) -> tuple[float, float]:
    """Return the seconds until the page is shown, and until it is checked."""
    bench = preview.workbench
    while not bench.state.checked:
        time.sleep(0.01)
    time.sleep(0.3)
    before = bench.state.number
    started = time.perf_counter()
    path.write_text(text, encoding="utf-8")
    while bench.state.number == before:
        time.sleep(0.002)
    bench.page(f"sources/{path.parent.name}.html")
    shown = time.perf_counter() - started
    while not bench.state.checked:
        time.sleep(0.002)
    return shown, time.perf_counter() - started
