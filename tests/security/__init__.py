"""Attacks, by class: what each promise of docs/explanation/security.md is shown by."""
