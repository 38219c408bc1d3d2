"""Numbers and names that are made up once: receipts, public addresses, tokens."""

from __future__ import annotations

import secrets

# No letters and digits that look alike when read aloud or copied by hand.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def make_receipt() -> str:
    """Return a number to keep, such as ``K7QM-3XPD``; some 8 * 10**11 are possible."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def make_slug() -> str:
    """Return a public address that tells nothing of what stands there."""
    return "".join(secrets.choice(SIGNS.lower()) for _ in range(10))


def make_seed() -> str:
    return secrets.token_hex(32)
