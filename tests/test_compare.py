"""`readouts compare`: table, page and data from files, and errors on one line."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from readouts.compare import data, page, redlining
from readouts.compare.accounts import read_accounts
from readouts.compare.result import CAREFUL, compare_accounts
from readouts.compare.terminal import rendered
from readouts.core.findings import PackageError

from .test_alignment import NORLAND, SUDRIA

TODAY = date(2031, 6, 20)
HOSTILE = "Minister Lind said <script>alert(1)</script> & “all” | *three* ports will open. She thanked =Sudria for 40 boats.\x1b[31m"


@pytest.fixture
def files(tmp_path):
    """Write texts to files and return their names."""

    def write(*texts: str | bytes) -> list[str]:
        names = []
        for number, text in enumerate(texts):
            path = tmp_path / f"account-{number}.txt"
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
            names.append(str(path))
        return names

    return write


def compared(files, *texts):
    return compare_accounts(read_accounts(files(*texts), None, TODAY))


def test_json_has_offsets_in_the_texts(files, tmp_path, run):
    """Words are at their offsets in the texts that --texts writes; an account without words is null."""
    outcome = run(
        "compare",
        *files(NORLAND, SUDRIA),
        "--format",
        "json",
        "--texts",
        tmp_path / "texts",
        "--html",
        tmp_path / "page.html",
    )
    found = json.loads(outcome.stdout)
    texts = [(tmp_path / "texts" / f"{n}.txt").read_bytes().decode("utf-8") for n in (0, 1)]
    assert texts == [NORLAND, SUDRIA] and (tmp_path / "page.html").is_file()
    assert {row["relation"] for row in found["rows"]} <= {
        "same",
        "reworded",
        "broader",
        "narrower",
        "conflicting",
        "only",
    }
    for row in found["rows"]:
        assert (None in row["words"]) == (row["relation"] == "only") == (row["band"] == "none")
        for words in filter(None, row["words"]):
            assert texts[words["account"]][words["start"] : words["end"]] == words["text"]


def test_terminal_shows_marks_counts_and_the_caveat(files, run):
    """Without colours what differs is between asterisks; the careful sentence appears once."""
    shown = run("compare", *files(NORLAND, SUDRIA)).stdout
    assert re.search(r"\*\w+\*", shown) and "no words for this point" in shown
    assert " ".join(shown.split()).count(CAREFUL.split(". ")[1]) == 1
    assert re.search(r"\d\s+only in account-1", shown)


class Tags(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_page_is_one_file_without_scripts(files):
    """The page has no script and loads nothing, its policy forbids both, and every internal link has its target."""
    text = page.as_html(compared(files, NORLAND, HOSTILE))
    tags = Tags(text).tags
    assert {tag for tag, _ in tags}.isdisjoint(
        {"script", "img", "link", "iframe", "object", "form", "base"}
    )
    assert not [
        name
        for _, attributes in tags
        for name in attributes
        if name.startswith("on") or name in ("src", "style")
    ]
    policy = next(
        a["content"] for tag, a in tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "url(" not in text and "@import" not in text and "\x1b" not in text
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    links = {a["href"][1:] for tag, a in tags if tag == "a" and a["href"].startswith("#")}
    assert len(ids) == len(set(ids)) and links <= set(ids)
    assert text.count(CAREFUL) == 1 and "&lt;script&gt;" in text


def test_right_to_left_texts_are_marked(files):
    left = "اتفق الوزيران على عقد جولة أخرى من المحادثات. شكر الوزير السودان على الحبوب."
    right = "اتفق الجانبان على عقد جولة أخرى من المحادثات. رحبت الوزيرة بفتح المعبر."
    text = page.as_html(compared(files, left, right))
    assert 'lang="ar" dir="rtl"' in text


def test_csv_and_markdown_are_safe_to_open(files):
    """No cell begins with a formula; no text ends a table cell or becomes markup."""
    found = compared(files, HOSTILE, NORLAND)
    rows = list(csv.reader(io.StringIO(data.as_csv(found))))
    assert rows[0] == list(data.COLUMNS) and {len(row) for row in rows} == {len(data.COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    table = [line for line in data.as_markdown(found).splitlines() if line.startswith("| ")]
    assert "<script>" not in "".join(table) and {
        len(re.findall(r"(?<!\\)\|", line)) for line in table
    } == {4}


def test_redline_in_every_format(files):
    """Deleted and inserted words in brackets, as JSON, CSV, Markdown and HTML."""
    steps = redlining.steps_of(
        read_accounts(
            files("Growth was solid in spring <b>.", "Growth was strong in spring <b>."),
            None,
            TODAY,
        )
    )
    assert "[solid → strong]" in drawn_text(redlining.rendered(steps, styled=False))
    found = json.loads(redlining.as_json(steps))["steps"][0]
    assert (found["words_inserted"], found["words_deleted"], found["sentences_moved"]) == (1, 1, 0)
    assert "~~solid~~**strong**" in redlining.as_markdown(
        steps
    ) and "[solid → strong]" in redlining.as_csv(steps)
    text = redlining.as_html(steps)
    assert '<del class="left">solid</del>' in text and "<b>" not in text


def drawn_text(renderable) -> str:
    """Return the output of a terminal with 100 columns."""
    from rich.console import Console

    console = Console(width=100, file=io.StringIO())
    console.print(renderable)
    return console.file.getvalue()


def test_escape_sequences_are_shown_as_codes(files):
    assert "\x1b" not in drawn_text(rendered(compared(files, HOSTILE, NORLAND), styled=False))


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (("", NORLAND), "is empty"),
        ((NORLAND, "  \n\n "), "is empty"),
        ((NORLAND, NORLAND.replace(" ", "\n")), "are the same text"),
        ((NORLAND, b"\x7fELF\x00\x01\x02" + bytes(300)), ""),
        ((NORLAND, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4), ""),
        ((NORLAND, "Home https://norland.example/a\nPress https://norland.example/b\nhttps://norland.example/c\n"), "list of links"),
        ((NORLAND, "Home\nPress\nContact\nMinistry\nSitemap\n"), "no sentences"),
        ((NORLAND, "Les deux ministres sont convenus de la poursuite du dialogue dans le cadre des accords. Il a remercié le pays pour les céréales."), "different languages"),
    ],
)  # fmt: skip
def test_texts_that_cannot_be_compared_are_refused(files, texts, reason):
    """The message is one line and says what is wrong."""
    with pytest.raises(PackageError) as refused:
        compared(files, *texts)
    assert reason in str(refused.value) and "\n" not in str(refused.value)


def test_huge_and_missing_files_are_refused(files, tmp_path):
    """A file of 300 MB is not read; a missing file or source is reported as not found."""
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(300_000_000)
    for name, reason in (
        (str(huge), "larger than"),
        (str(tmp_path / "gone.txt"), "not found"),
        ("no-such-source", "not found"),
    ):
        with pytest.raises(PackageError, match=reason):
            read_accounts([*files(NORLAND), name], None, TODAY)


def test_sources_of_a_package_are_compared_by_id(root):
    """The two accounts of this package's event share most of their points."""
    names = ["mfa-2019-09-26-celac-quartet", "xinhua-2019-09-27-celac-quartet"]
    found = compare_accounts(read_accounts(names, root, TODAY))
    assert [account.label for account in found.accounts] == ["mfa-cn", "xinhua"] or len(
        {a.label for a in found.accounts}
    ) == 2
    assert sum(row.relation != "only" for row in found.rows) >= 12


def test_one_account_is_not_enough(run, files):
    outcome = run("compare", *files(NORLAND))
    assert outcome.returncode == 2 and "at least two accounts" in outcome.stderr


EVENT = "2019-09-26-china-celac-quartet"


def test_event_is_compared_by_its_curated_claims(run):
    """Each claim is a row with the quoted words; an account that omits it has null."""
    outcome = run("compare", "--event", EVENT, "--format", "json")
    found = json.loads(outcome.stdout)
    assert len(found["rows"]) == 29 and sum(row["relation"] == "only" for row in found["rows"]) == 4
    assert "curators collated" in found["notes"][0]


def test_event_without_claims_is_compared_by_its_texts(package, run):
    path = package / "data" / "events" / f"{EVENT}.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("claims:")[0], encoding="utf-8")
    found = json.loads(
        run("compare", "--event", EVENT, "--format", "json", "--root", package).stdout
    )
    assert "no person has checked" in found["notes"][0] and len(found["rows"]) > 10


@pytest.mark.parametrize(
    "arguments",
    [
        ("--event", "no-such-event"),
        ("--event", EVENT, "a.txt"),
        ("--event", EVENT, "--redline"),
        (),
    ],
)
def test_invalid_arguments_are_refused(run, arguments):
    """The error is one line, the exit status 2."""
    outcome = run("compare", *arguments)
    assert outcome.returncode == 2 and outcome.stderr.count("\n") == 1
