"""Versions: differences between two states of the package, making a release, and withdrawing released records."""
