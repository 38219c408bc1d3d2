"""The register's search page, an activity, one of its versions, its photographs."""

from django.http import FileResponse, Http404, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.register.choices import ActivityState, VersionState
from rapporteur.register.models import Photograph, Version
from rapporteur.register.queries.activities import open_version, visible_activities
from rapporteur.register.rules import can_edit
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search.views import Results


class Activities(Results):
    def get(self, request):
        query = request.GET.copy()
        query.setlist("kind", [ACTIVITY])
        request.GET = query
        return super().get(request)


def find(request, pk):
    """Return the activity, or raise 404: to those who may not see it there is none."""
    return get_object_or_404(visible_activities(to=request.user), pk=pk)


def gone(request, activity):
    context = {"title": _("Withdrawn: %(title)s") % {"title": activity.title}, "activity": activity}
    return render(request, "register/withdrawn.html", context, status=410)


class ActivityPage(View):
    """One activity. What was withdrawn says so; what was merged leads to the record that stays."""

    def get(self, request, pk):
        activity = find(request, pk)
        if activity.state == ActivityState.MERGED:
            return HttpResponsePermanentRedirect(activity.merged_into.get_absolute_url())
        if activity.state == ActivityState.WITHDRAWN:
            return gone(request, activity)
        version = activity.published_version or open_version(activity)
        if version is None:
            raise Http404
        context = {"title": activity, "activity": activity, "content": version.says}
        return render(request, "register/activity.html", context)


class ActivityData(View):
    def get(self, request, pk):
        activity = find(request, pk)
        if activity.state == ActivityState.WITHDRAWN and not can_edit(request.user, activity):
            return gone(request, activity)
        return JsonResponse({"@type": "Project", "name": activity.title})


class VersionPage(View):
    """One version: of those that were published for everybody, of an open one for its keepers."""

    def get(self, request, pk, number):
        activity = find(request, pk)
        keeper = can_edit(request.user, activity)
        if activity.state == ActivityState.WITHDRAWN and not keeper:
            return gone(request, activity)
        version = get_object_or_404(Version, activity=activity, number=number)
        public = version.state in (VersionState.PUBLISHED, VersionState.SUPERSEDED)
        if not public and not keeper:
            raise Http404
        context = {"title": activity, "activity": activity, "version": version}
        return render(request, "register/version.html", context)


class PhotographFile(View):
    def get(self, request, pk):
        photograph = get_object_or_404(Photograph.objects.select_related("activity"), pk=pk)
        activity = photograph.activity
        public = activity.state == ActivityState.PUBLISHED and photograph.approved_at is not None
        if not public and not can_edit(request.user, activity):
            raise Http404
        return FileResponse(photograph.file.open("rb"))
