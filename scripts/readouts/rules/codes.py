"""What each code of a finding means: the guards explain themselves in their headers, the rest stands here."""

from __future__ import annotations

from dataclasses import dataclass

from ..layout import Layout
from .guards import read_guards


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code, the rule it stands for, and how to mend what breaks it."""

    code: str
    title: str
    remedy: str


OTHERS = {
    "capture_needed": ("A new statement needs its capture", "Set READOUTS_CAPTURES to the folder that holds the capture."),
    "capture_outside": (
        "A capture that may not lie in the repository lies outside it",
        "Move source.txt to the folder that READOUTS_CAPTURES names, or set `capture` to repository.",
    ),
    "capture_sealed": (
        "A capture is sealed by its SHA-256 and never edited",
        "Put the captured text back (git can). A capture without a seal gets one from `readouts fmt`.",
    ),
    "capture_text": ("A capture holds text", "Capture the document again; an empty file or one with NUL characters is none."),
    "content_present": ("A statement has content", "Mark less of the quotation as label, cue or context, or write `content`."),
    "context_mark": ("Context is words, not marks", "Leave punctuation out of `context`: what is left over counts as context by itself."),
    "derived_is_fresh": ("Derived files equal a rebuild", "Run `readouts build`; derived files are never edited by hand."),
    "descriptor_matches_files": (
        "The files are those of datapackage.json",
        "Download the version again; a file that differs from its hash is not what was published.",
    ),
    "divergence_attested": (
        "A divergence compares two statements of different accounts that attest the claim",
        "Name two such statements, each with its own words.",
    ),
    "equals_git": ("A published version equals the one in git", "Do not trust the copy that differs; publish the version from git again."),
    "event_named": ("Every statement belongs to an event", "Write `event:` under `source:` for all statements, or at the statement."),
    "file_expected": ("Every file in the curated folders is one that is read", "Remove it, or give it the name that its content calls for."),
    "file_readable": ("Every file that is needed is there and can be read", "Add the file itself (no link to another place), of a usual size."),
    "file_listed": ("Every published file is listed in the checksums", "Remove the file, or publish the version again."),
    "file_matches_checksum": ("A published file has its checksum", "Download the version again; the file is not what was published."),
    "file_present": ("Every file that the checksums list is there", "Download the version again."),
    "forms_agree": ("CSV, JSONL and Parquet of a table say the same", "Download the version again, or build it again."),
    "id_form": ("Ids are small letters a–z, digits and hyphens", "Rename the file or folder, beginning with a letter or digit."),
    "id_written": ("Every statement and claim has its local id", "Run `readouts fmt`, which writes the next free one."),
    "key_known": ("Every key is one that the schema knows", "Check the spelling; the hint lists the keys."),
    "key_present": ("Every key that is needed is there", "Add the key that is named."),
    "keys_fit": ("An exclusion has either `quote`, or `from` and `to`", "Write the words, or the first and the last words."),
    "part_in_quote": ("Label, title, cue and context stand in the quotation", "Copy whole words out of `quote`."),
    "parts_apart": ("Each word of a quotation belongs to one part", "Mark a word as label, cue or context, not as two of them."),
    "published_readable": ("A published table can be read", "Download it again; the message says what is broken."),
    "quote_in_source": (
        "A quotation stands in its source",
        "Copy the words from source.txt, from the beginning of a word to the end of one; the message shows the nearest text.",
    ),
    "quote_unique": ("A quotation stands in one place", "Quote more words, or write {quote: …, occurrence: 2}."),
    "row_place": ("A row stands in its table", "Put the row where its columns belong."),
    "row_readable": ("A row is one JSON object with its table's keys", "Mend the line that is named, or build again."),
    "term_known": ("A term is one of its vocabulary", "Choose one of the terms in schema/vocabulary.yaml."),
    "text_utf8": ("Files are UTF-8 without byte order mark", "Save the file as UTF-8."),
    "value_form": ("A value has the form of its field", "Compare it with the example in the hint."),
    "value_range": ("A number or a list is within its bounds", "Check the number, or the number of entries."),
    "value_type": ("A value is of its field's type", "Put double quotation marks around a number that is meant as text; lists begin with `- `."),
    "version_agrees": ("All parts of a published version name one version", "Download the version again, or bundle it again."),
    "yaml_key_unique": ("A key stands once in one place", "Delete one of the two."),
    "yaml_plain": ("Curated files use plain YAML", "Write values out in full: no aliases, tags, merge keys or deep nesting."),
    "yaml_syntax": ("A curated file is YAML", "Compare indentation and quotation marks with the lines around; indent with spaces."),
}  # fmt: skip
"""Codes of findings that no guard tells: title and remedy."""


def read_explanations(layout: Layout) -> dict[str, Explanation]:
    """Every code with its explanation, sorted. Raises PackageError for a guard without its header."""
    found = {code: Explanation(code, *told) for code, told in OTHERS.items()}
    found |= {guard.code: Explanation(guard.code, guard.title, guard.hint) for guard in read_guards(layout)}
    return dict(sorted(found.items()))
