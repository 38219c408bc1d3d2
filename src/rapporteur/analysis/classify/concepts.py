"""The schemes a text is filed under, and their codes in the schemes' own order."""

from __future__ import annotations

# The eighteen leaves: C7 itself is a heading, never a suggestion.
ACTION_LINES = (
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    *(f"C7.{application}" for application in range(1, 9)),
    "C8",
    "C9",
    "C10",
    "C11",
)
GOALS = tuple(f"SDG{goal}" for goal in range(1, 18))

SCHEMES: dict[str, tuple[str, ...]] = {"action-lines": ACTION_LINES, "sdg": GOALS}


class UnknownScheme(ValueError):
    """The scheme asked for is none that texts are filed under."""

    def __init__(self, scheme: str) -> None:
        super().__init__(f"Not a scheme: {scheme!r}. Expected one of {', '.join(SCHEMES)}.")


def codes_of(scheme: str) -> tuple[str, ...]:
    """Return every code of a scheme, in its order.

    Raises:
        UnknownScheme: there is none of that name.
    """
    try:
        return SCHEMES[scheme]
    except KeyError:
        raise UnknownScheme(scheme) from None
