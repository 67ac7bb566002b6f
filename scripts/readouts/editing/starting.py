"""`readouts init`: the files of a new corpus, from the templates shipped with the rules."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ..core.findings import PackageError
from ..core.layout import KINDS, RULES
from ..core.version import tool_version
from ..curation.canonical import canonical_text
from ..curation.corpus import Corpus, corpus_validator, iter_wrong_orcids
from ..curation.outline import outline_from_value
from ..publication.changelog import SKELETON as CHANGELOG

TARGETS = {
    "README.md": "README.md",
    "card.md": "data/README.md",
    "LICENSE": "LICENSE",
    "LICENSE-DATA": "LICENSE-DATA",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "vscode-settings.json": ".vscode/settings.json",
    "vscode-extensions.json": ".vscode/extensions.json",
    "workflow-validate.yml": ".github/workflows/validate.yml",
    "workflow-release.yml": ".github/workflows/release.yml",
    "workflow-pages.yml": ".github/workflows/pages.yml",
}
"""Template in `schema/templates/corpus` → file of the corpus."""
CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}
TEXTS = "The words quoted belong to their sources; see `rights` in the table of sources."


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers that `init` asks for. `contributor` is a name; `orcid` and `hub` may be None."""

    name: str
    title: str
    description: str
    language: str
    contributor: str
    orcid: str | None = None
    hub: str | None = None
    homepage: str | None = None


def slug_of(folder: Path) -> str:
    """Return the name of the folder as a corpus's short name; "corpus" if nothing of it can be used."""
    plain = unicodedata.normalize("NFKD", folder.name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "corpus"


def facts_of(answers: Answers) -> dict[str, object]:
    """Return the value of `corpus:` in data/corpus.yaml. Raises PackageError for an answer that does not match the schema."""
    person = {"name": answers.contributor, "type": "person" if answers.orcid else "organization"}
    facts = {
        "name": answers.name,
        "title": answers.title,
        "description": answers.description,
        "homepage": answers.homepage,
        "languages": [answers.language],
        "keywords": ["diplomacy", "readouts", "statements"],
        "licenses": {"annotations": CC_BY, "texts": TEXTS},
        "contributors": [
            person | ({"orcid": answers.orcid} if answers.orcid else {}) | {"roles": ["curator"]}
        ],
        "hub": answers.hub,
        "tool": tool_version(),
    }
    facts = {key: value for key, value in facts.items() if value is not None}
    for problem in corpus_validator().iter_problems({"corpus": facts}):
        asked = {
            "languages": "language",
            "contributors": "orcid" if "orcid" in problem.path else "contributor",
        }
        option, message = (
            str(problem.path[1]),
            problem.message.partition(": ")[2] or problem.message,
        )
        raise PackageError(
            f"--{asked.get(option, option)}: {message}{'' if message[-1] == '?' else '.'} {problem.hint}"
        )
    for _, orcid in iter_wrong_orcids(facts):
        raise PackageError(
            f"{orcid} is not an ORCID: its check digit (the last character) is wrong; copy it from orcid.org"
        )
    return facts


def corpus_document(facts: dict[str, object]) -> bytes:
    """Return data/corpus.yaml in its canonical form."""
    return canonical_text(
        outline_from_value({"corpus": facts}), corpus_validator().schema, None
    ).encode()


def corpus_files(corpus: Corpus, example: bool) -> dict[str, bytes]:
    """Return path → bytes of the files of a new corpus, except data/corpus.yaml and the files that `readouts build` derives.

    With `example` they include a made-up source with its event and two agents.
    """
    templates = RULES / "templates"
    files = {
        target: _filled((templates / "corpus" / name).read_text(encoding="utf-8"), corpus)
        for name, target in TARGETS.items()
    }
    files["CHANGELOG.md"] = CHANGELOG.encode()
    for kind in KINDS:
        name = f"{kind}.schema.json"
        files[f".vscode/schemas/{name}"] = (RULES / "curation" / name).read_bytes()
    for folder in ("agents", "events", "sources"):
        files[f"data/{folder}/.gitkeep"] = b""
    if example:
        for path in sorted((templates / "example").rglob("*")):
            if path.is_file():
                files[f"data/{path.relative_to(templates / 'example').as_posix()}"] = (
                    path.read_bytes()
                )
    return dict(sorted(files.items()))


def _filled(template: str, corpus: Corpus) -> bytes:
    """Return the template with each `@key@` replaced by the value from the corpus."""
    values = {
        "title": corpus.title,
        "description": corpus.description,
        "tool": corpus.tool,
        "license": corpus.license.title,
        "license_url": corpus.license.url,
        "spdx": corpus.license.name,
        "texts": corpus.texts,
    }
    return re.sub(r"@([a-z_]+)@", lambda found: values[found[1]], template).encode()


def write_new(folder: Path, files: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """Write the files that do not exist yet. Return the paths written and those kept as they were, relative to `folder`.

    Raises PackageError if the folder or a file cannot be written, with a list of the files written
    until then.
    """
    written: list[str] = []
    kept: list[str] = []
    for name, data in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            if not path.is_file():
                raise PackageError(
                    f"{path} cannot be written: it exists and is not a file"
                ) from None
            kept.append(name)
        except OSError as error:
            done = f"; written so far: {', '.join(written)}" if written else ""
            raise PackageError(f"{path} cannot be written: {error.strerror}{done}") from error
        else:
            written.append(name)
    return written, kept


def require_startable(folder: Path) -> None:
    """Raise PackageError if no corpus can be created there: in a file, or inside another corpus."""
    if folder.exists() and not folder.is_dir():
        raise PackageError(f"{folder} is a file: pass a folder")
    for outer in folder.resolve().parents:
        if (outer / "data" / "corpus.yaml").is_file():
            raise PackageError(f"{folder} is inside the corpus {outer}: pass a folder outside it")
