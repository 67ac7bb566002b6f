"""The facts that a capture states about a source, and the remarks for a curator to check."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from ..capture import Capture
from ..curation.files import Curation
from ..curation.quotations import Quotable, fold_space


def agent_named(curation: Curation, name: str | None) -> str | None:
    """Return the agent with the name, if exactly one has it."""
    found = [file.identifier for file in curation.of_kind("agent")
             if name and name in (file.facts["name"], file.facts.get("native_name"), *(file.facts.get("other_names") or ()))]  # fmt: skip
    return found[0] if len(found) == 1 else None


def facts_of(
    curation: Curation, capture: Capture, text: Quotable, publisher: str | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the facts that the capture states about the source, and remarks by key on statements of the page that a curator has to check."""
    asides = {
        "account_type": "readout, news-report, transcript, joint-statement, statement, remarks … (schema/vocabulary.yaml)"
    }
    title = fold_space(capture.title) if capture.title and text.find(capture.title) else None
    if capture.title and title is None:
        asides["title"] = (
            f"The page is titled “{fold_space(capture.title)}”, which its text does not print."
        )
    evidence, open_publisher = _publisher_shown(capture, text, publisher)
    asides |= open_publisher
    day, stated = capture.published_on, False
    if day is not None:
        asides["published_on"] = f"As found: {capture.published_on_evidence}."
        stated = any(text.find(form) for form in _forms_of(day))
    facts = {
        "title": title,
        "publisher": publisher,
        "publisher_basis": "inferred" if publisher else None,
        "publisher_evidence": evidence,
        "account_type": None,
        "language": capture.language or "und",
        "rendering": "unknown",
        "published_on": None if day is None else day.isoformat(),
        "published_on_basis": None if day is None else "stated" if stated else "inferred",
        "time_zone": _zone_of(curation, publisher),
        "url": capture.url,
        "obtained_from": f"{capture.obtained_from}, {capture.accessed_on.isoformat()}",
        "accessed_on": capture.accessed_on.isoformat(),
        "original_sha256": capture.original_sha256,
        "media_type": capture.media_type,
        "rights": "undetermined",
        "redistribution": "quotation",
        "text_sha256": hashlib.sha256(capture.text.encode("utf-8")).hexdigest(),
    }
    return facts, asides


def _publisher_shown(
    capture: Capture, text: Quotable, publisher: str | None
) -> tuple[str | None, dict[str, str]]:
    """Return the evidence for the publisher, and remarks by key on what is still open."""
    names = f"names “{capture.publisher}” ({capture.publisher_evidence})"
    if publisher is None:
        remark = f"The page {names}; write the id of that agent."
        return None, {"publisher": remark} if capture.publisher else {}
    if not capture.publisher:
        remark = "Say what shows who the publisher is, and name it."
        return None, {"publisher_evidence": remark}
    if text.find(capture.publisher):
        return f"The page {names}.", {}
    return (
        f"The page, not its text, names {capture.publisher} ({capture.publisher_evidence}).",
        {},
    )


def _forms_of(day: date) -> tuple[str, ...]:
    """Return the printed English forms of the day, and the ISO form: the basis is `stated` only if the captured text contains one of them."""
    return (
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b}. {day.day}, {day.year}",
    )


def _zone_of(curation: Curation, publisher: str | None) -> str | None:
    """Return the publisher's time zone, if its other sources agree on one."""
    zones = {file.facts.get("time_zone") for file in curation.of_kind("source") if publisher and file.facts.get("publisher") == publisher}  # fmt: skip
    return zones.pop() if len(zones) == 1 else None
