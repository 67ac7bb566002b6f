"""The index of the search: statements as Pagefind's records, so that a browser loads only the parts of the index that a query needs.

Pagefind's program runs as a service that takes messages on its input: JSON in base64, a comma after
each.
"""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from ..compile.rows import Row
from ..core.findings import PackageError
from ..curation.quotations import is_unspaced
from .addresses import statement_place
from .records import Records

FOLDER = "pagefind"
MOST = 25_000
"""Statements of one index: Pagefind holds an index in memory until it is written. The browser queries all of them as one."""
UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
"""Files of Pagefind's own interfaces, which the site does not use."""


def write_indexes(records: Records, folder: Path) -> None:
    """Write the indexes into a new folder, one after the other. Raises PackageError if Pagefind fails."""
    from pagefind_bin import get_executable

    language = _language_of(records)
    for number, statements in enumerate(_parts_of(records)):
        target = folder.resolve() / str(number)
        with subprocess.Popen(
            [get_executable(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as program:
            try:
                files = _index(_Service(program), language, statements)
            finally:
                program.kill()  # it would wait for more
        for file in files:
            path = target / file["path"]
            if not any(path.match(pattern) for pattern in UNUSED):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(base64.b64decode(file["content"]))


def _parts_of(records: Records) -> list[list[Row]]:
    """Return the statements of each index, the newest in the first; there is always at least one index."""
    rows = sorted(records.rows["statements"], key=lambda row: str(row["date"] or ""), reverse=True)
    return [rows[at : at + MOST] for at in range(0, max(len(rows), 1), MOST)]


def _index(service: _Service, language: str, statements: list[Row]) -> list[dict[str, str]]:
    """Return the files of the index: `path`, and `content` in base64.

    Pagefind does not write them itself, because it may report a file as written whose end is still
    in its buffer, and is lost when it ends (Pagefind/pagefind#1271, in 1.5.2).
    """
    index = service.wait_for(
        service.ask({"type": "NewIndex", "config": {"force_language": language}})
    )["index_id"]
    for statement in statements:
        service.ask({"type": "AddRecord", "index_id": index} | _record(statement))
    return service.wait_for(service.ask({"type": "GetFiles", "index_id": index}))["files"]


class _Service:
    """Messages to the program, and its answers by number, read as they arrive so that neither side waits for the other."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self._program, self._asked = program, 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._problem = ""
        self._changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def ask(self, payload: dict[str, Any]) -> int:
        """Send a message; return its number."""
        self._asked += 1
        message = json.dumps({"message_id": self._asked, "payload": payload}).encode()
        try:
            self._program.stdin.write(base64.b64encode(message) + b",")
        except BrokenPipeError as error:
            raise PackageError(f"pagefind ended early: {self._problem}") from error
        return self._asked

    def wait_for(self, number: int) -> dict[str, Any]:
        """Return the answer to the message with this number; raises PackageError if any earlier message failed."""
        self._program.stdin.flush()
        with self._changed:
            self._changed.wait_for(lambda: number in self._answers or self._problem)
            if self._problem:
                raise PackageError(f"pagefind cannot index the statements: {self._problem}")
            return self._answers[number]

    def _read(self) -> None:
        begun: list[bytes] = []
        problem = ""
        while not problem and (data := self._program.stdout.read1(2**20)):
            first, *more = data.split(b",")
            begun.append(first)
            if more:
                *whole, rest = more
                problem = self._note([b"".join(begun), *whole])
                begun = [rest]
        with self._changed:
            self._problem = problem or "it ended"
            self._changed.notify_all()

    def _note(self, answers: list[bytes]) -> str:
        """Store the answers; return the problem, "" if none."""
        with self._changed:
            for answer in answers:
                try:
                    found = json.loads(base64.b64decode(answer))
                    number, payload = found.get("message_id"), found["payload"]
                except (ValueError, KeyError, TypeError, AttributeError):
                    return f"its answer is not readable: {answer[:80]!r}"
                if payload.get("type") == "Error":
                    return str(payload.get("message"))
                self._answers[number] = payload
            self._changed.notify_all()
        return ""


def _language_of(records: Records) -> str:
    """Return the language whose rules reduce words to their stem; none in a corpus of several languages, where one index contains all."""
    spoken = {statement["language"].partition("-")[0] for statement in records.rows["statements"]}
    return spoken.pop() if len(spoken) == 1 else "unknown"


def spaced(text: str) -> str:
    """Return the text with spaces around each character of a script without spaces, which makes each a word of the index."""
    return "".join(f" {character} " if is_unspaced(character) else character for character in text)


FILTERS = ("speaker", "publisher", "year", "mode", "act")


def _filters_of(statement: Row) -> dict[str, str]:
    """Return the value of each filter that has one."""
    values = (
        statement["speaker_name"] or statement["speaker_label"], statement["publisher_name"], str(statement["date"] or "")[:4],
        statement["mode"], statement["speech_act"],
    )  # fmt: skip
    return {name: value for name, value in zip(FILTERS, values, strict=True) if value}


def search_values(records: Records) -> dict[str, Any]:
    """Return the values of the search page: the possible values of each filter, with the number of statements."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    for statement in records.rows["statements"]:
        for name, value in _filters_of(statement).items():
            counts[name][value] += 1
    return {
        "indexes": len(_parts_of(records)),
        "filters": {name: sorted(found.items()) for name, found in counts.items()},
    }


def _record(statement: Row) -> dict[str, Any]:
    filters, day = _filters_of(statement), str(statement["date"] or "")
    return {
        "url": statement_place(statement["statement_id"]),
        "content": spaced(statement["text"]),
        "language": statement["language"].partition("-")[0],
        "meta": {
            "title": filters.get("speaker", statement["statement_id"]),
            "publisher": filters.get("publisher", ""),
            "date": day,
        },
        "filters": {name: [value] for name, value in filters.items()},
        "sort": {"date": day},
    }
