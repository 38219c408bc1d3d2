"""What is to be beaten: always the commonest answer, and the words of the concepts' names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapporteur.analysis.classify.concepts import codes_of
from rapporteur.analysis.classify.words import stem, words_of

# The words of the short English names, as anybody would search for them.
KEYWORDS = {
    "C1": "governments stakeholders strategy",
    "C2": "infrastructure network broadband",
    "C3": "access information knowledge",
    "C4": "capacity building training",
    "C5": "confidence security cybersecurity",
    "C6": "enabling environment regulation",
    "C7.1": "government services citizens",
    "C7.2": "business commerce trade",
    "C7.3": "learning education school",
    "C7.4": "health hospital medicine",
    "C7.5": "employment jobs work",
    "C7.6": "environment climate disaster",
    "C7.7": "agriculture farmers food",
    "C7.8": "science research scientific",
    "C8": "cultural language local content",
    "C9": "media journalism radio",
    "C10": "ethics rights values",
    "C11": "international regional cooperation",
    "SDG1": "poverty poor",
    "SDG2": "hunger food agriculture",
    "SDG3": "health disease",
    "SDG4": "education school learning",
    "SDG5": "gender women girls",
    "SDG6": "water sanitation",
    "SDG7": "energy electricity",
    "SDG8": "employment work growth",
    "SDG9": "industry innovation infrastructure",
    "SDG10": "inequality inequalities",
    "SDG11": "cities urban communities",
    "SDG12": "consumption production waste",
    "SDG13": "climate",
    "SDG14": "ocean sea marine",
    "SDG15": "land forest biodiversity",
    "SDG16": "peace justice institutions",
    "SDG17": "partnership partnerships global",
}


def commonest(labels: Iterable[str]) -> str:
    """Return the label most texts have, the first of those that are equally common."""
    return Counter(labels).most_common(1)[0][0]


def by_keywords(text: str, scheme: str) -> list[str]:
    """Return every code, those first whose keywords are in the text most often."""
    found = Counter(stem(word.folded, "en") for word in words_of(text))
    codes = codes_of(scheme)
    return sorted(codes, key=lambda code: -_count(found, code))


def has_keyword(text: str, code: str) -> bool:
    """Say whether a keyword of the concept is in the text."""
    return _count(Counter(stem(word.folded, "en") for word in words_of(text)), code) > 0


def _count(found: Counter[str], code: str) -> int:
    return sum(found[stem(word, "en")] for word in set(KEYWORDS[code].split()))
