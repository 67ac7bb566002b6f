"""For a malformed value, the finding describes the form and suggests the intended value."""

from __future__ import annotations

from pathlib import Path

import pytest

from readouts.core.definitions import read_schema
from readouts.core.forms import form_of
from readouts.core.layout import Layout
from readouts.core.spelling import nearest_id, nearest_of
from readouts.core.values import SchemaValidator

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("published_on", "5 March 2021", "2021-03-05"),
        ("date", "March 5th, 2021", "2021-03-05"),
        ("date", "2021-3-4", "2021-03-04"),
        ("date", "04.03.2021", "2021-03-04 or 2021-04-03"),
        ("date", "31.03.2021", "2021-03-31"),
        ("date", "31 April 2021", ""),
        ("date", "spring", ""),
        ("country", "no", "NO"),
        ("country", "Norland", ""),
        ("language", "English", "en"),
        ("time_zone", "CET", ""),
        ("wikidata_id", "https://www.wikidata.org/wiki/Q148", "Q148"),
        ("wikidata_id", "701801", "Q701801"),
        ("url", "mfa.example/harbour", "https://mfa.example/harbour"),
        ("url", "https://mfa.example/har bour", ""),
        ("speaker", "Joon Tal", "joon-tal"),
        ("agent", "José  Ñandú", "jose-nandu"),
        ("id", "S 07", "s-07"),
    ],
)
def test_intended_value_is_suggested(key, value, meant):
    """Dates, codes, numbers and ids are suggested if they follow from the written value."""
    form, offered = form_of(key, value)
    assert offered == meant and form.split()[0] in ("a", "an", "64")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("Ada\u00adBerg", "soft hyphen"), ("Аda Berg", "cyrillic capital letter a")],
)
def test_unusual_character_in_a_name_is_reported(value, shown):
    """An invisible character and a letter of another script are named."""
    assert shown in form_of("name", value)[0]
    assert form_of("name", "Ada Berg") is None


def problems(schema: dict, value: object) -> list[tuple[str, str, str]]:
    return [(p.code, p.message, p.hint) for p in SchemaValidator("x", schema).iter_problems(value)]


def test_wrong_number_of_items_is_reported():
    schema = {"properties": {"words": {"type": "object", "minProperties": 2, "maxProperties": 2}}}
    assert (
        "expected exactly 2 items, found 3"
        in problems(schema, {"words": {"a": 1, "b": 2, "c": 3}})[0][1]
    )
    assert "expected exactly 2 items, found 1" in problems(schema, {"words": {"a": 1}})[0][1]
    assert (
        "expected at least 1 item, found 0"
        in problems({"properties": {"a": {"minItems": 1}}}, {"a": []})[0][1]
    )


def test_misspelt_key_is_one_finding():
    """The intended key is not reported as missing too; without a similar key the hint lists all keys."""
    schema = {
        "properties": {"speaker": {}, "label": {}},
        "required": ["speaker"],
        "additionalProperties": False,
    }
    assert problems(schema, {"Speaker": 1}) == [
        ("key_known", "unknown key `Speaker`; did you mean `speaker`?", "Write `speaker`.")
    ]
    ((code, _, hint),) = problems(schema, {"colour": 1})
    assert (
        code == "key_known"
        and "`speaker` is missing here" in hint
        and "Known keys: speaker, label." in hint
    )
    assert sorted(code for code, *_ in problems(schema, {"colour": 1, "size": 2})) == [
        "key_known",
        "key_known",
        "key_present",
    ]


@pytest.mark.parametrize(
    ("kind", "value", "message", "hint"),
    [
        ({"type": "string", "enum": ["person", "state"]}, None, "expected a value, found null", "One of: person, state."),
        ({"type": "array"}, "that", "is not a list", "that]"),
        ({"type": "array"}, {"a": 1}, "without its `- `", "Begin the first line of each entry"),
        ({"type": ["string", "object"]}, 7, "words copied from the text, found the number 7", 'write x: "7"'),
        ({"type": ["string", "null"]}, False, "false is not text or null", "Write x: null"),
    ],
)  # fmt: skip
def test_wrong_type_is_reported_with_a_fix(kind, value, message, hint):
    """The message uses words of the field instead of type names, and the hint has the value to write."""
    ((code, said, do),) = problems({"properties": {"x": kind}}, {"x": value})
    assert code == "value_type" and message in said and hint in do


def test_number_instead_of_a_code_gets_the_code_as_hint():
    """Quotation marks are not suggested for a number that would still be invalid in them."""
    validator = SchemaValidator(
        "x",
        {"properties": {"wikidata_id": {"type": ["string", "null"]}, "name": {"type": "string"}}},
    )
    hints = [
        problem.hint for problem in validator.iter_problems({"wikidata_id": 701801, "name": 7})
    ]
    assert hints == ["Write wikidata_id: Q701801", "Put double quotation marks around 7."]


def test_nearest_key_and_id_are_suggested():
    """Exchanged letters count as one error; the beginning of a known id suggests that id."""
    assert nearest_of("qeu", ["quote", "cue", "label"]) == "cue"
    assert nearest_id("xinhua", ["mfa-quartet", "xinhua-2019"]) == "; did you mean `xinhua-2019`?"
    assert (
        nearest_id("xinhua-2018", ["mfa-quartet", "xinhua-2019"]) == "; did you mean `xinhua-2019`?"
    )
    assert nearest_id("celac", ["mfa-quartet", "xinhua-2019"]) == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("wаng-yi", "wang-yi"),
        ("МFA-prс", "mfa-prc"),
        ("αgent", "agent"),
        ("São Paulo", "sao-paulo"),
        ("Иванов", ""),
        ("wang-й", ""),
    ],
)
def test_lookalike_letters_in_an_id_are_replaced(written, meant):
    """Letters that look like Latin ones are replaced in the suggestion; with others there is no suggestion."""
    form = form_of("speaker", written)
    assert form is not None and form[1] == meant


@pytest.mark.parametrize(
    "zone", ["Asia/Beijing", "Europe/Olso", "America/Washington", "Africa/Abuja"]
)
@pytest.mark.parametrize("kind", ["curation/event", "tables/events", "tables/sources"])
def test_unknown_time_zone_is_reported(zone, kind):
    """A zone that is not in the time zone database is reported in curated files and published rows."""
    validator = SchemaValidator(kind, read_schema(Layout(ROOT), kind))
    example = {"time_zone": zone}
    instance = {"event": example} if kind == "curation/event" else example
    (problem,) = (p for p in validator.iter_problems(instance) if p.path[-1:] == ("time_zone",))
    assert problem.code == "value_form" and "time zone database" in problem.message
    assert ("Europe/Oslo" in problem.message) == (zone == "Europe/Olso")
    for known in (
        "Asia/Shanghai",
        "America/New_York",
        "Africa/Lagos",
        "Europe/Kyiv",
        "UTC",
        "Asia/Calcutta",
    ):
        example["time_zone"] = known
        assert not [p for p in validator.iter_problems(instance) if p.path[-1:] == ("time_zone",)]
