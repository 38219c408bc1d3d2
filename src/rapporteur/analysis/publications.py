"""Publications named in a paragraph: reports, studies, guides and other texts with a title."""

import re
from collections.abc import Sequence

_MARKED = re.compile(
    r"(?<![\w*\\])\*([^*\n]{4,300}?)\*(?![\w*])|(?<![\w\\])_([^_\n]{4,300}?)_(?!\w)"
    r"|<(?:em|i)>([^<]{4,300})</(?:em|i)>"
)
_QUOTED = re.compile(r"“([^“”]{6,300})”|\"([^\"“”]{6,300})\"|‘([^‘’]{6,200})’")
_CUE = re.compile(
    r"\b(?:entitled|titled|publication|report|paper|study|guide|toolkit|brief|handbook|survey|book"
    r"|series|document|policy brief|working paper|flagship)[,:]?(?: on| called| named)?,? $",
    re.IGNORECASE,
)
_EVENT_BEFORE = re.compile(
    r"\b(?:theme|session|sessions|event|meeting|conference|workshop|panel|dialogue|webinar|forum|"
    r"symposium|exhibition|campaign|project|initiative|programme|challenge|held|panel discussion"
    r"|on the theme|side event|resolution|item|consultation|course)\s*,?\s*$",
    re.IGNORECASE,
)
_RESOLUTION_TITLE = re.compile(
    r"resolutions?\s+[^.;“”]{0,80}$|agenda item[^.;“”]{0,40}$", re.IGNORECASE
)
_NAMED_KIND = re.compile(
    r"\b(?:Report|Outlook|Index|Monitor|Survey|Yearbook|Handbook|Toolkit|Playbook|Compendium|Watch)"
    r" 20\d\d(?:[–/-]\d{2,4})?(?![\w-])"
)
_NAME_BEFORE = re.compile(
    r"(?:(?:[A-Z][\w’'&/-]*|of|for|on|and|the|in|to|\d{4}(?:–\d{4})?) ){1,14}$"
)
_SMALL_START = re.compile(r"(?:(?:of|for|on|and|the|in|to|The|In|A|An|Its|This|That|Their|And) )+")
_NOT_TITLES = re.compile(
    r"^(?:inter alia|et al\.?|ibid\.?|mutatis mutandis|ad hoc|per se|de facto|vis-à-vis|sic|note|"
    r"e\.g\.|i\.e\.|Report|Survey|Index|Secretary-General'?s? Report|Annual Report|.{0,3})$",
    re.IGNORECASE,
)


def find_publications(text: str, *, italics: Sequence[str] | None = None) -> list[str]:
    """Return the titles of the publications named in ``text``, in order, each once, as printed.

    ``italics`` are the strings the document prints in italics within ``text``, when the reader of
    its format took the marks out; with ``None`` Markdown and HTML marks in ``text`` are read. In a
    UN document italics are titles, but for foreign words and the openings of resolutions, which
    the caller does not pass. A title in quotation marks counts behind "entitled", "report" and
    their like, unless an event, a theme or a resolution bears it. Without italics, a capitalised
    name that ends in "Report", "Outlook", "Index" and a year counts.
    """
    found: list[tuple[int, str]] = []
    if italics is None and ("*" in text or "_" in text or "<" in text):
        for match in _MARKED.finditer(text):
            _add(found, match.start(), next(group for group in match.groups() if group))
    elif italics is not None:
        position = 0
        for italic in italics:
            place = text.find(italic, position)
            if place < 0:
                place = text.find(italic)
            position = max(place, position)
            _add(found, place if place >= 0 else position, italic)
    if "“" in text or '"' in text or "‘" in text:
        for match in _QUOTED.finditer(text):
            before = text[max(0, match.start() - 110) : match.start()]
            cue = _CUE.search(before)
            if cue is None:
                continue
            before = before[: cue.start()]
            if cue.group().lower().startswith(("entitled", "titled")) and (
                _EVENT_BEFORE.search(before) or _RESOLUTION_TITLE.search(before)
            ):
                continue
            _add(found, match.start(), next(group for group in match.groups() if group))
    if not found and " 20" in text:
        for match in _NAMED_KIND.finditer(text):
            window = max(0, match.start() - 140)
            name = _NAME_BEFORE.search(text, window, match.start())
            title = text[name.start() : match.end()] if name else ""
            leading = _SMALL_START.match(title)
            title = title[leading.end() :] if leading else title
            if title.count(" ") >= 2:
                _add(found, match.start(), title)
    found.sort(key=lambda item: item[0])
    return list(dict.fromkeys(title for _, title in found))


def _add(found: list[tuple[int, str]], position: int, title: str) -> None:
    cleaned = " ".join(title.split()).strip(" ,;.“”\"'‘’")
    titled = (" " in cleaned and cleaned[0].isalnum()) or cleaned.istitle()
    if titled and not cleaned.islower() and not _NOT_TITLES.match(cleaned):
        found.append((position, cleaned))
