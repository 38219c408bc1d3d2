"""Office-holders, working groups and Governments, whose names go on in small letters."""

import re
from collections.abc import Iterator

from rapporteur.analysis.organizations.paragraphs import Found, Paragraph
from rapporteur.analysis.organizations.subjects import with_subject
from rapporteur.analysis.organizations.vocabulary import LEADERS, words

# The patterns begin with letters that the engine can look for; what may stand before them is read
# backwards from there.
_HOLDER = re.compile(
    r"(?:Special Rapporteur(?: of the (?:Human Rights Council|Commission on Human Rights))?"
    r" (?:on|in the field of)"
    r"|Independent Expert on"
    r"|Special (?:Representative|Envoy|Adviser|Advisor|Advocate|Coordinator)"
    r"(?: of the Secretary-General| to the Secretary-General)? (?:on|for)"
    r"|Personal Envoy(?: of the Secretary-General)? (?:on|for)"
    r"|Envoy(?: of the Secretary-General)? (?:on|for)"
    r"|High (?:Commissioner|Representative)(?: of the Union)? (?:for|on)"
    r"|(?:Under|Assistant) ?-?Secretary-General (?:for|of)"
    r")(?: the)? "
)
_BEFORE_HOLDER = re.compile(
    r"(?<!\w)(?:Office of the )?(?:(?:United Nations|UN) |Secretary-General's )?$"
)
_SMALL_GROUP = re.compile(
    r"(?:working group|task force|group of governmental experts|steering committee"
    r"|advisory group|special rapporteur|expert group) (?:on|for) (?:the )?"
)
_BEFORE_GROUP = re.compile(
    r"(?<![\w-])(?:(?:open-ended|ad hoc|inter-agency|intergovernmental|informal|joint|expert)"
    r" ){0,4}$"
)
_SMALL_CUES = (
    "group on",
    "group for",
    "task force",
    "experts on",
    "steering comm",
    "special rapp",
    " coalition",
    " alliance",
    " consortium",
)
_GOVERNMENT = re.compile(r"\bGovernments? of (?:the )?(?=[A-Z])")
_AND_PLACE = re.compile(r"(?:, (?:and )?| and )(?:the )?(?=[A-Z])")
_COUNTRY = re.compile(
    r"(?:[A-ZÀ-Ý][\w'-]* ){0,4}?"
    r"(?:Republic|Kingdom|States?|Union|Federation|Duchy|Principality|Commonwealth) of (?:the )?"
    r"[A-ZÀ-Ý][\w'-]*(?: [A-ZÀ-Ý][\w'-]*){0,3}|[A-ZÀ-Ý][\w'-]*(?: [A-ZÀ-Ý][\w'-]*){0,4}"
)
_SMALL_ALLIANCE = re.compile(r"(?:coalition|alliance|consortium)(?![\w-])")
_BEFORE_ALLIANCE = re.compile(
    r"(?<![\w-])(?:(?:[A-Z][\w'-]*|\d{1,2}) ){1,6}(?:digital |global |international )?$"
)
_NO_COUNTRY = words("States Member Members Community Movement Group Territories Least")


def may_have_small_groups(flat: str) -> bool:
    """Whether a group or an alliance may be named in small letters; quick, and never too strict."""
    return any(cue in flat for cue in _SMALL_CUES)


def find_holders(paragraph: Paragraph, *, named: bool) -> Iterator[Found]:
    """Yield the office-holders, Governments, working groups and alliances of a paragraph.

    ``named`` says that a word of the names of office-holders and Governments is there.
    """
    flat = paragraph.flat
    patterns = []
    if named:
        yield from _governments(paragraph)
        patterns.append((_HOLDER, _BEFORE_HOLDER))
    if may_have_small_groups(flat):
        patterns.append((_SMALL_GROUP, _BEFORE_GROUP))
        for match in _SMALL_ALLIANCE.finditer(flat):
            alliance = _small_alliance(paragraph, match)
            if alliance:
                yield alliance
    for pattern, lead in patterns:
        for match in pattern.finditer(flat):
            before = lead.search(flat, max(0, match.start() - 60), match.start())
            start = before.start() if before else match.start()
            if before and paragraph.at(match.start()) is None:
                item = with_subject(paragraph, start, match.end())
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
    """Return the name before a small "coalition": "Partner 2 Connect digital coalition"."""
    flat = paragraph.flat
    before = _BEFORE_ALLIANCE.search(flat, max(0, match.start() - 90), match.start())
    if before is None:
        return None
    start = before.start()
    for word in before.group().split():
        if paragraph.at(start) is None and word not in LEADERS:
            break
        start += len(word) + 1
    if not (flat[start].isupper() or flat[start].isdigit()):
        return None
    return Found(start, match.end())
