"""Keepers' pages: writing an entry, keeping it, its photographs."""
