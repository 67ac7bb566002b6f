"""`readouts init`: the new corpus is valid under any name, and existing files are not overwritten."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from readouts.core.layout import Layout
from readouts.curation.corpus import read_corpus
from readouts.publication.build import derived_from, differing
from readouts.validation.validate import validate_package
from tests.reading import ROOT, read_folder
from tests.running import run_here


def init(folder: Path, *options: str, keys: str = "") -> subprocess.CompletedProcess[str]:
    return run_here("init", folder, *options, cwd=ROOT, keys=keys)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new corpus with the example."""
    folder = tmp_path_factory.mktemp("init") / "harbour-calls"
    done = init(
        folder, "--example", "--yes", "--contributor", "Ada Lind", "--orcid", "0000-0002-1825-0097"
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("plain", ()),
        ("Año de Paz", ("--language", "es", "--title", 'Año: paz & "más" {sí}')),
        ("和平", ("--language", "zh", "--title", "和平")),
        ("x", ("--example", "--hub", "example/x", "--homepage", "https://example.org/x")),
    ],
)
def test_new_corpus_is_valid_and_up_to_date(tmp_path: Path, name: str, options: tuple[str, ...]):
    """A new corpus is valid, and a build changes nothing, in any language and with any title."""
    folder = tmp_path / name
    done = init(folder, "--yes", *options)
    assert done.returncode == 0, done.stderr
    layout = Layout(folder)
    outcome = validate_package(layout)
    assert not outcome.findings
    assert differing(layout, derived_from(layout, outcome)) == []


def test_answers_are_in_every_description(example: Path):
    """Name, contributor and ORCID are in every description, and no file names the maintainers of this package."""
    package = json.loads((example / "datapackage.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((example / "CITATION.cff").read_text(encoding="utf-8"))
    assert package["name"] == "harbour-calls"
    assert package["contributors"][0]["path"] == "https://orcid.org/0000-0002-1825-0097"
    assert citation["authors"] == [
        {"name": "Ada Lind", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    ]
    assert not [
        path for path, data in read_folder(example).items() if b"The Readouts maintainers" in data
    ]


def test_existing_files_are_not_overwritten(tmp_path: Path):
    """The first run keeps existing files; a second run only adds missing ones."""
    (tmp_path / "README.md").write_bytes(b"# mine\r\n")
    assert init(tmp_path, "--yes").returncode == 0
    assert (tmp_path / "README.md").read_bytes() == b"# mine\r\n"
    before = read_folder(tmp_path)
    (tmp_path / "LICENSE").unlink()
    done = init(tmp_path, "--yes", "--title", "Other")
    assert done.returncode == 0 and "wrote LICENSE\n" in done.stdout
    assert read_folder(tmp_path) == before


def test_missing_answers_are_prompted_in_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("readouts.commands.starting._in_terminal", lambda: True)
    done = init(tmp_path / "calls", "--language", "en", keys="harbour\n\n\nAda Lind\n")
    assert done.returncode == 0, done.stderr
    corpus = read_corpus(Layout(tmp_path / "calls"))
    assert (corpus.name, corpus.title, corpus.contributors[0].name) == (
        "harbour",
        "Calls",
        "Ada Lind",
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--orcid", "0000-0002-1825-0098"), "not an ORCID"),
        (("--language", "Spanish"), "--language"),
        (("--hub", "x"), "--hub"),
        (("--name", "A b"), "--name"),
        (("--title", " "), "--title"),
        (("--title", "a\u202eb"), "--title"),
        (("--homepage", "example"), "--homepage"),
    ],
)
def test_invalid_option_is_reported_on_one_line(
    tmp_path: Path, options: tuple[str, ...], words: str
):
    """The line names the option, and nothing is written."""
    done = init(tmp_path / "x", "--yes", *options)
    assert done.returncode == 2 and words in done.stderr and done.stderr.count("\n") == 1, (
        done.stderr
    )
    assert not (tmp_path / "x").exists()


def test_unusable_folder_is_reported_on_one_line(example: Path, tmp_path: Path):
    """A file, a folder inside another corpus and a folder that cannot be created are refused."""
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", example / "data" / "inner", tmp_path / "file" / "below"):
        done = init(folder, "--yes")
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda text: text.replace("name: harbour-calls", "name: Harbour Calls"), "value_form", "harbour-calls"),
        (lambda text: text.replace("  title:", "  titel:", 1), "key_known", "title"),
        (lambda text: text.replace("0097", "0098"), "value_form", "ORCID"),
        (lambda text: text.replace("type: person", "type: human"), "term_known", "person"),
        (lambda text: text.replace("tool:", "tool: 0.0.1 #"), "tool_version", "0.0.1"),
        (lambda text: text.replace("- en", "- English"), "value_form", "en"),
        (lambda text: "", "value_type", "empty"),
        (lambda text: "corpus: [1]\n", "value_type", "corpus"),
        (lambda text: None, "file_readable", "missing"),
        (lambda text: "event:\n  type: call\n", "file_expected", "event"),
    ],
)  # fmt: skip
def test_mistake_in_corpus_yaml_is_one_finding(
    example: Path, tmp_path: Path, change, code: str, words: str
):
    """Each mistake in data/corpus.yaml is one finding in that file."""
    folder = Path(shutil.copytree(example, tmp_path / "corpus"))
    path = folder / "data" / "corpus.yaml"
    text = change(path.read_text(encoding="utf-8"))
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    found = validate_package(Layout(folder)).findings
    assert [finding.code for finding in found] == [code], found
    assert found[0].path == "data/corpus.yaml" and words in found[0].message + found[0].hint


rest = pytest.mark.slow(
    "a corpus without another of its files",
    seconds=8,
    covers=(
        "scripts/readouts/core",
        "scripts/readouts/publication",
        "scripts/readouts/editing",
        "tests/test_starting.py",
    ),
)


@rest(sample=3)
@pytest.mark.parametrize("name", sorted(["README.md", "data/README.md", "LICENSE", "LICENSE-DATA", "CHANGELOG.md", "CITATION.cff",
                                         "datapackage.json", "data/exclusions.jsonl", "data/agents", "data/sources"]))  # fmt: skip
def test_corpus_without_one_of_its_files(example: Path, tmp_path: Path, name: str):
    """Without one of its files a corpus is validated, built and bundled, or refused with a message."""
    folder = Path(shutil.copytree(example, tmp_path / "corpus"))
    path = folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    for command in (["validate"], ["build"], ["bundle", "--out", str(tmp_path / "bundle")]):
        done = run_here(*command, "--root", folder, cwd=ROOT)
        assert done.returncode in (0, 1, 2) and (done.stdout + done.stderr).strip()


def test_workflows_are_pinned_and_pass_zizmor(example: Path):
    """The workflows that `init` writes pin the version of the tool, and zizmor finds nothing in them."""
    text = (example / ".github/workflows/validate.yml").read_text(encoding="utf-8")
    assert f'"readouts=={read_corpus(Layout(example)).tool}"' in text
    zizmor = shutil.which(
        "zizmor", path=os.pathsep.join([str(Path(os.sys.executable).parent), os.environ["PATH"]])
    )
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    done = subprocess.run(
        [zizmor, "--offline", "--quiet", str(example / ".github")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
