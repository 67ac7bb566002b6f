"""Paths of all files of a package. No other module spells a path."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .findings import PackageError

HOME = Path(__file__).resolve().parents[3]
"""The checkout that this code belongs to; meaningless in an installed wheel."""

_SHIPPED = Path(__file__).resolve().parents[1] / "schema"
RULES = _SHIPPED if _SHIPPED.is_dir() else HOME / "schema"
"""The rules of the installed tool: schemas, guards, vocabulary, codebook. A wheel contains them; a checkout has them in `schema`."""


KINDS = ("corpus", "source", "event", "agent")
"""The kinds of curated file."""


def name_of(path: str | Path) -> str:
    """Return the path as text, whatever the encoding of the file system: a byte that is not UTF-8 becomes its escape (`\xe9`)."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of the package with top folder `root`, and the rules that check it.

    `rules` is the folder of the rules. They are those of the installed tool; a package is never
    checked by its own copy, which may say anything. Only code that works on the rules themselves
    passes another folder.
    """

    root: Path
    rules: Path = RULES

    @classmethod
    def of(cls, root: str | Path | None = None) -> Layout:
        """Return the package at `root`, or the one around the working directory, or the one that this code came with.

        Raises PackageError if there is no package at a given `root`.
        """
        try:
            return cls.here(root)
        except PackageError:
            if root is None and _is_package(HOME):
                return cls(HOME)
            raise

    @classmethod
    def here(cls, root: str | Path | None = None) -> Layout:
        """Return the package at `root`, or the one around the working directory: the one to check or write to.

        Raises PackageError if there is none.
        """
        if root is not None:
            layout = cls(Path(root).resolve())
            if not _is_package(layout.root):
                raise PackageError(
                    f"{root} is not a Readouts package: the folder data/sources is missing"
                )
            return layout
        here = Path.cwd()
        for folder in (here, *here.parents):
            if _is_package(folder):
                return cls(folder)
        raise PackageError(
            "not inside a Readouts package: change to the folder of one, or pass --root"
        )

    # what was captured, what a curator decided
    @property
    def sources(self) -> Path:
        return self.root / "data" / "sources"

    @property
    def events(self) -> Path:
        return self.root / "data" / "events"

    @property
    def agents(self) -> Path:
        return self.root / "data" / "agents"

    @property
    def corpus(self) -> Path:
        """The description of the corpus."""
        return self.root / "data" / "corpus.yaml"

    def capture(self, source_id: str) -> Path:
        return self.sources / source_id / "source.txt"

    def capture_record(self, source_id: str) -> Path:
        """The record of how the text was captured and which text was left out; older sources have none."""
        return self.sources / source_id / "capture.json"

    def outside_capture(self, source_id: str) -> Path | None:
        """The captured text of a source that is kept outside the repository; None unless READOUTS_CAPTURES is set."""
        folder = os.environ.get("READOUTS_CAPTURES")
        return Path(folder) / source_id / "source.txt" if folder else None

    def curated(self, kind: str, identifier: str) -> Path:
        """The file that a curator writes for a "source", an "event", an "agent" or the "corpus"."""
        if kind == "corpus":
            return self.corpus
        if kind == "source":
            return self.sources / identifier / "curation.yaml"
        return self.root / "data" / f"{kind}s" / f"{identifier}.yaml"

    def iter_curated(self) -> Iterator[tuple[str, str, Path]]:
        """Yield (kind, id, path) of every curated file, sorted; a source folder and the corpus count even if their file is missing."""
        yield "corpus", "corpus", self.corpus
        for kind, folder, pattern in (
            ("agent", self.agents, "*.yaml"),
            ("event", self.events, "*.yaml"),
            ("source", self.sources, "*/"),
        ):
            for path in sorted(folder.glob(pattern)):
                if kind != "source":
                    yield kind, name_of(path.stem), path
                elif path.is_dir():
                    yield kind, name_of(path.name), path / "curation.yaml"

    # what is released
    @property
    def ledger(self) -> Path:
        return self.root / "data" / "released.jsonl"

    # what is derived
    @property
    def tables(self) -> Path:
        return self.root / "data" / "tables"

    def table(self, name: str, form: str) -> Path:
        """`form` is "csv" or "jsonl"; in a bundle "parquet" too."""
        return self.tables / f"{name}.{form}"

    @property
    def exclusions(self) -> Path:
        """Offsets of the exclusions, used only by guards; not published."""
        return self.root / "data" / "exclusions.jsonl"

    @property
    def descriptor(self) -> Path:
        return self.root / "datapackage.json"

    @property
    def card(self) -> Path:
        """The dataset card; in a bundle it is README.md."""
        return self.root / "data" / "README.md"

    @property
    def picture(self) -> Path:
        """The picture in the dataset card, if it has one."""
        return self.root / "data" / "accounts.png"

    def iter_documents(self) -> Iterator[Path]:
        """Documents for readers that may have derived blocks: README.md and the pages in `docs`."""
        for path in (self.root / "README.md", *sorted((self.root / "docs").glob("*.md"))):
            if path.is_file() and not path.is_symlink():
                yield path

    @property
    def trust(self) -> Path:
        return self.root / "TRUST.md"

    @property
    def citation(self) -> Path:
        return self.root / "CITATION.cff"

    @property
    def changelog(self) -> Path:
        return self.root / "CHANGELOG.md"

    # the rules
    @property
    def schemas(self) -> Path:
        return self.rules / "tables"

    @property
    def curation_schemas(self) -> Path:
        return self.rules / "curation"

    @property
    def guards(self) -> Path:
        return self.rules / "guards"

    @property
    def guard_views(self) -> Path:
        return self.guards / "tables.sql"

    @property
    def vocabulary(self) -> Path:
        return self.rules / "vocabulary.yaml"

    @property
    def codebook(self) -> Path:
        return self.rules / "CODEBOOK.md"

    @property
    def examples(self) -> Path:
        """Good and bad examples of every rule, in a checkout."""
        return self.root / "tests" / "examples"

    @property
    def state_dir(self) -> Path:
        """Scratch folder of the tools: staged files, the lock."""
        return self.root / ".readouts"

    @property
    def published_views(self) -> Path:
        """The package's copy of `guard_views`, with the views over its own tables; only a checkout of the tool and a bundle have one."""
        return self.root / "schema" / "guards" / "tables.sql"

    def editor_schema(self, kind: str, path: Path) -> str | None:
        """Return the schema for editors of the curated file at `path`, relative to its folder; None if the package has no copy."""
        schema = self.root / "schema" / "curation" / f"{kind}.schema.json"
        return Path(os.path.relpath(schema, path.parent)).as_posix() if schema.is_file() else None

    def relative(self, path: Path) -> str:
        """Return a path as used in findings: relative to the package, or, for a rule, to the folder `schema`."""
        if path.is_relative_to(self.rules):
            return f"schema/{path.relative_to(self.rules).as_posix()}"
        return name_of(
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path
        )


def _is_package(folder: Path) -> bool:
    return (
        (folder / "data" / "sources").is_dir()
        or (folder / "data" / "corpus.yaml").is_file()
        or ((folder / "data").is_dir() and (folder / "datapackage.json").is_file())
    )
