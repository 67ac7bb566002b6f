"""The indexes of the search are whole when the site is built, whatever Pagefind's program does."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from readouts.core.findings import PackageError
from readouts.explorer.search import write_indexes

SERVICE = '''#!{python}
"""Pagefind's service as far as the site uses it. It answers in pieces and, as Pagefind 1.5.2 may do, reports files as written whose ends are missing."""
import base64, json, pathlib, sys, time

FILES = {files!r}

def answer(number, **payload):
    data = base64.b64encode(json.dumps({{"message_id": number, "payload": payload}}).encode()) + b","
    for at in range(0, len(data), 1000):
        sys.stdout.buffer.write(data[at : at + 1000])
        sys.stdout.buffer.flush()
        time.sleep(0.001)

held = b""
while data := sys.stdin.buffer.read1():
    *whole, held = (held + data).split(b",")
    for one in whole:
        message = json.loads(base64.b64decode(one))
        number, asked = message["message_id"], message["payload"]
        match asked["type"]:
            case {failing!r}:
                {fault}
            case "NewIndex":
                answer(number, type="NewIndex", index_id=0)
            case "GetFiles":
                answer(number, type="GetFiles", files=[
                    {{"path": path, "content": base64.b64encode(content).decode()}}
                    for path, content in FILES.items()
                ])
            case "WriteFiles":
                for path, content in FILES.items():
                    to = pathlib.Path(asked["output_path"], path)
                    to.parent.mkdir(parents=True, exist_ok=True)
                    to.write_bytes(content[: len(content) // 2])
                answer(number, type="WriteFiles", page_count=0)
'''
RECORDS = SimpleNamespace(rows={"statements": []})
FILES = {
    "pagefind.js": b"export const made_up = 1;",
    "fragment/en_1.pf_fragment": bytes(range(256)) * 100,
    "pagefind-ui.css": b"unused",
}


@pytest.fixture
def pagefind(tmp_path, monkeypatch):
    """Returns a function that replaces Pagefind's program by a made-up one, which does `fault` for one kind of message."""

    def replace(failing: str = "", fault: str = "pass") -> None:
        program = tmp_path / "pagefind"
        program.write_text(
            SERVICE.format(python=sys.executable, files=FILES, failing=failing, fault=fault),
            encoding="utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setattr("pagefind_bin.get_executable", lambda: str(program))

    return replace


def test_files_of_the_index_are_whole(pagefind, tmp_path):
    """Each used file has all its bytes although the program reports files as written too early."""
    pagefind()
    write_indexes(RECORDS, tmp_path / "site")
    written = {
        path.relative_to(tmp_path / "site" / "0").as_posix(): path.read_bytes()
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
    }
    assert written == {path: data for path, data in FILES.items() if "-ui" not in path}


@pytest.mark.parametrize(
    "failing, fault, problem",
    [
        ("NewIndex", 'answer(number, type="Error", message="made-up fault")', "made-up fault"),
        ("NewIndex", "sys.exit()", "it ended"),
        ("GetFiles", "sys.exit()", "it ended"),
        ("GetFiles", 'print("no base64", end=",", flush=True)', "its answer is not readable"),
    ],
    ids=["reports-an-error", "ends-at-once", "ends-before-its-files", "answers-nonsense"],
)
def test_program_that_fails_is_reported(pagefind, tmp_path, failing, fault, problem):
    """No index is written."""
    pagefind(failing, fault)
    with pytest.raises(PackageError, match=problem):
        write_indexes(RECORDS, tmp_path / "site")
    assert not (tmp_path / "site").exists()
