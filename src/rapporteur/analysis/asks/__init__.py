"""What resolutions say and ask: openings, kinds, asks, addressees and deadlines."""

from rapporteur.analysis.asks.openings import opening_of_preamble
from rapporteur.analysis.asks.reading import (
    Frame,
    OperativeReading,
    read_operative,
    read_subparagraph,
)

__all__ = [
    "Frame",
    "OperativeReading",
    "opening_of_preamble",
    "read_operative",
    "read_subparagraph",
]
