"""Alignment: the points of several accounts of one event, which of them say the same, and what differs.

Pure: texts go in, rows come out. `words` cuts a text into words, `points` into what can be true by itself, `measure` says how
near two points are, `rows` puts them side by side, `differences` says what differs. Offsets are code points of the text given.
"""
