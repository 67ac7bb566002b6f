"""Alignment: the points of several accounts of one event, which of them say the same, and how they differ.

Pure: texts go in, rows come out. `words` cuts a text into words, `points` into units that can be
true on their own, `measure` says how near two points are, `rows` puts them side by side,
`differences` lists the differences. Offsets are code points of the text given.
"""
