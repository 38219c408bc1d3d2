"""Tokens: made by a person on a page, shown once, used by a program."""
