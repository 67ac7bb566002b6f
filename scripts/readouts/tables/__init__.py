"""The published tables: their definition, how they are compiled from what curators write, and their files."""
