"""The finding codes that do not come from a guard. Guards explain themselves in their headers."""

from __future__ import annotations

OTHERS = {
    "capture_needed": (
        "The captured text of a new statement is available",
        "The captured text is kept outside the repository and is missing; a statement that was never published cannot be built without it.",
        "Set READOUTS_CAPTURES to the folder of the captured texts.",
    ),
    "capture_outside": (
        "A captured text that may not be redistributed is not in the repository",
        "The source says `capture: outside`, but its source.txt is in the repository.",
        "Move source.txt to the folder in READOUTS_CAPTURES, or set `capture: repository` if the rights allow it.",
    ),
    "capture_record": (
        "capture.json matches the captured text",
        "The record of how the text was captured cannot be read, or belongs to a different text or original.",
        "Restore capture.json as `readouts add` wrote it.",
    ),
    "source_text_unchanged": (
        "A captured text has its recorded hash",
        "The SHA-256 of source.txt differs from text_sha256, or text_sha256 is missing.",
        "Restore the captured text; it is never edited. `readouts fmt` adds the hash of a new one.",
    ),
    "capture_text": (
        "A captured text is valid text",
        "The captured text is empty or contains a NUL character.",
        "Capture the document again.",
    ),
    "content_present": (
        "A statement has content",
        "The whole quotation is marked as label, cue or context, so no words are left as content.",
        "Mark fewer words, or add `content`.",
    ),
    "derived_is_fresh": (
        "Derived files are up to date",
        "The data is valid, but has changed since tables, descriptor or card were built. A warning.",
        "Run `readouts build`; do not edit derived files.",
    ),
    "descriptor_matches_files": (
        "datapackage.json and croissant.json match the files",
        "Hashes, names, the licence, columns or descriptions in them differ from what is derived from the tables and the corpus.",
        "Download the version again; a file that differs from its hash is not what was published.",
    ),
    "divergence_attested": (
        "A divergence compares two accounts of a claim",
        "One of the statements does not attest the claim, or both are from the same account.",
        "Choose two statements from different accounts that attest the claim.",
    ),
    "draft_accepted": (
        "Drafts are accepted or removed",
        "A draft is not in any table until it is accepted.",
        "Run `readouts accept SOURCE ID`, or `readouts reject SOURCE ID` to remove it.",
    ),
    "equals_git": (
        "A published version equals the one in git",
        "The downloaded files differ from git at the tag of that version.",
        "Do not trust the copy that differs; publish the version from git again.",
    ),
    "event_named": (
        "A statement belongs to an event",
        "Neither the source nor the statement says at which event it was said.",
        "Add `event:` under `source:` (for all statements) or to the statement.",
    ),
    "file_accounted_for": (
        "Every published file is part of a version",
        "The bundle contains a file that is not part of a version, even if the checksums list it.",
        "Delete the file and download the version again; do not load it.",
    ),
    "file_as_derived": (
        "A published file equals what is derived from the tables",
        "The card, the citation or another file contradicts the tables, the ledger or the publisher's documents.",
        "Do not trust the file; download the version again, or publish it again.",
    ),
    "file_expected": (
        "Every file in the curated folders is read",
        "The curated folders contain only curated files, so that no work is lost in a file that is never read.",
        "Remove it, or rename it as its content requires (`<id>.yaml`, `source.txt`, `curation.yaml`).",
    ),
    "file_listed": (
        "Every published file is listed in the checksums",
        "The bundle contains a file that its checksums do not list.",
        "Remove the file, or publish the version again.",
    ),
    "file_matches_checksum": (
        "A published file matches its checksum",
        "The file differs from its checksum in the version.",
        "Download the version again; the file is not the one that was published.",
    ),
    "file_present": (
        "Every file listed in the checksums exists",
        "A file listed in the checksums is missing.",
        "Download the version again.",
    ),
    "file_readable": (
        "Files exist and can be read",
        "The file is missing, is a folder or a link, is too large, or cannot be read.",
        "Put the file where it belongs; `readouts add` writes both files of a source.",
    ),
    "formats_agree": (
        "CSV, JSONL and Parquet of a table agree",
        "A value differs between the formats of a table.",
        "Download the version again, or build it again.",
    ),
    "id_form": (
        "Names of files and folders are valid ids",
        "The name of a file or folder is the id of its record; an id has lowercase letters a–z, digits and hyphens.",
        "Rename the file or folder; begin with a letter or a digit.",
    ),
    "id_written": (
        "A statement or claim has its id",
        "Every entry needs a local id, which never changes once it is written.",
        "Run `readouts fmt` to add the next free one.",
    ),
    "key_known": (
        "Every key is defined in the schema",
        "A key is misspelt or in the wrong place, and would be ignored.",
        "Correct the key, or move it to the entry where it belongs.",
    ),
    "key_present": (
        "Required keys are present",
        "An entry lacks a required key, or has only one of two keys that belong together.",
        "Add the key; the hint describes its value.",
    ),
    "keys_compatible": (
        "Mutually exclusive keys are not combined",
        "An exclusion is either one quotation, or the first and last words of a long passage.",
        "Write either `quote`, or `from` and `to`.",
    ),
    "made_by_installed_version": (
        "The version was made with the installed readouts",
        "It was made with another version of readouts, but checked with the installed rules. A warning.",
        "Install that version of readouts to compare every byte.",
    ),
    "part_in_quote": (
        "Label, title, cue, context and content are in the statement’s quotation",
        "The words of a marked part are not in the quotation of the statement.",
        "Copy whole words from `quote`.",
    ),
    "parts_disjoint": (
        "The parts of a statement do not overlap",
        "A word belongs to two of label, cue, context and content.",
        "Assign each word to one part only.",
    ),
    "published_readable": (
        "A published table can be read",
        "A table file is damaged or has an unsupported format.",
        "Download it again; the message says what is wrong.",
    ),
    "quote_in_source": (
        "A quotation is in its source",
        "The quoted words were not found in source.txt, letter for letter and as whole words. Any white space matches any other.",
        "Copy the words from source.txt; the message shows the closest text and how it differs.",
    ),
    "quote_unique": (
        "A quotation is unique, or says which occurrence it is",
        "The words occur several times, or there is no such `occurrence`.",
        "Quote more words, or write {quote: …, occurrence: 2}.",
    ),
    "record_as_released": (
        "Records match the release ledger",
        "The hash of a published record differs from data/released.jsonl.",
        "Download the version again; the record was changed after the release.",
    ),
    "released_ids_mean_the_same": (
        "A released id always means the same record",
        "The record was released under another id, or differs from the release only in curation_method.",
        "Give each record its own id back: a record may be revised, but an id always refers to the same record.",
    ),
    "row_readable": (
        "A published row can be read",
        "A line of a table is not a JSON object, has a duplicate key, or is not UTF-8.",
        "Write one JSON object per line, in UTF-8, with each key once; or build again.",
    ),
    "rules_as_installed": (
        "The rules in a version are those of the installed readouts",
        "A schema, a guard or the vocabulary in the bundle differs from the installed one, which was used instead. Only a warning if git or a trusted signature explains the difference.",
        "Do not use the rules of the bundle; install the version of readouts that the message names.",
    ),
    "signature_valid": (
        "The signature is valid and made with a trusted key",
        "The signature does not match the checksums, or was made with a key that is not in --signers.",
        "Download the version again; ask the publisher which key they sign with.",
    ),
    "term_known": (
        "Terms are in the vocabulary",
        "The value is not one of the terms defined in schema/vocabulary.yaml.",
        "Use one of the terms; case and hyphens matter.",
    ),
    "text_utf8": (
        "Files are UTF-8 without a byte order mark",
        "The file was saved in another encoding, so its words would differ from the source.",
        "Save the file again as UTF-8 without BOM.",
    ),
    "tool_version": (
        "The corpus names the installed version of readouts",
        "`tool` in data/corpus.yaml differs from the installed version, whose rules were used. A warning.",
        "Install that version, or write the installed one there once the corpus is valid with it.",
    ),
    "value_form": (
        "Values have the form of their field",
        "A date is YYYY-MM-DD and exists, an id is in lowercase, an address begins with https://, and so on.",
        "Follow the example in the hint.",
    ),
    "value_range": (
        "Numbers and lists are within their limits",
        "For example, occurrences are counted from 1, a claim has at least one attestation, and a divergence compares two statements.",
        "See the description of the field in the hint.",
    ),
    "value_type": (
        "Values have the right type",
        "The value is a text, a list, a number or a group of keys, but another type is expected.",
        "Put quotation marks around text that looks like a number; begin the lines of a list with a hyphen.",
    ),
    "version_agrees": (
        "All files of a version name the same version",
        "The ledger, datapackage.json, the card or another file names a different version.",
        "Download the version again, or bundle it again.",
    ),
    "validators_agree": (
        "Readouts and other validators agree",
        "jsonschema or frictionless accepts what readouts rejects, or rejects what it accepts.",
        "Report it as a bug of readouts, with the version of the data.",
    ),
    "yaml_key_unique": (
        "Keys are not duplicated",
        "A key has two values, so the meaning is ambiguous.",
        "Delete one of the two.",
    ),
    "yaml_plain": (
        "Curated files use plain YAML",
        "Aliases, tags, merge keys and deep nesting are not allowed, because they hide what a file says.",
        "Write the value out in full.",
    ),
    "yaml_syntax": (
        "Curated files are valid YAML",
        "The file cannot be parsed, so nothing else in it was checked.",
        "Compare the line with the lines around it; indent with spaces; put values that contain a colon in quotation marks.",
    ),
}
"""Codes of findings that do not come from a guard: title, meaning, remedy."""
