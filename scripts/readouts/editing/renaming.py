"""`readouts rename`: a new id for a record that was never released, and for every mention of it, all or nothing."""

from __future__ import annotations

import re
from pathlib import Path

from ..core.findings import PackageError
from ..core.ids import ID_FORM
from ..core.layout import Layout
from ..core.spelling import nearest_id
from ..curation.references import PARTS, Mention, iter_mentions, with_ids_replaced
from ..curation.yaml_nodes import YamlProblem
from ..drafting.skeletons import require_absent, require_free
from ..ledger.ledger import Ledger
from ..ledger.missing_records import must_still_exist

FILES = ("source", "event", "agent")
"""Records with a file of their own."""


def renamed_files(layout: Layout, ledger: Ledger, old: str, new: str) -> dict[Path, bytes | None]:
    """Return the new contents of all files that mention the record `old`, and of its own file under the name `new`; None deletes a file.

    Raises PackageError if there is no such record, if the new id is malformed or taken, if the old
    one was ever released or the new one is of another record, or if a file that might name the
    record cannot be read.
    """
    kind = _kind_of(layout, old)
    _require_renamable(layout, ledger, kind, old, new)
    texts: dict[Path, str] = {}
    mentions: list[tuple[Path, Mention]] = []
    for file_kind, owner, path in layout.iter_curated():
        if file_kind not in FILES:
            continue
        try:
            texts[path] = path.read_bytes().decode("utf-8")
            mentions += [
                (path, mention) for mention in iter_mentions(file_kind, owner, texts[path])
            ]
        except (OSError, UnicodeDecodeError, YamlProblem) as error:
            name = layout.relative(path)
            raise PackageError(
                f"{name} cannot be read and may refer to {old}; run `readouts validate` for details"
            ) from error
    if kind in PARTS:
        declared = {
            mention.identifier
            for _, mention in mentions
            if mention.kind == kind and mention.declares
        }
        if old not in declared or new in declared:
            raise PackageError(
                f"the {kind} {new} already exists" if new in declared else f"unknown {kind} {old}"
            )
    contents: dict[Path, bytes | None] = {}
    for path, text in texts.items():
        mine = [(m, _renamed(m, kind, old, new)) for place, m in mentions if place == path]
        replaced = [(mention, name) for mention, name in mine if name != mention.identifier]
        if replaced:
            text = with_ids_replaced(text, replaced)
        if kind == "source":
            text = _drafts_renamed(text, old, new)
        if text != texts[path]:
            contents[path] = text.encode("utf-8")
    return contents if kind in PARTS else _moved(layout, kind, old, new, contents)


def _drafts_renamed(text: str, old: str, new: str) -> str:
    """Replace the id of a source in statements that comments mention: drafts of claims that are not filled in yet."""
    return re.sub(
        r"^ *#.*$",
        lambda line: re.sub(rf"(?<![\w.-]){re.escape(old)}(?=\.[a-z0-9])", new, line[0]),
        text,
        flags=re.M,
    )


def _renamed(mention: Mention, kind: str, old: str, new: str) -> str:
    """Return the new id of the mention; the id of a statement follows its source if it is written in full."""
    if mention.kind == kind and mention.identifier == old:
        return new
    if (
        kind == "source"
        and mention.kind == "statement"
        and not mention.local
        and mention.identifier.startswith(f"{old}.")
    ):
        return new + mention.identifier.removeprefix(old)
    return mention.identifier


def _moved(
    layout: Layout, kind: str, old: str, new: str, contents: dict[Path, bytes | None]
) -> dict[Path, bytes | None]:
    """Move the record's own file (and a source's capture) to the new name."""
    pairs = [(layout.curated(kind, old), layout.curated(kind, new))]
    if kind == "source":
        pairs += [
            (layout.capture(old), layout.capture(new)),
            (layout.capture_record(old), layout.capture_record(new)),
        ]
    for before, after in pairs:
        data = contents.get(before)
        if data is None and before.exists():
            data = before.read_bytes()
        if data is not None:
            contents |= {after: data, before: None}
    return contents


def _kind_of(layout: Layout, identifier: str) -> str:
    owner, dot, _ = identifier.partition(".")
    kinds = [
        kind for kind in FILES if re.match(ID_FORM, owner) and layout.curated(kind, owner).exists()
    ]
    known = [name for kind, name, _ in layout.iter_curated() if kind in FILES]
    if dot:
        kinds = [part for part, kind in PARTS.items() if kind in kinds]
    if len(kinds) != 1:
        kinds_named = " and ".join(f"a {kind}" for kind in kinds)
        raise PackageError(f"{identifier} is {kinds_named}: rename its file yourself" if kinds else f"unknown source, event, agent, statement or claim {identifier}{nearest_id(owner, known)}")  # fmt: skip
    return kinds[0]


def _require_renamable(layout: Layout, ledger: Ledger, kind: str, old: str, new: str) -> None:
    if (f"{kind}s", old) in ledger.entries:
        raise PackageError(
            f"{old} was released, so its id cannot change; run `readouts withdraw {old}`, "
            "then add it again with a new id"
        )
    gone = must_still_exist(
        ledger, f"{kind}s", new
    )  # the record gets back the id under which it was released
    if kind in FILES:
        if gone:
            require_absent(layout, kind, new)
        else:
            require_free(layout, ledger, kind, new)
        return
    if new.partition(".")[0] != old.partition(".")[0] or not re.match(
        ID_FORM, new.partition(".")[2]
    ):
        raise PackageError(
            f"a {kind} stays in its file: the new id is {old.partition('.')[0]}. and a local id like s01"
        )
    if (f"{kind}s", new) in ledger.entries and not gone:
        raise PackageError(
            f"the id {new} was already used by a released {kind} and cannot be used again: choose another id"
        )
