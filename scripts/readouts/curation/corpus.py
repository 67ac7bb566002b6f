"""Description of a corpus: `data/corpus.yaml`, from which card, citation, descriptor, deposit and Croissant metadata are derived."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ..core.definitions import read_schema, read_tables
from ..core.findings import PackageError
from ..core.layout import HOME, Layout
from ..core.values import SchemaValidator
from ..core.version import tool_version
from .files import CuratedFile, Curation
from .yaml_nodes import MAX_BYTES, YamlProblem, read_yaml


@dataclass(frozen=True, slots=True)
class Contributor:
    """`type` is "person" or "organization"."""

    name: str
    type: str
    orcid: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class License:
    """The licence of the annotations: SPDX identifier, name in words, address."""

    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The facts of `data/corpus.yaml`, as its schema `schema/curation/corpus.schema.json` describes them."""

    name: str
    title: str
    description: str
    languages: tuple[str, ...]
    license: License
    texts: str
    """The terms for the quoted words."""
    contributors: tuple[Contributor, ...]
    tool: str
    keywords: tuple[str, ...] = ()
    homepage: str | None = None
    hub: str | None = None
    about: tuple[tuple[str, str], ...] = ()


def read_corpus(layout: Layout) -> Corpus:
    """Return the description of the package. Raises PackageError if it is missing or does not match its schema; `validate` gives details."""
    name = layout.relative(layout.corpus)
    try:
        return corpus_from_document(name, layout.corpus.read_bytes())
    except FileNotFoundError as error:
        raise PackageError(
            f"{name} is missing: it describes the corpus; run `readouts init .` to create one"
        ) from error
    except OSError as error:
        raise PackageError(f"{name} cannot be read: {error.strerror}") from error


def corpus_from_document(name: str, data: bytes) -> Corpus:
    """Return the description in a file of this name. Raises PackageError if it cannot be read or does not match the installed schema."""
    try:
        if len(data) > MAX_BYTES:
            raise PackageError(f"{name} has more than {MAX_BYTES:,} bytes")
        value = read_yaml(data.decode("utf-8")).value
    except (UnicodeDecodeError, YamlProblem) as error:
        raise PackageError(f"{name} cannot be read; run `readouts validate`") from error
    if not corpus_validator().accepts(value) or any(
        True for _ in iter_wrong_orcids(value["corpus"])
    ):
        raise PackageError(f"{name} is not valid; run `readouts validate`")
    return corpus_from_facts(value["corpus"])


@cache
def corpus_validator() -> SchemaValidator:
    """Return the validator for data/corpus.yaml, with the rules of the installed tool."""
    return SchemaValidator(
        "schema/curation/corpus.schema.json", read_schema(Layout(HOME), "curation/corpus")
    )


def corpus_from_facts(facts: dict[str, Any]) -> Corpus:
    """Return the corpus from facts that match the schema."""
    licenses = facts["licenses"]
    return Corpus(
        name=facts["name"],
        title=facts["title"],
        description=facts["description"],
        languages=tuple(facts["languages"]),
        license=License(**licenses["annotations"]),
        texts=licenses["texts"],
        contributors=tuple(
            Contributor(
                person["name"],
                person["type"],
                person.get("orcid"),
                tuple(person.get("roles") or ()),
            )
            for person in facts["contributors"]
        ),
        tool=facts["tool"],
        keywords=tuple(facts.get("keywords") or ()),
        homepage=facts.get("homepage"),
        hub=facts.get("hub"),
        about=tuple((facts.get("about") or {}).items()),
    )


def columns_since(layout: Layout) -> str:
    """Return the differences between the columns of the installed tool and of the package's datapackage.json, as text; "" if none.

    A descriptor that is missing or cannot be read has no columns to compare.
    """
    try:
        resources = json.loads(layout.descriptor.read_text(encoding="utf-8"))["resources"]
        then = {
            (resource["name"], field["name"])
            for resource in resources
            if resource["format"] == "csv"
            for field in resource["schema"]["fields"]
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    written = {table for table, _ in then}
    now = {
        (name, c.name)
        for name, table in read_tables(layout).items()
        if name in written
        for c in table.columns
    }
    parts = [
        f"{word} {', '.join(f'{table}.{column}' for table, column in sorted(changed))}"
        for word, changed in (("added since:", now - then), ("removed since:", then - now))
        if changed
    ]
    return f"columns {'; '.join(parts)}" if parts else ""


def iter_wrong_orcids(facts: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield (index of the contributor, ORCID) for each ORCID with a wrong check digit (ISO 7064, MOD 11-2)."""
    for index, person in enumerate(facts["contributors"]):
        orcid = person.get("orcid") or ""
        if re.fullmatch(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", orcid):
            total = 0
            for digit in orcid.replace("-", "")[:-1]:
                total = (total + int(digit)) * 2
            if "0123456789X"[(12 - total % 11) % 11] != orcid[-1]:
                yield index, orcid


def check_corpus(layout: Layout, curation: Curation, file: CuratedFile) -> bool:
    """Return True if the ORCIDs have correct check digits; add a warning if another version of the tool is named than the installed one."""
    facts = file.document.value["corpus"]
    wrong = list(iter_wrong_orcids(facts))
    for index, orcid in wrong:
        place = ("corpus", "contributors", index, "orcid")
        message = f"{orcid} is not an ORCID: its check digit (the last character) is wrong"
        curation.findings.append(
            file.finding(
                "value_form", place, file.identifier, message, "Copy it again from orcid.org."
            )
        )
    if facts["tool"] != tool_version():
        message = f"the corpus was validated with readouts {facts['tool']}; readouts {tool_version()} is installed, and its rules were used"
        differing = columns_since(layout)
        message += f" ({differing})" if differing else ""
        hint = f"Install readouts {facts['tool']}, or write the installed version here once the corpus is valid with it."
        found = file.finding("tool_version", ("corpus", "tool"), file.identifier, message, hint)
        curation.findings.append(replace(found, severity="warning"))
    return not wrong
