"""Hostile input: every reader given bytes that nobody sane would write. The readers are in `readers`; tests/test_hostile.py gives them
what hypothesis invents and what is known to hurt, `python -m tests.trust.hostile` what a coverage-guided fuzzer finds."""
