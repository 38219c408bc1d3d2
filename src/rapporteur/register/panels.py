"""What the register shows on other rooms' pages: how much was done, and what came last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.directory.models import Account, Country, Organization
from rapporteur.framework.columns import ActionLineColumn, add_action_line_column
from rapporteur.framework.models import Concept
from rapporteur.register.queries import counts, panels
from rapporteur.site import registry

Context = Mapping[str, Any]


def on_concept(request: HttpRequest, concept: Concept) -> Context | None:
    """Return what is filed under a concept: how many entries, and the latest."""
    found = panels.under_concept(concept)
    return {"found": found} if found is not None and found.count else None


def on_organization(request: HttpRequest, organization: Organization) -> Context | None:
    """Return the activities of an organization, and those in which it is a partner."""
    own = panels.of_organization(organization)
    partner = panels.partnerships_of(organization)
    if not own.count and not partner.count:
        return None
    return {"own": own, "partner": partner}


def on_country(request: HttpRequest, country: Country) -> Context | None:
    found = panels.in_country(country)
    return {"found": found} if found.count else None


def on_cell(request: HttpRequest, cell: Any) -> Context | None:
    found = panels.in_cell(cell.action_line, cell.goal)
    return {"found": found} if found.count else None


def on_home(request: HttpRequest, record: Any) -> Context | None:
    latest = panels.latest()
    return {"latest": latest} if latest else None


def on_account(request: HttpRequest, record: Any) -> Context | None:
    """Return how many activities the signed-in person keeps."""
    if not isinstance(request.user, Account):
        return None
    return {"count": panels.kept_count(request.user)}


def entries_figure(year: int | None) -> Context | None:
    """Return how many entries the register has, with the definition of an entry."""
    count = counts.live_count()
    if not count:
        return None
    return {
        "value": count,
        "label": _("activities are in the register"),
        "url": reverse("register:activities"),
        "source": _("What counts as an entry"),
        "source_url": reverse("register:definitions") + "#live",
    }


def register() -> None:
    """Register every panel, figure and column; called once, when the application is ready."""
    folder = "register/panels/"
    for slot, order, name, fill in (
        ("framework.concept", 20, "concept", on_concept),
        ("framework.cell", 20, "cell", on_cell),
        ("directory.organization", 20, "organization", on_organization),
        ("directory.country", 20, "country", on_country),
        ("directory.me", 10, "account", on_account),
        ("site.home", 20, "home", on_home),
    ):
        registry.add_panel(slot, order=order, template=f"{folder}{name}.html", fill=fill)
    registry.add_home_figure("register.entries", order=5, fill=entries_figure)
    add_action_line_column(
        ActionLineColumn(
            "activities",
            gettext_lazy("Activities in the register"),
            30,
            lambda request, concepts: panels.counts_by_action_line(concepts),
        )
    )
