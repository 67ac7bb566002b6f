"""What was tried against the package: tampering, broken input, faults. Each run writes its table in docs/trust, and TRUST.md."""
