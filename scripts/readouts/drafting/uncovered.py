"""The text of a source that no statement or exclusion covers yet, as entries to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ..compile.gaps import iter_gaps
from ..compile.problems import QuotationProblem
from ..compile.stretches import locate_entry
from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.spelling import nearest_id
from ..curation.canonical import commented_item
from ..curation.quotations import Quotable, Stretch, quotable_words
from ..curation.sentences import iter_sentences
from ..curation.texts import entries_in
from ..curation.yaml_nodes import YamlProblem, read_yaml
from ..ledger.identity import numbers_taken
from ..ledger.ledger import Ledger

_OPEN = {"speaker": None, "label": None, "cue": None, "mode": None, "speech_act": None}


def iter_uncovered(source: Quotable, covered: list[Stretch], first_number: int) -> Iterator[str]:
    """Yield the sentences of the text that nothing in `covered` overlaps, as comments to turn into
    statements or exclusions. The rest of a partly covered sentence is given as it is. Local ids
    count from `first_number`.
    """
    number = first_number
    for stretch in iter_gaps((0, len(source.text)), covered):
        for start, end in iter_sentences(source.text, stretch):
            words = quotable_words(source.text[start:end])
            places = source.find(words)
            quote: Any = words
            if len(places) > 1 and (start, end) in places:
                quote = {"quote": words, "occurrence": places.index((start, end)) + 1}
            yield ""
            yield from commented_item({"id": f"s{number:02d}", "quote": quote, **_OPEN})
            number += 1


def uncovered_of(
    layout: Layout, ledger: Ledger, source_id: str, exclusions: bool = False
) -> list[str]:
    """Return the text of a source that no statement or exclusion covers yet, as from `iter_uncovered`; or as exclusions with an open reason.

    Raises PackageError.
    """
    path, capture = layout.curated("source", source_id), layout.capture(source_id)
    try:
        value = read_yaml(path.read_bytes().decode("utf-8")).value
        text = Quotable.of(capture.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        known = [path.name for path in layout.sources.glob("*/")]
        raise PackageError(f"unknown source `{source_id}`{nearest_id(source_id, known)}") from error
    except (OSError, UnicodeDecodeError, YamlProblem) as error:
        raise PackageError(
            f"the source {source_id} cannot be read; `readouts validate` reports why"
        ) from error
    covered, entries = [], []
    for name in ("statements", "exclusions"):
        entries += entries_in(value, name)
    for entry in entries:
        # A quotation that is invalid or not found covers nothing; `validate` reports it.
        with suppress(QuotationProblem, KeyError, TypeError, AttributeError):
            covered.append(locate_entry(text, entry))
    taken = numbers_taken(ledger, "statements", source_id, "s", entries)
    drafts = list(iter_uncovered(text, covered, max(taken, default=0) + 1))
    if not exclusions:
        return drafts
    quotes = [
        entry["quote"]
        for entry in read_yaml("\n".join(line.removeprefix("# ") for line in drafts)).value or ()
    ]
    return [
        line.removeprefix("# ")
        for quote in quotes
        for line in commented_item({"quote": quote, "reason": None})
    ]
