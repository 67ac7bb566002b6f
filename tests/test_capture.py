"""Capture of made-up pages and texts: the text kept, the parts left out, and the facts found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readouts.capture import (
    Capture,
    CaptureError,
    capture_from_bytes,
    capture_from_file,
    propose_source_id,
)

TODAY = date(2026, 11, 22)
TEXT = "The minister said that the talks would go on until the end of the week, and that nobody should hurry."
MORE = "The envoy replied that her side had never asked for haste, and thanked the hosts for the long table."


def captured(page: str | bytes, **options) -> Capture:
    data = page.encode() if isinstance(page, str) else page
    return capture_from_bytes(data, options.pop("name", "page.html"), accessed_on=TODAY, **options)


def page(body: str, head: str = "", attributes: str = "") -> str:
    head = f"<head><title>Talks go on</title>{head}</head>"
    return f"<!doctype html><html{attributes}>{head}<body>{body}</body></html>"


def dated(head: str = "", line: str = "", attributes: str = "") -> Capture:
    body = f"<main><h1>Talks go on</h1>{line}<div><p>{TEXT}</p><p>{MORE}</p></div></main>"
    return captured(page(body, head, attributes))


def test_paragraphs_lists_tables_and_breaks_keep_their_order():
    """Paragraphs are separated by a blank line, items and breaks by a newline, cells by a tab."""
    body = (
        f"<article><h1>Talks go on</h1><p>{TEXT}\n   {MORE}</p>"
        "<ul><li>one</li><li>two<ul><li>deep</li></ul></li>"
        "</ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
        f"first<br>second<br><br>third<p>No\u00a0break,  here</p>"
        f"<pre>as  it\n  stands</pre><p>{TEXT}</p></article>"
    )
    assert captured(page(body)).text == (
        f"Talks go on\n\n{TEXT} {MORE}\n\none\ntwo\ndeep\n\na\tb\nc\td\n\nfirst\nsecond\n\nthird\n\n"
        f"No\u00a0break, here\n\nas  it\n  stands\n\n{TEXT}"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var secret</script>", "<style>.secret{}</style>", "<div hidden>secret</div>",
        '<p style="display: none">secret</p>', "<template><p>secret</p></template>", "<!-- secret -->",
        '<span class="sr-only">secret</span>', "<noscript>secret</noscript>", '<input value="secret">',
        "<button>secret</button>", "<dialog>secret</dialog>", '<svg><text>secret</text></svg>',
    ],
)  # fmt: skip
def test_hidden_text_is_left_out(hidden):
    """Scripts, styles, form fields and hidden text are left out, the text around them is kept."""
    text = captured(
        page(
            f"<main><h1>Talks go on</h1><p>{TEXT}</p>{hidden}<p>{MORE}</p>{hidden}And so on.</main>"
        )
    ).text
    assert "secret" not in text
    assert text.endswith(f"{TEXT}\n\n{MORE}\n\nAnd so on.")


@pytest.mark.parametrize(
    "chrome",
    [
        '<nav><a href="/a">Home page</a></nav>', '<div class="share-buttons">Share by pigeon</div>',
        '<div id="cookie-notice"><p>We keep crumbs of what you read for as long as we like.</p></div>',
        '<footer><p>The ministry at the quay is open when the flag is up, on most days.</p></footer>',
        '<div role="complementary"><p>Read our letter every week and never miss a boat again.</p></div>',
        '<h2>Related</h2><ul><li><a href="/x">Other talks end</a></li><li><a href="/y">Boats</a></li></ul>',
    ],
)  # fmt: skip
def test_page_chrome_is_left_out(chrome):
    """Navigation, share buttons, notices, footers and lists of other pages are not captured."""
    body = f"<div><h1>Talks go on</h1><p>{TEXT}</p>{chrome}<p>{MORE}</p>{chrome}</div>"
    assert captured(page(body)).text == f"Talks go on\n\n{TEXT}\n\n{MORE}"


def test_class_names_match_as_whole_words():
    """Classes such as "navy" and "menuscript" do not mark page chrome."""
    body = f'<div><h1>Talks go on</h1><p>{TEXT}</p><div class="navy menuscript">{MORE}</div></div>'
    assert captured(page(body)).text.endswith(MORE)


def test_page_chrome_class_on_the_whole_document_is_ignored():
    """An element that contains the headline is the document, whatever its class."""
    body = f'<div class="page with sidebar"><h1>Talks go on</h1><p>{TEXT}</p></div>'
    assert captured(page(body)).text == f"Talks go on\n\n{TEXT}"


def test_all_sections_of_the_body_are_kept():
    """Sibling sections and the notes after them belong to the document."""
    sections = "".join(f"<section><h2>Part {n}</h2><p>{n}. {TEXT}</p></section>" for n in range(4))
    notes = '<div class="footnotes"><ol><li>See the protocol of the second day.</li></ol></div>'
    text = captured(page(f"<main><h1>Talks go on</h1>{sections}{notes}</main>")).text
    assert [f"{n}. {TEXT}" in text for n in range(4)] == [True] * 4
    assert text.endswith("second day.")


def test_page_chrome_within_the_text_is_noted():
    body = (
        f"<main><h1>Talks go on</h1><p>{TEXT}</p><aside>A box of facts</aside><p>{MORE}</p></main>"
    )
    assert captured(page(body)).notes == ('left out (next to the text): "A box of facts"',)


def test_last_sentence_with_links_is_kept():
    """A row of links at the end is left out; a sentence full of links is not."""
    line = '<p>Write to <a href="mailto:a@x.example">a@x.example</a> or <a href="/v">the office</a>.</p>'
    row = '<p><a href="/1">Previous</a> | <a href="/2">Next</a></p>'
    text = captured(page(f"<div><h1>Talks go on</h1><p>{TEXT}</p>{line}{row}</div>")).text
    assert text.endswith("a@x.example or the office.")


@pytest.mark.parametrize(
    ("head", "line", "on", "basis", "evidence"),
    [
        ('<meta property="article:published_time" content="2021-05-20T21:30:00-04:00">', "", "2021-05-20",
         "stated", "meta property article:published_time"),
        ('<meta property="article:published_time" content="2021-05-21T01:30:00Z">', "<p>May 20, 2021</p>",
         "2021-05-20", "stated",
         'date printed in the text: "May 20, 2021"; meta property article:published_time is in UTC'),
        ('<meta property="article:published_time" content="2021-05-21T01:30:00+00:00">', "", "2021-05-21",
         "inferred",
         "meta property article:published_time, in UTC: the publisher's local date may be a day off"),
        ('<meta property="article:published_time" content="2021-05-21T01:30:00">', "<p>20 May 2021</p>",
         "2021-05-20", "stated",
         'date printed in the text: "20 May 2021"; meta property article:published_time says no offset'),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-05-20"}</script>',
         "", "2021-05-20", "stated", "JSON-LD datePublished"),
        ('<meta name="DC.date.issued" content="2021-05-20">', "", "2021-05-20", "stated",
         "meta name DC.date.issued"),
        ("", '<p><time datetime="2021-05-20">yesterday</time></p>', "2021-05-20", "stated", "time datetime"),
        ("", '<p itemprop="datePublished" content="2021-05-20">Thursday</p>', "2021-05-20", "stated",
         "itemprop datePublished"),
        ("", "<p>Published: 20 May 2021</p>", "2021-05-20", "stated",
         'date printed in the text: "20 May 2021"'),
        ("", "<p>Thursday, May 20th, 2021</p>", "2021-05-20", "inferred",
         'date printed in the text: "May 20th, 2021"'),
        ("", "<p>2021年5月20日</p>", "2021-05-20", "inferred", 'date printed in the text: "2021年5月20日"'),
        ("", "<p>20 мая 2021 г.</p>", "2021-05-20", "inferred", 'date printed in the text: "20 мая 2021"'),
        ("", "<p>le 1er juin 2021</p>", "2021-06-01", "inferred",
         'date printed in the text: "1er juin 2021"'),
        ("", "<p>20.05.2021</p>", "2021-05-20", "inferred", 'date printed in the text: "20.05.2021"'),
    ],
)  # fmt: skip
def test_publication_date_is_found_in_each_convention(head, line, on, basis, evidence):
    """Each convention gives the publisher's local date, with its basis and evidence."""
    found = dated(head, line)
    assert (str(found.published_on), found.published_on_basis, found.published_on_evidence) == (
        on,
        basis,
        evidence,
    )


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("", ""),
        ("", "<p>05/06/2021</p>"),
        ("", "<p>Last updated: 20 May 2021</p>"),
        ("", f"<p>{TEXT} It began on 20 May 2021 and nobody knows when it will end.</p>"),
        ('<meta property="article:modified_time" content="2021-05-20">', ""),
        ('<meta property="article:published_time" content="soon">', ""),
        ('<meta name="date" content="0001-01-01">', ""),
        ("", "<p>31 June 2021</p>"),
        ('<script type="application/ld+json">{"datePublished": </script>', ""),
    ],
)
def test_publication_date_is_not_guessed(head, line):
    """A missing, ambiguous or invalid date, a revision date and a date in a sentence give null."""
    found = dated(head, line)
    assert (found.published_on, found.published_on_basis, found.published_on_evidence) == (
        None,
        None,
        None,
    )


def test_timestamp_is_kept_and_a_contradicting_date_is_noted():
    """published_at is the page's own string; a different printed date is noted."""
    stamp = "2021-05-20T21:30:00-04:00"
    found = dated(
        f'<meta property="article:published_time" content="{stamp}">', "<p>May 29, 2021</p>"
    )
    assert found.published_at == stamp
    assert found.notes == (
        'meta property article:published_time gives 2021-05-20, but the page prints "May 29, 2021"',
    )


def test_dates_in_masthead_and_related_documents_are_ignored():
    body = (
        '<div class="masthead">Sunday, November 22, 2026</div>'
        f"<div><h1>Talks go on</h1><p>May 20, 2021</p><p>{TEXT}</p><p>{MORE}</p></div>"
        '<div class="related"><p>3 March 2020</p></div>'
    )
    assert captured(page(body)).published_on == date(2021, 5, 20)


@pytest.mark.parametrize(
    ("head", "url", "evidence"),
    [
        ('<link rel="canonical" href="https://x.example/talks">', "https://x.example/talks",
         "link rel=canonical"),
        ('<base href="https://x.example"><link rel="canonical" href="/talks">', "https://x.example/talks",
         "link rel=canonical"),
        ('<meta property="og:url" content="https://x.example/talks">', "https://x.example/talks",
         "meta property og:url"),
        ('<link rel="canonical" href="https://x.example/"><meta property="og:url" content="https://x.example/t">',
         "https://x.example/t", "meta property og:url"),
        ("<!-- saved from url=(0025)https://x.example/talks -->", "https://x.example/talks",
         "the browser's note of where the page was saved from"),
        ('<link rel="canonical" href="/talks">', None, None),
        ('<link rel="canonical" href="javascript:x">', None, None),
        ('<link rel="canonical" href="http://[">', None, None),
    ],
)  # fmt: skip
def test_address_is_found(head, url, evidence):
    """A canonical link, og:url or the browser's note give the address; a home page or a bare path does not."""
    found = dated(head)
    assert (found.url, found.url_evidence) == (url, evidence)


@pytest.mark.parametrize(
    ("head", "attributes", "language"),
    [
        ("", ' lang="en_us"', "en-US"),
        ('<meta http-equiv="Content-Language" content="fr">', "", "fr"),
        ('<meta property="og:locale" content="zh_hant_TW">', "", "zh-Hant-TW"),
        ("", ' lang="english please"', None),
        ("", "", None),
    ],
)
def test_language_is_found(head, attributes, language):
    """lang, Content-Language and og:locale give a BCP 47 tag."""
    assert dated(head, attributes=attributes).language == language


def test_language_of_the_text_overrides_the_language_of_the_page():
    """A document in French on an English site is French."""
    body = f'<main lang="fr"><h1>Talks go on</h1><p>{TEXT}</p></main>'
    assert captured(page(body, attributes=' lang="en"')).language == "fr"


def test_title_and_publisher_are_found():
    """The title is the printed headline, without the site's name; the publisher comes from the metadata."""
    head = '<meta property="og:site_name" content="Bureau of Boats">'
    found = dated(head + '<meta property="og:title" content="Talks go on | Bureau of Boats">')
    assert (found.title, found.title_evidence) == (
        "Talks go on",
        "h1, as in meta property og:title",
    )
    assert (found.publisher, found.publisher_evidence) == (
        "Bureau of Boats",
        "meta property og:site_name",
    )
    bare = captured(f"<title>Boats sail - Bureau of Boats</title>{head}<p>{TEXT}</p><p>{MORE}</p>")
    assert (bare.title, bare.title_evidence) == ("Boats sail", "<title>")


def test_several_json_ld_articles_are_ignored():
    """A list of other documents in the metadata says nothing about this one."""
    first = '{"@type":"NewsArticle","headline":"A","datePublished":"2021-05-20"}'
    nodes = f'[{first},{{"@type":"Article","headline":"B"}}]'
    assert dated(f'<script type="application/ld+json">{nodes}</script>').published_on is None


def test_text_begins_at_the_heading():
    """The text begins at the h1, not at a line above it that repeats the title."""
    body = (
        f"<div><p>Talks go on</p><p>A line of the head.</p><h1>Talks go on</h1><p>{TEXT}</p></div>"
    )
    assert captured(page(body)).text == f"Talks go on\n\n{TEXT}"


def test_largest_text_is_captured_without_a_headline():
    """A page that prints no headline gives its running text, not the boxes around it."""
    boxes = "<div><div>Weather: fair. Wind: west.</div><div>Harbour open until six.</div></div>"
    body = f"<div>{boxes}<div>{''.join(f'<p>{n}. {TEXT} {MORE}</p>' for n in range(5))}</div>{boxes}</div>"
    found = captured(page(body)).text
    assert found.startswith("0. ") and found.endswith(MORE)


def test_text_file_is_captured_byte_for_byte():
    """Byte order mark, line ends and spaces of a text file stay, and no facts are found in it."""
    data = "\ufeff Home > News\r\nTalks go on\r\n\r\n\u00a0He said so.\t\n".encode()
    found = captured(data, name="talks.txt")
    assert found.text.encode() == data
    assert (found.title, found.published_on, found.language, found.url) == (None, None, None, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom"])
def test_byte_order_mark_sets_the_encoding(encoding):
    text = page(f"<main><h1>Talks go on</h1><p>“Šimun” said: {TEXT}</p></main>")
    data = (
        "\ufeff".encode("utf-16-be") + text.encode("utf-16-be")
        if "be" in encoding
        else text.encode(encoding)
    )
    assert f"“Šimun” said: {TEXT}" in captured(data).text


@pytest.mark.parametrize(
    ("codec", "meta", "content_type", "words"),
    [
        ("cp1252", "iso-8859-1", None, "“curly” naïve"),
        ("cp1251", None, "text/html; charset=windows-1251", "Переговоры продолжаются"),
        ("gb18030", "gb2312", None, "会谈继续进行"),
        ("utf-8", "utf-16", None, "“curly” naïve"),
        ("cp1251", "no-such-charset", "text/html; charset=cp1251", "Переговоры продолжаются"),
        ("utf-16-le", None, "text/html; charset=utf-16le", "España"),
    ],
)
def test_declared_encoding_is_read_as_browsers_read_it(codec, meta, content_type, words):
    """HTTP's charset comes first, then the page's own; Latin-1 means Windows-1252."""
    head = f'<meta charset="{meta}">' if meta else ""
    data = page(f"<main><h1>Talks go on</h1><p>{words}. {TEXT}</p></main>", head).encode(codec)
    assert f"{words}. {TEXT}" in captured(data, content_type=content_type).text


@pytest.mark.parametrize(
    ("head", "data", "content_type", "words", "encoding", "note"),
    [
        ("", "España y Perú, según Núñez".encode() + b" \xfa", None, "España y Perú, según Núñez \ufffd", "utf-8", "(0xfa)"),
        ('<meta charset="iso-8859-1">', "España".encode(), None, "España", "utf-8", "every byte fits UTF-8"),
        ("", "España".encode(), "text/html; charset=latin1", "España", "utf-8", "every byte fits UTF-8"),
        ("", b"Espa\xf1a \x81", None, "España \ufffd", "windows-1252", "(0x81)"),
        ("<!-- <meta charset=koi8-r> -->", b"Espa\xf1a", None, "España", "windows-1252", "no encoding is declared"),
        ("<script>'<meta charset=koi8-r>'</script>", b"Espa\xf1a", None, "España", "windows-1252", "no encoding is declared"),
        ("<meta charset=no-such>", b"Espa\xf1a", None, "España", "windows-1252", "not an encoding of the web"),
    ],
)  # fmt: skip
def test_encoding_follows_the_web_standard(head, data, content_type, words, encoding, note):
    """Nearly valid UTF-8 is UTF-8, anything else Windows-1252, never a statistical guess; an invalid byte is noted."""
    before, after = page("<main><h1>Talks go on</h1><p>@</p></main>", head).encode().split(b"@")
    found = captured(before + data + after, content_type=content_type)
    assert words in found.text and found.encoding == encoding
    assert any(note in one for one in found.notes)


def test_page_not_in_its_declared_encoding_is_refused():
    """A page declared as UTF-8 is not read as something else: the first invalid byte is reported."""
    russian = (
        "Министр сказал, что переговоры продолжатся до конца недели, и поблагодарил хозяев за встречу. "
        * 5
    )
    data = page(
        f"<main><h1>Talks go on</h1><p>{russian}</p></main>", '<meta charset="utf-8">'
    ).encode("cp1251")
    with pytest.raises(CaptureError, match=r"not in utf-8 .*the first is byte \d+"):
        captured(data)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.html", "is empty"),
        (b" \r\n\xc2\xa0", "a.txt", "is empty"),
        (b"<html><body><script>render()</script></body></html>", "a.html", "shows no text"),
        (b"<!doctype html>", "a.html", "shows no text"),
        (b"%PDF-1.7 ...", "a.html", "cannot be read as PDF"),
        (b"PK\x03\x04....", "a.docx", "cannot be read as a Word file"),
        (b"PK\x03\x04....", "a.xyz", "ZIP"),
        (b"From: <Saved by a browser>\nContent-Type: multipart/related;", "a.mhtml", "MHTML"),
        (b"caf\xe9 is here", "a.txt", "not UTF-8: byte 3 (line 1)"),
        (b"one\0two", "a.txt", "NUL"),
        (b"<p>one\0two</p>", "a.html", "NUL"),
        (b"<html>" + b"<div>" * 5000 + b"x", "a.html", "thousands deep"),
        (b"<html><p " + b" ".join(b"a%d=1" % n for n in range(20_000)) + b">x", "a.html",
         "thousands of attributes"),
        (b"x" * 20_000_001, "a.txt", "larger than 20 MB"),
    ],
)  # fmt: skip
def test_uncapturable_files_are_reported(data, name, message):
    """Each unusable file gives a CaptureError with a message and a hint."""
    with pytest.raises(CaptureError) as caught:
        capture_from_bytes(data, name, accessed_on=TODAY)
    assert message in caught.value.message
    assert caught.value.hint


def test_missing_file_and_folder_are_reported(tmp_path):
    """A missing path or a folder gives a CaptureError; a file gives its name as obtained_from."""
    for path in (tmp_path, tmp_path / "none.html"):
        with pytest.raises(CaptureError, match="is not a file"):
            capture_from_file(path, TODAY)
    (tmp_path / "talks.txt").write_bytes(b"He said so.")
    found = capture_from_file(tmp_path / "talks.txt", TODAY)
    assert (found.text, found.obtained_from, found.accessed_on) == (
        "He said so.",
        "talks.txt",
        TODAY,
    )


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<table>",
            "<tr>",
            "<td>",
            "<h1>Talks</h1>",
            "<a",
            "href=x>",
            "</a>",
            "<ul>",
            "<li>",
            "<b>",
            "<br>",
            "<hr>",
            "<pre>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<body>",
            "</html>",
            "<nav>",
            "</nav>",
            "<article>",
            "<main>",
            "<title>",
            "<time>",
            "&nbsp;",
            "&#0;",
            "&#xD800;",
            "<![CDATA[",
            "<meta\xa0charset=x>",
            "<p\xa0itemprop=datePublished>2021",
            "<html\xa0lang=xx>",
            "<base\xa0href=//",
            ">",
            "May\xa05,\xa02021",
            "word",
            "said.",
            "1/2/2021",
            "(",
            "[",
            "]",
            "{",
            "}",
            "\u202f",
            "\ufeff",
        ]
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_broken_markup_gives_a_text_or_a_capture_error(pieces):
    """The result is a text that UTF-8 can encode, or a CaptureError."""
    try:
        found = captured("<html>" + " ".join(pieces).replace("\u00a0", " "))
    except CaptureError:
        return
    assert found.text.strip() and found.text.encode()


@pytest.mark.parametrize(
    ("publisher", "on", "title", "expected"),
    [
        ("state", date(2021, 5, 20), "Greenland: Joint Press Availability",
         "state-2021-05-20-greenland-joint-press-availability"),
        ("Ministry of Foreign Affairs", date(2021, 5, 20), "Secretary’s Call with the U.S. Envoy",
         "ministry-foreign-2021-05-20-secretary-call-us-envoy"),
        ("Außenministerium", None, "Gespräch über Kraków", "aussenministerium-gesprach-uber-krakow"),
        (None, None, "外国专家", "source"),
        ("", date(2021, 5, 20), None, "2021-05-20"),
        ("state", date(2021, 5, 20), "seven " * 20,
         "state-2021-05-20-seven-seven-seven-seven-seven-seven-seven"),
        ("state", date(2021, 5, 20), "On the", "state-2021-05-20-on-the"),
    ],
)  # fmt: skip
def test_proposed_id_is_short_and_readable(publisher, on, title, expected):
    """Publisher, date and title give an ASCII id without stop words."""
    assert propose_source_id(publisher, on, title) == expected


@given(st.none() | st.text(), st.none() | st.dates(), st.none() | st.text())
def test_every_proposed_id_is_valid_and_short(publisher, on, title):
    """The id matches the pattern of ids and has at most 60 characters, whatever it is made of."""
    import re

    found = propose_source_id(publisher, on, title)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", found) and len(found) <= 60
