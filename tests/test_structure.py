"""Conventions: imports point one way, modules stay small, columns and terms are described once."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
import yaml

from readouts.core.definitions import read_tables
from readouts.core.layout import Layout

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "scripts" / "readouts"
BENCH = ROOT / "bench"
ROOMS = (
    "core", "capture", "curation", "compile", "ledger", "rules", "advice", "validation", "alignment", "published", "publication", "drafting", "hub",
    "verification", "terminal", "releases", "editing", "review", "compare", "explorer", "commands", "__init__", "__main__",
)  # fmt: skip
"""A module imports only from its own room or from earlier ones. No other module is at the top level."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imported_modules(path: Path) -> set[str]:
    """Return the modules of this package that a module imports from, by their names within it."""
    package = path.relative_to(PACKAGE).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            target = (*base, *(node.module.split(".") if node.module else ()))
            for alias in node.names:
                deeper = (*target, alias.name)
                is_module = (
                    PACKAGE.joinpath(*deeper).with_suffix(".py")
                ).exists() or PACKAGE.joinpath(*deeper).is_dir()
                found.add(".".join(deeper if is_module else target))
    return found - {""}


def rank(module: str) -> int:
    return ROOMS.index(module.partition(".")[0])


def test_imports_follow_the_layers():
    """A module imports only from its own layer or from earlier ones."""
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules()
        for module in imported_modules(path)
        if rank(module) > rank(name_of(path).removesuffix(".__init__"))
    ]
    assert not wrong


def test_only_the_entry_point_imports_cli():
    assert [name_of(path) for path in modules() if "commands.cli" in imported_modules(path)] == [
        "__main__"
    ]


def test_package_does_not_import_bench():
    assert not [
        name_of(path)
        for path in modules()
        if "bench" in re.findall(r"(?m)^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    "path", [*modules(), *sorted(BENCH.rglob("*.py"))], ids=lambda path: str(path.relative_to(ROOT))
)
def test_modules_are_short_and_documented(path):
    """A module has a docstring and at most 250 lines, its functions at most 50, and it catches no broad exception."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert text.count("\n") <= 250
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 50, node.name
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            names = [n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)]
            assert not {"Exception", "BaseException"} & set(names), f"line {node.lineno}"


def test_only_layout_has_paths_of_the_rules():
    """No other module has a path to a schema or the codebook: a wheel has them elsewhere, and a corpus may have no copy."""
    found = [
        name_of(path)
        for path in modules()
        if re.search(r'HOME / "schema"|\.\./schema/', path.read_text(encoding="utf-8"))
    ]
    assert found == ["core.layout"]


def test_every_property_has_a_description_and_a_valid_example():
    import jsonschema

    def check(schema, where):
        for name, prop in schema.get("properties", {}).items():
            place = f"{where}.{name}"
            assert prop.get("description"), place
            assert prop.get("examples"), place
            if prop.get("type") not in ("object", "array"):
                for example in prop["examples"]:
                    jsonschema.validate(
                        example, prop, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
                    )
            check(prop, place)
            if isinstance(prop.get("items"), dict):
                check(prop["items"], f"{place}[]")

    paths = sorted((ROOT / "schema").rglob("*.schema.json"))
    assert len(paths) == 19
    for path in paths:
        schema = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        check(schema, path.name)


def test_every_term_is_defined():
    """Every term has a definition and an example in vocabulary.yaml, and every term defined there is used."""
    vocabulary = yaml.safe_load((ROOT / "schema" / "vocabulary.yaml").read_text(encoding="utf-8"))
    names = {
        "type": {"agents": "agent_type", "events": "event_type"},
        "role": {
            "participants": "participant_role",
            "attributions": "attribution_role",
            "segments": "segment_role",
        },
    }
    same = {"publisher_basis": "basis", "published_on_basis": "basis", "date_basis": "basis"}
    used = {"exclusion_reason"}
    for name, table in read_tables(Layout(ROOT)).items():
        for column in table.columns:
            if column.terms:
                key = names.get(column.name, {}).get(name) or same.get(column.name, column.name)
                used.add(key)
                assert set(column.terms) == set(vocabulary[key]), f"{name}.{column.name}"
    source = json.loads(
        (ROOT / "schema" / "curation" / "source.schema.json").read_text(encoding="utf-8")
    )
    reasons = source["properties"]["exclusions"]["items"]["properties"]["reason"]["enum"]
    assert set(reasons) == set(vocabulary["exclusion_reason"])
    assert set(vocabulary) == used
    for terms in vocabulary.values():
        for term in terms.values():
            assert term["definition"] and term["example"]


def test_schemas_use_the_common_profile():
    """The schemas use only keywords and formats that all validators interpret alike; patterns are anchored at both ends."""
    allowed = {
        "$schema", "title", "description", "type", "x-primaryKey", "x-foreignKeys", "required", "additionalProperties", "properties", "examples",
        "enum", "format", "pattern", "minimum", "maximum", "minLength", "maxLength", "items", "minItems", "minProperties", "maxProperties",
        "propertyNames", "dependentRequired", "oneOf",
    }  # fmt: skip

    def check(schema):
        assert set(schema) <= allowed, set(schema) - allowed
        if "format" in schema:
            assert schema["format"] == "date"
        if "pattern" in schema:
            assert schema["pattern"].startswith("^") and schema["pattern"].endswith(r"$(?!\n)"), (
                schema["pattern"]
            )
            assert not any(
                escape in schema["pattern"] for escape in (r"\d", r"\w", r"\s", r"\p", r"\b")
            )
        for key in ("items", "propertyNames"):
            if isinstance(schema.get(key), dict):
                check(schema[key])
        if isinstance(schema.get("additionalProperties"), dict):
            check(schema["additionalProperties"])
        for prop in schema.get("properties", {}).values():
            check(prop)

    for path in (ROOT / "schema").rglob("*.schema.json"):
        check(json.loads(path.read_text(encoding="utf-8")))


def test_no_file_has_machine_paths_or_registry_addresses():
    """No file of the project contains a home folder, a path of one machine, or a registry's address."""
    import subprocess

    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    unwanted = re.compile(
        rb"(?<![\w.])/(?:root|home/[a-z]+|work)/|pypi\.org/simple|files\.pythonhosted|registry\.npmjs|index-url"
    )
    hits = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path != Path(__file__) and unwanted.search(path.read_bytes()):
            hits.append(name)
    assert not hits


def test_architecture_document_matches_the_package():
    """docs/architecture.md names only existing modules, and every folder of the package."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    text, *_ = text.split("## Tests")
    named = set(re.findall(r"`([a-z_/]+\.py)`", text))
    assert len(named) > 15 and not {name for name in named if not (PACKAGE / name).is_file()}
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {
        name
        for line in re.findall(r"(?m)^\| (`.*?) \|", text)
        for name in re.findall(r"`(\w+)`", line)
    } == folders


def slow_marks() -> list[tuple[str, ast.Call]]:
    """Return (file, call) of each mark of a slow test."""
    return [
        (path.name, call)
        for path in sorted((ROOT / "tests").glob("test_*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "slow"
    ]


def test_slow_tests_cover_files_that_exist():
    """The paths that a slow test covers exist, so that .ci/run runs the test when they change."""
    covers = [
        keyword.value
        for _, call in slow_marks()
        for keyword in call.keywords
        if keyword.arg == "covers"
    ]
    assert len(covers) >= 8
    assert [
        path for value in covers for path in ast.literal_eval(value) if not (ROOT / path).exists()
    ] == []


def test_architecture_lists_the_slow_tests():
    """docs/architecture.md lists each slow test with its reason and seconds."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\| `(test_\w+)` \| (.+?) \| (\d+) \|$", text)
    marks = []
    for name, call in slow_marks():
        seconds = next(keyword.value.value for keyword in call.keywords if keyword.arg == "seconds")
        marks.append((name.removesuffix(".py"), call.args[0].value, str(seconds)))
    assert sorted(listed) == sorted(marks)
