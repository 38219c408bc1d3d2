"""What the answers of a consultation say: themes, key phrases, copies, who raises what.

>>> from rapporteur.analysis.themes import analyse
>>> found = analyse(["More data for schools.", "More data for schools!", ""])
>>> found.rows, found.near_duplicates
(3, [[0, 1]])

Offline, without a database, and the same in every process. How it works, and how well:
``docs/reference/themes.md``.
"""

from rapporteur.analysis.themes.analysing import Analysis, Phrase, analyse
from rapporteur.analysis.themes.concepts import Concepts, concepts_of
from rapporteur.analysis.themes.finding import Theme
from rapporteur.analysis.themes.groups import Raised, who_raises
from rapporteur.analysis.themes.matching import matched_themes
from rapporteur.analysis.themes.near import near_identical
from rapporteur.analysis.themes.quotations import Quotation, quotations_of

__all__ = [
    "Analysis",
    "Concepts",
    "Phrase",
    "Quotation",
    "Raised",
    "Theme",
    "analyse",
    "concepts_of",
    "matched_themes",
    "near_identical",
    "quotations_of",
    "who_raises",
]
