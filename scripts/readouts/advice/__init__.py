"""Advice: what a curator probably meant, and how to write it."""
