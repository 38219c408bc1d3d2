"""Import a document: read the file, then store all of it or nothing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from rapporteur.common.audit import record_event
from rapporteur.directory.queries import parser_names
from rapporteur.library.actions.applying import Applied, apply_version
from rapporteur.library.addresses import (
    address_for,
    held_symbol,
    official_link,
    symbol_halves,
    title_key,
)
from rapporteur.library.choices import DocumentKind, DocumentState
from rapporteur.library.errors import FileRefused, LinkRefused, NotInThisState, SymbolRefused
from rapporteur.library.models import Document, OtherAddress, Rendition, Version
from rapporteur.library.reading import read_document
from rapporteur.library.texts import (
    ParagraphText,
    paragraphs_of,
    same_words,
    slips,
    text_digest,
)

# Kinds that the parser is told; an outcome document is read as whichever it is most like.
KINDS = ("auto", "report", "resolution", "narrative")
# A report dated in the first half of a year tells of the year before.
LAST_MONTH_OF_LAST_YEARS_REPORTS = 6


class Result(StrEnum):
    """What an import did."""

    ADDED = "added"
    NEW_VERSION = "new version"
    WAITING = "new version, waiting"
    RENDITION = "another rendition"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class ImportOutcome:
    """One import: the document, its version, what was done, and counts of what was read.

    ``applied`` is ``None`` where no words were made the document's. ``differences`` counts the
    places where a rendition's words differ from those held.
    """

    document: Document
    version: Version
    result: Result
    applied: Applied | None = None
    differences: int = 0


def import_document(
    *,
    data: bytes,
    file_name: str,
    at: datetime,
    by: Any | None = None,
    kind: str = "auto",
    symbol: str = "",
    link: str = "",
    publish: bool = False,
    apart: bool = True,
) -> ImportOutcome:
    """Read a file and store the document, or leave everything as it was.

    The same text changes nothing; the same text from another file is a rendition; another text is
    a new version, which waits for ``publish_document`` where readers already see the document and
    ``publish`` is false. ``symbol`` goes before the one that the text prints. ``at`` is aware.

    Raises:
        FileRefused: the file may not be read or is no document.
        SymbolRefused: ``symbol`` is not a document symbol.
        LinkRefused: ``link`` is no address of the web.
        NotInThisState: the document was withdrawn.
    """
    if link:
        try:
            URLValidator(schemes=("https", "http"))(link)
        except ValidationError as error:  # a page would make a link of it
            raise LinkRefused(f"{link[:80]}: {error.messages[0]}") from error
    if symbol and held_symbol(symbol) is None:
        raise SymbolRefused(
            _(
                "“%(symbol)s” is not a document symbol. Write it as on the document, "
                "for example A/RES/70/125, or leave it out."
            )
            % {"symbol": symbol}
        )
    read = read_document(data, file_name=file_name, kind=kind, names=parser_names(), apart=apart)
    return store_document(
        parsed=read.parsed,
        data=data,
        file_name=file_name,
        media_type=read.media_type,
        symbol=symbol,
        link=link,
        publish=publish,
        by=by,
        at=at,
    )


def store_document(
    *,
    parsed: Mapping[str, Any],
    data: bytes,
    file_name: str,
    media_type: str,
    at: datetime,
    by: Any | None = None,
    symbol: str = "",
    link: str = "",
    publish: bool = False,
) -> ImportOutcome:
    """Store what was read from a file: one transaction, one audit entry. See ``import_document``.

    ``parsed`` is the JSON of ``ParsedDocument.as_json()``.
    """
    cleaned: dict[str, Any] = clean_json(parsed)
    saved: list[Rendition] = []
    try:
        return _store(cleaned, data, file_name, media_type, symbol, link, publish, by, at, saved)
    except BaseException:
        for rendition in saved:  # the file is outside the transaction that was rolled back
            rendition.file.storage.delete(rendition.file.name or "")
        raise


@transaction.atomic
def _store(
    parsed: dict[str, Any],
    data: bytes,
    file_name: str,
    media_type: str,
    symbol: str,
    link: str,
    publish: bool,
    by: Any | None,
    at: datetime,
    saved: list[Rendition],
) -> ImportOutcome:
    texts = paragraphs_of(parsed)
    if not texts:
        raise FileRefused(
            _("No paragraph was found in the file. Give the whole document, or another rendition.")
        )
    document, is_new = find_or_create_document(
        parsed["document"], symbol=symbol, link=link, file_name=file_name
    )
    if document.state == DocumentState.WITHDRAWN:
        raise NotInThisState(
            _("%(document)s was withdrawn. Publish it again on its page, then import the new text.")
            % {"document": document}
        )
    author = by if by is not None and by.is_authenticated else None
    file_digest = hashlib.sha256(data).hexdigest()
    held = held_version(document, texts, file_digest, media_type)
    if held is not None:
        return _hold_again(
            document, held, data, file_name, media_type, file_digest, publish, author, at, saved
        )
    last = document.versions.order_by("-number").first()
    version = Version.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        text_digest=text_digest(texts),
        parsed=parsed,
        warnings=list(parsed.get("warnings", ())),
        words=parsed["document"].get("words") or 0,
        imported_at=at,
        imported_by=author,
    )
    add_rendition(version, data, file_name, media_type, file_digest, author, at, saved)
    seen_by_readers = document.state == DocumentState.PUBLISHED
    if seen_by_readers and not publish:
        record_event(
            "library.version.uploaded",
            by=by,
            at=at,
            target=document,
            details={"document": document.address, "version": version.number},
        )
        return ImportOutcome(document, version, Result.WAITING)
    drop_waiting(document, keep=version)
    take_facts(document, parsed["document"], is_new=is_new)
    if publish:
        document.state = DocumentState.PUBLISHED
    document.save()
    applied = apply_version(version, at=at)
    record_event(
        "library.document.imported",
        by=by,
        at=at,
        target=document,
        details={
            "document": document.address,
            "version": version.number,
            "paragraphs": applied.paragraphs,
            "published": document.state == DocumentState.PUBLISHED,
        },
    )
    result = Result.ADDED if version.number == 1 else Result.NEW_VERSION
    return ImportOutcome(document, version, result, applied)


def _hold_again(
    document: Document,
    held: HeldText,
    data: bytes,
    file_name: str,
    media_type: str,
    file_digest: str,
    publish: bool,
    by: Any | None,
    at: datetime,
    saved: list[Rendition],
) -> ImportOutcome:
    """The text is held: note another file of it, and publish what waited if that was asked."""
    applied, version = None, held.version
    if publish and (version.applied_at is None or document.state == DocumentState.DRAFT):
        document.state = DocumentState.PUBLISHED
        document.save(update_fields=["state", "changed_at"])
        applied = apply_version(version, at=at)
        record_event(
            "library.document.published",
            by=by,
            at=at,
            target=document,
            details={"document": document.address, "version": version.number},
        )
    if version.renditions.filter(file_digest=file_digest).exists():
        result = Result.NEW_VERSION if applied else Result.UNCHANGED
        return ImportOutcome(document, version, result, applied)
    rendition = add_rendition(version, data, file_name, media_type, file_digest, by, at, saved)
    if held.differences:
        rendition.differences = held.differences
        rendition.save(update_fields=["differences"])
    record_event(
        "library.rendition.added",
        by=by,
        at=at,
        target=document,
        details={"document": document.address, "version": version.number},
    )
    return ImportOutcome(document, version, Result.RENDITION, applied, len(held.differences))


@dataclass(frozen=True)
class HeldText:
    """The version that has a text, and where the words of another extraction of it differ."""

    version: Version
    differences: list[dict[str, str]]


def held_version(
    document: Document, texts: list[ParagraphText], file_digest: str, media_type: str
) -> HeldText | None:
    """Return the version that has this text, if the document has one.

    The same file always is the same text; else the paragraphs' words decide, however they are cut.
    A file in another format than any of the version's may differ in a few words and still be
    another extraction of the same document (``texts.slips``); the differences are kept.
    """
    rendition = (
        Rendition.objects.filter(version__document=document, file_digest=file_digest)
        .select_related("version")
        .order_by("-version__number")
        .first()
    )
    if rendition is not None:
        return HeldText(rendition.version, [])
    same = document.versions.filter(text_digest=text_digest(texts)).first()
    if same is not None:
        return HeldText(same, [])
    words = [text.whole for text in texts]
    for version in document.versions.order_by("-number"):
        held = paragraphs_of(version.parsed)
        if same_words([text.whole for text in held], words):
            return HeldText(version, [])
        formats = set(version.renditions.values_list("media_type", flat=True))
        if media_type not in formats:
            differences = slips(held, texts)
            if differences is not None:
                return HeldText(version, differences)
    return None


def drop_waiting(document: Document, *, keep: Version) -> None:
    """Take out texts that waited and that a newer one overtakes."""
    delete_versions(document.versions.filter(applied_at__isnull=True).exclude(pk=keep.pk))


def delete_versions(versions: QuerySet[Version]) -> None:
    """Delete versions and, once that is stored, the files that they were read from."""
    files = [
        rendition.file for rendition in Rendition.objects.filter(version__in=versions).only("file")
    ]
    versions.delete()

    def delete_files() -> None:
        for file in files:
            file.storage.delete(file.name or "")

    transaction.on_commit(delete_files)


def find_or_create_document(
    facts: Mapping[str, Any], *, symbol: str, link: str, file_name: str
) -> tuple[Document, bool]:
    """Return the document that the facts identify, locked, and whether it is new.

    By symbol (its own, or a joint symbol of which it is a half); without one, by title and date.
    Constraints decide between two imports at once.
    """
    held = held_symbol(symbol) or held_symbol(facts.get("symbol"))
    title = " ".join((facts.get("title") or PurePath(file_name).stem).split())[:600]
    day = as_date(facts.get("date"))
    key = title_key(title, day)
    for _attempt in range(2):
        found = find_document(held, key)
        if found is not None:
            if held and found.symbol != held and found.symbol is None:
                give_symbol(found, held)
            if link and found.link != link:
                found.link = link
            return found, False
        year = year_of(facts, day)
        document = Document(
            symbol=held,
            address=free_address(address_for(held, title, day, year)),
            title_key=key,
            kind=facts["kind"],
            title=title,
            date=day,
            year=year,
            link=link or official_link(held),
        )
        try:
            with transaction.atomic():
                document.save()
                add_halves(document)
        except IntegrityError:
            continue  # another import stored the same document first: find it
        return document, True
    raise NotInThisState(_("Somebody is importing the same document. Try again in a moment."))


def find_document(symbol: str | None, key: str) -> Document | None:
    """Return the document with this symbol or title and date, locked for writing."""
    documents = Document.objects.select_for_update(of=("self",))
    if symbol:
        found = documents.filter(symbol=symbol).first()
        if found is None:
            found = documents.filter(other_addresses__address=symbol).order_by("pk").first()
        if found is None:
            found = documents.filter(symbol__in=symbol_halves(symbol)).order_by("pk").first()
        if found is not None:
            return found
        return documents.filter(symbol__isnull=True, title_key=key).first()
    return documents.filter(title_key=key).order_by("pk").first()


def free_address(address: str) -> str:
    """Return the address, or with a number after it where another document has it."""
    candidate, number = address, 1
    while (
        Document.objects.filter(address=candidate).exists()
        or OtherAddress.objects.filter(address=candidate).exists()
    ):
        number += 1
        candidate = f"{address}-{number}"
    return candidate


def give_symbol(document: Document, symbol: str) -> None:
    """Give a document its symbol; what stood in its URL before goes on leading to it."""
    former = document.address
    document.symbol = symbol
    document.address = symbol
    document.link = document.link or official_link(symbol)
    document.save()
    OtherAddress.objects.filter(document=document, address=symbol).delete()
    if former != symbol:
        OtherAddress.objects.get_or_create(address=former, defaults={"document": document})
    add_halves(document)


def add_halves(document: Document) -> None:
    """Let the halves of a joint symbol lead to the document."""
    OtherAddress.objects.bulk_create(
        (
            OtherAddress(document=document, address=half)
            for half in symbol_halves(document.symbol or "")
        ),
        ignore_conflicts=True,
    )


def take_facts(document: Document, facts: Mapping[str, Any], *, is_new: bool) -> None:
    """Take from the text what the document's row does not say; a new one takes everything."""
    for name, limit in (("session", 200), ("agenda_item", 300), ("summary", None)):
        value = (facts.get(name) or "").strip()[:limit]
        if value and (is_new or not getattr(document, name)):
            setattr(document, name, value)
    if facts.get("bodies") and (is_new or not document.bodies):
        document.bodies = list(facts["bodies"])
    if facts.get("language"):
        document.language = facts["language"][:10]
    if document.date is None:
        document.date = as_date(facts.get("date"))
    if document.year is None:
        document.year = year_of(facts, document.date)


def as_date(value: str | None) -> date | None:
    """Return an ISO date as a date; ``None`` when it is missing or is not one."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def year_of(facts: Mapping[str, Any], day: date | None) -> int | None:
    """Return the year that a document is about; for a resolution the year of its adoption.

    A report names it in its summary ("in 2024"); else one dated before July tells of the year
    before.
    """
    if day is None:
        return None
    if facts.get("kind") != DocumentKind.REPORT:
        return day.year
    named = set(re.findall(r"\b[Ii]n (20\d\d|19\d\d)\b", facts.get("summary") or ""))
    near = {year for year in map(int, named) if day.year - 1 <= year <= day.year}
    if len(near) == 1:
        return near.pop()
    return day.year - 1 if day.month <= LAST_MONTH_OF_LAST_YEARS_REPORTS else day.year


def add_rendition(
    version: Version,
    data: bytes,
    file_name: str,
    media_type: str,
    file_digest: str,
    by: Any | None,
    at: datetime,
    saved: list[Rendition],
) -> Rendition:
    """Keep the file that the version was read from, under a name of our own."""
    printable = "".join(sign for sign in file_name if sign.isprintable())
    shown = unicodedata.normalize("NFC", PurePath(printable.replace("\\", "/")).name)[-200:]
    stem = get_valid_filename(f"{file_digest[:16]}{PurePath(shown).suffix[:8].lower()}")
    rendition = Rendition(
        version=version,
        file_name=shown or "document",
        media_type=media_type,
        file_digest=file_digest,
        bytes=len(data),
        added_at=at,
        added_by=by,
    )
    rendition.file.save(stem, ContentFile(data), save=False)
    saved.append(rendition)
    rendition.save()
    return rendition


def clean_json(value: Any) -> Any:
    """Return the JSON without the characters that no database stores: NUL, lone surrogates."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {key: clean_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_json(item) for item in value]
    return value
