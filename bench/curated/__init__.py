"""Curated packages of many sources: made up, validated and built against the clock."""
