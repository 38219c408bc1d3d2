"""Suggest action lines and Sustainable Development Goals for a text, and say which words say so.

>>> from rapporteur.analysis.classify import suggest
>>> best = suggest("Telemedicine for rural hospitals", "action-lines")[0]
>>> best.code, best.because
('C7.4', ('Telemedicine', 'hospitals'))

Terms by concept and language are in ``data/lexicon``; a small linear model in ``data/model``.
How texts are classified, and how well: ``docs/reference/classification.md``.
"""

from rapporteur.analysis.classify.concepts import SCHEMES, UnknownScheme, codes_of
from rapporteur.analysis.classify.suggesting import (
    THRESHOLDS,
    Suggestion,
    suggest,
    suggest_likely,
)

__all__ = [
    "SCHEMES",
    "THRESHOLDS",
    "Suggestion",
    "UnknownScheme",
    "codes_of",
    "suggest",
    "suggest_likely",
]
