"""The house: imports point one way, modules stay small, columns and terms are described once."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
import yaml

from readouts.layout import Layout
from readouts.tables.definitions import read_tables

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "scripts" / "readouts"
BENCH = ROOT / "bench"
LAYERS = (
    ("findings", "layout", "progress", "rules.lexicon"),
    ("switching", "capture", "tables.definitions"),
    ("rules.printed_days", "rules.forms", "rules.time_zones", "rules.spelling", "rules.values"),
    ("curation",),
    ("tables",),
    ("rules",),
    ("alignment",),
    ("validation", "agreement", "published"),
    ("fixing",),
    ("formatting",),
    ("recapturing",),
    ("drafting",),
    ("renaming", "recapturing"),
    ("publication",),
    ("readback",),
    ("build",),
    ("bundle",),
    ("hub", "manifest", "origin", "signature", "independent", "starting"),
    ("derivation",),
    ("verification",),
    ("report", "display"),
    ("releases",),
    ("compare", "review"),
    ("explorer",),
    ("commands",),
    ("cli", "__init__", "__main__"),
)
"""From the left: a module imports only from its own layer or from one further left. A module is ranked by its longest name here."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imported_modules(path: Path) -> set[str]:
    """The modules of this package that a module imports from, by their names within it."""
    package = path.relative_to(PACKAGE).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            target = (*base, *(node.module.split(".") if node.module else ()))
            for alias in node.names:
                deeper = (*target, alias.name)
                is_module = (PACKAGE.joinpath(*deeper).with_suffix(".py")).exists() or PACKAGE.joinpath(
                    *deeper
                ).is_dir()
                found.add(".".join(deeper if is_module else target))
    return found - {""}


def rank(module: str) -> int:
    names = [
        (len(name), number)
        for number, layer in enumerate(LAYERS)
        for name in layer
        if module == name or module.startswith(f"{name}.")
    ]
    assert names, f"{module} has no layer"
    return max(names)[1]


def test_imports_point_left():
    """A module imports only from its own layer or from layers before it."""
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules()
        for module in imported_modules(path)
        if rank(module) > rank(name_of(path).removesuffix(".__init__"))
    ]
    assert not wrong


def test_nothing_imports_the_command_line():
    """Only the entry point imports cli."""
    assert [name_of(path) for path in modules() if "cli" in imported_modules(path)] == ["__main__"]


def test_package_does_not_import_bench():
    """No module of the package imports the measuring beside it."""
    assert not [
        name_of(path)
        for path in modules()
        if "bench" in re.findall(r"(?m)^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    "path", [*modules(), *sorted(BENCH.rglob("*.py"))], ids=lambda path: str(path.relative_to(ROOT))
)
def test_modules_are_small_and_described(path):
    """A module has a docstring and at most 300 lines, and catches no broad exception."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert text.count("\n") <= 300
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            names = [n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)]
            assert not {"Exception", "BaseException"} & set(names), f"line {node.lineno}"


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.name)
def test_every_test_has_a_docstring(path):
    """Every test function has a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    missing = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert not missing


def test_the_layout_alone_says_where_the_rules_are():
    """No other module spells a path to a schema or the codebook: in a wheel the rules are elsewhere, and a corpus may have no copy."""
    spelt = [
        name_of(path)
        for path in modules()
        if re.search(r'HOME / "schema"|\.\./schema/', path.read_text(encoding="utf-8"))
    ]
    assert spelt == ["layout"]


def test_every_column_is_described_with_an_example():
    """Each property of each schema has a description and an example that the schema itself accepts."""
    import jsonschema

    def check(schema, where):
        for name, prop in schema.get("properties", {}).items():
            place = f"{where}.{name}"
            assert prop.get("description"), place
            assert prop.get("examples"), place
            if prop.get("type") not in ("object", "array"):
                for example in prop["examples"]:
                    jsonschema.validate(example, prop, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
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
    """Every value of a closed vocabulary has its definition and example in vocabulary.yaml, and none is defined that is not used."""
    vocabulary = yaml.safe_load((ROOT / "schema" / "vocabulary.yaml").read_text(encoding="utf-8"))
    names = {
        "type": {"agents": "agent_type", "events": "event_type"},
        "role": {"participants": "participant_role", "attributions": "attribution_role", "segments": "segment_role"},
    }
    same = {"publisher_basis": "basis", "published_on_basis": "basis", "date_basis": "basis"}
    used = {"exclusion_reason"}
    for name, table in read_tables(Layout(ROOT)).items():
        for column in table.columns:
            if column.terms:
                key = names.get(column.name, {}).get(name) or same.get(column.name, column.name)
                used.add(key)
                assert set(column.terms) == set(vocabulary[key]), f"{name}.{column.name}"
    source = json.loads((ROOT / "schema" / "curation" / "source.schema.json").read_text(encoding="utf-8"))
    reasons = source["properties"]["exclusions"]["items"]["properties"]["reason"]["enum"]
    assert set(reasons) == set(vocabulary["exclusion_reason"])
    assert set(vocabulary) == used
    for terms in vocabulary.values():
        for term in terms.values():
            assert term["definition"] and term["example"]


def test_schemas_keep_to_the_common_profile():
    """The schemas use only keywords and formats that all readers judge alike; patterns are anchored at both ends."""
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
            assert schema["pattern"].startswith("^") and schema["pattern"].endswith(r"$(?!\n)"), schema["pattern"]
            assert not any(escape in schema["pattern"] for escape in (r"\d", r"\w", r"\s", r"\p", r"\b"))
        for key in ("items", "propertyNames"):
            if isinstance(schema.get(key), dict):
                check(schema[key])
        if isinstance(schema.get("additionalProperties"), dict):
            check(schema["additionalProperties"])
        for prop in schema.get("properties", {}).values():
            check(prop)

    for path in (ROOT / "schema").rglob("*.schema.json"):
        check(json.loads(path.read_text(encoding="utf-8")))


def test_no_path_of_a_machine_and_no_registry_address():
    """No file of the project carries a home folder, a path of one machine, or a registry's address."""
    import subprocess

    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
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


def test_architecture_names_modules_that_exist():
    """docs/architecture.md names only modules that are there, and every folder of the package."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    text, *_ = text.split("## Tests")
    named = set(re.findall(r"`([a-z_/]+\.py)`", text))
    assert len(named) > 15 and not {name for name in named if not (PACKAGE / name).is_file()}
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {name for line in re.findall(r"(?m)^\| (`.*?) \|", text) for name in re.findall(r"`(\w+)`", line)} == folders


def slow_marks() -> list[tuple[str, ast.Call]]:
    """(file, call) of each mark that sets a test apart as slow."""
    return [
        (path.name, call)
        for path in sorted((ROOT / "tests").glob("test_*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "slow"
    ]


def test_slow_tests_cover_files_that_exist():
    """A path that a slow test covers is one of the project, so that .ci/run runs the test when it changes."""
    covers = [keyword.value for _, call in slow_marks() for keyword in call.keywords if keyword.arg == "covers"]
    assert len(covers) >= 8
    assert [path for value in covers for path in ast.literal_eval(value) if not (ROOT / path).exists()] == []


def test_architecture_lists_the_slow_tests():
    """docs/architecture.md names each test that is set apart, with its reason and its seconds."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^\| `(test_\w+)` \| (.+?) \| (\d+) \|$", text)
    marks = []
    for name, call in slow_marks():
        seconds = next(keyword.value.value for keyword in call.keywords if keyword.arg == "seconds")
        marks.append((name.removesuffix(".py"), call.args[0].value, str(seconds)))
    assert sorted(listed) == sorted(marks)
