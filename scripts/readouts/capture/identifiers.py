"""Ids of sources, proposed from publisher, date and title."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

LONGEST = 60  # approximate length of an id in characters
MOST_OF_PUBLISHER = 20
STOP_WORDS = frozenset([
    "a", "an", "and", "as", "at", "be", "by", "for", "from", "his", "her", "in", "into", "is", "its", "of", "on",
    "or", "over", "s", "that", "the", "their", "this", "to", "under", "upon", "was", "with", "after", "before",
    "during", "his", "h", "e", "mr", "mrs", "ms", "dr", "jr", "sr", "u",
])  # fmt: skip
_FOLDS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
    }
)


def propose_source_id(publisher: str | None, published_on: date | None, title: str | None) -> str:
    """Return an id such as ``state-2021-05-20-greenland-joint-press-availability``.

    ``publisher`` is an agent's id, taken as it is, or a name, of which the words without stop words
    are taken up to 20 characters. Parts that are absent or have no letter with an ASCII form are
    left out; with nothing left the id is ``source``. It is at most 60 characters long, whole words
    only (a first word that is longer is cut).
    """
    is_id = publisher is not None and re.fullmatch("[a-z0-9][a-z0-9-]*", publisher)
    head = (
        publisher.split("-")
        if publisher and is_id
        else _fitting(_words(publisher or ""), MOST_OF_PUBLISHER)
    )
    when = [published_on.isoformat()] if published_on else []
    taken = "-".join([*head, *when])
    room = LONGEST - len(taken) - 1 if taken else LONGEST
    fresh = [word for word in _words(title or "") if word not in head]
    parts = [*head, *when, *_fitting(fresh or _words(title or ""), room)]
    return "-".join(parts) or "source"


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDS).replace("’", "'"))
    plain = folded.encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"'s\b|(?<=[a-z])'(?=[a-z])", "", plain)
    plain = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", plain)  # u.s. is one word
    words = [word for word in re.split(r"[^a-z0-9]+", plain) if word]
    return [word for word in words if word not in STOP_WORDS] or words


def _fitting(words: list[str], room: int) -> list[str]:
    taken: list[str] = []
    for word in words:
        if sum(map(len, taken)) + len(taken) + len(word) > room:
            break
        taken.append(word)
    return taken or [word[:room] for word in words[:1] if room > 3]
