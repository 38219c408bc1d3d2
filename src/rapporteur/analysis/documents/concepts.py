"""What a heading says its paragraphs are about.

Source: the Geneva Plan of Action (C1-C11 and the eight applications of C7, in its order), and the
outline of the Secretary-General's reports on the Summit's follow-up (regions, themes).
"""

from __future__ import annotations

import re
from functools import lru_cache

_CODES = re.compile(
    r"\b(?:action lines?\s+)?C\s?-?\s?(1[01]|[1-9])(?:\s?[.(]\s?([1-8])\)?)?(?![\d/])(?!\.\d)\b",
    re.I,
)
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)\s*:?\s*$")
_LEADING_CODE = re.compile(
    r"^\W*(?:WSIS )?(?:action lines?\s+)?C\s?(1[01]|[1-9])(?:\.([1-8]))?\s*(?:[.:–—-]|\)|$)\s*",
    re.I,
)
_ACTION_LINE_WORDS = re.compile(r"\baction lines?\s+C\s?(1[01]|[1-9])(?:\.([1-8]))?\b", re.I)
_ICT = re.compile(
    r"information and communications? technolog(?:y|ies)(?: \(icts?\))?|\bicts\b"
    r"|telecommunications?/icts?"
)
_NOT_LETTERS = re.compile(r"[^\w]+")

_APPLICATIONS = {
    "government": "C7.1",
    "business": "C7.2",
    "commerce": "C7.2",
    "learning": "C7.3",
    "education": "C7.3",
    "health": "C7.4",
    "employment": "C7.5",
    "environment": "C7.6",
    "agriculture": "C7.7",
    "science": "C7.8",
}
_APPLICATION = re.compile(
    r"^(?:ict applications )?(?:electronic|e) (" + "|".join(_APPLICATIONS) + r")(?: e \w+)?$"
)

_TITLES = {
    "the role of public governance authorities and all stakeholders in the promotion "
    "of ict for development": "C1",
    "role of public governance authorities and all stakeholders in the promotion of "
    "ict for development": "C1",
    "the role of governments and all stakeholders in the promotion of ict for development": "C1",
    "role of governments and all stakeholders in the promotion of ict for development": "C1",
    "information and communication infrastructure": "C2",
    "information and communications infrastructure": "C2",
    "ict infrastructure": "C2",
    "access to information and knowledge": "C3",
    "capacity building": "C4",
    "building confidence and security in the use of ict": "C5",
    "building confidence and security in ict": "C5",
    "enabling environment": "C6",
    "the enabling environment": "C6",
    "ict applications": "C7",
    "ict applications benefits in all aspects of life": "C7",
    "cultural diversity and identity linguistic diversity and local content": "C8",
    "cultural diversity": "C8",
    "media": "C9",
    "the media": "C9",
    "ethical dimensions of the information society": "C10",
    "the ethical dimensions of the information society": "C10",
    "ethical dimension of the information society": "C10",
    "international and regional cooperation": "C11",
    "financing mechanisms": "theme:financing",
    "financial mechanisms": "theme:financing",
    "financing mechanism": "theme:financing",
    "financing": "theme:financing",
    "internet governance": "theme:internet-governance",
    "measuring ict for development": "theme:measuring",
    "measuring the information society": "theme:measuring",
    "measurement of ict for development": "theme:measuring",
    "measurement": "theme:measuring",
    "measuring ict": "theme:measuring",
}
_REGIONS = {
    "africa": "region:africa",
    "asia and the pacific": "region:asia-pacific",
    "asia and pacific": "region:asia-pacific",
    "asia pacific": "region:asia-pacific",
    "asia and oceania": "region:asia-pacific",
    "western asia": "region:western-asia",
    "the arab region": "region:western-asia",
    "arab region": "region:western-asia",
    "arab states": "region:western-asia",
    "western asia and arab region": "region:western-asia",
    "europe": "region:europe",
    "europe and north america": "region:europe",
    "europe and central asia": "region:europe",
    "latin america and the caribbean": "region:latin-america",
    "latin america and caribbean": "region:latin-america",
    "latin america": "region:latin-america",
}


@lru_cache(maxsize=4096)
def concepts_of_heading(title: str) -> tuple[str, ...]:
    """Return the concepts that a heading names, in order; none for most headings.

    ``C1``-``C11`` and ``C7.1``-``C7.8`` by a code that introduces or closes the heading, or by the
    action line's own wording; ``theme:...`` and ``region:...`` by their wording alone. A heading
    that only mentions such words among others gives nothing.
    """
    codes = _codes(title)
    wording = _wording(title)
    if codes == ("C7",):
        wording = _wording(_IN_PARENTHESES.sub("", title))
    elif codes:
        return codes
    application = _APPLICATION.match(wording)
    if application:
        return (_APPLICATIONS[application.group(1)],)
    if codes:
        return codes
    concept = _TITLES.get(wording) or _REGIONS.get(wording)
    return (concept,) if concept else ()


def _codes(title: str) -> tuple[str, ...]:
    """Return the codes in a heading's closing parentheses, before its colon, or after the words
    "action line"."""
    if "C" not in title and "c" not in title:
        return ()
    closing = _IN_PARENTHESES.search(title)
    if closing:
        found = [_code(match) for match in _CODES.finditer(closing.group(1))]
        rest = _CODES.sub("", closing.group(1))
        if found and not re.search(r"\w{4,}", re.sub(r"(?i)action|lines?|WSIS", "", rest)):
            return tuple(dict.fromkeys(found))
    leading = _LEADING_CODE.match(title)
    if leading:
        return (_code(leading),)
    words = [_code(match) for match in _ACTION_LINE_WORDS.finditer(title)]
    return tuple(dict.fromkeys(words))


def _code(match: re.Match[str]) -> str:
    line, part = match.group(1), match.group(2)
    return f"C7.{part}" if part and line == "7" else f"C{line}"


def _wording(title: str) -> str:
    text = _LEADING_CODE.sub("", title.lower())
    text = _ICT.sub("ict", text)
    return _NOT_LETTERS.sub(" ", text).strip()
