"""What is said about a paragraph, apart from the database: figures as values, corrections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation, localcontext
from typing import Any

# What the columns hold: 24 digits before the point, six after it.
LARGEST = Decimal(10) ** 24
_RANGE = re.compile(r"\s*(-?[\d., ]*\d)\s*(?:to|–|-)\s*(-?[\d., ]*\d)\s*")


@dataclass(frozen=True)
class FigureFacts:
    """A figure as a person gives it. ``high`` equals ``low`` for a single value."""

    low: str
    high: str
    unit: str
    subject: str
    year: int | None


@dataclass(frozen=True)
class ParagraphFacts:
    """All that a person says about a paragraph; what is not listed is not said.

    ``concepts`` are codes, ``organizations`` names or acronyms as printed, ``publications`` titles.
    """

    concepts: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    figures: tuple[FigureFacts, ...] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ParagraphFacts:
        return cls(
            concepts=tuple(value["concepts"]),
            organizations=tuple(value["organizations"]),
            publications=tuple(value["publications"]),
            figures=tuple(FigureFacts(**item) for item in value["figures"]),
        )


def figure_value(value: Any) -> tuple[Decimal, Decimal] | None:
    """Return (low, high) of a parsed figure's value, a number or a pair, to six decimals.

    ``None`` for what the column cannot hold: no number, or a number of 24 digits and more.
    """
    ends = value if isinstance(value, (list, tuple)) else (value, value)
    try:
        with localcontext(prec=60):
            low, high = (Decimal(str(end)).quantize(Decimal("0.000001")) for end in ends)
    except (InvalidOperation, ValueError):
        return None
    if max(abs(low), abs(high)) >= LARGEST:
        return None
    return min(low, high), max(low, high)


def figure_in(line: str) -> FigureFacts:
    """Return the figure that one line gives; raise ``ValueError`` where it is none."""
    value, unit, subject, year = ([part.strip() for part in line.split("|")] + ["", "", ""])[:4]
    ends = _RANGE.fullmatch(value)
    low, high = (ends.group(1), ends.group(2)) if ends else (value, value)
    return FigureFacts(
        low=number_in(low),
        high=number_in(high),
        unit=unit,
        subject=subject,
        year=int(year) if year else None,
    )


def number_in(text: str) -> str:
    """Return a typed number (with commas or spaces between thousands) as plain digits."""
    plain = text.replace(",", "").replace(" ", "").replace("\u00a0", "")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or abs(number) >= Decimal(10) ** 24:
        raise ValueError(text)
    return plain


def figure_line(low: Decimal, high: Decimal, unit: str, subject: str, year: int | None) -> str:
    """Return a figure as its line in the form."""
    ends = [f"{end.normalize():f}" for end in (low, high)]
    value = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    return " | ".join([value, unit, subject, str(year or "")]).rstrip(" |")
