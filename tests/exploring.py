"""A corpus of published tables whose texts contain markup that must not affect pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.reading import ROOT, table_rows

EVENT, SOURCE, ARABIC, CHINESE = "2031-06-20-talks", "hostile-2031", "arabic-2031", "chinese-2031"
SPEAKER = "<script>alert('name')</script>"
TITLE = '"><img src=x onerror=alert(1)> {{ 7*7 }} gnp.exe'
SAID = "Lind said <b onclick=alert(1)>peace</b> & “a\u0301ll” </script><!-- \u202eabc\u202c ]]> {% raw %} %s."
HOSTILE_TEXT = f"Home\n\n{SAID}\n\nA line that no statement has, and which is excluded.\n"
ARABIC_TEXT = "قال الوزير إن المحادثات ستستمر. وشكر الجانبين.\n"
CHINESE_TEXT = "部长表示，会谈将继续，双方同意加强合作。\n"


def statement(
    source: str, local: str, whole: str, part: tuple[int, int], **facts: Any
) -> dict[str, Any]:
    """Return a row of the table of statements that covers `part` of a text (code points)."""
    row = template("statements")
    start, end = part
    return row | {
        "statement_id": f"{source}.{local}", "source_id": source, "event_id": EVENT, "speaker_id": "lind", "speaker_name": SPEAKER,
        "speaker_label": None, "text": whole[start:end], "exact": whole[start:end], "start": start, "end": end,
        "prefix": whole[max(0, start - 32) : start] or None, "suffix": whole[end : end + 32], "cue": None, "repeats": None, "event_name": TITLE,
        "publisher_name": None, "published_on": None, "url": None, "date": "2031-06-20", "date_basis": "stated", "section": "body",
    } | facts  # fmt: skip


def template(table: str) -> dict[str, Any]:
    return table_rows(table)[0]


def hostile_tables() -> dict[str, list[dict[str, Any]]]:
    """Return rows by table. The first source may be shown in full, the others only as quotations."""
    cue = HOSTILE_TEXT.index("Lind said")
    start, end = cue, HOSTILE_TEXT.index("%s.") + 3
    arabic, chinese = (0, len(ARABIC_TEXT) - 15), (0, len(CHINESE_TEXT) - 1)
    source = template("sources") | {
        "publisher_id": None,
        "publisher_basis": None,
        "publisher_evidence": None,
        "title": TITLE,
    }
    statements = [
        statement(
            SOURCE,
            "s01",
            HOSTILE_TEXT,
            (start, end),
            text=HOSTILE_TEXT[start + 10 : end],
            language="en",
        ),
        statement(ARABIC, "s01", ARABIC_TEXT, arabic, language="ar"),
        statement(CHINESE, "s01", CHINESE_TEXT, chinese, language="zh"),
    ]
    segments = [
        ("speaker", start, start + 4), ("cue", start + 5, start + 9), ("content", start + 10, end),
    ]  # fmt: skip
    rows = [
        {
            "statement_id": f"{SOURCE}.s01",
            "ordinal": n,
            "role": role,
            "start": a,
            "end": b,
            "text": HOSTILE_TEXT[a:b],
        }
        for n, (role, a, b) in enumerate(segments, 1)
    ]
    rows += [
        {
            "statement_id": f"{name}.s01",
            "ordinal": 1,
            "role": "content",
            "start": a,
            "end": b,
            "text": text[a:b],
        }
        for name, text, (a, b) in ((ARABIC, ARABIC_TEXT, arabic), (CHINESE, CHINESE_TEXT, chinese))
    ]
    claim = template("claims") | {
        "claim_id": f"{EVENT}.c01",
        "event_id": EVENT,
        "proposition": f"Claim {TITLE}",
    }
    return {
        "statements": statements,
        "sources": [
            source | {"source_id": name, "language": language, "text": text if name == SOURCE else None, "text_length": len(text),
                      "redistribution": "full-text" if name == SOURCE else "quotation"}
            for name, language, text in (("hostile-2031", "en", HOSTILE_TEXT), (ARABIC, "ar", ARABIC_TEXT), (CHINESE, "zh", CHINESE_TEXT))
        ],
        "agents": [template("agents") | {"agent_id": "lind", "type": "person", "name": SPEAKER, "other_names": TITLE}],
        "events": [template("events") | {"event_id": EVENT, "name": TITLE, "date_source_id": SOURCE, "start_date": "2031-06-20", "end_date": "2031-06-20"}],
        "segments": rows,
        "claims": [claim],
        "attestations": [
            template("attestations") | {"claim_id": f"{EVENT}.c01", "statement_id": f"{name}.s01", "quote": quote}
            for name, quote in ((SOURCE, "Lind said <b onclick=alert(1)>peace</b>"), (ARABIC, "قال الوزير"))
        ],
        "omissions": [{"claim_id": f"{EVENT}.c01", "source_id": CHINESE}],
    }  # fmt: skip


def write_hostile(folder: Path) -> Path:
    """Write a package that has only its description and published tables."""
    (folder / "data" / "sources").mkdir(parents=True)
    (folder / "data" / "tables").mkdir()
    shutil.copy(ROOT / "data" / "corpus.yaml", folder / "data" / "corpus.yaml")
    for name, rows in hostile_tables().items():
        lines = "".join(
            json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
        )
        (folder / "data" / "tables" / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    last = HOSTILE_TEXT.index("A line")
    excluded = {
        "source_id": SOURCE,
        "start": last,
        "end": len(HOSTILE_TEXT) - 1,
        "reason": "boilerplate",
    }
    (folder / "data" / "exclusions.jsonl").write_text(json.dumps(excluded) + "\n", encoding="utf-8")
    return folder
