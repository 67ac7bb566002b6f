"""A small gold of drafted statements in made-up texts, and how drafts are scored against it."""
