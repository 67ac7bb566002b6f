"""What each code of a finding means: the guards explain themselves in their headers, the rest stands here; with a good and a bad example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..curation.yaml_nodes import YamlProblem, read_yaml
from ..findings import PackageError
from ..layout import HOME, Layout
from .guards import read_guards


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code, the rule it stands for, what it means that the rule is broken, and how to mend it.

    `meaning` is "" for a guard, whose title says it; `rule` is the file of a guard, "" where the rule is part of the program.
    """

    code: str
    title: str
    meaning: str
    remedy: str
    rule: str = ""
    kind: str = ""
    """"proof" or "review" of a guard, "" of what is part of the program, which nothing overrules either."""


@dataclass(frozen=True, slots=True)
class Example:
    """What an example shows, and the changes of the small package under tests/examples/base that show it."""

    title: str
    changes: tuple[dict[str, Any], ...]


OTHERS = {
    "capture_needed": (
        "A new statement has its capture at hand",
        "The capture lies outside the repository and is not here; a statement that was never published cannot be derived without it.",
        "Set READOUTS_CAPTURES to the folder that holds the capture.",
    ),
    "capture_outside": (
        "A capture that may not lie in the repository does not",
        "The source is curated with `capture: outside`, and yet its source.txt is here.",
        "Move source.txt to the folder that READOUTS_CAPTURES names, or set capture to repository if its rights allow.",
    ),
    "capture_record": (
        "capture.json belongs to the capture",
        "The record of how the text was captured is not readable, or it names another text or other original bytes.",
        "Put back capture.json as `readouts add` wrote it.",
    ),
    "capture_sealed": (
        "A capture is the one that was sealed",
        "The SHA-256 of source.txt is not the one written under text_sha256, or none is written yet.",
        "Put back the captured text; a capture is never edited. `readouts fmt` writes the seal of a new one.",
    ),
    "capture_text": (
        "A capture is a text",
        "The capture is empty or holds a character that no text has.",
        "Capture the document again.",
    ),
    "content_present": (
        "A statement has content",
        "All of the quotation is marked as something else, so nothing is left that was said.",
        "Mark less of it, or write `content`.",
    ),
    "derived_is_fresh": (
        "The derived files are what a rebuild gives",
        "The data is valid, but tables, descriptor or card were not built since it changed. A warning.",
        "Run `readouts build`; derived files are never edited.",
    ),
    "descriptor_matches_files": (
        "datapackage.json and croissant.json describe the files that are there",
        "Their hashes, names, licence, columns or descriptions are not those that follow from the tables and the corpus.",
        "Download the version again; a file that differs from its hash is not what was published.",
    ),
    "divergence_attested": (
        "A divergence compares two accounts of the claim",
        "A statement compared does not attest the claim, or both are of one account.",
        "Name two statements of different accounts that attest the claim.",
    ),
    "draft_accepted": ("A draft was accepted", "Until then it is in no table.", "Run `readouts accept`."),
    "equals_git": (
        "A published version equals the one in git",
        "What was downloaded is not what git has at the tag of that version.",
        "Do not trust the copy that differs; publish the version from git again.",
    ),
    "event_named": (
        "A statement belongs to an event",
        "Neither the source nor the statement names the event at which it was said.",
        "Write `event:` under `source:` (for all statements) or in the statement.",
    ),
    "file_accounted_for": (
        "Every published file is part of a version",
        "A file lies in the bundle that neither the tables nor the publisher's documents account for, whatever the checksums say.",
        "Delete the file, and fetch the version again; never load it.",
    ),
    "file_as_derived": (
        "A published file is what follows from the tables",
        "The card, the citation or another file says something else than the tables, the ledger and the publisher's documents.",
        "Do not trust the file; fetch the version again, or publish it again.",
    ),
    "file_expected": (
        "A file or folder lies where nothing reads it",
        "The curated folders hold nothing but what is curated, so that no work is lost in a file that no tool looks at.",
        "Remove it, or give it the name that its content calls for (`<id>.yaml`, `source.txt`, `curation.yaml`).",
    ),
    "file_listed": (
        "Every published file is listed in the checksums",
        "A file lies in the bundle that its checksums do not know.",
        "Remove the file, or publish the version again.",
    ),
    "file_matches_checksum": (
        "A published file has its checksum",
        "The bytes of a file are not those of its checksum.",
        "Download the version again; the file is not what was published.",
    ),
    "file_present": (
        "Every file that the checksums list is there",
        "The checksums name a file that is not there.",
        "Download the version again.",
    ),
    "file_readable": (
        "A file is there and can be read",
        "The file is missing, is a folder or a link, is too large, or may not be read.",
        "Put the file itself in its place; `readouts add` writes both files of a source.",
    ),
    "forms_agree": (
        "CSV, JSONL and Parquet of a table say the same",
        "A table is published in several forms, and a value of one is not that of another.",
        "Download the version again, or build it again.",
    ),
    "id_form": (
        "A name is an identifier",
        "The name of a file or folder is the id of what it holds, and an id has small letters a–z, digits and hyphens.",
        "Rename the file or folder; it begins with a letter or a digit.",
    ),
    "id_written": (
        "A statement or claim has its id",
        "The local id is written once and never changes; a new entry has none yet.",
        "Run `readouts fmt`, which writes the next free one.",
    ),
    "key_known": (
        "Only known keys are used",
        "A key is misspelt or stands in the wrong place; nothing would read it.",
        "Write the key as listed, or move it to the entry that has it.",
    ),
    "key_present": (
        "A key that is needed is there",
        "An entry lacks a key without which it says nothing, or has one of two keys that belong together.",
        "Add the key; the hint says what it holds.",
    ),
    "keys_fit": (
        "Keys that exclude each other do not stand together",
        "An exclusion is either one quotation, or the first and last words of a long stretch.",
        "Write either `quote`, or `from` and `to`.",
    ),
    "made_by_installed_version": (
        "A version was made with the installed readouts",
        "Another version of readouts made it; the installed rules were used to check it. A warning.",
        "Install that version of readouts to compare every byte.",
    ),
    "part_in_quote": (
        "Label, title, cue, context and content stand in the statement’s quotation",
        "The words of a marked part are not in the quotation of that statement.",
        "Copy whole words out of `quote`.",
    ),
    "parts_apart": (
        "No two parts of a statement overlap",
        "A word is marked as part of two of label, cue, context and content.",
        "Let each word belong to one part.",
    ),
    "published_readable": (
        "A published table can be read",
        "A file of the tables is damaged or is of no form that is published.",
        "Download it again; the message says what is broken.",
    ),
    "quote_in_source": (
        "A quotation stands in its source",
        "The words quoted are not, letter for letter and as whole words, in source.txt. Any white space matches any other.",
        "Copy the words from source.txt; the message shows the nearest text, what is yours as [-…-] and what the source has as {+…+}.",
    ),
    "quote_unique": (
        "A quotation stands in one place, or says in which",
        "The words occur several times, or `occurrence` names a place that is not there.",
        "Quote more words, or write {quote: …, occurrence: 2}.",
    ),
    "record_as_released": (
        "A record is what the ledger released",
        "The hash of a published record is not the one in data/released.jsonl of that version.",
        "Fetch the version again; a record that differs from its hash was changed after the release.",
    ),
    "released_ids_mean_the_same": (
        "A released id keeps its record",
        "The record is what was released under another id, or differs from what was released in curation_method alone.",
        "Give each record its own id back; what is told of a record may be revised, what an id stands for may not.",
    ),
    "row_readable": (
        "A published row can be read",
        "A line of a table is no JSON object, repeats a key, or is not UTF-8.",
        "Write one JSON object a line, in UTF-8, each key once; or build again.",
    ),
    "rules_as_installed": (
        "The rules in a version are those of the installed readouts",
        "A schema, a guard or the vocabulary in the bundle differs from the installed one. The installed one was used. A warning if git or a trusted signature accounts for it.",
        "Do not use the rules of the bundle; install the version of readouts that the message names.",
    ),
    "signature_valid": (
        "A signature of a version is sound, and of a key you trust",
        "The signature does not fit the checksums, or none of the keys in --signers made it.",
        "Fetch the version again; ask the publisher which key signs.",
    ),
    "term_known": (
        "A term is one of its vocabulary",
        "The value is none of the terms defined in schema/vocabulary.yaml.",
        "Choose a term; case and hyphens count.",
    ),
    "text_utf8": (
        "A file is UTF-8 without a byte order mark",
        "The file was saved in another encoding. Its words would not be those that the source has.",
        "Save the file again as UTF-8 without BOM.",
    ),
    "tool_version": (
        "The corpus names the version of readouts that validates it",
        "The `tool` in data/corpus.yaml is not the installed version, whose rules are used. A warning.",
        "Install that version, or write the installed one there once the corpus is valid with it.",
    ),
    "value_form": (
        "A value has the form of its field",
        "A date is written YYYY-MM-DD and is a day of the calendar, an id in small letters, an address with https://, and so on.",
        "Write it as the example in the hint.",
    ),
    "value_range": (
        "A number or a list is neither too small nor too large",
        "An occurrence counts from 1, a claim has an attestation, a divergence compares two statements.",
        "See the description of the field in the hint.",
    ),
    "value_type": (
        "A value is of the right kind",
        "A text, a list, a number or a group of keys stands where another is needed.",
        "Put quotation marks around a text that looks like a number; begin the lines of a list with a hyphen.",
    ),
    "version_agrees": (
        "All parts of a published version name one version",
        "The ledger, datapackage.json, the card or a file of the bundle names another version.",
        "Download the version again, or bundle it again.",
    ),
    "verdicts_agree": (
        "Other validators come to the same verdict",
        "jsonschema or frictionless accepts what readouts rejects, or rejects what it accepts.",
        "Report it as a fault of readouts, with the version of the data.",
    ),
    "yaml_key_unique": (
        "A key stands once in one place",
        "Two values for one key; which one is meant cannot be told.",
        "Delete one of the two.",
    ),
    "yaml_plain": (
        "Curated files use plain YAML",
        "Aliases, tags, merge keys and deep nesting make a file mean something else than it shows.",
        "Write the value out in full.",
    ),
    "yaml_syntax": (
        "A curated file is YAML",
        "The file cannot be read to its end, so nothing else in it could be checked.",
        "Compare the line with its neighbours; indent with spaces; put a value with a colon in quotation marks.",
    ),
}
"""Codes of findings that no guard tells: title, meaning, remedy. A code keeps its meaning for good."""


def read_explanations(layout: Layout) -> dict[str, Explanation]:
    """Every code with its explanation, sorted. Raises PackageError for a guard without its header."""
    found = {code: Explanation(code, *told) for code, told in OTHERS.items()}
    for guard in read_guards(layout):
        rule = layout.relative(layout.guards / f"{guard.code}.sql")
        found[guard.code] = Explanation(guard.code, guard.title, "", guard.hint, rule, guard.kind)
    return dict(sorted(found.items()))


def read_examples(layout: Layout, code: str) -> tuple[Example | None, Example | None]:
    """The shortest good and bad example of the code, None where the checkout has none. Raises PackageError."""
    good, bad = (_shortest_example(layout, kind, code) for kind in ("valid", "invalid"))
    return good, bad


def _shortest_example(layout: Layout, kind: str, code: str) -> Example | None:
    folders = (place.examples / kind / code for place in (layout, Layout(HOME)))
    paths = [path for folder in folders for path in folder.glob("*/change.yaml")]
    path = min(paths, key=lambda path: (path.stat().st_size, path), default=None)
    if path is None:
        return None
    try:
        change = read_yaml(path.read_text(encoding="utf-8")).value
        return Example(str(change["title"]), tuple(change["changes"]))
    except (OSError, ValueError, YamlProblem, KeyError, TypeError) as error:
        raise PackageError(f"{layout.relative(path)} cannot be read: {error}") from error
