"""`readouts review`: drafts one by one in a terminal, a key for each decision, and no decision lost."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
import yaml

from tests.test_acceptance import SOURCE, as_drafts, curation

SECONDS = 60
EDITOR = "import sys; p = sys.argv[1]; t = open(p).read(); open(p, 'w').write(t.replace({old!r}, {new!r}))"


class Terminal:
    """A command in its own terminal."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.master, slave = pty.openpty()
        settings = {**os.environ, "TERM": "xterm", "COLUMNS": "200", "LINES": "50", **environment}
        command = [sys.executable, "-m", "readouts", *arguments, "--root", str(folder)]
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=settings, close_fds=True
        )
        os.close(slave)
        self.seen = ""

    def until(self, words: str) -> str:
        """Return the output, at least up to these words; the next call searches after them. Fail if they do not appear in time."""
        end = time.monotonic() + SECONDS
        while words not in plain(self.seen):
            ready, _, _ = select.select([self.master], [], [], max(0.0, end - time.monotonic()))
            try:
                data = os.read(self.master, 65536) if ready else b""
            except OSError:
                data = b""
            if not data:
                self.process.kill()
                self.process.wait()
                pytest.fail(f"{words!r} did not appear: {plain(self.seen)[-500:]}")
            self.seen += data.decode("utf-8", "replace")
        shown = self.seen
        self.seen = plain(shown).partition(words)[2]
        return shown

    def press(self, key: str) -> None:
        """Press a key once the command waits for one: it discards earlier input."""
        while termios.tcgetattr(self.master)[3] & termios.ICANON:
            time.sleep(0.02)
        os.write(self.master, key.encode())

    def close(self) -> int:
        """Close the terminal and wait for the command."""
        os.close(self.master)
        return self.process.wait(SECONDS)


def plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


def drafts(folder: Path) -> list[str]:
    value = yaml.safe_load(curation(folder).read_text(encoding="utf-8"))
    return [entry["id"] for entry in value["statements"] if "draft" in entry]


def test_each_decision_is_written_immediately(corpus):
    """Accept, skip, back and reject change the file when they are pressed; back undoes a decision."""
    as_drafts(corpus, "s03", "s04", "s05")
    terminal = Terminal(corpus, "review", SOURCE)
    shown = terminal.until("b back  q quit")
    assert "statement s03 · rules 0.80 · 3 to decide" in plain(shown) and "met Joon Tal" in plain(
        shown
    )
    assert "\x1b[4;32mWe will not close it for a single day" in shown and "\x1b[1;33madded" in shown
    terminal.press("a")
    terminal.until("statement s04")
    assert drafts(corpus) == ["s04", "s05"]
    terminal.press("b")
    terminal.until("statement s03")
    assert drafts(corpus) == ["s03", "s04", "s05"]
    for key, after in (
        ("a", "statement s04"),
        ("s", "statement s05"),
        ("r", "that was the last draft"),
    ):
        terminal.press(key)
        terminal.until(after)
    terminal.press("x")
    terminal.until("accepted 1, rejected 1; 1 draft left")
    assert terminal.close() == 0
    assert drafts(corpus) == ["s04"] and "thanked" not in curation(corpus).read_text(
        encoding="utf-8"
    )


def test_closed_terminal_loses_no_decision(corpus):
    as_drafts(corpus, "s03", "s04")
    terminal = Terminal(corpus, "review", SOURCE)
    terminal.until("b back  q quit")
    terminal.press("a")
    terminal.until("statement s04")
    terminal.until("b back  q quit")
    terminal.close()
    assert drafts(corpus) == ["s04"]


rest = pytest.mark.slow(
    "other ways to leave the review",
    seconds=4,
    covers=(
        "scripts/readouts/review",
        "tests/test_review.py",
    ),
)


@rest(sample=1)
@pytest.mark.parametrize("key", ["q", "\x03", "\x04"])
def test_every_exit_prints_a_summary(corpus, key):
    """q, Ctrl-C and Ctrl-D end with exit status 0."""
    as_drafts(corpus, "s05")
    terminal = Terminal(corpus, "review", SOURCE)
    terminal.until("b back  q quit")
    terminal.press(key)
    assert "Traceback" not in terminal.until("accepted 0, rejected 0; 1 draft left")
    assert terminal.close() == 0


def test_edited_draft_is_checked_again(corpus, tmp_path):
    """A refused draft shows its finding; edited in $EDITOR it is written, checked, and accepted by the next key."""
    as_drafts(corpus, "s05")
    path = curation(corpus)
    path.write_text(
        path.read_text(encoding="utf-8").replace("cue: thanked", "cue: praised"), encoding="utf-8"
    )
    editor = tmp_path / "editor.py"
    editor.write_text(EDITOR.format(old="praised", new="thanked"), encoding="utf-8")
    terminal = Terminal(corpus, "review", SOURCE, EDITOR=f"{sys.executable} {editor}", VISUAL="")
    terminal.until("b back  q quit")
    terminal.press("a")
    assert "part_in_quote" in plain(terminal.until("not accepted"))
    terminal.until("b back  q quit")
    terminal.press("e")
    terminal.until("the check finds nothing")
    assert "cue: thanked" in path.read_text(encoding="utf-8") and drafts(corpus) == ["s05"]
    terminal.until("b back  q quit")
    terminal.press("a")
    terminal.until("that was the last draft")
    terminal.press("q")
    terminal.until("accepted 1")
    assert terminal.close() == 0
    assert drafts(corpus) == []


def test_invalid_yaml_is_offered_for_editing_again(corpus, tmp_path):
    """Invalid YAML is not written and not lost: the next edit opens it again."""
    as_drafts(corpus, "s05")
    before = curation(corpus).read_bytes()
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys; p = sys.argv[1]; t = open(p).read(); n = t.replace('[broken', 'thanked') if '[broken' in t else "
        "t.replace('cue: thanked', 'cue: [broken'); open(p, 'w').write(n + '# read\\n')",
        encoding="utf-8",
    )
    terminal = Terminal(corpus, "review", SOURCE, EDITOR=f"{sys.executable} {editor}", VISUAL="")
    terminal.until("b back  q quit")
    terminal.press("e")
    terminal.until("not written")
    assert curation(corpus).read_bytes() == before
    terminal.until("b back  q quit")
    terminal.press("e")
    terminal.until("the check finds nothing")
    terminal.until("b back  q quit")
    terminal.press("q")
    terminal.until("1 draft left")
    assert terminal.close() == 0


def test_roles_are_named_in_a_terminal_without_styles(corpus):
    """Without styles, brackets name label, cue and content."""
    as_drafts(corpus, "s05")
    terminal = Terminal(corpus, "review", SOURCE, TERM="dumb", COLUMNS="400")
    shown = terminal.until("b back  q quit")
    assert (
        "[label: Joon Tal] [cue: thanked]" in shown
        and "[content: for its help]" in shown
        and "\x1b" not in shown
    )
    terminal.press("q")
    terminal.until("1 draft left")
    assert terminal.close() == 0


def test_missing_agent_file_is_reported(corpus):
    """If the speaker of a draft has no file, the command that drafts one is shown."""
    as_drafts(corpus, "s05")
    (corpus / "data" / "agents" / "joon-tal.yaml").unlink()
    terminal = Terminal(corpus, "review", SOURCE)
    shown = plain(terminal.until("b back  q quit"))
    assert (
        "joon-tal is not in data/agents yet: `readouts add --agent joon-tal`" in shown
        and "norland is not" not in shown
    )
    terminal.press("q")
    terminal.until("1 draft left")
    assert terminal.close() == 0


def test_review_without_a_terminal_is_refused(corpus, run):
    """Without a terminal one line says what to use instead."""
    result = run("review", SOURCE, "--root", corpus)
    assert (
        result.returncode == 2
        and "review needs a terminal" in result.stderr
        and result.stderr.count("\n") == 1
    )
