"""Templates rendered by Jinja2: everything is escaped, and a page may load only its own site's files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from ..compare.page import RIGHT_TO_LEFT
from ..core.findings import counted
from . import addresses

HERE = Path(__file__).resolve().parent
ASSETS = HERE / "assets"
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that HTML does not allow; they are replaced by U+FFFD, so that offsets stay."""
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; {more}base-uri 'none'; form-action 'none'"
SEARCHING = "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
"""Additional permissions of the search page: run the search library, which is WebAssembly, and read its index."""
PREVIEWING = "script-src 'self'; connect-src 'self'; "
"""Additional permission of a preview page: ask whether it changed."""
PLAIN_SITE = ""


def shown(text: str) -> str:
    """Return the text with characters that HTML does not allow replaced."""
    return _FORBIDDEN.sub("\ufffd", text)


@lru_cache(maxsize=256)
def direction(language: str | None) -> Markup:
    """Return the attributes of an element with text in this language."""
    if not language:
        return Markup('dir="auto"')
    primary = language.partition("-")[0]
    return Markup('lang="{}" dir="{}"').format(
        language, "rtl" if primary in RIGHT_TO_LEFT else "ltr"
    )


def json_ld(value: dict[str, Any]) -> Markup:
    """Return linked data for use inside `<script>`: no character in it can end the element."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def is_web_address(url: str | None) -> bool:
    return bool(url) and url.lower().startswith(("https://", "http://"))


def _finalize(value: Any) -> Any:
    if type(value) is str:
        return value if value.isprintable() else shown(value)
    return "" if value is None else value


@cache
def environment() -> jinja2.Environment:
    """Return the templates with the functions that they use."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {name: getattr(addresses, name) for name in (
        "source_page", "event_page", "agent_page", "claim_page", "statement_place", "local_of",
        "HOME", "EVENTS", "SOURCES", "SPEAKERS", "SEARCH", "DATA", "COLUMNS", "TERMS", "CODEBOOK", "RULES",
    )}  # fmt: skip
    found.globals["counted"] = counted
    found.filters |= {"direction": direction, "json_ld": json_ld}
    found.tests["web_address"] = is_web_address
    return found


def page_maker(shared: dict[str, Any], preview: bool) -> Callable[..., bytes]:
    """Return a function (path, template, values) → the page in UTF-8. `shared` are values for every page."""

    def make(path: str, template: str, **values: Any) -> bytes:
        more = SEARCHING if path == addresses.SEARCH else PREVIEWING if preview else PLAIN_SITE
        text = (
            environment()
            .get_template(template)
            .render(
                shared
                | {
                    "root": addresses.up_from(path),
                    "path": path,
                    "policy": POLICY.format(more=more),
                }
                | values
            )
        )
        return text.encode("utf-8", "replace")

    return make
