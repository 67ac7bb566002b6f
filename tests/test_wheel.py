"""The wheel and the sdist are complete: they contain the rules and work without a checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

RULES = {
    path.relative_to(ROOT).as_posix() for path in (ROOT / "schema").rglob("*") if path.is_file()
}
EXPLORER = {
    path.relative_to(ROOT / "scripts").as_posix()
    for folder in ("templates", "assets")
    for path in (ROOT / "scripts" / "readouts" / "explorer" / folder).iterdir()
}
BUILD = """
import sys
from setuptools import build_meta
print(build_meta.build_wheel(sys.argv[1]) if sys.argv[2] == "wheel" else build_meta.build_sdist(sys.argv[1]))
"""


def copy_sources(target: Path) -> None:
    """Copy the sources, so that building leaves no files in the checkout."""
    for name in ("scripts", "schema"):
        shutil.copytree(
            ROOT / name, target / name, ignore=shutil.ignore_patterns("*.egg-info", "__pycache__")
        )
    for name in (
        "pyproject.toml",
        "setup.py",
        "MANIFEST.in",
        "README.md",
        "LICENSE",
        "LICENSE-DATA",
    ):
        shutil.copy2(ROOT / name, target)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sources")
    copy_sources(target)
    return target


def build(sources: Path, folder: Path, form: str) -> Path:
    """Build a "wheel" or an "sdist" with the installed setuptools."""
    pytest.importorskip("setuptools", reason="setuptools is not installed")
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder), form],
        cwd=sources,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sources, tmp_path_factory.mktemp("wheel"), "wheel")


def test_wheel_contains_the_rules(wheel):
    """The wheel has every file of `schema`, the explorer's templates and py.typed."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"readouts/{name}" for name in RULES} | EXPLORER | {"readouts/py.typed"} <= names


def test_sdist_contains_the_rules(sources, tmp_path):
    """The sdist has every file of `schema`, and a wheel built from it too."""
    with tarfile.open(build(sources, tmp_path / "sdist", "sdist")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(tmp_path, filter="data")
    assert names >= RULES
    (unpacked,) = (path for path in tmp_path.glob("readouts-*") if path.is_dir())
    built = zipfile.ZipFile(build(unpacked, tmp_path / "wheel", "wheel")).namelist()
    assert {f"readouts/{name}" for name in RULES} | EXPLORER <= set(built)


def test_installed_tool_uses_its_own_rules(wheel, package, tmp_path):
    """Outside the checkout the tool validates a package without `schema`, and one with an empty folder of rules."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    shutil.rmtree(package / "schema")
    environment = {"PYTHONPATH": str(site), "PATH": "/usr/bin:/bin"}

    def readouts(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "readouts", *arguments],
            cwd=package, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert "valid: 18 statements" in readouts("validate").stdout
    assert readouts("build", "--check").returncode == 0
    assert "schema/guards/quote_in_capture.sql" in readouts("explain", "quote_in_capture").stdout
    (package / "schema" / "guards").mkdir(parents=True)
    path = package / "data" / "sources" / "mfa-2019-09-26-celac-quartet" / "curation.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("    speaker: wang-yi\n") > 5
    path.write_text(
        text.replace("    speaker: wang-yi\n", "    speaker: xinhua\n", 1), encoding="utf-8"
    )
    assert readouts("validate").returncode == 1
