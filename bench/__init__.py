"""Measuring: benchmark corpora with injected errors, and the time and memory needed to validate them. Not part of the installed package."""
