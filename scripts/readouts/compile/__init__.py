"""Curated files compiled into the rows of the published tables: quotations become offsets, claims of several accounts become pairs and omissions."""
