"""Ids of sources, events and agents: their form, their length and names that no system can use."""

from __future__ import annotations

import re

ID_FORM = r"^[a-z0-9][a-z0-9-]*$(?!\n)"
ID_LENGTH = 120
"""The longest id of a source, event or agent: with `.yaml` and a number its file name must fit into the 143 bytes of an encrypted file system."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")
"""Names that Windows reserves for devices, with any extension (Microsoft, “Naming Files, Paths, and Namespaces”)."""


def id_problem(identifier: str) -> str:
    """Return why this cannot be the id of a source, event or agent, and so the name of its file on every system; "" if it can."""
    if not re.match(ID_FORM, identifier):
        return "use lowercase letters a–z, digits and hyphens, beginning with a letter or digit"
    if len(identifier) > ID_LENGTH:
        return f"it is longer than {ID_LENGTH} characters"
    if _RESERVED.match(identifier):
        return "this name is reserved on Windows"
    return ""
