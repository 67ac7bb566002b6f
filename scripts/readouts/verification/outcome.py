"""The outcome of a verification: its findings, and the checks done and not possible."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..core.findings import Finding
from .signature import Signed

SHOWN = 20
"""Most findings shown per rule; all are counted."""
AGAIN = "Download it again; if the finding remains, the published files are not those that were released."


@dataclass(slots=True)
class Verification:
    """Result of a verification: findings (the first SHOWN of each code), the checks done and those not possible, one line each."""

    findings: list[Finding] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    """Files that the Hub, its client or git put next to the version's files: not read."""
    tables_right: bool = False
    """True if every row matches its schema and no guard found an error."""
    signature: Signed = field(default_factory=lambda: Signed("none", "this version is not signed"))

    @property
    def failed(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def summary(self) -> str:
        lines = [f"checked: {line}" for line in self.checked] + [
            f"not checked: {line}" for line in self.not_checked
        ]
        lines += [f"ignored: {', '.join(self.ignored)}"] if self.ignored else []
        lines.append(f"signature: {self.signature.line}")
        return "\n".join([*lines, "failed" if self.failed else "verified"])


def finding(code: str, path: str, message: str, line: int = 0, severity: str = "error") -> Finding:
    return Finding(
        code,
        severity,
        path,
        line,
        "",
        "",
        message,
        AGAIN,
    )
