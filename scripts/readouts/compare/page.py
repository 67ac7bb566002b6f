"""A comparison as one self-contained HTML page: no script, no request; for print, dark mode and right-to-left languages."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from html import escape

from ..alignment.rows import Quotation, Row
from .marking import pieces
from .result import (
    ABSENT,
    CAREFUL,
    AccountComparison,
    counts,
    iter_facts,
    iter_only,
    order_note,
    relation_of,
)

STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#bbb;--soft:#f3f3f3;--left:#8a1c1c;--right:#0b5a2a;--leftbg:#fbe9e9;--rightbg:#e5f5ea;--link:#0b4f9c;--mark:#fff3c4}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#161616;--line:#555;--soft:#222;--left:#ffb3b3;--right:#a6e8bd;--leftbg:#3b1d1d;--rightbg:#173323;--link:#9cc8ff;--mark:#4a3f12}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:90rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1{font-size:1.4rem;margin:.5rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:.5rem 0}
a{color:var(--link)}a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;inset-inline-start:-99rem}.skip:focus{inset-inline-start:1rem;background:var(--paper)}
.note{border-inline-start:.3rem solid var(--line);padding-inline-start:.8rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}
caption{text-align:start;font-weight:600;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.5rem;text-align:start;vertical-align:top}
thead th{background:var(--soft)}.rel{width:9rem;font-size:.9rem}
del.left{color:var(--left);background:var(--leftbg);text-decoration:line-through}
ins.right{color:var(--right);background:var(--rightbg);text-decoration:underline}
.absent,.near{font-style:italic}.near{font-size:.9rem}
.conflicting td{border-block:3px double var(--left)}
.texts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:1.5rem}
.text{white-space:pre-wrap;border:1px solid var(--line);padding:.8rem;margin:0}
.text a{color:inherit;text-decoration-color:var(--line)}
.text mark{background:var(--mark);color:inherit}.text .only{background:none;border-block-end:2px dotted var(--line)}
:target{outline:3px solid var(--link)}
ul{padding-inline-start:1.2rem}
@media(max-width:48rem){table,caption,tbody,tr,td,th{display:block;width:auto}thead{position:absolute;inset-inline-start:-99rem}tr{border:2px solid var(--line);margin-block-end:1rem}td,tbody th{border:0;width:auto;border-block-end:1px solid var(--line)}td::before{content:attr(data-account);display:block;font-weight:600;font-size:.85rem}}
@media print{body{max-width:none;padding:0;font-size:9.5pt}a{color:inherit;text-decoration:none}tr,h2,h3{break-inside:avoid}.skip{display:none}.text mark{background:none;text-decoration:underline}}
"""
RIGHT_TO_LEFT = frozenset(["ar", "fa", "he", "ur", "ps", "ug", "yi", "dv", "ckb", "sd"])
LEGEND = "Words that only the first account has are struck and red; words that only the other has are underlined and green."


def as_html(result: AccountComparison) -> str:
    """Return the page as text, to be written in UTF-8. Everything from the accounts is escaped."""
    title = "Compared: " + ", ".join(account.label for account in result.accounts)
    parts = [
        f'<a class="skip" href="#points">Skip to the points</a>\n<header>\n<h1>{safe(title)}</h1>\n',
        *_accounts(result),
        f'<p class="note">{escape(CAREFUL)} {escape(result.method)}</p>\n</header>\n<main>\n',
        *_summary(result),
        *_table(result),
        *_texts(result),
        "</main>\n",
    ]
    return document(title, "".join(parts))


def document(title: str, body: str) -> str:
    """Return a whole page around a body; nothing except its own style is allowed to load or run."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{safe(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def safe(text: str) -> str:
    """Return the text escaped for HTML; characters that HTML does not allow become U+FFFD."""
    return escape(
        "".join(
            c
            if c in "\n\t"
            or (c >= " " and not "\x7f" <= c <= "\x9f" and not "\ud800" <= c <= "\udfff")
            else "\ufffd"
            for c in text
        )
    )


def _direction(result: AccountComparison, account: int) -> str:
    language = result.accounts[account].language
    if not language:
        return ' dir="auto"'
    return f' lang="{safe(language)}" dir="{"rtl" if language in RIGHT_TO_LEFT else "ltr"}"'


def _accounts(result: AccountComparison) -> Iterator[str]:
    yield "<ol>\n"
    for account in result.accounts:
        facts = [
            fact
            for fact in (account.title, account.publisher, account.published_on)
            if fact and fact != account.label
        ]
        link = ""
        if account.url and account.url.lower().startswith(("https://", "http://")):
            link = f' (<a href="{safe(account.url)}" rel="noreferrer noopener">{safe(account.url)}</a>)'
        described = f": <bdi>{safe('; '.join(facts))}</bdi>" if facts else ""
        yield f"<li><strong><bdi>{safe(account.label)}</bdi></strong>{described}{link}</li>\n"
    yield "</ol>\n"


def _summary(result: AccountComparison) -> Iterator[str]:
    yield '<section aria-labelledby="s"><h2 id="s">What differs</h2>\n<ul>\n'
    for number, kind, change in iter_facts(result):
        sides = [
            f'<{tag} class="{mark}"><bdi>{safe(part.text)}</bdi></{tag}>' if part else "nothing"
            for tag, mark, part in (("del", "left", change.left), ("ins", "right", change.right))
        ]
        yield f'<li>{escape(kind)} in <a href="#row-{number}">row {number}</a>: {sides[0]} / {sides[1]}</li>\n'
    for kind, label, found in iter_only(result):
        yield f"<li>{escape(kind)}s only in <bdi>{safe(label)}</bdi>: {', '.join(f'<bdi>{safe(words)}</bdi>' for words in found)}</li>\n"
    yield "</ul>\n<h3>How many points</h3>\n<ul>\n"
    for what, number in counts(result):
        yield f"<li>{safe(what)}: {number}</li>\n"
    order = order_note(result)
    yield f"</ul>\n{f'<p>{escape(order)}</p>' if order else ''}</section>\n"


def _table(result: AccountComparison) -> Iterator[str]:
    yield '<section aria-labelledby="points"><h2 id="points">Point by point</h2>\n'
    yield f"<p>{escape(LEGEND)} The number of a row links to its words in the full texts.</p>\n"
    yield '<table role="table">\n<caption>Points in the order of the first account</caption>\n<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="rel">Row</th>'
    yield "".join(
        f'<th role="columnheader" scope="col"><bdi>{safe(account.label)}</bdi></th>'
        for account in result.accounts
    )
    yield '</tr></thead>\n<tbody role="rowgroup">\n'
    for number, row in enumerate(result.rows, 1):
        place = next(words for words in row.words if words is not None)
        yield f'<tr role="row" id="row-{number}" class="{row.relation} {row.band}"><th role="rowheader" scope="row" class="rel"><a href="#{_anchor(place)}">{number}</a> {escape(relation_of(row))}</th>'
        yield "".join(_cell(result, row, n) for n in range(len(result.accounts)))
        yield "</tr>\n"
    yield "</tbody>\n</table>\n</section>\n"


def _anchor(words: Quotation) -> str:
    return f"text-{words.account + 1}-{words.start}"


def _cell(result: AccountComparison, row: Row, account: int) -> str:
    label = safe(result.accounts[account].label)
    if row.words[account] is None:
        near = next((words for words in row.nearest if words.account == account), None)
        nearest = (
            f'<br><a class="near" href="#{_anchor(near)}">nearest: <bdi>“{safe(near.text)}”</bdi></a>'
            if near
            else ""
        )
        return f'<td role="cell" data-account="{label}"><span class="absent">{escape(ABSENT)}</span>{nearest}</td>'
    tags = {"left": "del", "right": "ins"}
    inner = "".join(
        safe(text) if mark is None else f'<{tags[mark]} class="{mark}">{safe(text)}</{tags[mark]}>'
        for text, mark in pieces(row, account)
    )
    return f'<td role="cell" data-account="{label}"{_direction(result, account)}>{inner}</td>'


def _texts(result: AccountComparison) -> Iterator[str]:
    yield '<section aria-labelledby="full"><h2 id="full">The full texts</h2>\n'
    yield '<p>Highlighted words are in rows with the other account, words with a dotted line in rows of their own; each links to its row.</p>\n<div class="texts">\n'
    rows: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for number, row in enumerate(result.rows, 1):
        for words in row.words:
            if words is not None:
                rows[words.account, words.start, words.end].append(number)
    for n, account in enumerate(result.accounts):
        yield f'<article aria-labelledby="account-{n + 1}"><h3 id="account-{n + 1}"><bdi>{safe(account.label)}</bdi></h3>\n<div class="text"{_direction(result, n)}>'
        at = 0
        for (_, start, end), numbers in sorted(
            (place, numbers) for place, numbers in rows.items() if place[0] == n
        ):
            shared = any(result.rows[number - 1].relation != "only" for number in numbers)
            more = "".join(f' <a href="#row-{number}">[{number}]</a>' for number in numbers[1:])
            yield safe(account.text[at:start])
            kind = "shared" if shared else "only"
            yield f'<mark id="text-{n + 1}-{start}" class="{kind}"><a href="#row-{numbers[0]}">{safe(account.text[start:end])}</a>{more}</mark>'
            at = end
        yield f"{safe(account.text[at:])}</div></article>\n"
    yield "</div>\n</section>\n"
