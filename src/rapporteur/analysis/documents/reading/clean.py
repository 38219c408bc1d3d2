"""Make extracted text even: line ends, odd spaces, and the many ways to type a footnote mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapporteur.analysis.documents.inline import (
    LINK_CLOSE,
    LINK_OPEN,
    STAR,
    UNDERSCORE,
    mark,
)

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴-⁹]+")
_UNIT = re.compile(r"(?:^|[^\w])(?:[kcmd]?m|CO|10)$")

_NEWLINE = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_SOFT_BREAK = re.compile("\u00ad[ \t]*\n[ \t]*")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ue000-\ue00f\ufff9-\ufffb]"
)
_STRAY = re.compile(
    "[\x00-\x08\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = frozenset("\r\x0b\x85\u2028\u2029")
_EVERY_CHARACTER = "".join(map(chr, range(0x10000)))
_INVISIBLE_CHARACTERS = frozenset(_INVISIBLE.findall(_EVERY_CHARACTER))
_SPACE_CHARACTERS = frozenset(_ODD_SPACE.findall(_EVERY_CHARACTER))
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")

_MARKUP_MARKS = re.compile(
    r"(?P<sup><sup[^<>]{0,80}>\s*\[?(?P<sup_n>\d{1,3})\]?\s*</sup>)"
    r"|\[\^(?P<caret_n>\d{1,3})\](?P<caret_colon>:(?=\s))?"
    r"|\^(?P<hat_n>\d{1,3})\^"
    r"|\[footnoteRef:(?P<ref_n>\d{1,4})\]"
    r"|\$\^\{?(?P<tex_n>\d{1,3})\}?\$",
    re.I,
)
_INLINE_NOTE = re.compile(r"[ \t]*\[(\d{1,4}):[ \t]+([^\[\]\n]*)\][ \t]*")
_BOOKMARK = re.compile(r"\[bookmark: [^\[\]\n]{0,80}\]")
_IMAGE = re.compile(r"\[image: ?([^\[\]\n]{0,200})\]|!\[([^\[\]\n]{0,300})\]\(([^()\s]{0,500})\)")
_TAG = re.compile(
    r"</?(?:sup|sub|b|strong|u|span|font|p|div|center|small|big|s|ins|del|mark"
    r"|a)(?: [^<>\n]{0,300})?/?>",
    re.I,
)
_ITALIC_TAG = re.compile(r"</?(?:i|em|cite)(?: [^<>\n]{0,100})?>", re.I)
_LINE_TAG = re.compile(r"<br ?/?>", re.I)
_LINK = re.compile(
    r"\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]{0,40}\]){0,600})\]\((?P<to><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?: \"[^\"\n]*\")?\)"
)
_ESCAPED = re.compile(r"\\([\\`{}\[\]()#+\-.!>|~^<&$'\"@%/:=,;?])")
_ESCAPED_STAR = re.compile(r"\\+\*")
_ESCAPED_UNDERSCORE = re.compile(r"\\+_")
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#160|#39|rsquo|lsquo|ldquo|rdquo|ndash|mdash);")
_ENTITIES = {
    "&nbsp;": " ", "&#160;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"',
    "&#39;": "'", "&rsquo;": "’", "&lsquo;": "‘", "&ldquo;": "“", "&rdquo;": "”",
    "&ndash;": "–", "&mdash;": "—",
}  # fmt: skip

_BRACKET_NOTE = re.compile(r"^[ \t]*\[(\d{1,3})\]:?[ \t]+(?=\S)", re.M)
_BRACKET_MARK = re.compile(r"\[(\d{1,3})\](?!\()")
_SLASH_NOTE = re.compile(r"^[ \t]*(\d{1,3})/[ \t]+(?=\S)", re.M)
_SLASH_MARK = re.compile(r"(?<=[\w.,;:”\")\]/])[ ]?(?<![\d/])(\d{1,3})/(?=[\s.,;:)]|$)")
_PLAIN_NOTE = re.compile(
    r"^[ \t]{0,12}(\d{1,3})(?:[ \t]{1,4}(?=[A-Z“\"<*]|https?:|www\.|Ibid|ibid)(?![^\n]{0,60}[|\t])"
    r"|[ \t]*\n[ \t]*(?=<?https?:|www\.))",
    re.M,
)
_BETWEEN_MARKS = re.compile("(?<=\ue001),[ ]?(?=\ue000)")
_NOTE_WINDOW = 20_000
_NOTE_LENGTH = 1_500  # a note that starts further below the one before it is on another page
_MISSED = 8  # so many notes in a row may be without a figure that is found


def clean(text: str) -> str:
    """Return ``text`` with ``\\n`` line ends, ordinary spaces, and one form of footnote mark.

    Marks typed as superscripts, ``<sup>``, ``[^1]``, ``^1^``, ``[1]``, ``1/`` or a figure glued to
    the word before it all become the marks of ``inline``. The last three are taken for marks only
    when notes in the same form stand at the start of lines. Form feeds stay, alone on their line.
    """
    text = _even(text)
    if "[bookmark: " in text:
        text = _BOOKMARK.sub("\ue009", text)
    text = _marks_of_markup(text)
    if _SUPERSCRIPT.search(text):
        text = _SUPERSCRIPT.sub(_superscript, text)
    text = _markup(text)
    if "\ue000" not in text:
        text = _typed_marks(text)
    elif _BRACKET_NOTE.search(text):
        text = _bracket_marks(text)
    if "\ue001" in text:
        text = _BETWEEN_MARKS.sub("", text)
    return text


def even_text(text: str) -> str:
    """Return a piece of text with ordinary spaces and superscript figures as footnote marks.

    For readers that know their format's own markup. Inline markers that they put in are kept.
    """
    if text.isascii():
        return text
    text = _NEWLINE.sub("\n", text)
    text = _STRAY.sub("", text)
    text = _ODD_SPACE.sub(" ", text)
    text = _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text)
    return _SUPERSCRIPT.sub(_superscript, text)


def _even(text: str) -> str:
    """Return ``text`` with one kind of line end and of space, and nothing invisible.

    Each pattern runs only where the text has a character for it: most texts have few.
    """
    present = set(text)
    if not present.isdisjoint(_LINE_ENDS):
        text = _NEWLINE.sub("\n", text)
    if "\u00ad" in present:
        text = _SOFT_BREAK.sub("", text)
    if not present.isdisjoint(_INVISIBLE_CHARACTERS):
        text = _INVISIBLE.sub("", text)
    if not present.isdisjoint(_SPACE_CHARACTERS):
        text = _ODD_SPACE.sub(" ", text)
    if "\x0c" in present:
        text = text.replace("\x0c", "\n\x0c\n")
    if not present.isdisjoint(_LIGATURES):
        text = _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text)
    return text


def _marks_of_markup(text: str) -> str:
    if "footnoteRef:" in text:
        text = _pull_inline_notes(text)
    if "<sup" in text or "<SUP" in text or "[^" in text or "^" in text:
        text = _MARKUP_MARKS.sub(_markup_mark, text)
    return text


def _markup_mark(match: re.Match[str]) -> str:
    number = next(
        value for name, value in match.groupdict().items() if name.endswith("_n") and value
    )
    # A mark that is the number of a note (“[^1]: Text”) needs nothing more: it opens its line.
    return mark(int(number))


def _pull_inline_notes(text: str) -> str:
    """Move notes written into the running text (``[2: Words]``) to lines after their paragraph."""
    lines = []
    for line in text.split("\n"):
        if "[footnoteRef:" not in line:
            lines.append(line)
            continue
        notes = [f"{mark(number)} {words.strip()}" for number, words in _INLINE_NOTE.findall(line)]
        body = _INLINE_NOTE.sub(" ", line)
        lines.append(re.sub(r"\[footnoteRef:(\d{1,4})\]", lambda m: mark(m.group(1)), body))
        lines.extend(notes)
    return "\n".join(lines)


def _superscript(match: re.Match[str]) -> str:
    start = match.start()
    if len(match.group()) > 9 or _UNIT.search(match.string[max(0, start - 4) : start]):
        return match.group()  # km², m³, 10⁶
    return mark(match.group().translate(_SUPERSCRIPTS))


def _markup(text: str) -> str:
    """Read links, tags, entities and escapes as Markdown and loose HTML write them."""
    if "\\" in text:
        text = _ESCAPED_STAR.sub(STAR, text)
        text = _ESCAPED_UNDERSCORE.sub(UNDERSCORE, text)
        text = _ESCAPED.sub(r"\1", text)
    if "[image: " in text or "![" in text:
        text = _IMAGE.sub(lambda match: match.group(1) or match.group(2) or "", text)
    if "](" in text:
        text = _LINK.sub(_link, text)
    if "</" in text or "/>" in text or "<br" in text or "<BR" in text:
        text = _LINE_TAG.sub(" ", text)
        text = _ITALIC_TAG.sub("*", text)
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: _ENTITIES[match.group()], text)
    return text


def _link(match: re.Match[str]) -> str:
    words, to = match.group("words"), match.group("to").strip("<>")
    if not to or to.startswith("#"):
        return words
    if words.startswith(("http://", "https://", "www.")) or not words:
        return to
    return f"{words}{LINK_OPEN}{to}{LINK_CLOSE}"


def _typed_marks(text: str) -> str:
    """Find marks in the forms that could also be something else."""
    if _BRACKET_NOTE.search(text):
        return _bracket_marks(text)
    numbers = {int(number) for number in _SLASH_NOTE.findall(text)}
    if numbers:
        return _slash_marks(text, numbers)
    return _glued_marks(text)


def _bracket_marks(text: str) -> str:
    numbers = {int(number) for number in _BRACKET_NOTE.findall(text)}
    text = _BRACKET_NOTE.sub(lambda match: f"{mark(match.group(1))} ", text)
    return _BRACKET_MARK.sub(
        lambda match: mark(match.group(1)) if int(match.group(1)) in numbers else match.group(),
        text,
    )


def _slash_marks(text: str, numbers: set[int]) -> str:
    text = _SLASH_NOTE.sub(lambda match: f"{mark(match.group(1))} ", text)

    def marked(match: re.Match[str]) -> str:
        word = text[max(0, match.start() - 300) : match.start()].rsplit(None, 1)[-1:]
        in_address = match.group()[0] != " " and any("://" in part for part in word)
        if in_address or int(match.group(1)) not in numbers:
            return match.group()
        return mark(match.group(1))

    return _SLASH_MARK.sub(marked, text)


# A figure that may be a mark: glued to a word, or to the stop behind a word, an abbreviation, a
# year or a symbol; or apart from such a stop, or from the mark before it.
_FIGURE = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_]{2}[)”\"’'])|(?<=[a-z)”\"’'][.,;:])|(?<=[A-Z]{2}[.,;:])"
    r"|(?<=\d{4}[.,;:])|(?<=\+\d{2}[.,;:])|(?<=/\d[.,;:])|(?<=/\d\d[.,;:])|(?<=/\d{3}[.,;:])"
    r"|(?P<apart>(?<=[\w)”\"’'][.,;:)”\"’])[ ]|(?<=\D\d,)[ ]?|(?<=\D\d\d,)[ ]?))"
    r"(?P<figures>\d{1,9})(?=[\s.,;:)”\"]|$)"
)


def _glued_marks(text: str) -> str:
    """Find figures glued to a word, where a note with the same number follows at a line's start.

    This is what is left of a superscript when a program writes a PDF's characters in a row, or,
    behind the stop that it follows, with a space between. The notes must count upwards from 1, and
    each must have its figure in the text above it: rather glued than apart, rather on the note's
    own page than on one before.
    """
    notes = list(_PLAIN_NOTE.finditer(text))
    if not notes:
        return text
    figures = _figures(text, {int(note.group(1)) for note in notes})
    places: dict[tuple[int, int], str] = {}
    expected, position, page = 1, 0, 0
    last_note = 0
    for note in notes:
        number = int(note.group(1))
        if number != expected and not (expected > 1 and expected < number <= expected + _MISSED):
            continue
        if note.start() - last_note > _NOTE_LENGTH:
            page = last_note
        found = _figure_of(figures.get(number, ()), max(position, page), page, note.start())
        found = found or _figure_of(
            figures.get(number, ()),
            max(position, note.start() - _NOTE_WINDOW),
            page,
            note.start(),
        )
        if found is None:
            continue
        places[found.start("figures"), found.end("figures")] = _marks(
            found.group("figures"), number
        )
        places[note.start(1), note.end()] = f"{mark(number)} "
        expected, position, last_note = number + 1, found.start(), note.start()
    if not places:
        return text
    pieces, end = [], 0
    for (start, stop), marks in sorted(places.items()):
        if start < end:
            continue
        pieces.append(text[end:start])
        pieces.append(marks)
        end = stop
    pieces.append(text[end:])
    return "".join(pieces)


def _figures(text: str, numbers: set[int]) -> dict[int, list[re.Match[str]]]:
    """Return the figures that may be marks, by each number that they may stand for."""
    figures: dict[int, list[re.Match[str]]] = {}
    for match in _FIGURE.finditer(text):
        written = match.group("figures")
        for number in {int(written), *_run(written)}:
            if number in numbers:
                figures.setdefault(number, []).append(match)
    return figures


def _marks(figures: str, number: int) -> str:
    row = [int(figures)] if int(figures) == number else _run(figures)
    return "".join(mark(part) for part in row)


def _run(figures: str) -> list[int]:
    """Return the marks that figures in a row are together, counting upwards: 5 and 6 for "56"."""
    for width in range(1, min(3, len(figures) - 1) + 1):
        row = [int(figures[:width])]
        rest = figures[width:]
        while rest and rest.startswith(str(row[-1] + 1)):
            row.append(row[-1] + 1)
            rest = rest[len(str(row[-1])) :]
        if not rest:
            return row
    return []


def _figure_of(
    figures: Sequence[re.Match[str]], start: int, page: int, stop: int
) -> re.Match[str] | None:
    """Return the likeliest figure from ``start`` to ``stop``: glued, else apart; the first."""
    apart = None
    for figure in figures:
        if figure.start() >= stop:
            break
        if figure.start() < start:
            continue
        if figure.group("apart") is None:
            return figure
        apart = apart or figure
    return apart
