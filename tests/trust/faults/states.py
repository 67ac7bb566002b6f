"""A package about to be written by a command, its state before and the state that it is to reach."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.core.switching import exclusive

from .faulty_runs import FaultPlan, run

State = dict[str, bytes]


def read_state(root: Path) -> State:
    """Every file of the package except those in the state folder, by relative path."""
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".readouts" not in p.relative_to(root).parts
    }


@dataclass(slots=True)
class Case:
    """A command and its package: `folder` is rewritten to the state before by `reset`. `lost` names curated files to watch."""

    name: str
    command: tuple[str, ...]
    root: Path
    before: State
    after: State
    changes: int

    @classmethod
    def prepare(cls, name: str, command: tuple[str, ...], root: Path) -> Case:
        """Learn the new state by letting the command run through once."""
        before = read_state(root)
        end = run(root, command, FaultPlan())
        if end.status != 0:
            raise PackageError(f"{name} does not run in peace: {end.stderr}")
        case = cls(name, command, root, before, read_state(root), end.changes)
        case.reset()
        return case

    def reset(self) -> None:
        """The state before, and no trace of a command."""
        shutil.rmtree(self.root / ".readouts", ignore_errors=True)
        for path in read_state(self.root).keys() - self.before.keys():
            (self.root / path).unlink()
        for path, data in self.before.items():
            target = self.root / path
            if not target.exists() or target.read_bytes() != data:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)

    def settled(self) -> str:
        """ "old" or "new" once the next command has begun, "mixed: …" if it is neither."""
        with exclusive(Layout.of(self.root)):
            now = read_state(self.root)
        if now == self.before:
            return "old"
        if now == self.after:
            return "new"
        return "mixed: " + ", ".join(
            sorted(p for p in now.keys() | self.after.keys() if now.get(p) != self.after.get(p))[:4]
        )

    def whole(self) -> bool:
        """Return True if every curated file is unchanged or has its complete new content, before any other command runs."""
        now = read_state(self.root)
        return all(
            now.get(path) in (self.before.get(path), self.after.get(path))
            for path in self.before.keys() | self.after.keys()
        )
