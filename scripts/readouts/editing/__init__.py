"""Commands that change curated files: start a corpus, format, fix, rename, capture again."""
