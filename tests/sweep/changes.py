"""Places of curated files where one character matters, and the changes tried there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from readouts.curation.yaml_document import Path as Place
from readouts.curation.yaml_nodes import read_yaml

QUOTED = frozenset({"quote_in_source"})
PART = frozenset({"part_in_quote", "quote_unique"})
REFERENCE = frozenset({"reference_resolves", "value_form", "value_type"})
DATE = frozenset({"value_form"})

FIELDS: tuple[tuple[str, str, frozenset[str]], ...] = (
    # kind of field, place (kind of file and path, `*` for any step), codes that may report a
    # changed character there
    ("printed title of a source", "source/source/title", frozenset({"title_in_capture"})),
    ("publisher", "source/source/publisher", REFERENCE | {"publisher_is_evidenced"}),
    ("evidence quoted", "source/source/publisher_evidence", frozenset({"publisher_is_evidenced"})),
    ("date", "source/source/published_on", DATE | {"published_date_in_capture"}),
    ("date", "source/source/accessed_on", DATE | {"access_date_in_origin"}),
    ("hash", "source/source/text_sha256", frozenset({"source_text_unchanged", "value_form"})),
    ("event", "source/source/event", REFERENCE),
    ("quotation", "source/statements/*/quote", QUOTED),
    ("speaker", "source/statements/*/speaker", REFERENCE | {"speaker_is_named"}),
    ("speaker's label", "source/statements/*/label", PART),
    ("printed title", "source/statements/*/title", PART | {"title_is_held"}),
    ("cue", "source/statements/*/cue", PART),
    ("context", "source/statements/*/context/*", PART | {"parts_disjoint"}),
    ("statement continued", "source/statements/*/continues", REFERENCE | {"continues_nearest", "speaker_is_named"}),
    ("statement repeated", "source/statements/*/repeats", REFERENCE | {"repeat_shares_claim"}),
    ("date", "source/statements/*/date", DATE | {"date_expression_resolves", "date_in_event"}),
    ("weekday", "source/statements/*/date_expression", QUOTED | {"date_expression_resolves", "quote_unique"}),
    ("label of a part", "source/statements/*/attributions/*/label", PART),
    ("exclusion", "source/exclusions/*/quote", QUOTED),
    ("reason of an exclusion", "source/exclusions/*/reason", frozenset({"term_known"})),
    ("date", "event/event/start_date", DATE | {"event_period_in_order"}),
    ("date", "event/event/end_date", DATE | {"event_period_in_order", "event_date_resolves"}),
    ("account that dates the event", "event/event/date_source", REFERENCE),
    ("date expression", "event/event/date_expression", frozenset({"event_date_resolves"})),
    ("participant", "event/participants/*/agent", REFERENCE | {"participant_is_named"}),
    ("claim reference", "event/claims/*/attestations/*/statement",
     REFERENCE | {"attestation_quotes_statement", "ids_unique", "divergence_attested"}),
    ("quotation of a claim", "event/claims/*/attestations/*/quote", frozenset({"attestation_quotes_statement"})),
    ("words of a divergence", "event/claims/*/divergences/*/words/*", frozenset({"attestation_quotes_statement"})),
    ("name", "agent/agent/name", frozenset({"name_is_attested", "publisher_is_evidenced"})),
    ("name", "agent/agent/other_names/*", frozenset({"name_is_attested", "publisher_is_evidenced"})),
    ("office", "agent/offices/*/title", frozenset({"office_title_is_printed"})),
    ("organisation of an office", "agent/offices/*/organization", REFERENCE),
    ("office", "agent/offices/*/start_date", DATE | {"office_period_in_evidence"}),
    ("office", "agent/offices/*/end_date", DATE | {"office_period_in_evidence"}),
)  # fmt: skip
KEYS: tuple[tuple[str, str, frozenset[str]], ...] = (
    (
        "claim reference",
        "event/claims/*/divergences/*/words/*",
        frozenset({"divergence_attested", "value_form"}),
    ),
)
"""The same for changes of the key instead of the value."""


@dataclass(frozen=True)
class Change:
    """A character of the file `path` that is replaced, removed or added."""

    what: str
    path: str
    place: Place
    line: int
    codes: frozenset[str]
    offset: int
    old: str
    new: str

    def apply(self, text: str) -> str:
        assert text[self.offset : self.offset + len(self.old)] == self.old
        return text[: self.offset] + self.new + text[self.offset + len(self.old) :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {'.'.join(map(str, self.place))} @{self.offset} {self.old!r} -> {self.new!r}"


def kind_of(path: str) -> str:
    return {"sources": "source", "events": "event", "agents": "agent"}[PurePosixPath(path).parts[1]]


def iter_scalars(
    node: yaml.Node, place: Place = ()
) -> Iterator[tuple[Place, yaml.ScalarNode, yaml.ScalarNode]]:
    """Yield (place, key or item, value) of every scalar."""
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if isinstance(child, yaml.ScalarNode):
                yield (*place, key.value), key, child
            else:
                yield from iter_scalars(child, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            if isinstance(child, yaml.ScalarNode):
                yield (*place, index), child, child
            else:
                yield from iter_scalars(child, (*place, index))


def matches(pattern: str, kind: str, place: Place) -> bool:
    steps = pattern.split("/")
    return len(steps) == len(place) + 1 and all(
        want in ("*", str(have)) for want, have in zip(steps, (kind, *place), strict=True)
    )


def iter_changes(path: str, text: str) -> Iterator[Change]:
    """Yield every change of one character of the file, in order."""
    kind, document = kind_of(path), read_yaml(text)
    for place, key, value in iter_scalars(document.node):
        line = document.line(place)
        for table, node in ((FIELDS, value), (KEYS, key)):
            for what, pattern, codes in table:
                if matches(pattern, kind, place) and not (
                    value.value == "null" and not value.style
                ):
                    for offset in offsets(text, node, what):
                        for old, new in edits(text, offset):
                            yield Change(what, path, place, line, codes, offset, old, new)


def offsets(text: str, node: yaml.ScalarNode, what: str) -> Iterator[int]:
    """Return the offsets of the scalar's own characters: not its quotation marks, indentation or line ends."""
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        start = text.index("\n", start) + 1
    elif node.style:
        start, end = start + 1, end - 1
    # Without a mark at its edge, quoted evidence is still in the text: another valid reading.
    quoted = (
        [m.span() for m in re.finditer("“[^”]+”", text[start:end])]
        if what == "evidence quoted"
        else None
    )
    for offset in range(start, end):
        if quoted is not None and not any(a + 1 < offset - start < b - 2 for a, b in quoted):
            continue
        line_start = text.rfind("\n", 0, offset) + 1
        if (
            text[offset] == "\n"
            or not text[line_start : offset + 1].strip()
            or not text[offset:end].strip()
        ):
            continue
        yield offset


def edits(text: str, offset: int) -> Iterator[tuple[str, str]]:
    """Return the changes: a similar character instead, the other case, no character, a similar one added."""
    character = text[offset]
    if character.isdigit():
        other = str((int(character) + 1) % 10)
    elif character.isalpha():
        other = {"z": "a", "Z": "A"}.get(character, chr(ord(character) + 1))
    else:
        other = "x"
    yield character, other
    if character.isalpha():
        yield character, character.swapcase()
    yield character, ""
    yield character, character + (other if character.isalnum() else "x")
