"""Tests against the package: tampering, hostile input, faults. Each run writes its table in docs/trust, and TRUST.md."""
