"""`readouts fmt`: one form for each value, nothing is lost, and missing ids and hashes are added."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from readouts.curation.canonical import canonical_text, require_same
from readouts.curation.outline import outline_from_text
from readouts.curation.scalars import inline_text
from readouts.curation.yaml_nodes import YamlProblem, read_yaml
from readouts.validation.validate import validate

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "data/sources/mfa-2019-09-26-celac-quartet/curation.yaml"
EVENT = "data/events/2019-09-26-china-celac-quartet.yaml"
SCHEMA = json.loads((ROOT / "schema/curation/source.schema.json").read_text(encoding="utf-8"))
PROPERTIES = SCHEMA["properties"]["statements"]["items"]["properties"]


def canonical(text: str) -> str:
    return canonical_text(outline_from_text(text), SCHEMA, "schema.json")


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30) | st.text(
    "ab: #-'\"\n\t\\,[]{}&*!|>%@`~\u00a0\u202f“”", max_size=30
)
long_words = st.lists(words, min_size=4, max_size=30).map(" ".join)
scalars = (
    words
    | long_words
    | st.sampled_from([None, 7, True, "null", "NO", "1:30", "2019-09-27", "0x1f", "1e5", ""])
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(list(PROPERTIES)) | words, inner, max_size=4)
    ),
    max_leaves=12,
)
documents = st.dictionaries(
    st.sampled_from(["source", "statements", "exclusions", "x"]), values, min_size=1
)


@st.composite
def typed(draw) -> str:
    """A document in any style, width and indentation, with comments between its lines."""
    text = yaml.safe_dump(
        draw(documents),
        allow_unicode=draw(st.booleans()),
        default_flow_style=draw(st.sampled_from([False, None, True])),
        default_style=draw(st.sampled_from([None, None, '"', "'", ">", "|"])),
        width=draw(st.sampled_from([20, 80, 1000])),
        indent=draw(st.sampled_from([2, 4])),
        sort_keys=False,
    )
    lines = text.split("\n")
    for number in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        comment = f"# note {number}"
        if draw(st.booleans()):
            lines[at] += "  " + comment
        else:
            blank = [""] * draw(st.integers(0, 2))
            lines[at:at] = [*blank, " " * draw(st.sampled_from([0, 2, 4, 6])) + comment]
    return "\n".join(lines)


@settings(max_examples=int(os.environ.get("FMT_EXAMPLES", "100")), deadline=None)
@given(typed())
@example("a: [x, # note 0\n  # note 1\n  y]\n")
@example(
    "statements:\n- quote: a # note 0\n  # note 1\n  speaker: b\n  # note 2\n# note 3\nexclusions: []\n"
)
@example("a: >- # note 0\n  folded\n\n  text\n# note 1\n")
@example("a:\n  # note 0\nb:\n")
@example("a:\n  - # note 0\n    b: 1\n  -\n    # note 1\n    c: 2\n")
def test_canonical_form_keeps_values_and_comments(text):
    """The canonical form of any document has the same value and comments, and formatting it again changes nothing."""
    try:
        value = read_yaml(text).value
        assume(isinstance(value, dict))
        new = canonical(text)
    except YamlProblem:
        assume(False)
    assert read_yaml(new).value == value
    held = [
        comment for comment in re.findall(r"# note \d", text) if comment not in json.dumps(value)
    ]
    assert all(new.count(comment) == 1 for comment in held)
    assert canonical(new) == new
    require_same(text, new)


@settings(max_examples=150, deadline=None)
@given(words | long_words)
def test_text_on_one_line_reads_back_in_yaml_1_1_and_1_2(text):
    """YAML 1.1 and 1.2 give the text back, except for dates in YAML 1.1."""
    written = f"a: {inline_text(text)}\n"
    assert read_yaml(written).value == {"a": text}
    if not re.match(r"\d{4}-\d\d-\d\d\Z", text):
        assert yaml.safe_load(written) == {"a": text}


@pytest.mark.parametrize(
    ("typed_as", "form"),
    [
        ("a: 'NO'\n", 'a: "NO"\n'),
        ("a: NO\n", 'a: "NO"\n'),
        ("a: '2019-09-27'\n", "a: 2019-09-27\n"),
        ('a: "said \\"no\\""\n', 'a: said "no"\n'),
        ("a: ~\n", "a: null\n"),
        ("a:\n", "a: null\n"),
        ("a: {}\n", "a: {}\n"),
        ("a: [b, c]\n", "a:\n  - b\n  - c\n"),
        ("a: '12'\n", 'a: "12"\n'),
        ("a: 12\n", "a: 12\n"),
        ("a: |-\n  b\n  c\n", "a: >-\n  b\n\n  c\n"),
        ("a: 'b: c'\n", 'a: "b: c"\n'),
    ],
)
def test_canonical_form_of_a_value(typed_as, form):
    """Quotation marks are used only if needed, lists have block style, and null is written out."""
    assert canonical(typed_as).split("\n", 1)[1] == form


def test_long_quotations_are_folded_at_100_columns():
    """A text that does not fit its line becomes a folded block."""
    new = canonical("statements:\n- quote: " + "word " * 60 + "\n")
    lines = new.splitlines()
    assert lines[2] == "  - quote: >-" and max(map(len, lines)) <= 100 and len(lines[3]) > 90


def test_long_address_is_not_folded():
    for length in (70, 120):
        address = "https://example.org/" + "a" * length
        assert f"  url: {address}\n" in canonical(f"source:\n  url: {address}\n")


def test_keys_are_ordered_with_their_comments():
    """Keys have the order of the schema, and a comment above or after a key moves with it."""
    new = canonical(
        "statements:\n- mode: direct # beside\n  # above\n  quote: a\n  id: s01\n  odd: 1\nsource: {}\n"
    )
    assert new.endswith(
        "source: {}\nstatements:\n  - id: s01\n    # above\n    quote: a\n    mode: direct  # beside\n    odd: 1\n"
    )


def test_committed_files_are_in_canonical_form(run):
    done = run("fmt", "--check")
    assert (done.returncode, done.stdout.splitlines()[-1][:4]) == (0, "0 of"), done.stdout


def test_check_shows_the_difference_and_writes_nothing(run, package):
    """--check names the file, shows a diff and fails; fmt then fixes only that file."""
    path = package / SOURCE
    good = path.read_bytes()
    path.write_bytes(
        good.replace(
            b"    label: Wang Yi\n    cue: said\n", b"    cue: 'said'\n    label: Wang Yi\n"
        )
    )
    bad = path.read_bytes()
    done = run("fmt", "--check", "--root", package)
    assert done.returncode == 1 and f"{SOURCE}: not formatted" in done.stdout
    assert "-    cue: 'said'" in done.stdout and path.read_bytes() == bad
    assert run("fmt", "--root", package).returncode == 0
    assert path.read_bytes() == good


def test_missing_ids_and_hash_are_added(package):
    """An id gets the next number that is neither in the file nor in the ledger, including withdrawn ids."""
    path = package / SOURCE
    text = path.read_text(encoding="utf-8")
    source_id = path.parent.name
    line = {"table": "statements", "record_id": f"{source_id}.s11", "sha256": "0" * 64, "added_in": "0.1.0",
            "revised_in": None, "withdrawn_in": "0.2.0", "released_on": None, "reason": "twice"}  # fmt: skip
    ledger = package / "data/released.jsonl"
    ledger.write_text(json.dumps(line) + "\n", encoding="utf-8")
    hash_line = re.search(r"  text_sha256: (\w+)\n", text)
    path.write_text(
        text.replace("  - id: s03\n    quote", "  - quote").replace(hash_line[0], ""),
        encoding="utf-8",
    )
    event = package / EVENT
    event.write_text(
        event.read_text(encoding="utf-8").replace("  - id: c02\n    prop", "  - prop"),
        encoding="utf-8",
    )
    from readouts.core.layout import Layout
    from readouts.editing.formatting import files_at, format_files
    from readouts.ledger.ledger import Ledger

    layout = Layout.of(package)
    held = Ledger({("statements", line["record_id"]): line})
    outcome = format_files(layout, files_at(layout, [path, event]), held)
    new = outcome.changed[path][1]
    assert "  - id: s12\n" in new and "s03" not in re.findall(r"  - id: (\w+)", new)
    assert (
        f"  text_sha256: {hashlib.sha256((path.parent / 'source.txt').read_bytes()).hexdigest()}\n"
        in new
    )
    numbers = [int(n) for n in re.findall(r"  - id: c(\d+)", outcome.changed[event][1])]
    assert max(numbers) == len(numbers) + 1 and 2 not in numbers


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (b"source: [\n", "yaml_syntax"),
        (b"source: &x 1\n", "yaml_plain"),
        (b"source: !!int 1\n", "yaml_plain"),
        (b"a: 1\na: 2\n", "yaml_key_unique"),
        (b"\xff\n", "text_utf8"),
        (b"\xef\xbb\xbfsource: 1\n", "text_utf8"),
        (b"- 1\n", "value_type"),
    ],
)
def test_invalid_file_is_not_formatted(run, package, broken, code):
    """The file does not change, and a finding gives the reason."""
    path = package / SOURCE
    path.write_bytes(broken)
    done = run("fmt", "--root", package)
    assert done.returncode == 1 and f": {code}" in done.stdout
    assert path.read_bytes() == broken


def test_only_given_files_are_formatted(run, package):
    """A path may be a file, a folder, or a capture (for its curation); a path without curated files is refused."""
    (package / "data/agents/china.yaml").write_text(
        "agent: {type: state, name: China}\n", encoding="utf-8"
    )
    done = run("fmt", "--root", package, "data/sources")
    assert done.stdout == "0 of 2 file(s) changed\n"
    assert run("fmt", package / "data/sources" / "mfa-2019-09-26-celac-quartet/source.txt", "--root", package).stdout == "0 of 1 file(s) changed\n"  # fmt: skip
    assert (
        "data/agents/china.yaml: formatted" in run("fmt", "--root", package, "data/agents").stdout
    )
    refused = run("fmt", "--root", package, "README.md")
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1


def test_released_claim_without_its_id_gets_it_back(run, package):
    """validate names the released id, and fmt writes it."""
    path = package / EVENT
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("  - id: c29\n    prop", "  - prop"), encoding="utf-8")
    (finding,) = [f for f in validate(package) if f.severity == "error"]
    assert finding.code == "id_written" and "was released as `c29`" in finding.message
    assert finding.hint.startswith("Add the line id: c29 ")
    assert run("fmt", "--root", package).returncode == 0
    assert path.read_text(encoding="utf-8") == good


def test_entry_that_may_be_a_released_one_gets_no_new_id(run, package):
    """While a released statement is missing, fmt adds no ids to its file and, like validate, suggests the released id."""
    path = package / SOURCE
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("  - id: s08\n    quote", "  - quote"), encoding="utf-8")
    broken = path.read_bytes()
    (finding,) = [f for f in validate(package) if f.severity == "error"]
    assert finding.code == "id_written" and "the released `s08` is missing" in finding.message
    assert "add the line id: s08" in finding.hint
    done = run("fmt", "--root", package)
    assert done.returncode == 1 and finding.hint in done.stdout and path.read_bytes() == broken
    path.write_text(broken.decode("utf-8").replace("    continues: s07\n  - id: s09", "    continues: s07\n    id: s08\n  - id: s09"), encoding="utf-8")  # fmt: skip
    assert (
        run("fmt", "--root", package).returncode == 0 and path.read_text(encoding="utf-8") == good
    )
