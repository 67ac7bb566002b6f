"""What was released: the ledger, the ids that it promises, records that are missing, and what changed since the last release."""
