"""Activities, their versions and follow-up reports, as everybody and as their keepers read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from rapporteur.api import answers, cursors, shapes, showing
from rapporteur.api.asking import ActivityQuestion, Paging, check_parameters
from rapporteur.api.document import documented
from rapporteur.api.finding import SPARE, keys_found
from rapporteur.api.problems import Problem
from rapporteur.register.choices import ActivityState, FollowUpState
from rapporteur.register.models import Activity, FollowUp, Version
from rapporteur.register.queries.activities import (
    open_version,
    public_follow_ups,
    public_versions,
    published_activities,
    visible_activities,
)
from rapporteur.register.rules import can_edit
from rapporteur.search.queries.asking import Question

router = Router(tags=["Activities"])
READ = ["GET", "HEAD"]
# How many numbers are asked of the search at a time when the database narrows further.
STRIDE = 2_000


@router.api_operation(
    READ,
    "/activities",
    url_name="activities",
    operation_id="listActivities",
    response=shapes.ActivityPage,
    summary=gettext_noop("The entries of the register, newest first"),
    description=gettext_noop(
        "With the words and facets of the search page; a facet may stand several times, for any of"
        " its values. Pages stay as they are while entries come."
    ),
    **documented(404, 412, 422, 503),
)
def activities(request: HttpRequest, asked: Query[ActivityQuestion]) -> HttpResponse:
    check_parameters(request, parameters_of(ActivityQuestion))
    before, since = cursors.last_key(request), asked.since()
    question = asked.question()
    if question.text or question.chosen:
        rows = found(question, before=before, since=since, most=asked.limit + 1)
    else:
        rows = listed(before=before, since=since, most=asked.limit + 1)
    return cursors.page(
        request,
        rows,
        limit=asked.limit,
        key=lambda row: row.pk,
        show=showing.listed(request, showing.activity),
    )


def parameters_of(asked: type[Paging]) -> list[str]:
    return [item.alias or name for name, item in asked.model_fields.items()]


def listed(*, before: int | None, since: datetime | None, most: int) -> list[Activity]:
    rows = published_activities().select_related("published_version")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if since is not None:
        rows = rows.filter(updated_at__gte=since)
    return list(rows[:most])


def found(
    question: Question, *, before: int | None, since: datetime | None, most: int
) -> list[Activity]:
    """Return the activities found; the database says which of them are published at this moment."""
    rows: list[Activity] = []
    stride = most + SPARE if since is None else STRIDE
    while len(rows) < most:
        keys = keys_found(question, before=before, most=stride)
        kept = published_activities().filter(pk__in=keys).select_related("published_version")
        if since is not None:
            kept = kept.filter(updated_at__gte=since)
        rows += kept[: most - len(rows)]
        if len(keys) < stride:
            break
        before = keys[-1]
    return rows


def held(request: HttpRequest, pk: int) -> Activity:
    """Return the activity that the person may see.

    Raises:
        Problem: 404 none that they may see, 410 withdrawn, 301 merged into another.
    """
    row = visible_activities(to=request.user).filter(pk=pk).first()
    if row is None:
        raise Problem(404)
    if row.state == ActivityState.WITHDRAWN:
        raise gone(row)
    return row


def gone(row: Activity) -> Problem:
    return Problem(
        410,
        _("This entry was withdrawn: %(reason)s") % {"reason": row.withdrawn_reason},
        more={"withdrawn_at": showing.moment(row.withdrawn_at)},
    )


def shown(request: HttpRequest, row: Activity) -> dict[str, Any]:
    """Return the activity as the person reads it: those who keep it see its open version too."""
    opened = open_version(row) if can_edit(request.user, row) else None
    return showing.activity(request, row, opened=opened)


@router.api_operation(
    READ,
    "/activities/{int:pk}",
    url_name="activity",
    operation_id="getActivity",
    response=shapes.ActivityShape,
    summary=gettext_noop("One entry"),
    description=gettext_noop(
        "Those who keep an entry, and send their token, see its open version too. An entry"
        " that was merged into another leads there."
    ),
    **documented(301, 404, 410, 412, 422),
)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    check_parameters(request, ())
    row = held(request, pk)
    if row.state == ActivityState.MERGED:
        return moved(request, "activity", row.merged_into_id)
    return answers.answer(request, shown(request, row))


def moved(request: HttpRequest, name: str, *args: Any) -> HttpResponse:
    """Return the way to where a record is now."""
    response = HttpResponse(status=301, content_type="application/json")
    response.headers["Location"] = request.build_absolute_uri(reverse(f"api:{name}", args=args))
    return response


@router.api_operation(
    READ,
    "/activities/{int:pk}/versions",
    url_name="versions",
    operation_id="listVersions",
    response=shapes.VersionPage,
    summary=gettext_noop("The published versions of an entry, the latest first"),
    description=gettext_noop(
        "Those of an entry that was merged into another stay where they were."
    ),
    **documented(404, 410, 412, 422),
)
def versions(request: HttpRequest, pk: int, paging: Query[Paging]) -> HttpResponse:
    check_parameters(request, parameters_of(Paging))
    rows = public_versions(held(request, pk))
    before = cursors.last_key(request)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return cursors.page(
        request,
        list(rows[: paging.limit + 1]),
        limit=paging.limit,
        key=lambda row: row.number,
        show=showing.listed(request, showing.version),
    )


@router.api_operation(
    READ,
    "/activities/{int:pk}/versions/{int:number}",
    url_name="version",
    operation_id="getVersion",
    response=shapes.VersionShape,
    summary=gettext_noop("One published version of an entry"),
    **documented(404, 410, 412, 422),
)
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    check_parameters(request, ())
    row: Version | None = public_versions(held(request, pk)).filter(number=number).first()
    if row is None:
        raise Problem(404)
    return answers.answer(request, showing.version(request, row))


@router.api_operation(
    READ,
    "/activities/{int:pk}/follow-ups",
    url_name="follow-ups",
    operation_id="listFollowUps",
    response=shapes.FollowUpPage,
    summary=gettext_noop("The follow-up reports on an entry, the latest first"),
    **documented(404, 410, 412, 422),
)
def follow_ups(request: HttpRequest, pk: int, paging: Query[Paging]) -> HttpResponse:
    check_parameters(request, parameters_of(Paging))
    rows = public_follow_ups(held(request, pk)).order_by("-pk")
    before = cursors.last_key(request)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return cursors.page(
        request,
        list(rows[: paging.limit + 1]),
        limit=paging.limit,
        key=lambda row: row.pk,
        show=showing.listed(request, showing.follow_up),
    )


@router.api_operation(
    READ,
    "/activities/{int:pk}/follow-ups/{int:number}",
    url_name="follow-up",
    operation_id="getFollowUp",
    response=shapes.FollowUpShape,
    summary=gettext_noop("One follow-up report"),
    description=gettext_noop("One that waits or was returned is read by those who keep the entry."),
    **documented(404, 410, 412, 422),
)
def follow_up(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    check_parameters(request, ())
    row = held(request, pk)
    report: FollowUp | None = row.follow_ups.filter(pk=number).first()
    is_public = report is not None and report.state == FollowUpState.PUBLISHED
    if report is None or not (is_public or can_edit(request.user, row)):
        raise Problem(404)
    return answers.answer(request, showing.follow_up(request, report))
