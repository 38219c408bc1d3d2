"""Symbols of United Nations documents: finding them in text, and their one canonical form.

Sources of the rules: the United Nations Editorial Manual ("Document symbols", "Resolutions and
decisions") and the Dag Hammarskjöld Library's guide to document symbols. A symbol is made of
elements separated by slashes, the first naming the organ (A, E, S, ST, TD, …). Resolutions of the
General Assembly are numbered within a session since the thirty-first (70/125) and ran on before,
with the session in roman numerals (217 A (III)); those of the Security Council run on, with the
year (1325 (2000)); those of the Economic and Social Council are numbered within a year since 1978
(2006/46).
"""

import re

# First elements of the symbols of UN organs, programmes, conferences and treaty bodies.
_ORGANS = (
    "A|E|S|T|ST|TD|DP|DC|NPT|BWC|CCW|CD|CS|AC|PC|HSP|HS|UNEP|UNCTAD|UNW|UNFPA|UNODC|UNIDO|UNITAR|UNU"
    "|ECE|ESCAP|ESCWA|ECLAC|ECA|LC|CRC|CCPR|CEDAW|CERD|CAT|CMW|CRPD|CED|HRI|HRC|OPCAT|FCCC|CBD|ICCD|CTOC|CAC"
    "|ISBA|SPLOS|LOS|IDB|ID|GC|GOV|JIU|ITC|WFP|ICEF|PBC|APLC|ATT|SGB|UNHCR|WSIS(?:-?(?:\\d\\d|II?))?"
)
_DASH = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"
_SEGMENT = rf"[A-Za-z0-9](?:[A-Za-z0-9.{_DASH}]|\(\d{{1,4}}\))*"
_SLASHED = re.compile(
    rf"(?<![\w/.@:&=?#%\\])(?:(?:{_ORGANS})|[A-Z]{{2,8}})(?:/{_SEGMENT})+"
    r"(?:\s?\((?:\d{4}|[IVXLC]+)\))?"
)
_KNOWN = re.compile(rf"(?:{_ORGANS})/")
_TAIL = re.compile(rf"(?:\.(?!\d)|[.{_DASH}])+$")
_YEAR_OR_SESSION = re.compile(r"\s?\((\d{4}|[IVXLC]+)\)$")

# "resolution 70/125", "resolutions 70/1 and 70/125", "decision 2017/210", also in French and
# Spanish.
_ANNOUNCED = re.compile(r"\b[RrDd](?:[eé]solu[tc]i[oó]n|[eé]cisi[oó]n)(?:e?s)?\b")
_NUMBER = re.compile(
    r"(?<![\w/.,$€£-])(?:"
    r"(?P<slashed>(?:(?:S|ES)-)?\d{1,4}/\d{1,4})"
    r"(?:[ \u00a0](?P<part>[A-Z])(?=\s+of\s+\d|[,;.)]|\s+and\b|\s*$))?"
    r"|(?P<plain>\d{1,4}(?:[ \u00a0][A-Z])?)[ \u00a0]?"
    r"\((?P<when>(?:19|20)\d\d|[IVXLC]+(?:-[IVXLC]+)?)\)"
    r")(?![\w/])(?!\.\d)"
)
_NOT_ANNOUNCED = frozenset({"24/7", "50/50", "9/11", "1/2", "1/3", "2/3", "1/4", "3/4"})
_REACH = 400  # characters that one "resolutions" may announce within its sentence
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“])")

_ROMAN = re.compile(r"[IVXLC]+")
_GA_NUMBERED_BY_SESSION_SINCE = 31


def find_symbols(text: str) -> list[str]:
    """Return the document symbols in ``text``, in text order, each once.

    Symbols are as printed (``A/RES/79/1``; ``70/125`` where the text says "resolution 70/125"),
    but for typographic dashes, which become hyphens (``A/80/62-E/2025/3``). A number that no
    "resolution" or "decision" announces is not a symbol, nor is another organization's
    "Resolution 73".
    """
    found: list[tuple[int, str]] = []
    if "/" in text:
        for match in _SLASHED.finditer(text):
            symbol = _as_symbol(match.group())
            if symbol:
                found.append((match.start(), symbol))
    if "esolu" in text or "cisi" in text or "ésolu" in text:
        found.extend(_announced_numbers(text))
    if len(found) > 1:
        found.sort()
    return list(dict.fromkeys(symbol for _, symbol in found))


def canonical_symbol(symbol: str, *, body: str | None = None) -> str | None:
    """Return the one form under which a document is held, or ``None`` when ``symbol`` is not one.

    ``70/125`` becomes ``A/RES/70/125``, ``2006/46`` ``E/RES/2006/46``, ``1325 (2000)``
    ``S/RES/1325(2000)`` and ``217 A (III)`` ``A/RES/217(III)A``. A short number is ambiguous:
    without ``body`` a session before the thirty-first is the Human Rights Council's (``5/1`` is
    ``A/HRC/RES/5/1``), a later one the General Assembly's. ``body`` is ``"A"``, ``"E"``, ``"S"``
    or ``"HRC"``.
    """
    cleaned = _hyphenated(" ".join(symbol.replace("\\", "").split())).strip(" .,;:<>")
    short = _NUMBER.fullmatch(cleaned)
    if short:
        return _canonical_number(short, body=body)
    compact = cleaned.replace(" ", "")
    if not compact or "//" in compact:
        return None
    upper = "-".join(_canonical_slashed(part) for part in _joint_parts(compact))
    match = _SLASHED.fullmatch(upper)
    if match is None or not _as_symbol(upper):
        return None
    return upper.replace(" ", "")


def _joint_parts(symbol: str) -> list[str]:
    """Split ``A/80/62-E/2025/3`` into its two symbols; leave other hyphens (``A/S-10/2``) alone."""
    return re.split(r"(?<=\d)-(?=[AESaes]/)", symbol)


def _canonical_slashed(symbol: str) -> str:
    head, *rest = symbol.split("/")
    segments = [head.upper()]
    for segment in rest:
        upper = segment.upper()
        for word in ("Add", "Rev", "Corr", "Amend", "Res", "Dec"):
            if re.fullmatch(rf"{word.upper()}\.\d+", upper):
                upper = word + upper[len(word) :]
        segments.append(upper)
    return "/".join(segments)


def _canonical_number(match: re.Match[str], *, body: str | None) -> str:
    slashed = match["slashed"]
    if slashed:
        first, _, _ = slashed.partition("/")
        part = match["part"] or ""
        if body == "HRC" or (body is None and _is_small(first)):
            return f"A/HRC/RES/{slashed}{part}"
        if body == "E" or (body is None and len(first) == 4):
            return f"E/RES/{slashed}{part}"
        return f"{body or 'A'}/RES/{slashed}{part}"
    number, _, letter = match["plain"].replace("\u00a0", " ").partition(" ")
    when = match["when"]
    organ = body or ("A" if _ROMAN.fullmatch(when.replace("-", "")) else "S")
    return f"{organ}/RES/{number}({when}){letter}"


def _is_small(session: str) -> bool:
    return session.isdigit() and int(session) < _GA_NUMBERED_BY_SESSION_SINCE


def _hyphenated(symbol: str) -> str:
    for dash in _DASH[2:]:
        symbol = symbol.replace(dash, "-")
    return symbol


def _as_symbol(printed: str) -> str | None:
    """Return the symbol in a slashed match, ``None`` for ``HIV/AIDS`` and its like."""
    session = _YEAR_OR_SESSION.search(printed)
    bare = printed[: session.start()] if session else printed
    bare = _TAIL.sub("", _hyphenated(bare))
    if session and (not bare.rpartition("/")[2].isdigit() or "/RES/" not in f"/{bare}"):
        session = None  # "A/79/62 (2024)" is a symbol and a year beside it
    segments = bare.split("/")[1:]
    if not segments or not any(c.isdigit() for segment in segments for c in segment):
        return None
    if not _KNOWN.match(bare):
        # An unknown organ: at least three elements, the last a number, none of them a plain word.
        if len(segments) < 2 or not segments[-1][-1:].isdigit():
            return None
        if any(part.isalpha() and not part.isupper() for part in segments):
            return None
    elif len(segments) == 1:
        # S/12345 and E/5015 are symbols of the first decades; A/70 or S/1 alone is a fragment.
        only = segments[0]
        if not (only.isdigit() and len(only) >= 4) and not re.fullmatch(
            r"[A-Z]{1,6}\.\d+", only.upper()
        ):
            return None
    return bare + (session.group().replace("\u00a0", " ") if session else "")


def _announced_numbers(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    done = 0
    for announcer in _ANNOUNCED.finditer(text):
        start = announcer.end()
        if start < done:
            continue
        stop = min(len(text), start + _REACH)
        end = _SENTENCE_END.search(text, start, stop)
        # Numbers run on to the end of the sentence: "77/150 of 14 December 2022 and 77/160".
        position, limit = start, end.start() + 1 if end else stop
        first = True
        for match in _NUMBER.finditer(text, position, limit):
            adjoining = first and match.start() - start <= 2
            first = False
            if not _plausible(match, adjoining=adjoining):
                continue
            found.append((match.start(), match.group().replace("\u00a0", " ")))
            done = match.end()
        done = max(done, start)
    return found


def _plausible(match: re.Match[str], *, adjoining: bool) -> bool:
    if adjoining:
        return True
    slashed = match["slashed"]
    if not slashed:
        return len(match["plain"].split()[0]) >= 2
    if slashed in _NOT_ANNOUNCED:
        return False
    first, _, second = slashed.partition("/")
    # "2024/25" is a biennium or a season unless it directly follows "resolution".
    return not (
        first.isdigit()
        and len(first) == 4
        and len(second) == 2
        and int(second) == (int(first) + 1) % 100
    )
