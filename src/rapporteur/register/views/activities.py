"""An activity, its linked data, one of its versions, its photographs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.register import linked_data
from rapporteur.register.changes import changes_between
from rapporteur.register.choices import ActivityState, Standing
from rapporteur.register.models import Activity
from rapporteur.register.presenting import Shown, entered, show, show_report
from rapporteur.register.queries import reading
from rapporteur.register.queries.activities import (
    open_version,
    public_follow_ups,
    visible_activities,
)
from rapporteur.register.rules import can_edit
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search import index
from rapporteur.search.queries import similar
from rapporteur.search.queries.finding import text_in

# Of the rare words of an entry, a related one holds at least this share.
MOST_ALIKE, LEAST_ALIKE = 5, 0.25
INDENT = {"ensure_ascii": False, "indent": 1}


def find(request: HttpRequest, pk: int) -> Activity:
    """Return the activity, or raise 404: for those who may not see it there is none."""
    return get_object_or_404(visible_activities(to=request.user), pk=pk)


def gone(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Answer 410: withdrawn, when and why; keepers find the way to its versions."""
    keeper = can_edit(request.user, activity)
    context = {
        "title": _("Withdrawn: %(title)s") % {"title": activity.title},
        "activity": activity,
        "versions": reading.listed_versions(activity) if keeper else [],
    }
    return render(request, "register/withdrawn.html", context, status=410)


def shown_of(request: HttpRequest, activity: Activity, content: Any) -> Shown:
    return show(
        content,
        reading.names_in([content]),
        language=request.GET.get("lang", "")[:3],
        organization=activity.organization,
    )


class ActivityPage(View):
    """One activity. What was withdrawn says so; what was merged leads to the record that stays."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        activity = find(request, pk)
        if activity.merged_into is not None:
            return HttpResponsePermanentRedirect(activity.merged_into.get_absolute_url())
        if activity.state == ActivityState.WITHDRAWN:
            return gone(request, activity)
        version = reading.shown_version(activity, to=request.user)
        if version is None:
            raise Http404
        shown = shown_of(request, activity, version.says)
        published = activity.state == ActivityState.PUBLISHED
        photographs = list(reading.public_photographs(activity) if published else ())
        standing = activity.standing(on=timezone.localdate())
        versions = reading.listed_versions(activity)
        acts = acts_of(request, activity)
        context = {
            "title": shown.title.words or _("Draft without a title"),
            "activity": activity,
            "shown": shown,
            "content": shown.content,
            "published": published,
            "photographs": photographs,
            "reports": [show_report(row) for row in public_follow_ups(activity)],
            "versions": versions,
            "entered": entered(activity, versions[-1].origin if versions else version.origin),
            "merged_from": reading.merged_into(activity),
            "stale": standing == Standing.STALE,
            "alike": alike(activity, shown) if published else [],
            "acts": acts,
            "opened": open_version(activity) if acts and published else None,
        }
        if published:
            context["schema"] = linked_data.as_script(
                linked_data.as_schema(
                    activity, shown, absolute=absolute_of(request), photographs=photographs
                )
            )
        return render(request, "register/activity.html", context)


def absolute_of(request: HttpRequest) -> Any:
    return lambda url: request.build_absolute_uri(url)


@dataclass(frozen=True)
class Alike:
    """An entry that uses the same rare words, as the index holds it."""

    url: str
    title: str
    language: str
    note: str


def alike(activity: Activity, shown: Shown) -> list[Alike]:
    """Return published entries that may be related; none where this host has no index."""
    reader = (get_language() or "en").split("-")[0]
    text = f"{shown.content.title} {shown.content.description}"
    try:
        found = similar(text, kind=ACTIVITY, limit=MOST_ALIKE + 1)
    except index.NoIndex:
        return []
    made = []
    for item in found:
        if item.key == str(activity.pk) or item.score < LEAST_ALIKE:
            continue
        title, language = text_in(item.held["title"], reader)
        url = reverse("register:activity", args=[item.key])
        made.append(Alike(url, title, language, item.held["note"]))
    return made[:MOST_ALIKE]


ACTS = ("edit", "confirm", "follow-up", "withdraw")


def acts_of(request: HttpRequest, activity: Activity) -> list[tuple[str, str]]:
    """Return (name, address) of what a keeper may do with the activity; nothing for others."""
    if not can_edit(request.user, activity):
        return []
    words = {
        "edit": _("Change it"),
        "confirm": _("Confirm that it is right as it stands"),
        "follow-up": _("Report what became of it"),
        "withdraw": _("Withdraw it"),
    }
    only_edit = activity.state == ActivityState.DRAFT
    found = []
    for name in ACTS[:1] if only_edit else ACTS:
        try:
            found.append((words[name], reverse(f"register:{name}", args=[activity.pk])))
        except NoReverseMatch:
            continue
    return found


class ActivityData(View):
    """A published activity in the vocabulary of schema.org (JSON-LD)."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        activity = find(request, pk)
        if activity.merged_into is not None:
            address = reverse("register:activity-data", args=[activity.merged_into_id])
            return HttpResponsePermanentRedirect(address)
        if activity.state == ActivityState.WITHDRAWN and not can_edit(request.user, activity):
            return gone(request, activity)
        version = reading.shown_version(activity, to=request.user)
        if version is None:
            raise Http404
        shown = shown_of(request, activity, version.says)
        published = activity.state == ActivityState.PUBLISHED
        data = linked_data.as_schema(
            activity,
            shown,
            absolute=absolute_of(request),
            photographs=list(reading.public_photographs(activity)) if published else [],
        )
        return JsonResponse(data, json_dumps_params=INDENT, content_type="application/ld+json")


class VersionPage(View):
    """One version, and what changed in it against the one before (or ``?against=m``).

    Versions that were published are everybody's, an open one its keepers'. Those of a withdrawn
    activity are its keepers' and the secretariat's: what was taken back is not to be read on.
    """

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        activity = find(request, pk)
        if activity.state == ActivityState.WITHDRAWN and not can_edit(request.user, activity):
            return gone(request, activity)
        version = reading.version_of(activity, number, to=request.user)
        if version is None:
            raise Http404
        other = self.compared_with(request, activity, version)
        other_number = other.number if other else None
        versions = reading.listed_versions(activity)
        content = version.says
        # The directory's record of today stands beside the words of today alone.
        current = version.pk == activity.published_version_id
        shown = show(
            content,
            reading.names_in([content]),
            language=request.GET.get("lang", "")[:3],
            organization=activity.organization if current else None,
        )
        context = {
            "title": _("Version %(number)s of “%(title)s”")
            % {"number": number, "title": shown.title.words},
            "activity": activity,
            "version": version,
            "current": current,
            "open": version.is_open,
            "shown": shown,
            "content": content,
            "other": other,
            "changes": changes_between(other.says, content) if other else [],
            "versions": versions,
            "against": [row for row in versions if row.number not in (number, other_number)],
            "merged": activity.merged_into is not None,
        }
        return render(request, "register/version.html", context)

    def compared_with(self, request: HttpRequest, activity: Activity, version: Any) -> Any:
        """Return the version to compare with: asked for, else the one published before."""
        asked = request.GET.get("against", "")
        if asked.isascii() and asked.isdigit() and len(asked) < 7 and int(asked) != version.number:
            found = reading.version_of(activity, int(asked), to=request.user)
            if found is not None:
                return found
        return reading.version_before(version)


class PhotographFile(View):
    """A photograph's file: public with its published activity, else its keepers'."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        photograph = reading.photograph_of(pk, to=request.user)
        if photograph is None:
            raise Http404
        try:
            small = request.GET.get("size") == "small" and bool(photograph.small)
            held = photograph.small if small else photograph.file
            response = FileResponse(held.open("rb"))
        except FileNotFoundError:
            raise Http404 from None
        # The file of an address never changes; it may be withdrawn, so that caches ask after a day.
        response.headers["Cache-Control"] = "public, max-age=86400"
        response.headers["ETag"] = f'"{photograph.digest}{"-small" if small else ""}"'
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
