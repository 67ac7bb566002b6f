"""Curated files, and the captured texts that they quote."""
