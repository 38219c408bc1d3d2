"""An activity in the vocabulary of schema.org, as JSON-LD.

A conference or training is an ``Event``, a website a ``WebSite``, a guideline, toolkit or policy a
``CreativeWork``, anything else a ``Project``; each says the same in the properties of its type.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from rapporteur.framework.models import in_language
from rapporteur.register.choices import ActivityKind, Coverage
from rapporteur.register.models import Activity, Photograph
from rapporteur.register.presenting import Shown

CONTEXT = "https://schema.org"
TYPES = {
    ActivityKind.CONFERENCE: "Event",
    ActivityKind.TRAINING: "EducationEvent",
    ActivityKind.WEBSITE: "WebSite",
    ActivityKind.GUIDELINE: "CreativeWork",
    ActivityKind.TOOLKIT: "CreativeWork",
    ActivityKind.POLICY: "CreativeWork",
}
WORKS = ("WebSite", "CreativeWork")
EVENTS = ("Event", "EducationEvent")

# Signs by which a text could end the block of a page that holds it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Absolute = Callable[[str], str]


def as_schema(
    activity: Activity,
    shown: Shown,
    *,
    absolute: Absolute,
    photographs: list[Photograph] | None = None,
) -> dict[str, Any]:
    """Return a published activity as schema.org says it; what is not known has no key.

    ``absolute`` makes an address of this site whole. Texts are in the language of the text; the
    addresses, which are identifiers, are those without a language whoever reads.
    """
    with override(settings.LANGUAGE_CODE):
        return described(activity, shown, absolute, photographs or [])


def described(
    activity: Activity, shown: Shown, absolute: Absolute, photographs: list[Photograph]
) -> dict[str, Any]:
    content = shown.content
    kind = TYPES.get(content.kind, "Project")  # type: ignore[call-overload]
    url = absolute(activity.get_absolute_url())
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": kind,
        "@id": url,
        "url": url,
        "identifier": str(activity.pk),
        "name": content.title,
        "description": content.description,
        "alternateName": [item.title for item in content.translations.values() if item.title],
        "image": [absolute(row.get_absolute_url()) for row in photographs],
        "sameAs": [link.url for link in content.links],
        **by_type(kind, shown, absolute),
    }
    if kind not in EVENTS:
        data["keywords"] = terms(shown, absolute)
    if kind in WORKS:
        data["inLanguage"] = content.language
        data["datePublished"] = day(activity.published_at)
        data["dateModified"] = day(activity.updated_at)
    return {key: value for key, value in data.items() if value}


def by_type(kind: str, shown: Shown, absolute: Absolute) -> dict[str, Any]:
    """Return who, where and when in the properties that the type has for them."""
    content = shown.content
    keeper = keeper_of(shown, absolute)
    partners = [organization_of(part.name, part.organization, absolute) for part in shown.partners]
    if kind in EVENTS:
        return {
            "organizer": keeper,
            "contributor": partners,
            "location": places(shown),
            "startDate": content.starts,
            "endDate": content.ends,
            "inLanguage": content.language,
            "about": terms(shown, absolute),
        }
    if kind in WORKS:
        return {
            "publisher": keeper,
            "contributor": partners,
            "spatialCoverage": places(shown),
            "temporalCoverage": interval(content.starts, content.ends),
        }
    return {
        "parentOrganization": keeper,
        "member": partners,
        "areaServed": places(shown),
        "foundingDate": content.starts,
        "dissolutionDate": content.ends,
    }


def keeper_of(shown: Shown, absolute: Absolute) -> dict[str, Any] | None:
    name = shown.content.organization
    if not name and shown.organization is None:
        return None
    return organization_of(name, shown.organization, absolute)


def organization_of(name: str, organization: Any, absolute: Absolute) -> dict[str, Any]:
    if organization is None:
        return {"@type": "Organization", "name": name}
    url = absolute(organization.get_absolute_url())
    return {"@type": "Organization", "@id": url, "name": organization.name, "url": url}


def places(shown: Shown) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"@type": "Country", "name": in_language(row.names, "en"), "identifier": row.iso3}
        for row in shown.countries
    ]
    found += [
        {"@type": "AdministrativeArea", "name": in_language(row.names, "en")}
        for row in shown.regions
    ]
    if shown.content.coverage == Coverage.GLOBAL:
        found.append({"@type": "Place", "name": "Worldwide"})
    return found


def terms(shown: Shown, absolute: Absolute) -> list[dict[str, Any]]:
    """Return the labels as defined terms, each with the address of its concept."""
    return [
        {
            "@type": "DefinedTerm",
            "@id": absolute(label.concept.get_absolute_url()),
            "termCode": label.concept.code,
            "name": in_language(label.concept.names, "en"),
        }
        for group in shown.groups
        for label in group.labels
    ]


def interval(starts: str, ends: str) -> str:
    """Return an ISO 8601 interval; an end that is not known is open."""
    return f"{starts or '..'}/{ends or '..'}" if starts or ends else ""


def day(moment: Any) -> str:
    return moment.date().isoformat() if moment else ""


def as_script(data: dict[str, Any]) -> SafeString:
    """Return the data as a block of a page. No text in it can end the block."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 escaped
