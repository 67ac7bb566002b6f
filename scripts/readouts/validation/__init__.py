"""Validation of the curated files."""
