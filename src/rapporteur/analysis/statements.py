"""Statements of a paragraph: its sentences, and the clauses that semicolons separate.

UN reports list what several bodies did in one sentence, clause after clause ("ITU …; UNESCO …;
and …"); each clause is a statement of its own. Nothing is split inside quotation marks or
brackets, after an abbreviation, an initial or the number of a list item.
"""

import re

_CLOSERS = "\"'”’»)\\]"
_MARKS = r"(?:[¹²³⁰⁴⁵⁶⁷⁸⁹*†‡]+|\[\d{1,3}\])?"
_BOUNDARY = re.compile(
    rf"(?P<end>[.!?…؟۔][{_CLOSERS}]*{_MARKS}|[;؛]{_MARKS})\s+"
    r"|(?P<cjk>[。！？；][”’」』]?)\s*"
    r"|\n\s*"
)
# Quotations and brackets whose inside is never split. Bounded: an unclosed one costs little.
_PROTECTED = re.compile(
    r"“[^“”]{0,1500}”|«[^«»]{0,1500}»|\"[^\"“”]{0,600}\"|\([^()]{0,600}\)|\[[^\[\]]{0,400}\]"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABBREVIATIONS = _words("""
    no nos para paras par pars e.g i.e cf ca art arts vol vols vs v viz mr mrs ms dr prof st sr hon
    eng gen ed eds rev add corr fig figs p pp ch chap sect sec app approx dept est ext jan feb mar
    apr jun jul aug sep sept oct nov dec u.s u.n u.k h.e inc ltd suppl ser op ibid n.b messrs mt ft
    res doc docs
""")
# Words in their own right, too: abbreviations only before a number or a name.
_DOUBTFUL = _words("no art sec add par gen mar dec app ext res inc ltd est ed p v")
_STARTERS = _words("""
    The This These Those That It Its In On At By For From With As An And But However There They We
    Our He She His Her Their Such Some Many Most All Each Under Since When While If Although
""")
_WORD_BEFORE = re.compile(r"(?:\w+\.)*\w+$")
_ENUMERATOR = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|[·•])\s*$")
_INITIALS = re.compile(r"[A-Z]|(?:[A-Z]\.)+[A-Z]")
_NEXT_WORD = re.compile(r"\w+")


def split_statements(text: str) -> list[str]:
    """Return the statements of a paragraph, in order; they cover the text but for whitespace.

    ``text`` is one paragraph with whitespace single-spaced (line breaks before list items end a
    statement) and without footnote marks; marks that are left stay with the sentence they follow.
    Empty text has no statements.
    """
    protected = [match.span() for match in _PROTECTED.finditer(text)]
    statements: list[str] = []
    start = guard = 0
    for match in _BOUNDARY.finditer(text):
        group = match.lastgroup
        cut = match.end(group) if group else match.start()
        while guard < len(protected) and protected[guard][1] <= cut:
            guard += 1
        if group and guard < len(protected) and protected[guard][0] < cut:
            continue
        if group == "end" and not _ends_statement(text, start, match):
            continue
        statement = text[start:cut].strip()
        if statement:
            statements.append(statement)
        start = match.end()
    rest = text[start:].strip()
    if rest:
        statements.append(rest)
    return statements


def _ends_statement(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the full stop or semicolon of ``match`` ends the statement begun at ``start``."""
    end = match["end"]
    if match.end() >= len(text) or end[0] in ";؛":
        return True
    following = text[match.end()]
    if following.islower() or following in ",;:)]…":
        return False
    if match.start() - start <= 6 and _ENUMERATOR.fullmatch(text[start : match.start() + 1]):
        return False
    if end != ".":
        return True
    # Only the word before the stop decides; look back no further than the longest abbreviation.
    word = _WORD_BEFORE.search(text[max(start, match.start() - 24) : match.start()])
    if word is None:
        return True
    token = word.group()
    lowered = token.lower()
    if lowered in _DOUBTFUL:
        named = token[0].isupper() and following.isupper() and lowered != "no"
        return not (following.isdigit() or named)
    if lowered in _ABBREVIATIONS:
        return False
    if _INITIALS.fullmatch(token):
        next_word = _NEXT_WORD.match(text, match.end())
        return next_word is not None and next_word.group() in _STARTERS
    return True
