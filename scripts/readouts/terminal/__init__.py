"""Findings and records as text for the terminal."""
