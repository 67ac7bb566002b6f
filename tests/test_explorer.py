"""`readouts site`: every record has its page, marks match the tables, and no text of the data becomes markup."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import patch

import pytest

from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.explorer import addresses, workbench
from readouts.explorer.marked import runs_of, spans_of
from readouts.explorer.records import read_records
from readouts.explorer.search import spaced
from readouts.explorer.serving import Preview
from readouts.explorer.site import MARK, build_site
from readouts.explorer.workbench import Workbench
from tests.conftest import ROOT
from tests.example_packages import change_files, make_base, read_examples
from tests.exploring import (
    ARABIC,
    CHINESE,
    EVENT,
    HOSTILE_TEXT,
    SAID,
    SOURCE,
    SPEAKER,
    write_hostile,
)
from tests.reading import table_rows

MFA = "mfa-2019-09-26-celac-quartet"
URL = "https://example.org/readouts"
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Collects tags, links and the text of `.text` of a page; fails on unclosed tags."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.linked, self.words, self._open = "", "", []
        self.feed(text)
        assert not self._open, self._open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("class") or "", dict(attrs).get("type")))

    def handle_endtag(self, tag):
        assert self._open and self._open.pop()[0] == tag, tag

    def handle_data(self, data):
        if self._open and self._open[-1][2] == "application/ld+json":
            self.linked += data
        classes = [name for _, name, _ in self._open]
        if "text" in classes and not {"tip", "gap"} & set(classes):
            self.words += data

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [
            value
            for _, attributes in self.tags
            for name, value in attributes.items()
            if name in ("href", "src")
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this package."""
    folder = tmp_path_factory.mktemp("site") / "site"
    build_site(Layout(ROOT), folder, URL)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a corpus whose texts and titles contain markup."""
    folder = tmp_path_factory.mktemp("hostile")
    build_site(Layout(write_hostile(folder / "package")), folder / "site")
    return folder / "site"


def pages(site: Path) -> dict[str, Page]:
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
        if "pagefind" not in path.parts
    }


@pytest.mark.parametrize("name", ["site", "hostile"])
def test_every_link_of_the_site_has_its_target(name, request):
    """Links within the site resolve to a file and an anchor; ids are unique; there are no event handlers or inline styles."""
    site = request.getfixturevalue(name)
    found = pages(site)
    for name, page in found.items():
        assert len(page.ids) == len(set(page.ids)), name
        for tag, attributes in page.tags:
            assert not [a for a in attributes if a.startswith("on") or a == "style"], (
                name,
                tag,
                attributes,
            )
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = ((site / name).parent / path).resolve() if path else site / name
            assert target.is_file() and target.is_relative_to(site), (name, link)
            if anchor:
                assert anchor in found[target.relative_to(site).as_posix()].ids, (name, link)


def test_every_record_has_an_address(site):
    """Sources, events, agents and claims have pages, statements an anchor on the page of their source."""
    found = pages(site)
    for table, key, address in (
        ("sources", "source_id", addresses.source_page),
        ("events", "event_id", addresses.event_page),
        ("agents", "agent_id", addresses.agent_page),
        ("claims", "claim_id", addresses.claim_page),
        ("statements", "statement_id", addresses.statement_place),
    ):
        for row in table_rows(table):
            path, _, anchor = address(row[key]).partition("#")
            assert path in found and (not anchor or anchor in found[path].ids)


def test_content_security_policy_allows_only_the_site(site):
    """Each page's policy allows only files of the site, and scripts only on the search page."""
    for name, page in pages(site).items():
        policy = next(a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv"))
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        assert ("script-src" in policy) == (name == "search.html") and "unsafe-inline" not in policy
        loaded = [
            a for t, a in page.tags if t == "script" and a.get("type") != "application/ld+json"
        ]
        assert bool(loaded) == (name == "search.html")
        assert not [
            a
            for t, a in page.tags
            if t in ("img", "script", "iframe") and (a.get("src") or "").startswith("http")
        ]
        assert not [a for t, a in page.tags if t == "link" and a["href"].startswith("http")]


def test_markup_in_data_is_shown_as_text(hostile):
    """Tags, scripts and templates in the data have no effect and are shown literally."""
    for name, page in pages(hostile).items():
        tags = [tag for tag, _ in page.tags]
        assert "b" not in tags and "49" not in page.words, name
        assert not [a for t, a in page.tags if t == "img" and not a["src"].startswith("data/")]
        assert not [
            a
            for t, a in page.tags
            if t == "script" and "src" not in a and a["type"] != "application/ld+json"
        ]
    page = pages(hostile)[f"sources/{SOURCE}.html"]
    assert SAID in page.words
    linked = json.loads(page.linked)
    assert linked["hasPart"][0]["spokenByCharacter"]["name"] == SPEAKER


def test_full_text_is_shown_exactly(hostile):
    assert pages(hostile)[f"sources/{SOURCE}.html"].words == HOSTILE_TEXT


def test_quoted_source_shows_only_quotations_and_gaps(site):
    """The page shows only quotations with their context; the gaps give the number of missing characters."""
    page = pages(site)[f"sources/{MFA}.html"]
    capture = (ROOT / "data/sources" / MFA / "source.txt").read_bytes().decode("utf-8")
    shown = [False] * len(capture)
    for row in table_rows("statements"):
        if row["source_id"] == MFA:
            start, end = row["start"] - len(row["prefix"]), row["end"] + len(row["suffix"])
            shown[start:end] = [True] * (end - start)
    assert page.words == "".join(c for c, seen in zip(capture, shown, strict=True) if seen)
    gaps = (site / f"sources/{MFA}.html").read_text(encoding="utf-8")
    hidden = sum(int(n) for n in re.findall(r">\[(\d+) characters? not shown\]<", gaps))
    assert hidden == shown.count(False) > 0


def test_text_direction_and_language(hostile):
    """Arabic text is marked as right to left, Chinese with its language."""
    found = pages(hostile)
    text = [a for t, a in found[f"sources/{ARABIC}.html"].tags if a.get("class") == "text"]
    assert (text[0]["lang"], text[0]["dir"]) == ("ar", "rtl")
    assert [
        a["lang"] for t, a in found[f"sources/{CHINESE}.html"].tags if a.get("class") == "text"
    ] == ["zh"]
    assert {
        a.get("dir") for t, a in found[f"events/{EVENT}.html"].tags if a.get("class") == "words"
    } == {"rtl", "ltr"}


def test_downloads_are_rows_of_the_tables(site):
    """The JSONL of a page has the lines of the table, its CSV the same rows."""
    table = (ROOT / "data/tables/statements.jsonl").read_text(encoding="utf-8").splitlines()
    mine = [line for line in table if json.loads(line)["source_id"] == MFA]
    assert (site / f"sources/{MFA}.jsonl").read_text(encoding="utf-8").splitlines() == mine
    with io.StringIO(
        (site / f"sources/{MFA}.csv").read_bytes().decode("utf-8"), newline=""
    ) as text:
        assert [row["statement_id"] for row in csv.DictReader(text)] == [
            json.loads(line)["statement_id"] for line in mine
        ]
    for name in ("statements", "claims"):
        for form in ("csv", "jsonl"):
            assert (site / f"data/{name}.{form}").read_bytes() == (
                ROOT / f"data/tables/{name}.{form}"
            ).read_bytes()


def test_the_event_page_shows_gaps_and_differences(site):
    """Each omission is a gap in the row of its claim; different words are marked."""
    event = table_rows("events")[0]["event_id"]
    text = (site / f"events/{event}.html").read_text(encoding="utf-8")
    assert text.count("no words for this claim") == len(table_rows("omissions"))
    assert (
        '<del class="left">advocating</del>' in text
        and '<ins class="right">safeguarding</ins>' in text
    )
    assert "points come in another place of the order" in text and "Foreign Minister" in text


def test_citations_have_the_permanent_address(site):
    """The citation has the permanent address; the Python snippet selects by the page's id."""
    text = (site / f"sources/{MFA}.html").read_text(encoding="utf-8")
    assert f"{URL}/sources/{MFA}.html#s02" in text
    assert "load_dataset(&#34;" in text and f"row[&#34;source_id&#34;] == &#34;{MFA}&#34;" in text


def test_linked_data_uses_schema_org(site):
    """A source has Quotations, a claim is a Claim, the first page a Dataset."""
    found = pages(site)
    assert json.loads(found["index.html"].linked)["@type"] == "Dataset"
    source = json.loads(found[f"sources/{MFA}.html"].linked)
    assert {part["@type"] for part in source["hasPart"]} == {"Quotation"} and len(
        source["hasPart"]
    ) == 9
    claim = table_rows("claims")[0]
    linked = json.loads(found[addresses.claim_page(claim["claim_id"])].linked)
    assert (linked["@type"], linked["text"]) == ("Claim", claim["proposition"])


def test_runs_tile_the_text():
    """Nested and shared segments, exclusions and uncovered text cover each character once."""
    text = "He said “they said yes”, Lind added. Rest. More"
    inner = {
        "statement_id": "a.s2",
        "start": 9,
        "end": 22,
        "prefix": "",
        "suffix": "",
        "exact": text[9:22],
    }
    outer = {
        "statement_id": "a.s1",
        "start": 0,
        "end": 36,
        "prefix": "",
        "suffix": "",
        "exact": text[:36],
    }
    segments = {
        "a.s1": [
            {"role": "speaker", "start": 0, "end": 2},
            {"role": "content", "start": 8, "end": 23},
        ],
        "a.s2": [
            {"role": "cue", "start": 9, "end": 18},
            {"role": "content", "start": 19, "end": 22},
        ],
    }
    spans = spans_of([outer, inner], text, len(text))
    runs = runs_of(
        spans,
        len(text),
        [outer, inner],
        segments,
        [{"start": 37, "end": 42, "reason": "x"}],
        (),
        [(43, 47)],
    )
    assert "".join(words for run in runs for _, words in run.parts) == text
    kinds = [
        (run.kind, run.statement and run.statement["statement_id"])
        for run in runs
        if run.kind != "plain"
    ]
    assert kinds[:4] == [("statement", name) for name in ("a.s1", "a.s1", "a.s2", "a.s1")]
    assert [kind for kind, _ in kinds[-2:]] == ["excluded", "uncovered"]


def test_unchanged_site_is_not_written(site):
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    assert build_site(Layout(ROOT), site, URL).fresh
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_only_files_of_the_site_are_deleted(tmp_path):
    """A folder that `site` did not write is refused; a manifest that lists files outside the folder deletes none of them."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine")
    with pytest.raises(PackageError, match="not from `readouts site`"):
        build_site(Layout(ROOT), tmp_path / "site")
    (tmp_path / "outside.txt").write_text("mine")
    mark = {"made_from": "", "files": ["../outside.txt", str(tmp_path / "outside.txt"), "mine.txt"]}
    (tmp_path / "site" / MARK).write_text(json.dumps(mark))
    build_site(Layout(write_hostile(tmp_path / "package")), tmp_path / "site")
    assert (tmp_path / "outside.txt").exists() and not (tmp_path / "site" / "mine.txt").exists()


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("statements", '"lind"', '"../../etc"', "not valid"),
        ("sources", f'"source_id":"{ARABIC}"', '"source_id":"con"', "not in sources"),
        ("agents", '"agent_id":"lind"', '"agent_id":"other"', "not in agents"),
        ("claims", f'"{EVENT}.c01"', f'"{EVENT}.../c01"', "not valid"),
    ],
)
def test_ids_are_checked_before_they_become_paths(tmp_path, table, old, new, message):
    """An invalid id and an id of a missing record give an error and no file."""
    package = write_hostile(tmp_path / "package")
    path = package / "data/tables" / f"{table}.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(PackageError, match=message):
        build_site(Layout(package), tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("identifier", ["../x", "con", "", "A", "a/b", "x" * 200, "a\n"])
def test_invalid_ids_have_no_address(identifier):
    with pytest.raises(PackageError):
        addresses.source_page(identifier)
    with pytest.raises(PackageError):
        addresses.claim_page(f"{identifier}.c01")


def test_chinese_is_indexed_by_character():
    """Each Chinese character is indexed as a word; words of other scripts are not split."""
    assert spaced("会谈 continues").split() == ["会", "谈", "continues"]


def test_site_of_an_unbuilt_package_is_refused(tmp_path):
    (tmp_path / "data" / "sources").mkdir(parents=True)
    with pytest.raises(PackageError, match="run `readouts build` first"):
        read_records(Layout(tmp_path))


def test_several_processes_write_the_same_site(tmp_path, monkeypatch):
    from readouts.explorer import site as module

    package = Layout(write_hostile(tmp_path / "package"))
    build_site(package, tmp_path / "one")
    monkeypatch.setattr(module, "MANY", 1)
    monkeypatch.setattr(module, "BATCH", 7)
    build_site(package, tmp_path / "several")
    one, several = (
        {
            p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*.*")
            if p.is_file() and "pagefind" not in p.parts and p.name != MARK
        }
        for folder in (tmp_path / "one", tmp_path / "several")
    )
    assert one == several


CODES = sorted({example.code for example in read_examples() if not example.of_tables})
SOME = CODES if os.environ.get("READOUTS_TEST_ALL") else CODES[::9]
"""All codes with `make test-all`, otherwise every ninth."""


@pytest.mark.parametrize("code", SOME)
def test_preview_shows_every_page_of_an_invalid_package(code, tmp_path):
    for number, example in enumerate(
        e for e in read_examples() if e.code == code and not e.of_tables
    ):
        layout = make_base(tmp_path / str(number))
        change_files(layout.root, example.changes)
        bench = Workbench(layout)
        with patch.object(
            workbench, "validate_curation", side_effect=PackageError("not checked here")
        ):
            bench.refresh()
        for path in bench.state.pages:
            if path.endswith(".html") and not path.startswith("data/"):
                assert bench.page(path)


def test_unreadable_source_has_a_page_with_its_findings(tmp_path):
    """A source whose file is not valid YAML is shown with its findings; an unknown path has no page."""
    layout = make_base(tmp_path)
    path = sorted(layout.sources.glob("*/curation.yaml"))[0]
    path.write_text("source: [", encoding="utf-8")
    bench = Workbench(layout)
    bench.refresh()
    assert bench.state.checked and not bench.state.problem
    page = bench.page(f"sources/{path.parent.name}.html").decode("utf-8")
    assert "yaml_syntax" in page and "cannot be shown yet" in page
    assert bench.page("sources/none.html") is None and bench.page("../data/corpus.yaml") is None


def test_preview_ends_with_an_interrupt():
    """Ctrl+C ends the server with the status of the signal and without a traceback."""
    served = subprocess.Popen(
        [sys.executable, "-m", "readouts", "preview", "--no-open", "--port", "0", "--root", str(ROOT)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert "preview at http://127.0.0.1:" in served.stdout.readline()
    served.send_signal(signal.SIGINT)
    _, err = served.communicate(timeout=60)
    assert (served.returncode, err) == (130, "")


def test_port_in_use_is_reported():
    """The message names the option for another port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PackageError, match="pass another with --port"):
            Preview(Layout(ROOT), taken.getsockname()[1])


def test_empty_corpus_has_a_site(run, tmp_path):
    """The site of a new corpus without tables can be built, as its workflow does."""
    done = run("init", tmp_path / "corpus", "--yes", "--title", "Empty")
    assert done.returncode == 0, done.stderr
    build_site(Layout(tmp_path / "corpus"), tmp_path / "site")
    assert "Empty" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "site" / "pagefind" / "0" / "pagefind.js").is_file()
