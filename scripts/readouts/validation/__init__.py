"""Validation of the curated files, with advice for each finding."""
