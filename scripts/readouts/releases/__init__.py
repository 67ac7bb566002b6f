"""Versions: what differs between two states of the package, making a release, taking a released record out for good."""
