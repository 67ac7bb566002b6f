"""PDF, Word and e-mail files: text, parts left out with their reason, page offsets, and errors on one line."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from readouts.capture import CaptureError, capture_from_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: list[tuple[float, float, float, str]], extra: str = "") -> bytes:
    """Return a PDF file with (left, bottom, size, words) of each line on each page of 600 by 800 points."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]  # fmt: skip
    for number, lines in enumerate(pages):
        drawn = "".join(
            f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in lines
        )
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * number} 0 R>>")  # fmt: skip
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}endstream")
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{content}endobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R{extra}>>\nstartxref\n{len(data)}\n%%EOF"
    return data + end.encode()


def word(body: str, **parts: str) -> bytes:
    """Return a Word file with this body and these other parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return packed.getvalue()


def captured(data: bytes, name: str):
    return capture_from_bytes(data, name, accessed_on=date(2026, 11, 22))


def left_out(found) -> list[tuple[str, str]]:
    return [(part.text, part.reason) for part in found.left_out]


def test_pdf_is_read_page_by_page():
    """Hyphenated words are joined, superscripts kept, running heads and page numbers left out, page offsets recorded."""
    pages = [
        [(60, 770, 9, "Ministry Bulletin"), (60, 700, 12, "The envoy said that the inter-"), (60, 685, 12, "national road is open to 10"),
         (201.6, 690, 8, "6"), (209, 685, 12, "cars. The host"), (290, 20, 9, "1 / 2")],
        [(60, 770, 9, "Ministry Bulletin"), (60, 700, 12, "agreed at once."), (290, 20, 9, "2 / 2")],
    ]  # fmt: skip
    found = captured(pdf(*pages), "bulletin.pdf")
    assert (
        found.text
        == "The envoy said that the international road is open to 10⁶ cars. The host agreed at once."
    )
    assert found.pages == (0, found.text.index("agreed")) and found.media_type == "application/pdf"
    assert left_out(found) == [
        ("Ministry Bulletin", "running head or foot, page 1"), ("1 / 2", "page number, page 1"),
        ("Ministry Bulletin", "running head or foot, page 2"), ("2 / 2", "page number, page 2"),
    ]  # fmt: skip


@pytest.mark.parametrize("by_rows", [True, False])
def test_pdf_columns_are_read_one_after_the_other(by_rows):
    """The left column comes before the right one, whatever the order of lines in the file; full-width lines stay in place."""
    left = [(60, 600 - 15 * n, 12, f"Left number {n} goes on and on here") for n in range(6)]
    right = [(330, 600 - 15 * n, 12, f"Right number {n} goes on and on here") for n in range(6)]
    body = (
        [line for pair in zip(left, right, strict=True) for line in pair]
        if by_rows
        else [*left, *right]
    )
    head = (
        60,
        700,
        12,
        "A line of words that goes across the whole page from the left margin to the right one.",
    )
    text = captured(pdf([head, *body]), "columns.pdf").text
    order = [
        "A line of",
        *(f"Left number {n}" for n in range(6)),
        *(f"Right number {n}" for n in range(6)),
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_pdf_table_cells_are_separated():
    """Words far apart on a line are separated by a tab, and rows by a newline."""
    rows = [(x, y, 12, words) for y, pair in ((700, ("Salt", "four")), (684, ("Hemp", "seven"))) for x, words in zip((60, 300), pair, strict=True)]  # fmt: skip
    assert captured(pdf(rows), "table.pdf").text == "Salt\tfour\nHemp\tseven"


def test_word_file_is_read_with_tables_notes_and_formulas():
    """Deleted, moved and hidden text, comments and footers are left out with their reason."""
    run = "<w:r>{}<w:t xml:space='preserve'>{}</w:t></w:r>".format
    style = "<w:rPr><w:{}/></w:rPr>".format
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x=1</m:t></m:r></m:oMath>'
    body = (
        f"<w:p>{run('', 'The envoy said ')}{run(style('strike'), 'no ')}{run('', 'yes')}<w:r><w:footnoteReference w:id='2'/></w:r>"
        f"{run(style('vanish'), ' unseen')}<w:moveFrom>{run('', ' earlier')}</w:moveFrom> {run('', '; 10')}"
        f"{run(raised, '6')} {math}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('', 'Salt')}</w:p></w:tc><w:tc><w:p>{run('', 'four')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:del><w:p><w:r><w:delText>Old words.</w:delText></w:r></w:p></w:del>"
    )
    part = f'<w:{{0}} xmlns:w="{W}">{{1}}</w:{{0}}>'.format
    data = word(
        body,
        footnotes=part(
            "footnotes", f'<w:footnote w:id="2"><w:p>{run("", "In March.")}</w:p></w:footnote>'
        ),
        comments=part("comments", f"<w:comment><w:p>{run('', 'Check this.')}</w:p></w:comment>"),
        footer1=part("ftr", f"<w:p>{run('', 'Page foot')}</w:p>"),
    )
    found = captured(data, "call.docx")
    assert found.text == "The envoy said yes²; 10⁶x=1\n\nSalt\tfour\n\n² In March."
    assert sorted(left_out(found)) == [
        (" earlier", "moved from here"), (" unseen", "hidden text"), ("Check this.", "comment"), ("Old words.", "struck out"),
        ("Page foot", "footer of the pages"), ("no ", "struck out"),
    ]  # fmt: skip


def test_email_body_is_read():
    """The body is captured, plain or HTML; the subject is the title; headers, attachments and alternatives are left out."""
    head = "From: Desk <d@x.example>\nTo: l@x.example\nSubject: Readout\nDate: Tue, 5 Mar 2024 10:00:00 +0100\nMIME-Version: 1.0\n"
    both = "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe envoy agreed.\n--b\nContent-Type: text/html\n\n<p>The envoy agreed.\n--b--\n"
    found = captured((head + both).encode(), "mail.eml")
    assert (found.text.strip(), found.title, found.published_on) == (
        "The envoy agreed.",
        "Readout",
        date(2024, 3, 5),
    )
    assert (
        left_out(found)[-1][1] == "the same in another form (text/html)"
        and len(found.left_out) == 5
    )
    page = "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n\n<h1>Talks</h1><p>“Yes,” she said.</p>\n--b\nContent-Type: text/plain\n\nForwarded words.\n--b--\n"
    found = captured(head.encode() + page.encode("cp1252"), "mail.eml")
    assert "“Yes,” she said." in found.text and found.published_on == date(2024, 3, 5)
    assert ("Forwarded words.", "attachment (text/plain)") in left_out(found)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 120_000_000)
    return packed.getvalue()


LOCKED = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{0}>/U<{0}>>>/ID[<00><00>]".format("41" * 32)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (lambda: pdf([]), "scan.pdf", "contains no text"),
        (lambda: pdf([(9, 9, 9, "x")], extra=LOCKED), "locked.pdf", "protected with a password"),
        (lambda: pdf([(9, 9, 9, "x")])[:60], "cut.pdf", "cannot be read as PDF"),
        (bomb, "bomb.docx", "unpacks to 120 MB"),
        (lambda: word("")[:80], "cut.docx", "cannot be read as a Word file"),
        (lambda: word("<w:p>"), "broken.docx", "cannot be read as a Word file"),
        (lambda: word("<w:p/>"), "empty.docx", "contains no text"),
        (lambda: b"PK\x05\x06" + b"\0" * 18, "none.docx", "ZIP"),
        (lambda: b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis", "call.odt", "is an OpenDocument"),
        (lambda: b"From: \x00@;\nTo: <\nSubject: =?x?q?=00?=\n\n", "odd.eml", "odd.eml"),
        (lambda: b"<?xml version='1.0'?><rss><channel/></rss>", "feed.xml", "is an XML file"),
    ],
)  # fmt: skip
def test_unusable_documents_are_reported_on_one_line(data, name, message):
    """A scan, a password, a zip bomb and damaged files give a message with a hint."""
    with pytest.raises(CaptureError) as caught:
        captured(data(), name)
    assert message in caught.value.message and caught.value.hint and "\n" not in str(caught.value)
