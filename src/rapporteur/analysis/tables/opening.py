"""Open a table file: unpack it within bounds, tell what it is by its content, find its encoding."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import tempfile
import zlib
from pathlib import Path
from typing import IO, cast

from rapporteur.analysis.tables.rows import Limits, Unreadable

CSV, XLSX, JSONL = "csv", "xlsx", "jsonl"
SUFFIXES = {
    ".csv": CSV,
    ".tsv": CSV,
    ".tab": CSV,
    ".txt": CSV,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".json": JSONL,
}
HEAD = 64 * 1024
CHUNK = 1024 * 1024
# Held in memory up to this; beyond it, in a file that is gone when it is closed.
SPOOL = 4 * 1024 * 1024
GZIP, ZIP, OLD = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_ARCHIVES = (b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
DOCUMENTS = (b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PAR1", b"SQLite format 3")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BROKEN = re.compile("[\udc80-\udcff]")
LETTERS = re.compile("[^\x00-\x7f\udc80-\udcff\ufeff]")
CONTROL = bytes(sign for sign in range(32) if sign not in (9, 10, 11, 12, 13, 26, 27))


def open_bytes(path: Path, limits: Limits) -> IO[bytes]:
    """Return the file's bytes at their start, unpacked where it is gzip; seekable.

    Raises:
        Unreadable: ``absent``, ``empty``, ``broken-gzip``, ``bomb``, ``too-large``.
    """
    try:
        stream: IO[bytes] = path.open("rb")
    except OSError as error:
        raise Unreadable("absent", reason=error.strerror or "") from error
    try:
        head = stream.read(2)
        stream.seek(0)
        if not head:
            raise Unreadable("empty")
        if head != GZIP:
            return stream
        unpacked = _unpack(stream, path.stat().st_size, limits)
    except OSError as error:
        stream.close()
        raise Unreadable("absent", reason=error.strerror or "") from error
    except BaseException:
        stream.close()
        raise
    stream.close()
    return unpacked


def _unpack(stream: IO[bytes], packed_size: int, limits: Limits) -> IO[bytes]:
    """Return what a gzip file holds, refused as soon as it is more than a file may hold."""
    allowed = min(limits.unpacked, max(limits.ratio_floor, limits.ratio * packed_size))
    spool = cast(
        "IO[bytes]",
        tempfile.SpooledTemporaryFile(max_size=SPOOL),  # noqa: SIM115 the caller closes it
    )
    size = 0
    try:
        with gzip.open(stream, "rb") as packed:
            while chunk := packed.read(CHUNK):
                size += len(chunk)
                if size > allowed:
                    raise Unreadable("bomb", limit=allowed)
                spool.write(chunk)
    except (OSError, EOFError, zlib.error) as error:
        spool.close()
        raise Unreadable("broken-gzip") from error
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


def kind_of(stream: IO[bytes], name: str) -> str:
    """Return ``csv``, ``xlsx`` or ``jsonl``: by content, and by the name where both fit.

    Raises:
        Unreadable: it is something else: ``empty``, ``binary``, ``web-page``, ``document``,
            ``old-workbook``, ``archive``.
    """
    head = stream.read(HEAD)
    stream.seek(0)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if head.startswith(ZIP):
        return XLSX
    if head.startswith(OLD):
        raise Unreadable("old-workbook")
    if head.startswith((GZIP, *OTHER_ARCHIVES)):
        raise Unreadable("archive")
    if head.startswith(DOCUMENTS):
        raise Unreadable("document")
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin[:200].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise Unreadable("web-page")
    if _is_binary(head):
        raise Unreadable("binary")
    named = suffix_kind(name)
    if named == XLSX:
        raise Unreadable("broken-workbook")
    if named is not None:
        return named
    return JSONL if begin.replace(b"\x00", b"").startswith(b"{") else CSV


def _is_binary(head: bytes) -> bool:
    """Return whether control signs, which no text has, are more than a slip."""
    sample = head[:4096]
    if sample.startswith(tuple(bom for bom, name in BOMS if name != "utf-8-sig")):
        return False
    if wide := _is_wide(sample):
        text = sample[: len(sample) // 2 * 2].decode(wide, "replace")
        sample = text.encode("utf-8", "replace")
    controls = len(sample) - len(sample.translate(None, CONTROL))
    return controls >= 8 and controls * 50 > len(sample)


def suffix_kind(name: str) -> str | None:
    """Return the kind that a file's name claims, ``None`` where it claims none."""
    plain = name.lower().removesuffix(".gz").removesuffix(".gzip")
    return SUFFIXES.get(Path(plain).suffix)


def stem_of(name: str) -> str:
    """Return a file's name without what tells its form: ``radar.csv.gz`` gives ``radar``."""
    plain = Path(name).name
    if plain.lower().endswith(".gz"):
        plain = plain[:-3]
    return Path(plain).stem if Path(plain.lower()).suffix in SUFFIXES else plain


def _is_wide(head: bytes) -> str:
    """Return the UTF-16 form of a text without a mark, ``""`` where it is none."""
    sample = head[:4096]
    if len(sample) < 8:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def find_encoding(stream: IO[bytes]) -> tuple[str, str]:
    """Return the text's encoding and how its errors are kept; the stream ends at its start.

    The whole text is looked at. Text that is not UTF-8 throughout is Windows-1252 where it holds no
    letter written in UTF-8 at all; else it is UTF-8 with broken places, which are kept as lone
    surrogates so that the cells that hold them can be named.

    Raises:
        Unreadable: ``encoding``: it says that it is UTF-16 or UTF-32, and is not.
    """
    head = stream.read(4096)
    stream.seek(0)
    for bom, name in BOMS:
        if head.startswith(bom):
            if name != "utf-8-sig":
                _check_decodes(stream, name)
                return name, "strict"
            break
    wide = _is_wide(head)
    if wide:
        _check_decodes(stream, wide)
        return wide, "strict"
    if _decodes(stream, "utf-8"):
        return "utf-8-sig", "strict"
    broken, letters = _count_signs(stream)
    if broken > letters:
        return "cp1252", "replace"
    return "utf-8-sig", "surrogateescape"


def _check_decodes(stream: IO[bytes], encoding: str) -> None:
    if not _decodes(stream, encoding):
        raise Unreadable("encoding", value=encoding)


def _decodes(stream: IO[bytes], encoding: str) -> bool:
    """Return whether the whole stream is text in an encoding; it ends at its start."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := stream.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _count_signs(stream: IO[bytes]) -> tuple[int, int]:
    """Return how many broken bytes and how many letters beyond ASCII a text in UTF-8 has.

    Counting stops when both are many: then it is UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    broken = letters = 0
    while min(broken, letters) < 1000:
        chunk = stream.read(CHUNK)
        text = decoder.decode(chunk, final=not chunk)
        broken += len(BROKEN.findall(text))
        letters += len(LETTERS.findall(text))
        if not chunk:
            break
    stream.seek(0)
    return broken, letters


def as_text(stream: IO[bytes], encoding: str, errors: str, *, newline: str) -> io.TextIOWrapper:
    """Return the stream as text. ``newline`` is as for ``open``."""
    return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline=newline)
