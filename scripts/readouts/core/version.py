"""The version of the installed tool."""

from __future__ import annotations


def tool_version() -> str:
    """Return the version of the installed tool; "unknown" if it is not installed as a distribution."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("readouts")
    except PackageNotFoundError:
        return "unknown"
