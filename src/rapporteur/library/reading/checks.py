"""What a file may be: an allow-list checked by content, before and after unpacking."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from rapporteur.library.errors import FileRefused, FileTooLarge

PDF, DOCX, HTML, MARKDOWN, TEXT = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html",
    "text/markdown",
    "text/plain",
)
# A Word file unpacks to some ten times its size; what unpacks to more is a trap.
UNPACKED_AT_MOST = 10
UNPACKED_FLOOR = 50 * 1024 * 1024
MEMBERS_AT_MOST = 5000
XML_MEMBERS = (".xml", ".rels")


def check_size(size: int) -> None:
    """Refuse a file of more bytes than are read; asked before it is read."""
    if size > settings.DOCUMENT_MAX_BYTES:
        raise FileTooLarge(
            _(
                "The file is larger than %(limit)s, the most that is read. "
                "Give the document without its pictures, or as text."
            )
            % {"limit": filesizeformat(settings.DOCUMENT_MAX_BYTES)}
        )


def check_file(data: bytes, file_name: str) -> str:
    """Return the media type of a file that may be read.

    Raises:
        FileRefused: too large, empty, an archive that is no Word file or a trap, or binary.
    """
    check_size(len(data))
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf"):
        raise FileRefused(_("The file is empty. Choose the file that holds the document."))
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_archive(data)
        return DOCX
    suffix = PurePosixPath(file_name.replace("\\", "/")).suffix.lower()
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in (".html", ".htm", ".xhtml") or head.startswith((b"<!doctype html", b"<html")):
        return HTML
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    if b"\x00" in data[:65536]:
        raise FileRefused(
            _(
                "The file is not a document that can be read. "
                "Give a Word file (DOCX), a PDF, HTML, Markdown or plain text."
            )
        )
    return MARKDOWN if suffix in (".md", ".markdown") else TEXT


def check_archive(data: bytes) -> None:
    """Refuse a ZIP archive that is no Word file, unpacks to too much, or holds entities."""
    not_word = FileRefused(
        _(
            "The file is an archive, and not a Word file that can be read. "
            "Save the document again as DOCX, and give that file."
        )
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if "[Content_Types].xml" not in names or "word/document.xml" not in names:
                raise not_word
            unpacked = sum(member.file_size for member in members)
            allowed = max(UNPACKED_FLOOR, UNPACKED_AT_MOST * len(data))
            outside = any(
                name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts for name in names
            )
            if len(members) > MEMBERS_AT_MOST or unpacked > allowed or outside:
                raise FileRefused(
                    _(
                        "The Word file unpacks to far more than it should, and was not opened. "
                        "Save the document again as DOCX, without its pictures."
                    )
                )
            for member in members:
                if member.filename.endswith(XML_MEMBERS):
                    with archive.open(member) as part:
                        start = part.read(4096)
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        raise FileRefused(
                            _(
                                "The Word file holds definitions that Word never writes, and was "
                                "not opened. Save the document again as DOCX."
                            )
                        )
    except FileRefused:
        raise
    except Exception as error:  # a broken archive fails in many ways, each of its methods in others
        raise not_word from error
