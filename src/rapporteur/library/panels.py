"""What the library shows on other rooms' pages: what was reported, where, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rapporteur.directory.models import Organization
from rapporteur.framework.models import Concept
from rapporteur.library.models import Milestone
from rapporteur.library.queries import panels as queries
from rapporteur.library.queries.coverage import (
    coverage_by_organization,
    latest_year,
    reported_years,
)
from rapporteur.library.queries.documents import listed_documents
from rapporteur.library.queries.drafts import unknown_names, waiting_documents
from rapporteur.site import registry

Context = Mapping[str, Any]
RECENT = 6


def asked_year(request: HttpRequest, years: list[int]) -> int | None:
    """Return the year that the page asks for, else the latest reported; ``None``: nothing is."""
    asked = request.GET.get("year", "")
    if asked.isdecimal() and len(asked) == 4 and int(asked) in years:
        return int(asked)
    return latest_year(years)


def on_concept(request: HttpRequest, concept: Concept) -> Context | None:
    """Return what was reported under a concept, by organization, in the year asked for."""
    return queries.reported_under(
        concept, year=lambda years: asked_year(request, years), path=request.path
    )


def on_organization(request: HttpRequest, organization: Organization) -> Context | None:
    """Return what documents say of an organization, year by year, by action line."""
    return queries.reported_of(organization)


def on_country(request: HttpRequest, country: Any) -> Context | None:
    """Return what was reported of the organizations of a country."""
    return queries.reported_in(country)


def on_cell(request: HttpRequest, cell: Any) -> Context | None:
    """Return what is filed under the action line of a cell of the matrix."""
    return queries.filed_in_cell(cell)


def on_home(request: HttpRequest, record: Any) -> Context | None:
    """Return the coverage grid, small, and the documents that came last."""
    years = reported_years()
    recent = list(listed_documents(to=None)[:RECENT])
    if not recent:
        return None
    year = latest_year(years)
    return {
        "recent": recent,
        "year": year,
        "table": queries.small(coverage_by_organization(year)) if year else None,
    }


def on_desk(request: HttpRequest, record: Any) -> Context:
    """Return what waits for the secretariat: drafts, and names that nobody knows."""
    return {
        "waiting": list(waiting_documents()[:20]),
        "unknown_count": unknown_names().count(),
    }


def source_of(year: int | None) -> dict[str, Any]:
    """Return the source of a home figure, the main report about the year, and that year."""
    report = queries.main_report(year)
    if report is None:
        return {
            "source": _("Published reports"),
            "source_url": reverse("library:documents"),
            "year": year,
        }
    return {"source": str(report), "source_url": report.get_absolute_url(), "year": year}


def shown_year(year: int | None) -> int | None:
    """Return the year asked for, else the last that the Secretary-General reported on."""
    return year or latest_year(reported_years())


def contributors_figure(year: int | None) -> Context | None:
    year = shown_year(year)
    count = queries.contributor_count(year)
    if not count:
        return None
    return {
        "value": count,
        "label": _("organizations sent information for the year's report"),
        "url": reverse("library:coverage"),
        **source_of(year),
    }


def named_figure(year: int | None) -> Context | None:
    year = shown_year(year)
    count = queries.named_organization_count(year)
    if not count:
        return None
    return {
        "value": count,
        "label": _("organizations are named for what they did"),
        "url": reverse("library:coverage"),
        **source_of(year),
    }


def paragraphs_figure(year: int | None) -> Context | None:
    year = shown_year(year)
    count = queries.filed_paragraph_count(year)
    if not count:
        return None
    query = f"?kind=reports&year={year}" if year else "?kind=reports"
    return {
        "value": count,
        "label": _("paragraphs report on an action line or theme"),
        "url": reverse("library:paragraphs") + query,
        **source_of(year),
    }


def documents_figure(year: int | None) -> Context | None:
    count = listed_documents(to=None).count()
    if not count:
        return None
    return {
        "value": count,
        "label": _("documents are in the record"),
        "url": reverse("library:documents"),
        "source": _("Documents of the summit and its follow-up"),
        "source_url": reverse("library:documents"),
    }


def forum_figure(year: int | None) -> Context | None:
    year = shown_year(year)
    if year is None:
        return None
    edition = (
        Milestone.objects.filter(kind="forum", year=year, retired_at__isnull=True)
        .select_related("document")
        .order_by("pk")
        .first()
    )
    if edition is None or edition.document is None or "countries" not in edition.counts:
        return None
    return {
        "value": edition.counts["countries"],
        "label": _("countries were at the WSIS Forum"),
        "url": reverse("library:milestones") + f"#{edition.slug}",
        "source": str(edition.document),
        "source_url": edition.document.get_absolute_url(),
        "year": edition.year,
    }


def register() -> None:
    """Register every panel and figure; called once, when the application is ready."""
    folder = "library/panels/"
    registry.add_panel(
        "framework.concept", order=10, template=f"{folder}concept.html", fill=on_concept
    )
    registry.add_panel("framework.cell", order=10, template=f"{folder}cell.html", fill=on_cell)
    registry.add_panel(
        "directory.organization",
        order=10,
        template=f"{folder}organization.html",
        fill=on_organization,
    )
    registry.add_panel(
        "directory.country", order=10, template=f"{folder}country.html", fill=on_country
    )
    registry.add_panel("site.home", order=10, template=f"{folder}home.html", fill=on_home)
    registry.add_panel("site.desk", order=10, template=f"{folder}desk.html", fill=on_desk)
    registry.add_home_figure("library.contributors", order=10, fill=contributors_figure)
    registry.add_home_figure("library.named", order=20, fill=named_figure)
    registry.add_home_figure("library.paragraphs", order=30, fill=paragraphs_figure)
    registry.add_home_figure("library.forum", order=40, fill=forum_figure)
    registry.add_home_figure("library.documents", order=50, fill=documents_figure)
