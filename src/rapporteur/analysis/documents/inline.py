"""What stands inside a line of text: footnote marks, words in italics, links.

The readers write these into the text with characters of Unicode's private use area, so that lines
can be joined and cut before anybody needs to know where a mark stood. ``plain`` takes them out.
Characters of this range in a file itself are removed on reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
ITALIC_OPEN, ITALIC_CLOSE = "\ue002", "\ue003"
LINK_OPEN, LINK_CLOSE = "\ue004", "\ue005"
NOTE_GOES_ON = "\ue00a"  # before a line of which a reader knows that it goes on with a note
STAR, UNDERSCORE = "\ue006", "\ue007"  # typed as \* and \_: never emphasis

_ANY = re.compile("[\ue000-\ue00f]")
MARK = re.compile(f"{MARK_OPEN}(\\d{{1,9}}){MARK_CLOSE}")
_ITALIC = re.compile(f"{ITALIC_OPEN}([^{ITALIC_OPEN}{ITALIC_CLOSE}]*){ITALIC_CLOSE}")
_MARKUP = re.compile(
    f"{MARK_OPEN}\\d*{MARK_CLOSE}|{LINK_OPEN}[^{LINK_CLOSE}]*{LINK_CLOSE}|[\ue000-\ue005]"
)
_LINK = re.compile(f"{LINK_OPEN}([^{LINK_CLOSE}]*){LINK_CLOSE}")
_AUTOLINK = re.compile(r"<((?:https?://|www\.|mailto:)[^<>\s]+)>")
_BOLD = re.compile(r"\*\*\*|\*\*|(?<!\w)__(?=\w)|(?<=[\w.,;:!?)])__(?!\w)")
_STARRED = re.compile(r"\*(?=[^\s*])([^*]{1,600}?)(?<=[^\s*])\*")
_UNDERLINED = re.compile(r"(?<![\w/])_(?=[^\s_])([^_]{1,400}?)(?<=[^\s_])_(?![\w/])")

MARK_START = re.compile(f"\\s*{MARK_OPEN}(\\d{{1,9}}){MARK_CLOSE}\\s*")


@dataclass(frozen=True, slots=True)
class Inline:
    """A text without markup, and what the markup said, in order."""

    text: str
    footnotes: tuple[int, ...] = ()
    italics: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def mark(number: int | str) -> str:
    """Return the footnote mark for ``number``."""
    return f"{MARK_OPEN}{number}{MARK_CLOSE}"


def emphasis(text: str) -> str:
    """Turn Markdown's ``*words*`` and ``_words_`` into italics and drop the marks of bold."""
    if "*" in text or "__" in text:
        text = _BOLD.sub("", text)
        if "*" in text:
            text = _STARRED.sub(f"{ITALIC_OPEN}\\1{ITALIC_CLOSE}", text)
    if "_" in text:
        text = _UNDERLINED.sub(f"{ITALIC_OPEN}\\1{ITALIC_CLOSE}", text)
    return text


def plain(text: str) -> Inline:
    """Return ``text`` without its markup, single-spaced, with what the markup said."""
    if ("<" in text and "<http" in text) or "<www" in text or "<mailto" in text:
        text = _AUTOLINK.sub(r"\1", text)
    if not _ANY.search(text):
        return Inline(" ".join(text.split()))
    footnotes: tuple[int, ...] = ()
    if MARK_OPEN in text:
        footnotes = tuple(int(number) for number in MARK.findall(text))
        text = _drop_marks(text)
    links: tuple[str, ...] = ()
    if LINK_OPEN in text:
        links = tuple(_LINK.findall(text))
        text = _LINK.sub("", text)
    italics: tuple[str, ...] = ()
    if ITALIC_OPEN in text:
        italics = tuple(
            " ".join(_restore(words).split()) for words in _ITALIC.findall(text) if words.strip()
        )
        text = _ITALIC.sub(r"\1", text)
    return Inline(" ".join(_restore(text).split()), footnotes, italics, links)


def words_only(text: str) -> str:
    """Return ``text``, of any length, without its markup; spaces stay as they are."""
    return _MARKUP.sub("", text)


def bare(text: str) -> str:
    """Return only the words of ``text``."""
    return plain(text).text


def _drop_marks(text: str) -> str:
    """Remove footnote marks, closing the gap before punctuation that a mark stood in."""
    text = MARK.sub("\ue008", text)
    text = re.sub("\\s+\ue008+(?=[\\s.,;:)]|$)", "", text)
    return text.replace("\ue008", "")


def _restore(text: str) -> str:
    """Give back what was typed with a backslash, and remove stray markers."""
    if STAR in text:
        text = text.replace(STAR, "*")
    if UNDERSCORE in text:
        text = text.replace(UNDERSCORE, "_")
    return _ANY.sub("", text)
