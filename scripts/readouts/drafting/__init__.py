"""Drafts: skeletons of curated files to fill in, and statements proposed by an engine from a captured text."""
