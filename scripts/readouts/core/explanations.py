"""An error of a JSON Schema, explained: what is wrong, what was expected and one thing to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .findings import PackageError
from .forms import form_of
from .spelling import nearest, nearest_of
from .value_problems import CODES, Explained, Path, ValueProblem

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "object": "keys with values",
    "array": "a list (lines that begin with `- `)",
    "null": "null",
    "boolean": "true or false",
}


class Explainer:
    """Explains the errors of one schema, whose keywords are those of CODES."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema

    def problems(self, error: Any, path: Path, meant: set[Path]) -> Iterator[ValueProblem]:
        """Yield the problems of one error; `meant` are the places of missing keys that are present under another name."""
        keyword = error.kind.name
        if keyword not in CODES:
            raise PackageError(
                f"a schema uses the keyword {keyword}, for which no finding is defined"
            )
        explain = _EXPLANATIONS.get(keyword, Explainer._other_value)
        for place, message, hint in explain(self, error, path, meant):
            yield ValueProblem(CODES[keyword], place, message, hint)

    def _missing_key(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        key = error.kind.property
        schema = self.subschema((*path, key))
        hint = self._describe((*path, key))
        if key == "id":
            hint = (
                "Choose any id: lowercase letters, digits and hyphens, like foreign-minister-2013."
            )
        elif schema.get("enum"):
            hint = f"{hint} One of: {', '.join(map(str, schema['enum']))}."
        elif schema.get("type") == "array" and schema.get("items", {}).get("required"):
            lines = " ".join(f"{name}: …" for name in schema["items"]["required"])
            hint = f"{hint} Write `{key}:` and below it for each, indented, `- ` and these keys, one per line: {lines}"
        yield path, f"the key `{key}` is missing", hint

    def _missing_companion(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        yield path, error.message.replace('"', "`"), "Add the key that belongs to it."

    def _unknown_keys(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        known = list(self.subschema(path).get("properties", {}))
        lacking = next((place[-1] for place in meant if place[:-1] == path), None)
        for key in error.kind.unexpected:
            near = nearest_of(key, [k for k in known if k not in error.instance])
            hint = f"Write `{near}`." if near else f"Known keys: {', '.join(known)}."
            if lacking and not near:
                hint = f"`{lacking}` is missing here: if you mean that, write `{lacking}`. {hint}"
            yield (
                (*path, key),
                f"unknown key `{key}`{f'; did you mean `{near}`?' if near else ''}",
                hint,
            )

    def _other_term(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        terms = ["null" if option is None else str(option) for option in error.kind.options]
        message = f"{_name(path)}: {_shown(error.instance)} is not an allowed value{nearest(str(error.instance), terms)}"
        yield (
            path,
            message,
            f"Allowed values: {', '.join(terms)} (defined in schema/vocabulary.yaml).",
        )

    def _of_other_type(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        name, schema = _name(path), self.subschema(path)
        if error.instance is None:
            terms = schema.get("enum")
            hint = f"One of: {', '.join(map(str, terms))}." if terms else self._describe(path)
            yield path, f"{name}: expected a value, found null", hint
        else:
            kinds = schema.get("type", [])
            kinds = [kinds] if isinstance(kinds, str) else kinds
            yield path, *self._other_type(name, error.instance, _shown(error.instance), kinds, path)

    def _wrong_names(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        pattern = self.subschema(path)["propertyNames"]["pattern"]
        for key in error.instance:
            if not re.search(pattern, key):
                form = form_of(_name(path), key)
                message = f"the key {_shown(key)} is not {form[0] if form else 'a valid key of this field'}"
                yield (*path, key), message, self._describe(path)

    def _no_quotation(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        both = [
            key
            for key in ("quote", "from", "to")
            if isinstance(error.instance, dict) and key in error.instance
        ]
        message = "it needs either `quote`, or `from` and `to`"
        hint = "Write the words after `quote:`, or the first and last words."
        if "quote" in both and len(both) > 1:
            message += f", and has {' and '.join(f'`{key}`' for key in both)}"
            hint = "Delete `quote`, or " + " and ".join(f"`{key}`" for key in both[1:]) + "."
        yield path, message, hint

    def _other_number(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        schema, number = self.subschema(path), len(error.instance)
        least = schema.get("minItems", schema.get("minProperties", 0))
        most = schema.get("maxProperties", schema.get("maxItems"))
        wanted = (
            f"exactly {least}"
            if least == most
            else f"at least {least}"
            if number < least
            else f"at most {most}"
        )
        items = "item" if wanted.endswith(" 1") else "items"
        hint = f"{'Add the missing ones' if number < least else 'Delete the extra ones'}. {self._describe(path)}"
        yield path, f"{_name(path)}: expected {wanted} {items}, found {number}", hint

    def _too_long(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        most = self.subschema(path)["maxLength"]
        yield (
            path,
            f"{_name(path)}: {len(error.instance):,} characters; at most {most:,} are allowed",
            "Shorten it.",
        )

    def _other_value(self, error: Any, path: Path, meant: set[Path]) -> Iterator[Explained]:
        name, shown, hint = _name(path), _shown(error.instance), self._describe(path)
        form = form_of(
            next((step for step in reversed(path) if isinstance(step, str)), ""), error.instance
        )
        message = f"{shown} is not a valid value of this field"
        if error.instance == "":
            message = "it is empty"
        elif error.kind.name == "format":
            message = f"{shown} is not a valid date"
        elif error.kind.name in ("minimum", "maximum"):
            message = f"{shown} is out of range"
        elif form is not None:
            message = f"{shown} is not {form[0]}"
            if " " not in form[1].replace(" or ", "") and form[1]:
                hint = f"If you mean that, write {name}: {form[1]}"
            elif form[1]:
                hint = form[1]
        yield path, f"{name}: {message}", hint

    def _other_type(
        self, name: str, value: Any, shown: str, kinds: list[str], path: Path
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
                f'If the text has {shown}, write {name}: "{value}"'
                if number
                else f"Write {name}: null, or the words."
            )
            return (
                f"{name}: expected words copied from the text, found {'the number ' if number else ''}{shown}",
                hint,
            )
        if "string" in kinds and isinstance(value, list):
            return f"{name}: expected one value, found a list", "Write one value; put other speakers under `attributions`." if name == "speaker" else "Write one value."  # fmt: skip
        wanted = " or ".join(_TYPES[kind] for kind in kinds)
        hint = self._describe(path)
        if number and "string" in kinds:
            form = form_of(name, str(value))
            certain = form is not None and form[1][:1].isalpha() and " " not in form[1]
            hint = (
                f"Write {name}: {form[1]}"
                if form and certain
                else f"Put double quotation marks around {shown}."
            )
        elif isinstance(value, bool) and "null" in kinds:
            hint = f"Write {name}: null"
        return f"{name}: {shown} is not {wanted}", hint

    def subschema(self, path: Path) -> dict[str, Any]:
        schema: Any = self.schema
        for step in path:
            schema = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(
                step, schema.get("additionalProperties") or {}
            )  # fmt: skip
        return schema if isinstance(schema, dict) else {}

    def _describe(self, path: Path) -> str:
        schema = self.subschema(path)
        example = next(iter(schema.get("examples", [])), None)
        described = schema.get("description", "")
        return (
            f"{described} Example: {_shown(example)}."
            if isinstance(example, str | int | float)
            else described
        )


_EXPLANATIONS = {
    "required": Explainer._missing_key,
    "dependentRequired": Explainer._missing_companion,
    "additionalProperties": Explainer._unknown_keys,
    "enum": Explainer._other_term,
    "type": Explainer._of_other_type,
    "propertyNames": Explainer._wrong_names,
    "oneOf": Explainer._no_quotation,
    "minItems": Explainer._other_number,
    "minProperties": Explainer._other_number,
    "maxProperties": Explainer._other_number,
    "maxLength": Explainer._too_long,
}
"""What explains an error of a keyword of JSON Schema; any other is a wrong value."""


def _name(path: Path) -> str:
    return str(path[-1]) if path else "the file"


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
