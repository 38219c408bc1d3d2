"""The public API: read for all, written with a token. Nothing here has a rule of its own."""
