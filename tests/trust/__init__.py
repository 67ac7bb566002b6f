"""What was tried against the package: tampering, hostile input, faults. Each run writes its section of TRUST.md."""
