"""Problems of single values: what a violated keyword of a JSON Schema is called as a finding."""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and indexes from the top of an instance to a value."""
Explained = tuple[Path, str, str]
"""(place, message, hint)."""
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


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """One violated rule of one value; `path` leads from the top of the instance to the value (or to the place of a missing key)."""

    code: str
    path: Path
    message: str
    hint: str
