"""Rules of one value: JSON Schema, validated by jsonschema-rs exactly as the `jsonschema` library with format checks would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from .explanations import Explainer
from .findings import PackageError
from .spelling import nearest_of
from .time_zones import iter_unknown_zones
from .value_problems import Path, ValueProblem


class SchemaValidator:
    """Validates instances by one JSON Schema.

    Raises PackageError if the schema itself is invalid.
    """

    def __init__(self, name: str, schema: dict[str, Any]) -> None:
        self.schema = schema
        self._explainer = Explainer(schema)
        self._has_zones = "time_zone" in self.keys
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

    def term_meant(self, path: Path, value: Any) -> str | None:
        """Return the term of the field at `path` that equals the value except for letter case; None if there is none."""
        terms = {
            str(term).lower(): term for term in self._explainer.subschema(path).get("enum") or ()
        }
        return terms.get(value.strip().lower()) if isinstance(value, str) else None

    def accepts(self, instance: Any) -> bool:
        return self._validator.is_valid(instance) and not any(self._iter_zones(instance))

    def _iter_zones(self, instance: Any) -> Iterator[tuple[Path, str, str]]:
        return iter_unknown_zones(instance) if self._has_zones else iter(())

    def iter_problems(self, instance: Any) -> Iterator[ValueProblem]:
        """Yield every problem, one per mistake: if one value violates two keywords, the first that explains it."""
        errors = list(self._validator.iter_errors(instance))
        yield from (ValueProblem("value_form", *z) for z in self._iter_zones(instance) if z[0] not in [tuple(e.instance_path) for e in errors])  # fmt: skip
        elsewhere = {tuple(e.instance_path) for e in errors if e.kind.name != "oneOf"}
        # A misspelt key is not also reported as missing.
        meant = {
            (*path, near)
            for error, path in (
                (e, tuple(e.instance_path)) for e in errors if e.kind.name == "additionalProperties"
            )
            for key in error.kind.unexpected
            if (near := nearest_of(key, self._explainer.subschema(path).get("properties", {})))
            and near not in error.instance
        }
        missing = [(*e.instance_path, e.kind.property) for e in errors if e.kind.name == "required"]
        for error in errors:
            # If one key is unknown and one is missing, the unknown one is taken for the missing
            # one.
            if error.kind.name == "additionalProperties" and len(error.kind.unexpected) == 1:
                here = [path for path in missing if path[:-1] == tuple(error.instance_path)]
                if len(here) == 1 and not nearest_of(
                    error.kind.unexpected[0], self._explainer.subschema(here[0][:-1])["properties"]
                ):
                    meant.add(here[0])
        seen: set[tuple[Any, ...]] = set()
        for error in errors:
            path = tuple(error.instance_path)
            if error.kind.name == "oneOf" and path in elsewhere:
                continue
            if error.kind.name == "required" and (*path, error.kind.property) in meant:
                continue
            for problem in self._explainer.problems(error, path, meant):
                key = (problem.path, problem.code if problem.code.startswith("key") else "value")
                if key not in seen:
                    seen.add(key)
                    yield problem
