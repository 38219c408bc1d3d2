"""Bytes to text: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

from rapporteur.analysis.documents.model import NotADocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_STARTS = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"SQLite format 3",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"{\\rtf",
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0620-\u06ff]")
_HAN = re.compile("[\u4e00-\u9fff]")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of ``data`` and the name of its encoding.

    A byte order mark decides; then UTF-8, if all of it (or all but a cut end) is; then UTF-16
    without a mark; then the one-byte and Chinese encodings in which such texts were exchanged,
    chosen by the letters that come out. Bytes that say nothing become U+FFFD.

    Raises:
        NotADocument: nothing in it, or it is no text.
    """
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise NotADocument("The file is empty.")
    if data.startswith(_BINARY_STARTS):
        raise NotADocument("The file is not text.")
    text, encoding = _decode(data)
    sample = text[:200_000]
    if len(_CONTROL.findall(sample)) > len(sample) * 0.02:
        raise NotADocument("The file is not text.")
    if sample.count("\ufffd") > max(20, len(sample) * 0.05):
        raise NotADocument("The file is not text.")
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4:  # a file cut in the middle of a character
            return data[: error.start].decode("utf-8"), "utf-8"
    else:
        if text.count("\x00") <= len(text) * 0.1:
            return text, "utf-8"
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    beyond_ascii = sum(character > "\x7f" for character in text)
    if beyond_ascii and damaged <= beyond_ascii * 0.2:  # UTF-8 with a few broken places
        return text, "utf-8"
    return _single_byte(data)


def _wide(data: bytes) -> str | None:
    """Return UTF-16's flavour when every other byte is mostly zero."""
    sample = data[:4000]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.2:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.2:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> tuple[str, str]:
    """Choose among the older encodings by what their letters would be."""
    sample = data[:50_000]
    high = sum(byte > 0x7F for byte in sample)
    if high > len(sample) * 0.25:  # another script, not Latin letters with accents
        for encoding, script, share in (
            ("gb18030", _HAN, 0.35),
            ("cp1251", _CYRILLIC, 0.8),
            ("cp1256", _ARABIC, 0.8),
        ):
            text = sample.decode(encoding, errors="replace")
            beyond = sum(character > "\x7f" for character in text)
            if beyond and len(script.findall(text)) >= beyond * share and "\ufffd" not in text[:-2]:
                return data.decode(encoding, errors="replace"), encoding
    return data.decode("cp1252", errors="replace"), "cp1252"
