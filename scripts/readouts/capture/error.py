"""The one way in which a capture says that it cannot be made."""

from __future__ import annotations


class CaptureError(Exception):
    """A document that cannot be captured: ``message`` says what is wrong, ``hint`` how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})"
