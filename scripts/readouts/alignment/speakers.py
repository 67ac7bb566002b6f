"""Speakers in an account: labels of a transcript, names before a verb of the stance, and pronouns that refer to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .lexis import Lexis
from .words import Word, words_of

BEFORE_VERB = 12
"""Words before the first verb of the stance in which its speaker is looked for."""


class Speakers:
    """Tracks the speaker while the sentences of a text are read in order."""

    def __init__(self, lexis: Lexis) -> None:
        self.labels: list[tuple[int, str]] = []
        self._lexis = lexis
        self._label: frozenset[str] = frozenset()
        self._names: frozenset[str] = frozenset()
        self._joint = False

    def read(self, text: str, start: int, words: Sequence[Word]) -> None:
        """Update the speaker from the sentence that begins at `start`, a code point of `text`."""
        place = bisect_right([at for at, _ in self.labels], start)
        if place:
            label = self.labels[place - 1][1].title()
            self._label = self._last_names([Word(0, 0, "mr", "mr", True), *words_of(label)])
        self._names, self._joint = self._subject(words)

    def of(self, words: Sequence[Word]) -> tuple[frozenset[str], bool]:
        """Return who says these words of the sentence last read, and whether several say them together."""
        if self._label:
            return self._label, False
        names, joint = self._subject(words)
        return names, joint

    def _subject(self, words: Sequence[Word]) -> tuple[frozenset[str], bool]:
        before = []
        for word in words[:BEFORE_VERB]:
            if word.form in self._lexis.verbs and not (
                word.name and word.form in self._lexis.titles
            ):
                break
            before.append(word)
        else:
            taken_up = any(word.form in self._lexis.carried_on for word in words[:BEFORE_VERB])
            return (self._names, self._joint) if taken_up else (frozenset(), False)
        names = self._last_names(before)
        if any(word.form in self._lexis.joint for word in before) or len(names) > 1:
            return names, True
        if names:
            return names, False
        taken_up = not before or any(word.form in self._lexis.carried_on for word in before)
        return (self._names, self._joint) if taken_up else (frozenset(), False)

    def _last_names(self, words: Sequence[Word]) -> frozenset[str]:
        """Return the last names of persons that a title introduces."""
        found, previous, titled = set(), None, False
        for word in [*words, None]:
            if word is not None and word.name:
                if word.form in self._lexis.titles:
                    titled = True
                elif titled:
                    previous = word
                continue
            if previous is not None:
                found.add(previous.form)
            previous, titled = None, False
        return frozenset(found)
