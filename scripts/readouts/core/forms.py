"""The expected form of a value, as text, and the value that was probably meant."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from .printed_days import iter_printed_days

_ID = "an id: lowercase letters, digits and hyphens, as in the name of its file in `data`"
_DAYS = ("start_date", "end_date", "published_on", "accessed_on", "date")
_LANGUAGES = {"english": "en", "french": "fr", "spanish": "es", "german": "de", "chinese": "zh", "russian": "ru", "arabic": "ar",
              "portuguese": "pt", "italian": "it", "japanese": "ja", "français": "fr", "español": "es", "deutsch": "de"}  # fmt: skip
_LOOKALIKES = str.maketrans(
    "аАеЕоОрРсСуУхХіІјЈѕЅһԁԛԝкКмМВНТɑɡαορνυκιτΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոհ",
    "aaeeooppccyyxxiijjsshdqwkkmmbhtagaopvukitabezhikmnoptyxouuh",
)  # fmt: skip
"""Letters of other scripts that look like one of a–z (Unicode, confusables.txt), with that letter."""
_FORMS = {
    **dict.fromkeys(_DAYS, "a date written as year-month-day, like 2021-03-04"),
    "country": "a two-letter country code (ISO 3166) in capitals, like NO",
    "time_zone": "a time zone with its region, like Europe/Oslo or Asia/Tokyo (not CET, EST or Tokyo alone)",
    "language": "a language code in lowercase (BCP 47), like en",
    "wikidata_id": "a Q and a number, like Q148",
    **dict.fromkeys(
        ("url", "archived_url"),
        "an address that begins with https:// (or http://) and has no spaces",
    ),
    "statement": "a statement with its source: SOURCE.s01, like mfa-norland-2026-03-04-reyes-call.s01",
    "words": "a statement with its source: SOURCE.s01, like mfa-norland-2026-03-04-reyes-call.s01",
    "text_sha256": "64 digits 0–9 and letters a–f; `readouts fmt` writes them",
    "original_sha256": "64 digits 0–9 and letters a–f, as `readouts add` writes them",
    "media_type": "a media type in lowercase, like text/html",
    "id": "a local id: lowercase letters, digits and hyphens, like s01",
    **dict.fromkeys(("continues", "within", "repeats"), "the id of a statement, like s01"),
    **dict.fromkeys(
        (
            "publisher",
            "speaker",
            "agent",
            "organization",
            "event",
            "part_of",
            "date_source",
            "relays",
        ),
        _ID,
    ),
}


def form_of(key: str, value: object) -> tuple[str, str] | None:
    """Return (the form, the suggested value or "") of the field with this key, if there is more to say than in its description."""
    text = value if isinstance(value, str) else ""
    if key in _FORMS:
        return _FORMS[key], _meant(key, text)
    odd = _odd_character(text)
    return (odd, "Retype that character or copy the text again.") if odd else None


def _meant(key: str, text: str) -> str:
    """Return the value that is certainly or probably meant; "" if there is none."""
    if key in _DAYS:
        return _days_meant(text)
    if key == "wikidata_id":
        found = re.search(r"Q[1-9][0-9]*", text.upper())
        return found[0] if found else f"Q{text}" if re.fullmatch("[1-9][0-9]*", text) else ""
    if key == "language":
        return _LANGUAGES.get(text.lower(), "")
    if key == "country":
        return text.upper() if re.fullmatch("[a-z]{2}", text) else ""
    if key in ("url", "archived_url"):
        return (
            f"https://{text}"
            if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/[^\s<>\"]*)?", text, re.ASCII)
            else ""
        )
    if _FORMS[key] == _ID or key == "id":
        plain = (
            unicodedata.normalize("NFKD", text.translate(_LOOKALIKES))
            .lower()
            .translate(_LOOKALIKES)
        )
        plain = "".join(character for character in plain if not unicodedata.combining(character))
        # Removing letters without a lookalike would give another id.
        foreign = any(ord(character) > 127 and character.isalpha() for character in plain)
        return "" if foreign else re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return ""


def _days_meant(text: str) -> str:
    """Return the day, or the two possible days of the figures, in ISO form."""
    printed = list(iter_printed_days(text))
    if len(printed) == 1:
        return printed[0][0].isoformat()
    figures = [int(part) for part in re.findall("[0-9]+", text)]
    found = []
    if len(figures) == 3:
        a, b, c = figures
        for year, month, day in ((a, b, c),) if a > 31 else ((c, b, a), (c, a, b)):
            try:
                found.append(date(year, month, day).isoformat())
            except (ValueError, OverflowError):
                continue
    return " or ".join(dict.fromkeys(day for day in found if day[:1] != "0"))


def _odd_character(text: str) -> str:
    """Return the first character that does not belong in a name or a sentence: an invisible one, or a letter of another script."""
    latin = re.search("[A-Za-z]", text) is not None
    for character in dict.fromkeys(text):
        name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
        if (
            unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn")
            and character != " "
        ):
            return f"text without the invisible character {name}"
        if latin and name.startswith(
            ("cyrillic", "greek", "armenian", "cherokee", "fullwidth latin", "mathematical")
        ):
            return f"text in one script: its “{character}” is a {name}"
    return ""
