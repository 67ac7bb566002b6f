"""One session: a key for each draft, every decision written before the next draft is shown, and `back` undoes one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import click
from rich.console import Console

from ..core.findings import Finding, counted
from ..core.layout import Layout
from ..core.switching import exclusive, switch
from ..curation.yaml_nodes import YamlProblem
from ..drafting import acceptance
from ..drafting.drafted import Place, Target, entry_text, read_target, with_accepted, with_edited
from ..terminal import report
from .drawing import iter_rendered, legend
from .items import Captures, Item, read_items

KEYS = {"a": "accept", "e": "edit", "r": "reject", "s": "skip", "b": "back", "q": "quit"}
ENDS = ("", "\x03", "\x04")
"""Input read after the terminal was closed, and for Ctrl-C and Ctrl-D."""
HEAD = "# Edit the entry, save and close. It stays a draft until you accept it.\n"

Ask = Callable[[], str]
Edit = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Step:
    """A decision: its kind, and the file before and after it (None: nothing was written)."""

    key: str
    word: str
    before: bytes | None = None
    after: bytes | None = None


@dataclass(slots=True)
class Session:
    """Reviews the drafts of one source or event on a console; `ask` reads one key, `edit` returns the edited text or None."""

    layout: Layout
    identifier: str
    console: Console
    ask: Ask
    edit: Edit
    _history: list[_Step] = field(default_factory=list)
    _skipped: set[str] = field(default_factory=set)
    _unparsed: dict[str, str] = field(default_factory=dict)

    def run(self) -> str:
        """Go through the drafts until all are decided or skipped, or the user quits; return a one-line summary. Raises PackageError."""
        captures = Captures(self.layout)
        self.console.print(legend(self._styled))
        rendered = None
        while True:
            _, items = read_items(self.layout, self.identifier, captures)
            item = next((item for item in items if item.key not in self._skipped), None)
            if item is None and not (self._history and self._at_the_end()):
                return self._summary(len(items))
            if item is None:
                self._back()
                continue
            if rendered != item:
                self._draw(item, sum(item.key not in self._skipped for item in items))
                rendered = item
            word = self._decision()
            if word == "quit":
                return self._summary(len(items))
            if word in ("skip", "edit"):
                rendered = None
            if word == "skip":
                self._skipped.add(item.key)
                self._history.append(_Step(item.key, word))
            elif word == "back":
                rendered = None if self._back() else rendered
            elif word == "edit":
                self._edit(item)
            else:
                self._decide(item, word)

    @property
    def _styled(self) -> bool:
        return self.console.color_system is not None

    def _draw(self, item: Item, left: int) -> None:
        self.console.rule()
        agents = {
            identifier for kind, identifier, _ in self.layout.iter_curated() if kind == "agent"
        }
        for rendered in iter_rendered(item, left, self._styled, agents):
            self.console.print(rendered)

    def _decision(self) -> str:
        """Return the word of the key pressed; other keys are ignored."""
        keys = "  ".join(f"{key} {word}" for key, word in KEYS.items())
        self.console.print(keys, style="bold", markup=False)
        while True:
            key = self._key()
            if key in KEYS:
                return KEYS[key]

    def _key(self) -> str:
        try:
            key = self.ask()
        except (KeyboardInterrupt, EOFError):
            return "q"
        return "q" if key in ENDS else key.lower()

    def _at_the_end(self) -> bool:
        """Return True if the user wants to go back from the end of the list."""
        self.console.rule()
        self.console.print(
            "that was the last draft: b back, any other key ends", style="bold", markup=False
        )
        return self._key() == "b"

    def _decide(self, item: Item, word: str) -> None:
        self.console.print(f"{word} {item.draft.name} …", style="dim", markup=False)
        with exclusive(self.layout):
            target = read_target(self.layout, self.identifier)
            before = target.path.read_bytes()
            work = acceptance.accept if word == "accept" else acceptance.reject
            outcome = work(self.layout, self.identifier, (item.draft.name,))
            if outcome.done and outcome.data is not None:
                switch(self.layout, {target.path: outcome.data})
                self._history.append(_Step(item.key, word, before, outcome.data))
        if outcome.done and outcome.other_findings:
            self._show(
                outcome.other_findings,
                "accepted; until these are fixed in other files it was not checked in full",
            )
        if outcome.refused:
            self._show(
                outcome.findings,
                "not accepted: edit it, reject it, or fix the findings above and accept again",
            )

    def _back(self) -> bool:
        """Undo the last step: a decision is undone unless the file was changed since. Return True if there was a step."""
        if not self._history:
            self._say("this is the first draft")
            return False
        step = self._history.pop()
        self._skipped.discard(step.key)
        if step.before is None:
            return True
        path = read_target(self.layout, self.identifier).path
        with exclusive(self.layout):
            if path.read_bytes() == step.after:
                switch(self.layout, {path: step.before})
                return True
        self._say(f"{self.layout.relative(path)} was changed since: the decision stays")
        return True

    def _edit(self, item: Item) -> None:
        """Let the user edit the entry; text that cannot be parsed is kept and offered again at the next edit."""
        offered = self._unparsed.pop(item.key, None) or HEAD + entry_text(item.draft)
        try:
            edited = self.edit(offered)
        except click.ClickException as error:
            self._say(error.format_message())
            return
        if edited is None or edited.replace(HEAD, "") == entry_text(item.draft):
            self._say("not changed")
            return
        try:
            changed = self._write_edited(item, edited.replace(HEAD, ""))
        except YamlProblem as problem:
            self._unparsed[item.key] = edited
            self._say(
                f"not written: {problem.message} (line {max(1, problem.line)}); e opens what you typed again"
            )
            return
        if changed is None:
            self._say("this draft is no longer in the file; nothing was written")
            return
        target, place = changed
        candidate = with_accepted(self.layout, target, [place])
        found = acceptance.check(self.layout, target, candidate)
        facts, inside = acceptance.sorted_out(self.layout, target, candidate, found, [place])
        found = [*facts, *inside.get(place, ())]
        self._show(
            found,
            f"written to {self.layout.relative(target.path)}"
            + ("" if found else "; the check finds nothing"),
        )

    def _write_edited(self, item: Item, edited: str) -> tuple[Target, Place] | None:
        """Write the entry in place of the draft; return (the file, its place), None if the draft is gone. Raises YamlProblem."""
        with exclusive(self.layout):
            target, items = read_items(self.layout, self.identifier, Captures(self.layout))
            now = next((other for other in items if other.key == item.key), None)
            if now is None:
                return None
            text = with_edited(self.layout, target, now.draft, edited)
            switch(self.layout, {target.path: text.encode("utf-8")})
        return replace(target, text=text), now.draft.place

    def _say(self, words: str) -> None:
        self.console.print(report.plain(words), markup=False)

    def _show(self, findings: list[Finding], last: str) -> None:
        self.console.print(
            report.as_text(findings, report.plain(last)), end="", markup=False, highlight=False
        )

    def _summary(self, left: int) -> str:
        words = Counter(step.word for step in self._history)
        return f"{self.identifier}: accepted {words['accept']}, rejected {words['reject']}; {counted(left, 'draft')} left"
