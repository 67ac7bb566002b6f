"""Measuring: benchmark corpora with planted errors, and how fast and in how much memory they are validated. No part of what users install."""
