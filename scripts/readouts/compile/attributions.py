"""The attributions of a statement: its speaker with the offices printed, and the other agents with a part in it."""

from __future__ import annotations

import re
from typing import Any

from ..curation.files import CuratedFile
from ..curation.quotations import Quotable, fold_space, folded
from .known import Known
from .problems import words_of
from .rows import Place, Row, Rows, is_known
from .source_words import own_words


def attributions_of(
    rows: Rows,
    file: CuratedFile,
    entry: dict[str, Any],
    row: Row,
    known: Known,
    place: Place,
) -> list[tuple[Row, Place]]:
    """Return the speaker, once for each office printed and held on the day, then the other parts as curated, then those of the whole source."""
    label, speaker = row["speaker_label"], row["speaker_id"]
    offices = offices_printed(
        row["speaker_title"], known.offices.get(speaker or "", []), row["date"]
    )
    found: list[tuple[Row, Place]] = [
        ({"role": "speaker", "agent_id": speaker, "office_id": office, "label": label}, place)
        for office in offices or [None]
    ]
    said = Quotable.of(row["exact"]) if entry.get("attributions") else None
    for index, part in enumerate(entry.get("attributions") or ()):
        words = (
            None
            if part.get("label") is None
            else own_words(said, fold_space(words_of(part["label"])[0]))
        )
        found.append(
            (
                {
                    "role": part["role"],
                    "agent_id": part.get("agent"),
                    "office_id": None,
                    "label": words,
                },
                (*place, "attributions", index),
            )
        )
    had = {(part["role"], part["agent_id"]) for part, _ in found}
    for index, part in enumerate(file.facts.get("attributions") or ()):
        unknown = part["agent"] not in known.agents and not is_known(rows, "agents", part["agent"])
        if (part["role"], part["agent"]) not in had and not unknown:
            row_of_part = {
                "role": part["role"],
                "agent_id": part["agent"],
                "office_id": None,
                "label": None,
            }
            found.append((row_of_part, ("source", "attributions", index)))
    return found


def offices_printed(title: str | None, offices: list[Row], date: str | None) -> list[str]:
    """Return ids of the offices whose title appears in the printed title and which were held on the date, in printed order."""
    if title is None or date is None:
        return []
    printed = folded(title)
    found = []
    for office in offices:
        at = re.search(rf"\b{re.escape(folded(office['title']))}\b", printed)
        if at and office["start_date"] <= date <= (office["end_date"] or "9999-12-31"):
            found.append((at.start(), office["office_id"]))
    return [office_id for _, office_id in sorted(found)]
