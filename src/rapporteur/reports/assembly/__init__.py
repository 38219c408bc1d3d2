"""From material to a cited draft, by rule: pure functions, no database."""
