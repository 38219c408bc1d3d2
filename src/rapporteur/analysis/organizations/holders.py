"""Office-holders, working groups and Governments, whose names go on in small letters."""

import re
from collections.abc import Iterator

from rapporteur.analysis.organizations.paragraphs import Found, Paragraph
from rapporteur.analysis.organizations.subjects import with_subject
from rapporteur.analysis.organizations.vocabulary import LEADERS, words

_HOLDER = re.compile(
    r"(?:Office of the )?(?:(?:United Nations|UN) |Secretary-General's )?(?:"
    r"Special Rapporteur(?: of the (?:Human Rights Council|Commission on Human Rights))?"
    r" (?:on|in the field of)"
    r"|Independent Expert on"
    r"|Special (?:Representative|Envoy|Adviser|Advisor|Advocate|Coordinator)"
    r"(?: of the Secretary-General| to the Secretary-General)? (?:on|for)"
    r"|(?:Personal )?Envoy(?: of the Secretary-General)? (?:on|for)"
    r"|High (?:Commissioner|Representative)(?: of the Union)? (?:for|on)"
    r"|(?:Under|Assistant) ?-?Secretary-General (?:for|of)"
    r")(?: the)? "
)
_HOLDER_CUES = (
    "Rapporteur",
    "Independent Expert",
    "Envoy",
    "Special Advis",
    "Special Coord",
    "Special Advoc",
    "Representative",
    "Commissioner",
    "tary-General for",
)
_SMALL_GROUP = re.compile(
    r"(?:\b(?:open-ended|ad hoc|inter-agency|intergovernmental|informal|joint|expert)\s){0,4}"
    r"\b(?:working group|task force|group of governmental experts|steering committee"
    r"|advisory group|special rapporteur|expert group)\s(?:on|for)\s(?:the )?"
)
_SMALL_GROUP_CUES = (
    "ing group on",
    "ing group for",
    "task force",
    "experts on",
    "committee ",
    "ry group",
    "rapporteur",
    "rt group",
)
_SMALL_ALLIANCE_CUES = (" coalition", " alliance", " consortium")
_GOVERNMENT = re.compile(r"\bGovernments? of (?:the )?(?=[A-Z])")
_AND_PLACE = re.compile(r"(?:, (?:and )?| and )(?:the )?(?=[A-Z])")
_COUNTRY = re.compile(
    r"(?:[A-ZÀ-Ý][\w'-]* ){0,4}?"
    r"(?:Republic|Kingdom|States?|Union|Federation|Duchy|Principality|Commonwealth) of (?:the )?"
    r"[A-ZÀ-Ý][\w'-]*(?: [A-ZÀ-Ý][\w'-]*){0,3}|[A-ZÀ-Ý][\w'-]*(?: [A-ZÀ-Ý][\w'-]*){0,4}"
)
_SMALL_ALLIANCE = re.compile(
    r"(?:(?:[A-Z][\w'-]*|\d{1,2}) ){1,6}(?:digital |global |international )?"
    r"(?:coalition|alliance|consortium)(?![\w-])"
)
_NO_COUNTRY = words("States Member Members Community Movement Group Territories Least")


def find_holders(paragraph: Paragraph) -> Iterator[Found]:
    """Yield the office-holders, Governments, working groups and alliances of a paragraph."""
    flat = paragraph.flat
    if any(cue in flat for cue in _HOLDER_CUES):
        for match in _HOLDER.finditer(flat):
            if paragraph.at(match.start()) is None:
                item = with_subject(paragraph, match.start(), match.end())
                if item:
                    yield item
    if "overnment" in flat:
        yield from _governments(paragraph)
    if any(cue in flat for cue in _SMALL_GROUP_CUES):
        for match in _SMALL_GROUP.finditer(flat):
            if paragraph.at(match.start()) is None:
                item = with_subject(paragraph, match.start(), match.end())
                if item:
                    yield item
    if any(cue in flat for cue in _SMALL_ALLIANCE_CUES):
        for match in _SMALL_ALLIANCE.finditer(flat):
            item = _small_alliance(paragraph, match)
            if item:
                yield item


def _governments(paragraph: Paragraph) -> Iterator[Found]:
    flat = paragraph.flat
    for match in _GOVERNMENT.finditer(flat):
        position = match.end()
        end = _place_at(paragraph, position)
        if end is None:
            continue
        if not match.group().startswith("Governments"):
            yield Found(match.start(), end)
            continue
        # "the Governments of Canada, Germany and the Netherlands"
        start = match.start()
        for _ in range(20):
            article = "the " if flat[position - 4 : position] == "the " else ""
            yield Found(start, end, label=f"Government of {article}{flat[position:end]}")
            joint = _AND_PLACE.match(flat, end)
            after = _place_at(paragraph, joint.end(), sure=True) if joint else None
            if joint is None or after is None:
                break
            start, position, end = end, joint.end(), after


def _place_at(paragraph: Paragraph, position: int, *, sure: bool = False) -> int | None:
    """Return where the country that begins at ``position`` ends; ``sure``: only a known one."""
    flat = paragraph.flat
    if paragraph.at(position) is not None:
        return None
    for length in range(min(len(flat) - position, 60), 2, -1):
        if flat[position : position + length] in paragraph.places:
            after = flat[position + length : position + length + 1]
            if not after.isalnum():
                return position + length
    if sure and paragraph.places:
        return None
    match = _COUNTRY.match(flat, position)
    if match is None or match.group().split()[0] in _NO_COUNTRY:
        return None
    return match.end()


def _small_alliance(paragraph: Paragraph, match: re.Match[str]) -> Found | None:
    start = match.start()
    while True:
        space = paragraph.flat.index(" ", start)
        word = paragraph.flat[start:space]
        taken = paragraph.at(start) is not None
        if not taken and word not in LEADERS:
            break
        start = space + 1
        if start >= match.end() or not (
            paragraph.flat[start].isupper() or paragraph.flat[start].isdigit()
        ):
            return None
    return Found(start, match.end())
