"""readouts review: drafts one by one in a terminal, a key for each decision, nothing lost when it is closed."""

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

from readouts.cli import app
from tests.test_acceptance import SOURCE, as_drafts, corpus, curation, invoke  # noqa: F401

SECONDS = 60
EDITOR = "import sys; p = sys.argv[1]; t = open(p).read(); open(p, 'w').write(t.replace({old!r}, {new!r}))"


class Terminal:
    """A command in a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.master, slave = pty.openpty()
        settings = {**os.environ, "TERM": "xterm", "COLUMNS": "200", "LINES": "50", **environment}
        command = [sys.executable, "-m", "readouts", *arguments, "--root", str(folder)]
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=settings, close_fds=True)
        os.close(slave)
        self.seen = ""

    def until(self, words: str) -> str:
        """Return what was shown, at least up to the words; the next call looks behind them. Fails if they do not come in time."""
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
                pytest.fail(f"{words!r} did not come: {plain(self.seen)[-500:]}")
            self.seen += data.decode("utf-8", "replace")
        shown = self.seen
        self.seen = plain(shown).partition(words)[2]
        return shown

    def press(self, key: str) -> None:
        """Press a key once the command waits for one: what is typed before is discarded."""
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


def test_each_key_is_written_at_once(corpus):  # noqa: F811
    """accept, skip, back and reject change the file as they are pressed; back undoes a decision, and the rest comes again at the next start."""
    as_drafts(corpus, "s03", "s04", "s05")
    terminal = Terminal(corpus, "review", SOURCE)
    shown = terminal.until("b back  q quit")
    assert "statement s03 · rules 0.80 · 3 to decide" in plain(shown) and "met Joon Tal" in plain(shown)
    assert "\x1b[4;32mWe will not close it for a single day" in shown and "\x1b[1;33madded" in shown
    terminal.press("a")
    terminal.until("statement s04")
    assert drafts(corpus) == ["s04", "s05"]
    terminal.press("b")
    terminal.until("statement s03")
    assert drafts(corpus) == ["s03", "s04", "s05"]
    for key, after in (("a", "statement s04"), ("s", "statement s05"), ("r", "that was the last draft")):
        terminal.press(key)
        terminal.until(after)
    terminal.press("x")
    terminal.until("accepted 1, rejected 1; 1 draft left")
    assert terminal.close() == 0
    assert drafts(corpus) == ["s04"] and "thanked" not in curation(corpus).read_text(encoding="utf-8")


def test_a_closed_terminal_loses_nothing(corpus):  # noqa: F811
    """What was decided before the terminal was closed is in the file."""
    as_drafts(corpus, "s03", "s04")
    terminal = Terminal(corpus, "review", SOURCE)
    terminal.until("b back  q quit")
    terminal.press("a")
    terminal.until("statement s04")
    terminal.until("b back  q quit")
    terminal.close()
    assert drafts(corpus) == ["s04"]


@pytest.mark.parametrize("key", ["q", "\x03", "\x04"])
def test_every_way_out_is_a_line(corpus, key):  # noqa: F811
    """q, Ctrl-C and Ctrl-D end with a summary and status 0."""
    as_drafts(corpus, "s05")
    terminal = Terminal(corpus, "review", SOURCE)
    terminal.until("b back  q quit")
    terminal.press(key)
    assert "Traceback" not in terminal.until("accepted 0, rejected 0; 1 draft left")
    assert terminal.close() == 0


def test_an_edited_entry_is_checked_again(corpus, tmp_path):  # noqa: F811
    """A refused draft shows why; edited in $EDITOR it is written, checked, and accepted by the next key."""
    as_drafts(corpus, "s05")
    path = curation(corpus)
    path.write_text(path.read_text(encoding="utf-8").replace("cue: thanked", "cue: praised"), encoding="utf-8")
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


def test_what_cannot_be_parsed_is_offered_again(corpus, tmp_path):  # noqa: F811
    """Broken YAML is not written and not lost: the next edit opens it again."""
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


def test_without_styles_the_roles_are_named(corpus):  # noqa: F811
    """A terminal that shows no styles gets brackets that name label, cue and content."""
    as_drafts(corpus, "s05")
    terminal = Terminal(corpus, "review", SOURCE, TERM="dumb", COLUMNS="400")
    shown = terminal.until("b back  q quit")
    assert "[label: Joon Tal] [cue: thanked]" in shown and "[content: for its help]" in shown and "\x1b" not in shown
    terminal.press("q")
    terminal.until("1 draft left")
    assert terminal.close() == 0


def test_an_agent_without_a_file_is_named(corpus):  # noqa: F811
    """A draft whose speaker has no file yet says which command drafts one."""
    as_drafts(corpus, "s05")
    (corpus / "data" / "agents" / "joon-tal.yaml").unlink()
    terminal = Terminal(corpus, "review", SOURCE)
    shown = plain(terminal.until("b back  q quit"))
    assert (
        "joon-tal is not in data/agents yet: `readouts add --agent joon-tal`" in shown and "norland is not" not in shown
    )
    terminal.press("q")
    terminal.until("1 draft left")
    assert terminal.close() == 0


def test_without_a_terminal_it_is_one_line(corpus):  # noqa: F811
    """In a pipe review says what to use in its place."""
    from click.testing import CliRunner

    result = CliRunner().invoke(app, ["review", SOURCE, "--root", str(corpus)])
    assert "review needs a terminal" in str(result.exception) and invoke("accept", SOURCE, "--root", corpus).exit_code
