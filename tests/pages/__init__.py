"""Page templates of made-up publishers, which a document's body is inserted into.

A template is an HTML file under ``templates/`` with ``{{name}}`` placeholders; ``TEMPLATES`` says
of each what a reader may find stated in it. All names and words in the templates are invented.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "templates"
ZONE = ZoneInfo("America/New_York")  # the corpus is of a publisher in Washington

NEWSLETTER = (
    '<aside class="newsletter-inline"><p>Sign up for our letter from abroad, sent to your inbox every'
    " Friday.</p>"
    '<form><input type="email"><button>Sign up</button></form></aside>'
)
READ_MORE = (
    '<div class="css-promo" data-testid="inline-promo"><span>Read more</span> '
    '<a href="/w/9">Why the old lighthouse was not torn down after all</a></div>'
)
ALERT = (
    '<div class="call-to-action" role="complementary"><p>Get emails about this page as soon as'
    " something new is "
    'added to it.</p><p><a href="/signup">Sign up for emails</a></p></div>'
)


@dataclass(frozen=True)
class Template:
    """The facts that a template states, and its lines with a document's title and metadata."""

    name: str
    publisher: str | None
    language: str | None
    states_url: bool
    allowed: tuple[str, ...] = ()
    insert: str = ""
    encoding: str = "utf-8"
    held_out: bool = False


TEMPLATES = (
    Template(
        "blog_article", "Ministry of Harbours", "en-US", True, ("Press releases", "Posted on {local_long}")
    ),
    Template(
        "agency_jsonld", "Coastal News Agency", "en", True,
        ("By A. Correspondent", "Published {local_abbr}, 4:12 p.m. ET"), READ_MORE,
    ),
    Template("dublin_core", "Department for Islands", "en-GB", True, ("Date", "{local_dmy}")),
    Template("old_tables", None, None, False, ("{local_long}",), encoding="cp1252"),
    Template("plain_divs", None, "en", True, ("{iso}",)),
    Template(
        "microdata", "The River Herald", "en", True,
        ("Abroad", "Staff writer {local_long} 4 min read"), NEWSLETTER,
    ),
    Template("bare_body", None, None, False, ("Released on {local_long}",)),
    Template(
        "held_portal", "Bureau of Foreign Affairs of the Hill Provinces", None, False, ("{iso} 10:15",),
        held_out=True,
    ),
    Template(
        "held_service", "GOV.LAND", "en", True,
        ("Press release", "From:", "From: Office for Abroad", "Office for Abroad", "Published", "{local_dmy}",
         "Published {local_dmy}"),
        ALERT, held_out=True,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A document in a template, with the facts that a capture must find."""

    data: bytes
    title: str
    url: str | None
    published_on: date
    publisher: str | None
    language: str | None
    allowed: tuple[str, ...]


def compose(template: Template, *, title: str, url: str, published_at: str, body: str) -> Page:
    """Return the page of a document: ``body`` is HTML, ``published_at`` an ISO 8601 timestamp with its offset."""
    moment = datetime.fromisoformat(published_at)
    local = moment.astimezone(ZONE)
    origin, path = re.match(r"(https?://[^/]+)(.*)", url).groups()
    values = {
        "title": html.escape(title),
        "url": html.escape(url),
        "origin": html.escape(origin),
        "path": html.escape(path),
        "json_title": json.dumps(title).replace("</", "<\\/"),
        "json_url": json.dumps(url),
        "utc": moment.isoformat(),
        "offset": local.isoformat(),
        "iso": f"{local:%Y-%m-%d}",
        "local_long": f"{local:%B} {local.day}, {local.year}",
        "local_abbr": f"{local:%b}. {local.day}, {local.year}",
        "local_dmy": f"{local.day} {local:%B} {local.year}",
        "body": body,
        "body_with_insert": with_insert(body, template.insert),
    }
    text = (FOLDER / f"{template.name}.html").read_text("utf-8")
    text = re.sub(r"\{\{(\w+)\}\}", lambda m: values[m[1]], text)
    title = re.sub(r"[ \t\r\n]+", " ", title).strip()
    return Page(
        data=text.encode(template.encoding, "xmlcharrefreplace"),
        title=title,
        url=url if template.states_url else None,
        published_on=local.date(),
        publisher=template.publisher,
        language=template.language,
        allowed=(title, *(line.format(**values) for line in template.allowed)),
    )


def with_insert(body: str, insert: str) -> str:
    """Return ``body`` with ``insert`` after its third paragraph, or after its last if it has fewer."""
    ends = [m.end() for m in re.finditer(r"</p>", body)]
    if not insert or not ends:
        return body
    at = ends[min(2, len(ends) - 1)]
    return body[:at] + insert + body[at:]
