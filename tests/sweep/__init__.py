"""Changes of one character in curated files, and the expected findings."""
