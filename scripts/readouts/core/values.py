"""Rules of one value: JSON Schema, validated by jsonschema-rs exactly as the `jsonschema` library with format checks would.

Its errors are turned into messages that a curator can act on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from .findings import PackageError
from .forms import form_of
from .spelling import nearest, nearest_of
from .time_zones import iter_unknown_zones

CODES = {
    "required": "key_present",
    "dependentRequired": "key_present",
    "additionalProperties": "key_known",
    "propertyNames": "value_form",
    "enum": "term_known",
    "type": "value_type",
    "oneOf": "keys_compatible",
    "pattern": "value_form",
    "format": "value_form",
    "minLength": "value_form",
    "maxLength": "value_form",
    "minimum": "value_range",
    "maximum": "value_range",
    "minItems": "value_range",
    "minProperties": "value_range",
    "maxProperties": "value_range",
}
"""JSON Schema keyword → code of the finding. A keyword that is not listed is a fault of the package."""

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "object": "keys with values",
    "array": "a list (lines that begin with `- `)",
    "null": "null",
    "boolean": "true or false",
}


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """One violated rule of one value; `path` leads from the top of the instance to the value (or to the place of a missing key)."""

    code: str
    path: tuple[str | int, ...]
    message: str
    hint: str


class SchemaValidator:
    """Validates instances by one JSON Schema.

    Raises PackageError if the schema itself is invalid.
    """

    def __init__(self, name: str, schema: dict[str, Any]) -> None:
        self.schema = schema
        try:
            self._validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        except jsonschema_rs.ValidationError as error:
            raise PackageError(f"{name} is not a valid JSON Schema: {error.message}") from error

    @property
    def keys(self) -> list[str]:
        """Return every key of the schema, top-level keys first."""
        found: dict[str, None] = {}
        waiting = [self.schema]
        for schema in waiting:
            properties = schema.get("properties", {})
            found |= dict.fromkeys(properties)
            waiting += [*properties.values(), *([schema["items"]] if "items" in schema else [])]
        return list(found)

    def term_meant(self, path: tuple[str | int, ...], value: Any) -> str | None:
        """Return the term of the field at `path` that equals the value except for letter case; None if there is none."""
        terms = {str(term).lower(): term for term in self._subschema(path).get("enum") or ()}
        return terms.get(value.strip().lower()) if isinstance(value, str) else None

    def accepts(self, instance: Any) -> bool:
        return self._validator.is_valid(instance) and next(iter_unknown_zones(instance), None) is None

    def iter_problems(self, instance: Any) -> Iterator[ValueProblem]:
        """Yield every problem, one per mistake: if one value violates two keywords, the first that explains it."""
        errors = list(self._validator.iter_errors(instance))
        yield from (ValueProblem("value_form", *z) for z in iter_unknown_zones(instance) if z[0] not in [tuple(e.instance_path) for e in errors])  # fmt: skip
        elsewhere = {tuple(e.instance_path) for e in errors if e.kind.name != "oneOf"}
        # A misspelt key is not also reported as missing.
        meant = {
            (*path, near)
            for error, path in ((e, tuple(e.instance_path)) for e in errors if e.kind.name == "additionalProperties")
            for key in error.kind.unexpected
            if (near := nearest_of(key, self._subschema(path).get("properties", {}))) and near not in error.instance
        }
        missing = [(*e.instance_path, e.kind.property) for e in errors if e.kind.name == "required"]
        for error in errors:
            # If one key is unknown and one is missing, the unknown one is taken for the missing one.
            if error.kind.name == "additionalProperties" and len(error.kind.unexpected) == 1:
                here = [path for path in missing if path[:-1] == tuple(error.instance_path)]
                if len(here) == 1 and not nearest_of(
                    error.kind.unexpected[0], self._subschema(here[0][:-1])["properties"]
                ):
                    meant.add(here[0])
        seen: set[tuple[Any, ...]] = set()
        for error in errors:
            path = tuple(error.instance_path)
            if error.kind.name == "oneOf" and path in elsewhere:
                continue
            if error.kind.name == "required" and (*path, error.kind.property) in meant:
                continue
            for problem in self._problems(error, path, meant):
                key = (problem.path, problem.code if problem.code.startswith("key") else "value")
                if key not in seen:
                    seen.add(key)
                    yield problem

    def _problems(
        self, error: Any, path: tuple[str | int, ...], meant: set[tuple[str | int, ...]]
    ) -> Iterator[ValueProblem]:
        """Yield the problems of one error; `meant` are the places of missing keys that are present under another name."""
        keyword, kind = error.kind.name, error.kind
        code = CODES.get(keyword)
        if code is None:
            raise PackageError(f"a schema uses the keyword {keyword}, for which no finding is defined")
        name = str(path[-1]) if path else "the file"
        shown = _shown(error.instance)
        if keyword == "required":
            hint = self._describe((*path, kind.property))
            schema = self._subschema((*path, kind.property))
            if schema.get("enum"):
                hint = f"{hint} One of: {', '.join(map(str, schema['enum']))}."
            elif schema.get("type") == "array" and schema.get("items", {}).get("required"):
                lines = " ".join(f"{key}: …" for key in schema["items"]["required"])
                hint = f"{hint} Write `{kind.property}:` and below it for each, indented, `- ` and these keys, one per line: {lines}"
            if kind.property == "id":
                hint = "Choose any id: lowercase letters, digits and hyphens, like foreign-minister-2013."
            yield ValueProblem(code, path, f"the key `{kind.property}` is missing", hint)
        elif keyword == "dependentRequired":
            yield ValueProblem(code, path, error.message.replace('"', "`"), "Add the key that belongs to it.")
        elif keyword == "additionalProperties":
            known = list(self._subschema(path).get("properties", {}))
            for key in kind.unexpected:
                near = nearest_of(key, [k for k in known if k not in error.instance])
                lacking = next((place[-1] for place in meant if place[:-1] == path), None)
                hint = f"Write `{near}`." if near else f"Known keys: {', '.join(known)}."
                if lacking and not near:
                    hint = f"`{lacking}` is missing here: if you mean that, write `{lacking}`. {hint}"
                yield ValueProblem(
                    code, (*path, key), f"unknown key `{key}`{f'; did you mean `{near}`?' if near else ''}", hint
                )  # fmt: skip
        elif keyword == "enum":
            terms = ["null" if option is None else str(option) for option in kind.options]
            yield ValueProblem(
                code, path, f"{name}: {shown} is not an allowed value{nearest(str(error.instance), terms)}",
                f"Allowed values: {', '.join(terms)} (defined in schema/vocabulary.yaml).",
            )  # fmt: skip
        elif keyword == "type" and error.instance is None:
            schema = self._subschema(path)
            terms = schema.get("enum")
            hint = f"One of: {', '.join(map(str, terms))}." if terms else self._describe(path)
            yield ValueProblem(code, path, f"{name}: expected a value, found null", hint)
        elif keyword == "type":
            kinds = self._subschema(path).get("type", [])
            kinds = [kinds] if isinstance(kinds, str) else kinds
            yield ValueProblem(code, path, *self._other_type(name, error.instance, shown, kinds, path))
        elif keyword == "propertyNames":
            pattern = self._subschema(path)["propertyNames"]["pattern"]
            for key in error.instance:
                if not re.search(pattern, key):
                    form = form_of(name, key)
                    message = f"the key {_shown(key)} is not {form[0] if form else 'a valid key of this field'}"
                    yield ValueProblem(code, (*path, key), message, self._describe(path))
        elif keyword == "oneOf":
            both = [
                key for key in ("quote", "from", "to") if isinstance(error.instance, dict) and key in error.instance
            ]
            message = "it needs either `quote`, or `from` and `to`"
            hint = "Write the words after `quote:`, or the first and last words."
            if "quote" in both and len(both) > 1:
                message += f", and has {' and '.join(f'`{key}`' for key in both)}"
                hint = "Delete `quote`, or " + " and ".join(f"`{key}`" for key in both[1:]) + "."
            yield ValueProblem(code, path, message, hint)
        elif keyword in ("minItems", "minProperties", "maxProperties"):
            schema, number = self._subschema(path), len(error.instance)
            least = schema.get("minItems", schema.get("minProperties", 0))
            most = schema.get("maxProperties", schema.get("maxItems"))
            wanted = (
                f"exactly {least}" if least == most else f"at least {least}" if number < least else f"at most {most}"
            )
            yield ValueProblem(
                code, path, f"{name}: expected {wanted} item{'' if wanted.endswith(' 1') else 's'}, found {number}",
                f"{'Add the missing ones' if number < least else 'Delete the extra ones'}. {self._describe(path)}",
            )  # fmt: skip
        elif keyword == "maxLength":
            message = f"{len(error.instance):,} characters; at most {self._subschema(path)['maxLength']:,} are allowed"
            yield ValueProblem(code, path, f"{name}: {message}", "Shorten it.")
        else:
            form = form_of(next((step for step in reversed(path) if isinstance(step, str)), ""), error.instance)
            message, hint = f"{shown} is not a valid value of this field", self._describe(path)
            if error.instance == "":
                message = "it is empty"
            elif keyword == "format":
                message = f"{shown} is not a valid date"
            elif keyword in ("minimum", "maximum"):
                message = f"{shown} is out of range"
            elif form is not None:
                message = f"{shown} is not {form[0]}"
                if " " not in form[1].replace(" or ", "") and form[1]:
                    hint = f"If you mean that, write {name}: {form[1]}"
                elif form[1]:
                    hint = form[1]
            yield ValueProblem(code, path, f"{name}: {message}", hint)

    def _other_type(
        self, name: str, value: Any, shown: str, kinds: list[str], path: tuple[str | int, ...]
    ) -> tuple[str, str]:
        """Return (message, hint) for a value of another type than the schema requires."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if "array" in kinds and isinstance(value, str):
            return f"{name}: {shown} is not a list", f"Write {name}: [{value}]"
        if "array" in kinds and isinstance(value, dict):
            return (
                f"{name}: expected a list, found one entry without its `- `",
                "Begin the first line of each entry with `- `.",
            )
        if "string" in kinds and "object" in kinds and not isinstance(value, dict | list):
            hint = (
                f'If the text has {shown}, write {name}: "{value}"' if number else f"Write {name}: null, or the words."
            )
            return f"{name}: expected words copied from the text, found {'the number ' if number else ''}{shown}", hint
        if "string" in kinds and isinstance(value, list):
            return f"{name}: expected one value, found a list", "Write one value; put other speakers under `attributions`." if name == "speaker" else "Write one value."  # fmt: skip
        wanted = " or ".join(_TYPES[kind] for kind in kinds)
        hint = self._describe(path)
        if number and "string" in kinds:
            form = form_of(name, str(value))
            certain = form is not None and form[1][:1].isalpha() and " " not in form[1]
            hint = f"Write {name}: {form[1]}" if form and certain else f"Put double quotation marks around {shown}."
        elif isinstance(value, bool) and "null" in kinds:
            hint = f"Write {name}: null"
        return f"{name}: {shown} is not {wanted}", hint

    def _subschema(self, path: tuple[str | int, ...]) -> dict[str, Any]:
        schema: Any = self.schema
        for step in path:
            schema = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(
                step, schema.get("additionalProperties") or {}
            )  # fmt: skip
        return schema if isinstance(schema, dict) else {}

    def _describe(self, path: tuple[str | int, ...]) -> str:
        schema = self._subschema(path)
        example = next(iter(schema.get("examples", [])), None)
        described = schema.get("description", "")
        return f"{described} Example: {_shown(example)}." if isinstance(example, str | int | float) else described


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return f"“{value if len(value) <= 80 else value[:77] + '…'}”"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, bool):
        return str(value).lower()
    return "a list" if isinstance(value, list) else str(value)
