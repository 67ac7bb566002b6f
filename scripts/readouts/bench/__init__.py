"""Corpora of any size, with errors planted in them, and how fast this and other validators judge them."""
