"""Hostile input for every reader. The readers are in `readers`; tests/test_hostile.py runs them
with input that hypothesis generates and with known harmful input, `python -m tests.trust.hostile`
with a coverage-guided fuzzer.
"""
