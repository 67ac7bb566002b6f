"""The rules: of one value in JSON Schema (`rows`), between values in SQL (`guards`)."""
