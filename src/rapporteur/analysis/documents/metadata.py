"""What the masthead says: title, symbol, bodies, date, session, agenda item, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.analysis.documents.blocks import Block
from rapporteur.analysis.documents.drafts import Draft
from rapporteur.analysis.documents.front import MASTHEAD, is_masthead
from rapporteur.analysis.documents.headings import CONTENTS_ENTRY
from rapporteur.analysis.documents.inline import bare
from rapporteur.analysis.documents.labels import read_labels
from rapporteur.analysis.documents.model import Kind
from rapporteur.analysis.documents.reading.text import ends
from rapporteur.analysis.documents.verbs import DECISION, ENACTING, PREAMBULAR
from rapporteur.analysis.names import Names

_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "août": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12,
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7,
    "agosto": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
    "января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6, "июля": 7,
    "августа": 8, "сентября": 9, "октября": 10, "ноября": 11, "декабря": 12,
}  # fmt: skip
_DATE = re.compile(
    r"\b(\d{1,2})(?:er|st|nd|rd|th)?(?: de)? (" + "|".join(_MONTHS) + r"),?(?: de)? (\d{4})\b", re.I
)
_HAN_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SYMBOL = re.compile(
    r"(?:A|E|S|T|TD|ST|SG|CRC|CEDAW|CCPR|CERD|CAT|CMW|CRPD|CED|HRI|UNEP|HSP|DP|CEB|WSIS|ECE|FCCC|CBD"
    r"|UNW|ICCD|ISBA|CD|NPT|BWC|IDB|GC|LOS|PBC|JIU|SC|HS|TRADE)(?:/[A-Z0-9][A-Za-z0-9.()–-]*)+"
    r"(?:-[AES]/[A-Z0-9][A-Za-z0-9./()–-]*)?\*{0,3}$"
)
_SLASH_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}$")
_NUMBERED_TITLE = re.compile(
    r"(?:(?:Resolution|Decision|Draft resolution|Draft decision)\s+)?"
    r"(?P<number>(?:\d{1,4}|[IVXLC]+|[SR]?-?\d{1,3}|SS\.[IVX]+)/(?:\d{1,4}|[IVXLC]+)(?:\s?[A-Z]{1,2}(?=[.:\s]))?"
    r"|\d{1,4} ?\((?:[A-Z]-)?[IVXLC]+\))"
    r"(?:\s*(?:[.:–—-]|\t)\s*|\s{2,}|\s(?=[A-Z“]))(?P<title>.+)$",
    re.S,
)
_BARE_NUMBER = re.compile(
    r"(?:(?:Resolution|Decision)\s+)?(?P<number>(?:\d{1,4}|S-\d{1,2})/(?:\d{1,4}|[IVXLC]+))\.?$"
)
_ROUND_NUMBER = re.compile(
    r"(?:Resolution|RESOLUTION|Decision|DECISION)\s+(?P<number>\d{1,4}\s*\((?:\d{4}|[IVXLC]+|[^()]{3,40})\))\.?"
    r"(?:[.:–—\s-]+(?P<title>\S.*))?$",
    re.S,
)
_YEAR_ENDS = tuple(f"({century}{year:02d})" for century in (19, 20) for year in range(100))
_UNION_NUMBER = re.compile(r"\d{1,3}\s*\((?:REV\. ?)?[^()]{3,40}\)$", re.I)
_ADOPTED_BY = re.compile(
    r"(?:Resolution|Decision)s? adopted by (?:the )?(?P<body>.+?)"
    r"(?: (?:on|at its|without|in) (?:\d|its|a vote|the)?.*)?$",
    re.S,
)
_ADOPTED_AT = re.compile(r"Adopted by (?:the )?(?P<body>[A-Z][\w ]+?) (?:at|on|in)\b")
_JOINT_SYMBOL = re.compile(r"(A/\d{1,3}/\d{1,4})\s*[-–‑]?\s+(E/\d{4}/\d{1,4})\*{0,3}$")
_SESSION = re.compile(
    r"(?:[A-Z][a-z]+(?:-[a-z]+)?(?: and [a-z-]+)?(?: (?:annual|regular|resumed"
    r"|organizational|emergency|special"
    r"|substantive|plenary))*(?: (?:special|emergency special|regular|resumed|annual"
    r"|substantive))? session"
    r"(?: of the .{3,80})?|\d{4} (?:substantive |organizational |resumed |regular )?session"
    r"|Session \w+(?: de .{1,40})?|\d{1,3}(?:st|nd|rd|th) session|.{0,40}(?:сессия|会议|届会"
    r"|période de sessions|período de sesiones))$"
)
_AGENDA = re.compile(
    r"(?:Agenda|Provisional agenda)?\s*items?\s+(?P<item>\d{1,3}(?:\s?\([a-z]{1,3}\))?"
    r"(?:(?:,| and|, and)\s?(?:\d{1,3}\s?)?\([a-z]{1,3}\))*)(?P<rest>.*)$",
    re.I | re.S,
)
_REPORT_OF = re.compile(
    r"(?:(?:Annual |Progress |Final |Interim |Joint )?(?:Report|Note|Letter|Statement)s?"
    r" (?:of|by|from|dated|prepared by|submitted by)\b|Rapport d|Informe d|Доклад |秘书长的?报告"
    r"|تقرير )",
    re.I,
)
_ORGANS = (
    "General Assembly", "Economic and Social Council", "Security Council", "Human Rights Council",
    "Trusteeship Council", "Trade and Development Board", "Conference of the Parties",
    "Commission on Science and Technology for Development", "Commission on the Status of Women",
    "Statistical Commission", "Commission for Social Development", "Economic Commission for Europe",
    "Economic Commission for Africa", "Economic Commission for Latin America and the Caribbean",
    "Economic and Social Commission for Asia and the Pacific",
    "Economic and Social Commission for Western Asia", "United Nations Environment Assembly",
    "World Summit on the Information Society", "International Telecommunication Union",
)  # fmt: skip
_FOREIGN_ORGANS = {
    "Assemblée générale": "General Assembly",
    "Conseil économique et social": "Economic and Social Council",
    "Conseil de sécurité": "Security Council",
    "Asamblea General": "General Assembly",
    "Consejo Económico y Social": "Economic and Social Council",
    "Consejo de Seguridad": "Security Council",
    "Генеральная Ассамблея": "General Assembly",
    "Экономический и Социальный Совет": "Economic and Social Council",
    "Совет Безопасности": "Security Council",
    "大会": "General Assembly",
    "经济及社会理事会": "Economic and Social Council",
    "安全理事会": "Security Council",
    "الجمعية العامة": "General Assembly",
    "المجلس الاقتصادي والاجتماعي": "Economic and Social Council",
    "مجلس الأمن": "Security Council",
}
_SYMBOL_BODIES = (
    ("A/HRC/", "Human Rights Council"),
    ("A/RES/", "General Assembly"),
    ("E/RES/", "Economic and Social Council"),
    ("S/RES/", "Security Council"),
    ("A/", "General Assembly"),
    ("E/", "Economic and Social Council"),
    ("S/", "Security Council"),
)
# Until 1976 resolutions ran on through the sessions: 1395 (XIV).
_BEFORE_1976 = {"General Assembly": "A", "Economic and Social Council": "E"}
_DISTRIBUTION = re.compile(
    r"Distr\.?(?::\s*|\s+)(?:General|Limited|Restricted|GENERAL|LIMITED)?\s*"
)
_LANGUAGES = {
    "en": frozenset({"the", "of", "and", "to", "for", "with", "that", "by", "is", "its", "from"}),
    "fr": frozenset({"le", "les", "des", "du", "et", "que", "dans", "pour", "une", "au", "aux"}),
    "es": frozenset({"el", "los", "las", "y", "en", "que", "del", "para", "por", "con", "una"}),
    "ru": frozenset({"и", "в", "на", "по", "с", "для", "о", "что", "из", "к", "не", "от"}),
}
_LANGUAGE_SAMPLE = 12_000
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = (
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0620-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_OFFICER = re.compile(
    r"\b([A-Z][A-Za-z-]*[A-Z]) (?:Secretary-General|[Ss]ecretariat|Council|Director"
    r"|Executive Director)\b"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the masthead gives; ``None`` and ``()`` are what it does not print."""

    title: str | None
    symbol: str | None
    bodies: tuple[str, ...]
    date: str | None
    session: str | None
    agenda_item: str | None
    lines: tuple[str, ...]


def read_masthead(
    draft: Draft,
    kind: Kind,
    names: Names,
    *,
    given_title: str | None,
    page_lines: Sequence[str] = (),
) -> Masthead:
    """Read the masthead's blocks, and the closing lines of a resolution.

    Nothing is made up: a symbol is taken as printed, or built where the masthead prints both the
    body that adopted a resolution and its number (``2024/13`` of the Economic and Social Council).
    ``page_lines`` are the running headers and footers, which may print it where the masthead, an
    image in many files, does not.
    """
    lines = [bare(block.text) for block in draft.front]
    back = [bare(block.text) for block in draft.back]
    number, numbered_title = (
        _number_and_title(draft.front, lines) if kind == "resolution" else ("", "")
    )
    told = _told_decision(draft) if kind == "resolution" else None
    bodies = (_organ(told.group("body")),) if told else _bodies(lines, kind)
    symbol = _symbol(lines) or _symbol(list(page_lines))
    if symbol is None and number and told is None:
        symbol = _built_symbol(number, bodies)
    if not bodies and symbol:
        bodies = next(((body,) for start, body in _SYMBOL_BODIES if symbol.startswith(start)), ())
    title = numbered_title or _title(draft.front, lines, kind) or given_title
    if kind == "narrative":
        title = title or _repeated_title(draft)
        bodies = bodies or _named_bodies([title or "", *lines], draft, names)
    return Masthead(
        title=title or None,
        symbol=symbol,
        bodies=bodies,
        date=first_date(told.group("date")) if told else _date(lines, back, kind),
        session=_session(lines),
        agenda_item=_agenda_item(lines),
        lines=tuple(line for line in lines if line),
    )


def _told_decision(draft: Draft) -> re.Match[str] | None:
    """Return how the first paragraph tells a decision: the day, and the body that took it."""
    return DECISION.match(bare(draft.paragraphs[0].parts[0].text)) if draft.paragraphs else None


def _number_and_title(blocks: list[Block], lines: list[str]) -> tuple[str, str]:
    """Return a resolution's number and whole title, which may stand on several lines."""
    for place, line in enumerate(lines):
        if MASTHEAD.match(line) and not line.startswith("Resolution"):
            continue
        match = _NUMBERED_TITLE.match(line) or _BARE_NUMBER.match(line) or _ROUND_NUMBER.match(line)
        if match is None:
            if line in ("RESOLUTION", "DECISION") and place + 1 < len(lines):
                union = _UNION_NUMBER.match(lines[place + 1])
                if union:
                    return "", " ".join(lines[place + 2 :]).strip()
            continue
        title = (match.groupdict().get("title") or "").strip()
        if not title and _ROUND_NUMBER.match(line) and line.rstrip(".*").endswith(_YEAR_ENDS):
            return match.group("number"), line.rstrip(".*")  # the Security Council's have no other
        rest = []
        for following in lines[place + 1 :]:
            if is_masthead_line(following) or ENACTING.match(following):
                break
            if len(following) > 300 or PREAMBULAR.match(following) or read_labels(following):
                break
            if title and ends(title) and title.endswith("."):
                break
            rest.append(following)
        return match.group("number"), " ".join([title, *rest]).strip().rstrip("*").strip()
    return "", ""


def is_masthead_line(line: str) -> bool:
    return bool(MASTHEAD.match(line) or _SYMBOL.match(line) or line.startswith("["))


def _symbol(lines: list[str]) -> str | None:
    for line in lines:
        text = _DISTRIBUTION.sub("", line).strip().rstrip("*").strip()
        if text.startswith("United Nations "):
            text = text[15:].strip()
        joint = _JOINT_SYMBOL.match(text)
        if joint:
            return f"{joint.group(1)}-{joint.group(2)}"
        for candidate in (text, text.split(" ")[0], text.split(" ")[-1]):
            if (
                "/" in candidate
                and _SYMBOL.match(candidate)
                and any(c.isdigit() for c in candidate)
            ):
                joined = _joined_symbol(candidate, lines, line)
                return joined.rstrip("*").replace("–", "-")
    return None


def _joined_symbol(first: str, lines: list[str], line: str) -> str:
    """Return a joint symbol printed on two lines ("A/80/62-" over "E/2025/3")."""
    place = lines.index(line)
    if place + 1 < len(lines):
        second = lines[place + 1].rstrip("*").strip()
        if re.match(r"E/\d{4}/\d+$", second) and first.startswith("A/"):
            return f"{first.rstrip('-–')}-{second}"
    return first


def _built_symbol(number: str, bodies: tuple[str, ...]) -> str | None:
    """Return the symbol of a resolution whose body and number are printed."""
    number = number.replace(" ", "")
    if len(bodies) != 1:
        return None
    body = bodies[0]
    if body == "Economic and Social Council" and re.fullmatch(r"(?:19|20)\d\d/\d+", number):
        return f"E/RES/{number}"
    if body == "General Assembly" and re.fullmatch(r"(?:S-)?\d{1,3}/\d+[A-Z]{0,2}", number):
        return f"A/RES/{number}"
    if body in _BEFORE_1976 and re.fullmatch(r"\d{1,4}\([IVXLC]+\)", number):
        return f"{_BEFORE_1976[body]}/RES/{number}"
    if body == "Human Rights Council" and re.fullmatch(r"(?:S-)?\d{1,3}/\d+", number):
        return f"A/HRC/RES/{number}"
    if body == "Security Council" and re.fullmatch(r"\d{1,4}\(\d{4}\)", number):
        return f"S/RES/{number}"
    return None


def _bodies(lines: list[str], kind: Kind) -> tuple[str, ...]:
    """Return the organs that the masthead names, in its order."""
    found: dict[str, None] = {}
    for line in lines:
        match = _ADOPTED_BY.match(line) or _ADOPTED_AT.match(line)
        if match:
            found[_organ(match.group("body").strip(" ,*"))] = None
    if kind == "resolution" and found:
        return tuple(found)
    for line in lines:
        text = line.rstrip("*,").strip()
        if text in _FOREIGN_ORGANS:
            found[_FOREIGN_ORGANS[text]] = None
            continue
        enacted = kind == "resolution" and ENACTING.match(line)
        if enacted and text.startswith("The "):
            text = text[4:].strip()
            text = re.sub(r"\s*\([^()]*\)$", "", text)
            if not found:
                found[text] = None
            continue
        if text.startswith("The "):
            text = text[4:]
        if text in _ORGANS:
            found[text] = None
    return tuple(found)


def _organ(name: str) -> str:
    name = " ".join(name.split())
    return next((organ for organ in _ORGANS if name.startswith(organ)), name)


def _named_bodies(lines: list[str], draft: Draft, names: Names) -> tuple[str, ...]:
    """Return the body that a narrative's title names, or else whose officer its start names."""
    known = names.by_spelling
    for line in lines[:6]:
        for word in re.findall(r"[A-Z][A-Za-z-]*[A-Z](?=['’]S\b|['’]s\b|\b)|[A-Z]{2,}", line):
            organization = known.get(word)
            if organization is not None:
                return (organization.name,)
    for paragraph in draft.paragraphs[:3]:
        officer = _OFFICER.search(bare(paragraph.parts[0].text))
        if officer and officer.group(1) in known:
            return (known[officer.group(1)].name,)
    return ()


def _repeated_title(draft: Draft) -> str | None:
    """Return the words that two chapter headings share before a dash, as parts of one title."""
    seen: set[str] = set()
    for heading in draft.headings:
        start, dash, _ = heading.title.replace("–", "-").partition(" - ")
        if dash and len(start) > 12:
            if start in seen:
                return start
            seen.add(start)
    return None


def _date(lines: list[str], back: list[str], kind: Kind) -> str | None:
    """Return the date: a resolution's adoption, another document's own."""
    if kind == "resolution":
        for line in lines:
            if _ADOPTED_BY.match(line) or _ADOPTED_AT.match(line):
                date = first_date(line)
                if date:
                    return date
        for line in back:
            date = first_date(line)
            if date:
                return date
    candidates = [line for line in lines if first_date(line)]
    for line in candidates:
        if _DISTRIBUTION.match(line):
            return first_date(line)
    for line in candidates:
        if len(line) < 40 and not re.search(r"\d{4}\s?[–-]|[–-]\s?\d|\breissued\b", line, re.I):
            return first_date(line)
    return None


def first_date(text: str) -> str | None:
    """Return the first whole date of ``text`` in ISO 8601; ``None`` without one."""
    match = _DATE.search(text)
    if match:
        day, month, year = int(match.group(1)), _MONTHS[match.group(2).lower()], int(match.group(3))
    else:
        digits = _HAN_DATE.search(text) or _ISO_DATE.search(text)
        if digits is None:
            return None
        year, month, day = (int(part) for part in digits.groups())
    if not (1 <= day <= 31 and 1 <= month <= 12 and year >= 1900):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _session(lines: list[str]) -> str | None:
    found = [line for line in lines if len(line) < 90 and _SESSION.match(line)]
    return "; ".join(dict.fromkeys(found)) or None


def _agenda_item(lines: list[str]) -> str | None:
    for line in lines:
        match = _AGENDA.match(line)
        if match:
            return " ".join(match.group("item").split())
    return None


def _title(blocks: list[Block], lines: list[str], kind: Kind) -> str:
    """Return the title: what stands above "Report of", or the words that are no masthead."""
    reported = [place for place, line in enumerate(lines) if _REPORT_OF.match(line)]
    if reported:
        end = reported[0]
        pieces: list[str] = []
        for place in range(end - 1, -1, -1):
            line = lines[place]
            if (
                not line
                or is_masthead_line(line)
                or _date_only(line)
                or CONTENTS_ENTRY.search(line)
            ):
                break
            if _SESSION.match(line) or _AGENDA.match(line) or line in _ORGANS:
                break
            if place and lines[place - 1].endswith(":"):
                break  # the agenda item's own title, which a colon divides
            if pieces and (
                ends(line) or (blocks[place + 1].gap and _complete(pieces, blocks, place))
            ):
                break
            pieces.insert(0, line)
        if pieces:
            return " ".join(pieces)
        following = lines[end + 1 : end + 2]
        if len(lines[end]) > 40 or not following:
            return lines[end]
        return lines[end]
    headed = [bare(block.text) for block in blocks if block.role == "heading"]
    for title in headed:
        if not _SYMBOL.match(title) and not is_masthead_line(title):
            return title
    if kind == "narrative":
        for place, line in enumerate(lines):
            formal = _SYMBOL.match(line) or _SESSION.match(line) or _AGENDA.match(line)
            if len(line) > 12 and not formal and not is_masthead(blocks[place]):
                return line
    return ""


def _complete(pieces: list[str], blocks: list[Block], place: int) -> bool:
    """Tell whether the lines below a gap already make a title of their own."""
    return pieces[0][:1].isupper() and not blocks[place].text.rstrip().endswith(
        (" the", " of", " and", " on", " in", " to", " for")
    )


def _date_only(line: str) -> bool:
    return first_date(line) is not None and len(line) < 45


def language_of(text: str) -> str | None:
    """Return the language of a text among the six official ones: ISO 639-1, or ``None``.

    By its script (ar, ru, zh), else by which language's small words it uses.
    """
    sample = text[:_LANGUAGE_SAMPLE]
    letters = len(_LETTER.findall(sample)) or 1
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) > letters * 0.4:
            return language
    words = Counter(_WORD.findall(sample.lower()))
    scores = {
        language: sum(words[word] for word in small) for language, small in _LANGUAGES.items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > words.total() * 0.08 else None


def words_of(texts: Sequence[str]) -> int:
    """Return how many words the texts have, as a word processor counts: runs without a space."""
    return sum(len(text.split()) for text in texts)
