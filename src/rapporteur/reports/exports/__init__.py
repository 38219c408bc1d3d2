"""A draft written down: JSON, and one semantic HTML from which page, Word file and PDF are made."""
