"""The accounts to compare: captured from files and addresses as by `add`, or read from a package's sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..alignment.languages import language_name, language_of
from ..alignment.words import words_of
from ..capture import Capture, capture_from_file, capture_from_url
from ..core.findings import PackageError, counted
from ..core.ids import ID_FORM
from ..core.layout import Layout
from ..curation.yaml_nodes import YamlProblem, read_yaml

MOST_WORDS = 300_000
"""Most words of an account; the time to compare grows with them."""
FEWEST_SENTENCES = 1
_SENTENCE = re.compile(r"[.!?。！？…]['\"”’»)\]]*(?=\s|\Z)|[。！？]")
_LINK = re.compile(r"https?://\S+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Account:
    """One account: `name` is the argument given, `label` is short for a heading; `text` as captured; stated facts or None."""

    name: str
    label: str
    text: str
    language: str | None
    title: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    url: str | None = None

    def facts(self) -> dict[str, str | None]:
        """Return the facts about the account, without its text."""
        return {
            "name": self.name, "label": self.label, "title": self.title, "publisher": self.publisher,
            "published_on": self.published_on, "url": self.url, "language": self.language,
        }  # fmt: skip


def read_accounts(
    names: Sequence[str],
    root: Path | None,
    today: date,
    language: str | None = None,
    across: bool = False,
) -> list[Account]:
    """Return the accounts of these names, in one language unless they may differ (`across`).

    Raises PackageError, in one line, if they cannot be compared.
    """
    accounts = _labelled([_read(name, root, today) for name in names])
    for account in accounts:
        _refuse(account)
    _refuse_copies(accounts)
    if language:
        return [_with(account, language=language) for account in accounts]
    known = {account.language for account in accounts} - {None}
    if len(known) > 1 and across:
        return accounts
    if len(known) > 1:
        spoken_in = ", ".join(
            f"{account.name} is in {language_name(account.language)}"
            for account in accounts
            if account.language
        )
        raise PackageError(
            f"the accounts are in different languages ({spoken_in}): pass --semantic MODEL, compare translations, or pass --language if this is wrong"
        )
    spoken = next(iter(known), None)
    return [_with(account, language=spoken) for account in accounts]


def _with(account: Account, **facts: str | None) -> Account:
    return replace(account, **facts)  # type: ignore[arg-type]


def _labelled(accounts: list[Account]) -> list[Account]:
    """Return labels that differ: the publisher or the title if they distinguish the accounts, otherwise the name."""
    for fact in ("publisher", "title"):
        values = [getattr(account, fact) for account in accounts]
        if (
            all(values)
            and len(set(values)) == len(values)
            and all(len(value) <= 60 for value in values)
        ):
            return [
                _with(account, label=value) for account, value in zip(accounts, values, strict=True)
            ]
    labels = [account.label for account in accounts]
    if len(set(labels)) < len(labels):
        return [_with(account, label=account.name) for account in accounts]
    return accounts


def _read(name: str, root: Path | None, today: date) -> Account:
    path = Path(name)
    try:
        if "://" in name:
            return _captured(name, capture_from_url(name, today))
        if path.is_dir() and (path / "source.txt").is_file():
            return _of_source(path, path.name, path.parent.parent.parent)
        if path.exists() or not re.match(ID_FORM, name):
            if not path.exists():
                raise PackageError(f"{name} was not found: pass a file, an address or a source id")
            return _captured(name, capture_from_file(path, today))
    except (OSError, ValueError) as error:
        raise PackageError(
            f"{name[:80]} cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error
    layout = Layout.of(root)
    for file in (layout.capture(name), layout.outside_capture(name)):
        if file is not None and file.is_file():
            return _of_source(file.parent, name, layout.root)
    raise PackageError(
        f"{name} was not found: it is not a file here, and {layout.root} has no source of this id"
    )


def _captured(name: str, capture: Capture) -> Account:
    day = capture.published_on.isoformat() if capture.published_on else None
    label = Path(name).stem if "://" not in name else name
    spoken = language_of(capture.text, None) or language_of(capture.text, capture.language)
    return Account(
        name, label, capture.text, spoken, capture.title, capture.publisher, day, capture.url
    )


def _of_source(folder: Path, name: str, root: Path) -> Account:
    try:
        text = (folder / "source.txt").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"{folder / 'source.txt'} cannot be read: {error}") from error
    facts: dict = {}
    curation = root / "data" / "sources" / name / "curation.yaml"
    try:
        if curation.is_file():
            found = read_yaml(curation.read_text(encoding="utf-8")).value
            facts = found["source"] if isinstance(found["source"], dict) else {}
    except (OSError, UnicodeDecodeError, YamlProblem, KeyError, TypeError):
        facts = {}  # the curated facts are only for headings; validate reports problems with them
    known = {
        key: str(facts[key]) if facts.get(key) else None
        for key in ("title", "publisher", "published_on", "url", "language")
    }
    spoken = language_of(text, known.pop("language"))
    return Account(
        name,
        name,
        text,
        spoken,
        known["title"],
        known["publisher"],
        known["published_on"],
        known["url"],
    )


def _refuse(account: Account) -> None:
    """Raise PackageError if the account has nothing to compare, or too much."""
    text = account.text
    if not text.strip():
        raise PackageError(f"{account.name} is empty: pass a document with text")
    links = _LINK.findall(text)
    words = len(words_of(_LINK.sub(" ", text)))
    if words > MOST_WORDS:
        raise PackageError(
            f"{account.name} has {counted(words, 'word')}, more than {MOST_WORDS:,}: compare a part of it"
        )
    lines = [line for line in text.splitlines() if line.strip()]
    sentences = len(_SENTENCE.findall(_LINK.sub(" ", text)))
    if (links and len(links) >= len(lines) / 2 and sentences < len(lines)) or not words:
        raise PackageError(
            f"{account.name} is a list of links, without sentences to compare: pass one of the pages it links to"
        )
    longest = max((len(line.split()) for line in lines), default=0)
    if sentences < FEWEST_SENTENCES and len(lines) > 1 and longest < 12:
        raise PackageError(
            f"{account.name} has no sentences to compare, only {counted(len(lines), 'short line')}: pass the document's text"
        )


def _refuse_copies(accounts: Sequence[Account]) -> None:
    for at, account in enumerate(accounts):
        for other in accounts[at + 1 :]:
            if account.text.split() == other.text.split():
                raise PackageError(
                    f"{account.name} and {other.name} are the same text, word for word: pass two different accounts"
                )
