"""How well accounts are aligned, and how fast."""
