"""Records as programs read them. No private field of any record stands here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from rapporteur.directory.models import Country, Organization
from rapporteur.framework.models import Concept, ConceptScheme
from rapporteur.library.models import Document, Paragraph
from rapporteur.register.choices import ActivityState
from rapporteur.register.content import Content, gaps_of
from rapporteur.register.models import Activity, FollowUp, Version


def moment(value: datetime | None) -> str | None:
    """Return a moment in UTC as RFC 3339 writes it."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def address(request: HttpRequest, name: str, *args: Any) -> str:
    return request.build_absolute_uri(reverse(f"api:{name}", args=args))


def page_of(request: HttpRequest, record: Any) -> str:
    """Return the address of the record's page for people, in the language without a prefix.

    What a program reads is the same whatever language it asks for its refusals in.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(record.get_absolute_url())


def activity(
    request: HttpRequest, row: Activity, *, opened: Version | None = None
) -> dict[str, Any]:
    """Return an activity: what is published of it, and ``opened`` for those who keep it.

    Of one that was never published, ``content`` is what its open version says.
    """
    published = row.published_version
    shown = published or opened
    content = shown.content if shown is not None else {}
    is_published = row.state == ActivityState.PUBLISHED
    return {
        "id": row.pk,
        "url": address(request, "activity", row.pk),
        "page": page_of(request, row),
        "state": row.state,
        "version": published.number if published is not None else None,
        "content": content,
        "gaps": row.gaps,
        "standing": row.standing(on=timezone.localdate()) if is_published else None,
        "published_at": moment(row.published_at),
        "updated_at": moment(row.updated_at),
        "confirmed_at": moment(row.confirmed_at),
        "source": source_of(row),
        "open_version": open_version(opened) if opened is not None else None,
    }


def source_of(row: Activity) -> dict[str, Any] | None:
    if not row.source_name:
        return None
    return {"name": row.source_name, "key": row.source_key, "link": row.source_link}


def open_version(row: Version) -> dict[str, Any]:
    """Return the version that is being written or waits: for those who keep the activity."""
    return {
        "number": row.number,
        "state": row.state,
        "base": row.base,
        "content": row.content,
        "gaps": gaps_of(row.says),
        "saved_at": moment(row.saved_at),
        "submitted_at": moment(row.submitted_at),
        "note": row.note,
        "reason": row.reason,
    }


def version(request: HttpRequest, row: Version) -> dict[str, Any]:
    """Return a version that was published."""
    return {
        "activity": row.activity_id,
        "number": row.number,
        "url": address(request, "version", row.activity_id, row.number),
        "page": page_of(request, row),
        "state": row.state,
        "origin": row.origin,
        "made_at": moment(row.made_at),
        "published_at": moment(row.reviewed_at),
        "digest": row.digest,
        "content": row.content,
    }


def follow_up(request: HttpRequest, row: FollowUp) -> dict[str, Any]:
    return {
        "id": row.pk,
        "activity": row.activity_id,
        "url": address(request, "follow-up", row.activity_id, row.pk),
        "state": row.state,
        "year": row.year,
        "text": row.text,
        "language": row.language,
        "status": row.status,
        "results": row.results,
        "made_at": moment(row.made_at),
    }


def scheme(request: HttpRequest, row: ConceptScheme) -> dict[str, Any]:
    return {
        "code": row.code,
        "url": address(request, "scheme", row.code),
        "page": page_of(request, row),
        "titles": row.titles,
        "description": row.description,
        "source": row.source,
        "source_link": row.source_link,
        "concepts": address(request, "concepts", row.code),
    }


def concept(request: HttpRequest, row: Concept) -> dict[str, Any]:
    return {
        "code": row.code,
        "scheme": row.scheme.code,
        "url": address(request, "concept", row.code),
        "page": page_of(request, row),
        "broader": row.broader.code if row.broader is not None else None,
        "names": row.names,
        "short_names": row.short_names,
        "definition": row.definition,
        "source": row.source,
        "source_link": row.source_link,
        "retired": row.retired_at is not None,
    }


def organization(request: HttpRequest, row: Organization) -> dict[str, Any]:
    group, country_held = row.stakeholder_group, row.country
    return {
        "slug": row.slug,
        "url": address(request, "organization", row.slug),
        "page": page_of(request, row),
        "name": row.name,
        "names": row.names,
        "acronym": row.acronym,
        "kind": row.kind,
        "stakeholder_group": group.code if group is not None else None,
        "country": country_held.iso3 if country_held is not None else None,
        "website": row.website,
        "retired": row.retired_at is not None,
    }


def country(request: HttpRequest, row: Country, groups: Sequence[str]) -> dict[str, Any]:
    """Return a country with the codes of the regions and groups that it stands in today."""
    return {
        "iso3": row.iso3,
        "iso2": row.iso2,
        "m49": row.m49,
        "url": address(request, "country", row.iso3),
        "page": page_of(request, row),
        "names": row.names,
        "groups": list(groups),
        "retired": row.retired_at is not None,
    }


def document(request: HttpRequest, row: Document) -> dict[str, Any]:
    return {
        "id": row.pk,
        "url": address(request, "document", row.pk),
        "page": page_of(request, row),
        "symbol": row.symbol,
        "title": row.title,
        "kind": row.kind,
        "bodies": row.bodies,
        "date": row.date.isoformat() if row.date is not None else None,
        "year": row.year,
        "language": row.language,
        "link": row.link,
        "paragraphs": address(request, "paragraphs", row.pk),
    }


def paragraph(request: HttpRequest, row: Paragraph) -> dict[str, Any]:
    """Return a paragraph of a document. ``text`` is ``None`` where the text is not held."""
    return {
        "anchor": row.anchor,
        "page": page_of(request, row),
        "kind": row.kind,
        "number": row.number,
        "section": row.section_path,
        "titles": row.section_titles,
        "text": row.text or None,
        "concepts": [filing.concept.code for filing in row.filings.all()],
    }


def listed(
    request: HttpRequest, show: Callable[[HttpRequest, Any], dict[str, Any]]
) -> Callable[[Any], dict[str, Any]]:
    """Return the function that shows one row of a list."""
    return lambda row: show(request, row)


def content_of(row: Activity, opened: Version | None) -> Content:
    """Return what an activity says where somebody goes on writing it."""
    shown = opened or row.published_version
    return shown.says if shown is not None else Content()
