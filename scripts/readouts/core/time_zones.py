"""Names of time zones: the IANA database, of the system and of the package tzdata together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from rapidfuzz.distance import Levenshtein

from .forms import form_of


@cache
def time_zones() -> frozenset[str]:
    """Return the names in the database, including links."""
    return frozenset(available_timezones())


def iter_unknown_zones(
    instance: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield (place, message, hint) of each `time_zone`, at the top or one level below, that is not in the database."""
    if not isinstance(instance, dict):
        return
    for key, value in instance.items():
        if key == "time_zone" and isinstance(value, str) and value not in time_zones():
            form, _ = form_of(key, value) or ("", "")
            near = [
                f"`{z}`"
                for z in sorted(time_zones())
                if Levenshtein.distance(value, z, score_cutoff=2) <= 2
            ]
            message = f"{key}: “{value[:80]}” is not in the time zone database{'; did you mean ' + ' or '.join(near[:3]) + '?' if near else ''}"
            hint = f"Write {form}. Zones are named after one city each: the zone of Beijing is Asia/Shanghai."
            yield (*path, key), message, hint
        elif not path:
            yield from iter_unknown_zones(value, (key,))
