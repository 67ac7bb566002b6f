"""No word of a page is lost, and the captured text is the text that a browser shows."""

from __future__ import annotations

import json
import os
import random
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readouts.capture import CaptureError, capture_from_bytes
from readouts.capture.page import blocks_of
from readouts.capture.tree import tree_from_text
from tests.pages.measure import corpus_path, read_corpus

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
WRAPS = (
    "<p>{}</p>", "<div>{}</div>", "<ul><li>{}</li><li>{}</li></ul>", "<table><tr><td>{}</td><td>{}</td></tr></table>",
    "<x-term>{}</x-term>", "<nav>{}</nav>", "<aside><p>{}</p></aside>", "<footer>{}</footer>", "<p hidden>{}</p>",
    '<p style="display:none">{}</p>', '<p style="visibility:hidden">{} <b style="visibility:visible">{}</b> {}</p>',
    '<div class="hidden md:block">{}</div>', '<div class="sr-only">{}</div>', "<template>{}</template>",
    "<noscript>{}</noscript>", "<dialog>{}</dialog>", "<details><summary>{}</summary>{}</details>", "<button>{}</button>",
    "<form><fieldset><p>{}</p></fieldset></form>", "<del>{}</del> <ins>{}</ins>", '<img alt="{}">', "<select><option>{}</select>",
    '<div class="related">{}</div>', "<o:p>{}</o:p>", "<p>{} <span hidden>{}</span> {}</p>", "<h2>{}</h2>", "{}<br>{}<hr>{}",
    '<p style="-webkit-backface-visibility: hidden">{}</p>', "<svg><text>{}</text></svg>", "<iframe>{}</iframe>",
    '<style>.gone{{display:none}}</style><p class="gone">{}</p>', '<input value="{}">', '<iframe srcdoc="&lt;p&gt;{}"></iframe>',
    "<table><tr><td rowspan=2>{}</td><th>{}</th></tr><tr><td>{}</td></tr></table>", "<dl><div><dt>{}</dt><dd>{}</dd></div></dl>",
    '<div style="display:flex"><span>{}</span><b>{}</b></div>', "<fieldset><legend>{}</legend>{}</fieldset>", '<map><area alt="{}"></map>',
    "<object data=x>{}</object>", "<video>{}</video>", "<menu><li>{}</li></menu>",
    '<section class="comment tools">{}</section>', "<figure><figcaption>{}</figcaption></figure>", "<search>{}</search>", "<pre>{}\n{}</pre>", "<picture>{}</picture>",
)  # fmt: skip


def _page(wraps: list[str]) -> tuple[str, Counter[str]]:
    number, parts = 0, []
    for wrap in wraps:
        words = []
        for _ in range(wrap.count("{}")):
            number += 1
            words.append(f"word{number} said{number}.")
        parts.append(wrap.format(*words))
    page = (
        f"<!doctype html><html><head><title>T</title></head><body>{' '.join(parts)}</body></html>"
    )
    return page, Counter(
        f"{kind}{n}{dot}"
        for n in range(1, number + 1)
        for kind, dot in (("word", ""), ("said", "."))
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WRAPS), min_size=1, max_size=25))
def test_every_word_of_a_page_is_kept_or_left_out_once(wraps):
    """The words kept and the words left out are together the words of the page, with the same counts."""
    page, words = _page(wraps)
    try:
        found = capture_from_bytes(page.encode(), "page.html", accessed_on=date(2026, 11, 22))
    except CaptureError as error:
        assert "shows no text" in error.message or "in frames" in error.message
        return
    assert (
        Counter(found.text.split())
        + Counter(w for part in found.left_out for w in part.text.split())
        == words
    )
    assert all(part.reason for part in found.left_out)


PAGES = (
    "<p>Unknown <st1:place>elements</st1:place> stay <glossary-term>in</glossary-term> the <o:p>line</o:p>.</p>",
    '<p style="-webkit-backface-visibility: hidden">Shown.</p><p style="DISPLAY : none !important">Not.</p><p>Shown too.</p>',
    "<style>.a{display:none}.a.b{display:block}#c .d{visibility:hidden}</style><p class=a>no<p class='a b'>yes<div id=c><i class=d>no</i> yes</div>",
    "<style>@media print{p{display:none}}@media (max-width:600px){i{display:none}}@media (min-width:600px){b{display:none}}</style><p>a <i>b</i> <b>c</b> d</p>",
    "<style>.hidden{display:none}@media(min-width:768px){.md\\:block{display:block}}</style><div class='hidden md:block'>wide</div><div class=hidden>no</div>",
    "<table><tr><td>one</td><td>two</td></tr><tr><th>three</th><td>four<table><tr><td>five</td></tr></table></td></tr></table>",
    "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><dl><dt>d<dd>e</dl><ol><li>f<p>g</p></li></ol>",
    "<p>a<br>b<br><br>c<wbr>d&shy;e&nbsp;f&#8203;g</p><hr>h<div>i<div>j</div>k</div>",
    "<dialog>no</dialog><dialog open>yes</dialog><div popover>no</div><template>no</template><p hidden>no</p><p hidden='until-found'>no</p>",
    "<p>a <span style='display:block'>b</span> c</p><div style='display:inline'>d</div><div style='display:inline'>e</div>",
    "<main><h1>مباحثات</h1><p>قال الوزير إن المحادثات <b>ستستمر</b>.</p></main>",
    "<main><h1>会谈</h1><p>部长表示，<font color=red>会谈</font>将继续。</p><p>双方<span>同意</span>。</p></main>",
    "<p class=MsoNormal><span lang=EN-US style='mso-fareast-language:EN-US'>Word <o:p></o:p></span>writes<o:p>&nbsp;</o:p></p>",
    "<div aria-hidden=true>seen</div><span role=presentation>seen too</span><center>c<font>d</font></center>",
    "<p style='visibility:hidden'>no <b style='visibility:visible'>yes</b> no</p><figure><picture>a</picture><figcaption>b</figcaption></figure>",
    "<p>a<p>b<div>c<p>d</div>e<blockquote>f<footer>g</footer></blockquote>",
    "<p>x<sub>y</sub> and [<sup>*</sup>]</p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby><ruby>京<rp>(</rp><rt>きょう</rt><rp>)</rp></ruby><math><mi>x</mi><mo>=</mo><mn>1</mn></math>",
    "<form><p>para in form</p><fieldset><legend>legend</legend><p>field</p></fieldset></form><address>adr</address>",
    "<pre>a  b\n  c</pre><xmp>d e</xmp><listing>f</listing><tt>g</tt><nobr>h</nobr><blink>i</blink><marquee>j</marquee>",
    "<div style='display:flex'><span>one</span><b>two</b></div><style>.g{display:inline-grid}</style><p class=g><i>three</i><i>four</i></p>",
    "<article><header><h1>t</h1></header><section><p>a</p></section><aside>b</aside><footer>c</footer></article>",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium; CHROMIUM names another")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        context = started.new_context(
            viewport={"width": 1280, "height": 800}, java_script_enabled=True
        )
        context.route("**/*", lambda route: route.abort())
        yield context.new_page()
        started.close()


# Intended differences: `innerText` has deleted text, form controls and drawings, but no quotation
# marks of `q` and no brackets of `ruby`. A closed `details` can be opened by a reader, so it is
# kept, like `hidden=until-found`.
INTENDED = "for (const e of document.querySelectorAll('del,s,strike,button,select,textarea,svg,object,iframe,video,audio,canvas')) e.remove(); for (const e of document.querySelectorAll('rp')) e.remove(); for (const e of document.querySelectorAll('rt')) { e.prepend('('); e.append(')'); } for (const e of document.querySelectorAll('details')) e.open = true; for (const e of document.querySelectorAll('[hidden=until-found]')) e.hidden = false;"


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", re.sub("[\u200b\u200c\u200d\u2060\ufeff]", "", text))
    return "".join(re.sub(r"[\^_]\((\w+)\)", r"\1", text).split())


def difference(page, html: str) -> str | None:
    """Return the first difference from the browser's `innerText`, ignoring white space, marks of `q` and superscripts."""
    page.set_content(html, wait_until="domcontentloaded")
    page.evaluate(INTENDED)
    shown = _words(page.evaluate("document.body.innerText"))
    ours = "".join(_words(b.text) for b in blocks_of(tree_from_text(html)) if not b.hidden)
    if "<q" in html.lower():
        shown, ours = (re.sub("[“”‘’«»„\"']", "", text) for text in (shown, ours))
    if shown == ours:
        return None
    at = next(
        (i for i, (a, b) in enumerate(zip(shown, ours, strict=False)) if a != b),
        min(len(shown), len(ours)),
    )
    return f"browser …{shown[max(0, at - 20) : at + 30]}… ours …{ours[max(0, at - 20) : at + 30]}…"


def test_made_up_pages_match_a_browser(browser):
    """The text of each made-up page, and of 60 random ones, is the browser's `innerText` except for the intended differences."""
    chance = random.Random(7)
    plain = [w for w in WRAPS if "md:block" not in w and "sr-only" not in w]
    pages = [f"<!doctype html><meta charset=utf-8><title>t</title><body>{body}" for body in PAGES]
    pages += [_page(chance.sample(plain, 8))[0] for _ in range(60)]
    found = {html: wrong for html in pages if (wrong := difference(browser, html))}
    assert not found, "\n".join(f"{wrong}\n  {html[-300:]}" for html, wrong in found.items())


@pytest.mark.skipif(not corpus_path().is_file(), reason="the corpus is not next to the project")
def test_corpus_pages_match_a_browser(browser):
    """The text of real bodies is the browser's `innerText`; 40 of them, or all with READOUTS_CORPUS_WHOLE=1."""
    whole = os.environ.get("READOUTS_CORPUS_WHOLE")
    wrong = {}
    for row in read_corpus(corpus_path(), None if whole else 40):
        html = f"<!doctype html><meta charset=utf-8><title>t</title><body>{row['html']}"
        if found := difference(browser, html):
            wrong[row["url"]] = found
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)[:4000]
