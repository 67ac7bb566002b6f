"""The published tables: their definition, their compilation from curated files, and their files."""
