"""The tamper test: the valid package corrupted by a fixed list of operators, one corruption at a time, and who notices.

`operators` describes an operator, `curated*` and `published` hold the list, `checks` asks Readouts,
`comparison` asks stock tools, `__main__` runs all of it and writes docs/trust/tamper.csv and
TRUST.md.
"""
