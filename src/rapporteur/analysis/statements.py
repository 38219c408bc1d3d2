"""Statements of a paragraph: its sentences, and the clauses that semicolons separate.

UN reports list what several bodies did in one sentence, clause after clause ("ITU …; UNESCO …;
and …"); each clause is a statement of its own. Nothing is split inside quotation marks or
brackets, after an abbreviation, an initial or the number of a list item.
"""

import re

_CLOSERS = "\"'”’»)\\]"
_FOOTNOTE_MARKS = r"(?:[¹²³⁰⁴⁵⁶⁷⁸⁹*†‡]+|\[\d{1,3}\])?"
# A class of characters first: the engine looks for it quickly.
_MARK = re.compile(r"[.!?…؟۔;؛。！？；\n]")
_AFTER = re.compile(rf"(?P<end>[{_CLOSERS}]*{_FOOTNOTE_MARKS})(?P<space>\s+)")
_CHINESE = "。！？；"
_CLOSE_CHINESE = re.compile(r"[”’」』]?\s*")
_LINE_BREAK = re.compile(r"\s*")
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
    length = len(text)
    for match in _MARK.finditer(text):
        mark = match.group()
        at = match.start()
        if at < start:
            continue
        if mark == "\n":
            cut, following = at, _LINE_BREAK.match(text, at)
        elif mark in _CHINESE:
            following = _CLOSE_CHINESE.match(text, at + 1)
            cut = following.end() if following else at + 1
        else:
            following = _AFTER.match(text, at + 1)
            if following is None:
                continue
            cut = following.end("end")
        behind = following.end() if following else cut
        if mark != "\n":
            while guard < len(protected) and protected[guard][1] <= cut:
                guard += 1
            if guard < len(protected) and protected[guard][0] < cut:
                continue
            if behind < length and not _ends_statement(text, start, at, cut, behind):
                continue
        statement = text[start:cut].strip()
        if statement:
            statements.append(statement)
        start = behind
    rest = text[start:].strip()
    if rest:
        statements.append(rest)
    return statements


def _ends_statement(text: str, start: int, at: int, cut: int, behind: int) -> bool:
    """Whether the mark at ``at`` ends the statement begun at ``start``.

    ``cut`` is the end of the mark with closing quotes and footnote marks, ``behind`` where the
    text goes on.
    """
    mark = text[at]
    if mark in ";؛" or mark in _CHINESE:
        return True
    following = text[behind]
    if following.islower() or following in ",;:)]…":
        return False
    if at - start <= 6 and _ENUMERATOR.fullmatch(text[start : at + 1]):
        return False
    if mark != "." or cut > at + 1:
        return True
    # Only the word before the stop decides; look back no further than the longest abbreviation.
    word = _WORD_BEFORE.search(text[max(start, at - 24) : at])
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
        next_word = _NEXT_WORD.match(text, behind)
        return next_word is not None and next_word.group() in _STARTERS
    return True
