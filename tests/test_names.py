"""File names and ids that some file system, locale or Windows cannot handle give a finding or one error line."""

from __future__ import annotations

import errno
import os
import shutil
import sys

import pytest

from readouts.core.findings import PackageError, reason_of
from readouts.core.ids import ID_LENGTH, id_problem
from readouts.core.layout import Layout, name_of
from readouts.core.switching import exclusive, switch
from readouts.curation.reading import read_curation

TEXT = "Foreign Minister Ana Reyes said on Friday that the port stays open.\n"
unix = pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes need Linux")


@unix
@pytest.mark.parametrize(
    "place",
    [
        "agents/caf\udce9.yaml",
        "events/\udcff.yaml",
        "sources/\udcc3/x",
        "\udce9",
        "agents/\udce9.txt",
    ],
)
def test_file_name_that_is_not_utf8_is_a_finding(package, place):
    """Its bytes are shown as escapes, also in the path."""
    path = package / "data" / place
    path.parent.mkdir(exist_ok=True)
    path.write_text("x: 1\n", encoding="utf-8")
    findings = read_curation(Layout(package)).findings
    assert findings and all("\\x" in finding.path for finding in findings)
    for finding in findings:
        str(finding).encode("utf-8")


@unix
def test_validate_reports_a_file_name_that_is_not_utf8(package, run):
    """No format of the report causes a traceback."""
    (package / "data/agents/caf\udce9.yaml").write_text("x: 1\n", encoding="utf-8")
    for form in ("text", "json", "sarif"):
        done = run("validate", "--root", package, "--format", form)
        assert done.returncode == 1 and "Traceback" not in done.stderr and "caf\\" in done.stdout


@unix
@pytest.mark.parametrize(
    ("name", "environment"),
    [
        (b"d\xe9clar\xe9.txt", {}),
        ("Éric.txt".encode(), {"LC_ALL": "C", "PYTHONUTF8": "0"}),
        ("Éric.txt".encode(), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ],
)
def test_document_with_any_file_name_is_added(package, tmp_path, run, name, environment):
    """The encoding of the name and the locale do not matter."""
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(TEXT)
    done = run("add", os.fsdecode(path), "--id", "reyes", "--root", package, **environment)
    assert done.returncode == 0, done.stderr
    curation = (package / "data/sources/reyes/curation.yaml").read_text(encoding="utf-8")
    assert name.decode("utf-8", "backslashreplace") in curation.replace("\\\\", "\\")


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "nul",
        "com1",
        "lpt9",
        "aux",
        "prn",
        "a" * (ID_LENGTH + 1),
        "a" * 300,
        "A",
        "-a",
        "",
        "a\n",
        "ä",
    ],
)
def test_unportable_ids_are_refused(package, name):
    """Ids that Windows reserves, or that are too long or malformed, are refused and are a finding in a checkout."""
    assert id_problem(name)
    if name and len(name) < 200:
        shutil.copy(package / "data/agents/china.yaml", package / "data/agents" / f"{name}.yaml")
        (finding,) = read_curation(Layout(package)).findings
        assert finding.code == "id_form" and id_problem(name) in finding.message


def test_portable_ids_are_accepted():
    """Ids that only resemble reserved names, and ids up to the limit, are valid."""
    for name in ("con-man", "com10", "console", "null", "0", "a" * ID_LENGTH):
        assert id_problem(name) == ""


def test_command_refuses_unportable_ids(package, tmp_path, run):
    """The message has the reason and no system error number."""
    document = tmp_path / "document.txt"
    document.write_text(TEXT, encoding="utf-8")
    for name, reason in (("con", "Windows"), ("a" * 300, f"longer than {ID_LENGTH}")):
        done = run("add", document, "--id", name, "--root", package)
        assert done.returncode == 2 and reason in done.stderr and "Errno" not in done.stderr


def test_ids_that_differ_in_case_are_reported(package):
    """The hint is to move the content, because renaming could overwrite the other file."""
    shutil.copy(package / "data/agents/china.yaml", package / "data/agents/China.yaml")
    if not (package / "data/agents/China.yaml").samefile(package / "data/agents/china.yaml"):
        (finding,) = read_curation(Layout(package)).findings
        assert "Move its content to `china`" in finding.hint


def test_full_disk_is_reported_without_an_internal_file(package, monkeypatch):
    """If an error has no file name, the message has none."""

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    layout = Layout(package)
    monkeypatch.setattr("readouts.core.switching._write_durably", full)
    with (
        exclusive(layout),
        pytest.raises(PackageError, match=r"^nothing was written: No space left on device$"),
    ):
        switch(layout, {package / "README.md": b"x"})
    assert (
        reason_of(PermissionError(errno.EACCES, "Permission denied", "x.txt"))
        == "Permission denied (x.txt)"
    )


def test_names_are_decoded():
    """Bytes that are not UTF-8 become escapes."""
    assert name_of("é/x") == "é/x" and name_of("\udce9") == "\\xe9"


@unix
@pytest.mark.parametrize("name", ["data", "data/sources", "data/tables"])
def test_linked_folder_is_refused_before_anything_is_written(package, tmp_path, run, name):
    """Every command refuses it and leaves no journal that would block the next command."""
    folder = package / name
    shutil.move(folder, tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    for command in ("validate", "build", "fmt"):
        done = run(command, "--root", package)
        assert done.returncode == 2 and f"{name} is a symbolic link" in done.stderr, command
    assert not (package / ".readouts/journal.json").exists()
