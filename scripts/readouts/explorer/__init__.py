"""The explorer: a corpus as a static site, and as pages that follow the curated files while they are edited."""
