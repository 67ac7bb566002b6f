"""The exception for documents that cannot be captured."""

from __future__ import annotations

from ..core.findings import PackageError


class CaptureError(PackageError):
    """A document that cannot be captured: ``message`` describes the problem, ``hint`` how to fix it. A command prints both on one line."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})"
