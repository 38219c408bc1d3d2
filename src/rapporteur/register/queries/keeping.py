"""What a person keeps, and where each entry stands for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from rapporteur.directory.models import Account
from rapporteur.register.choices import OPEN_STATES, ActivityState, VersionState
from rapporteur.register.models import Activity, Version
from rapporteur.register.queries.activities import kept_by

# Where an entry stands, what waits for its keepers first.
STAGES = (
    ("returned", _("Returned with a reason")),
    ("stale", _("Confirm that it is still right")),
    ("draft", _("Draft")),
    ("submitted", _("Waits for the secretariat")),
    ("published", _("Published")),
    ("withdrawn", _("Withdrawn")),
    ("merged", _("Merged into another")),
)


def kept_entries(person: Account, *, on: date) -> QuerySet[Activity]:
    """Return what the person keeps, what waits for them first, then by the last change.

    Each carries ``stage`` (a key of ``STAGES``), ``rank`` (its place there), ``open_state`` and
    ``saved_at`` of the version being written, and ``reason`` where it was returned.
    """
    opened = Version.objects.filter(activity=OuterRef("pk"), state__in=OPEN_STATES)
    rows = kept_by(person).annotate(
        open_state=Subquery(opened.values("state")[:1]),
        saved_at=Subquery(opened.values("saved_at")[:1]),
        reason=Subquery(opened.values("reason")[:1]),
    )
    stale = When(state=ActivityState.PUBLISHED, stale_on__lte=on, then=Value("stale"))
    stage = Case(
        When(open_state=VersionState.RETURNED, then=Value("returned")),
        When(open_state=VersionState.SUBMITTED, then=Value("submitted")),
        stale,
        When(open_state=VersionState.DRAFT, then=Value("draft")),
        When(state=ActivityState.DRAFT, then=Value("draft")),
        default="state",
        output_field=CharField(),
    )
    places = [When(stage=name, then=Value(place)) for place, (name, _label) in enumerate(STAGES)]
    rank = Case(*places, default=Value(len(STAGES)), output_field=IntegerField())
    rows = rows.annotate(stage=stage).annotate(rank=rank)
    return rows.order_by("rank", "-updated_at", "-pk")


def in_stage(rows: QuerySet[Activity], stage: str) -> QuerySet[Activity]:
    """Return those of ``kept_entries`` that stand there."""
    annotated: Any = rows
    found: QuerySet[Activity] = annotated.filter(stage=stage)
    return found


def waiting_for_keepers(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Return those of ``kept_entries`` that their keepers are asked to look at."""
    annotated: Any = rows
    found: QuerySet[Activity] = annotated.filter(stage__in=("returned", "stale"))
    return found
