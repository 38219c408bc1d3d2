"""What waits for the secretariat, and the page on which one version is decided."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from rapporteur.common.refusals import Conflict, Refusal
from rapporteur.register import suggesting
from rapporteur.register.actions import deciding, drafting, photographs
from rapporteur.register.actions.stepping import contact_of
from rapporteur.register.answers import all_answers
from rapporteur.register.changes import changes_between
from rapporteur.register.choices import FollowUpState, VersionState
from rapporteur.register.content import gaps_of
from rapporteur.register.errors import FIELD_LABELS, message_of, place_of
from rapporteur.register.forms import STEPS
from rapporteur.register.forms.desk import ReasonForm
from rapporteur.register.models import Activity, FollowUp, Photograph, Version
from rapporteur.register.queries import desk as queries
from rapporteur.register.queries.activities import waiting_follow_ups, waiting_versions
from rapporteur.site.lists import Column, ListPage


class Queue(ListPage):
    """The versions that wait, the longest waiting first; beside them what else waits."""

    title = gettext_lazy("The register: what waits")
    lead = gettext_lazy("The longest waiting stands first.")
    empty = gettext_lazy("Nothing waits. What people send for publication comes here.")
    file_name = "register-queue"
    template_name = "register/desk/queue.html"
    columns = (
        Column("number", lambda row: row.activity_id),
        Column("version", lambda row: row.number),
        Column("title", lambda row: row.content.get("title", "")),
        Column("organization", lambda row: row.content.get("organization", "")),
        Column("sent_at", lambda row: row.submitted_at),
        Column("change", lambda row: "new" if row.base == 0 else "change"),
    )

    def rows(self, request):
        return waiting_versions()

    def extra_context(self, request):
        return {
            "counts": queries.waiting_counts(),
            "follow_ups": list(waiting_follow_ups()[:50]),
        }


class VersionDesk(View):
    """One version that waits, beside what is published, with everything that helps to decide."""

    def get(self, request, pk):
        return self.show(request, find_version(pk))

    def show(self, request, version, status=200, **more):
        if version.state != VersionState.SUBMITTED:
            return moved(request, version)
        activity = version.activity
        content = version.says
        published = activity.published_version
        fields = tuple(name for step in STEPS for name in step.form.content_fields)
        suggestions = suggesting.suggestions_for(
            content.title,
            content.description,
            language=content.language,
            but=activity,
            held=(*content.action_lines, *content.sdgs),
        )
        context = {
            "title": content.title or f"#{activity.pk}",
            "activity": activity,
            "version": version,
            "content": content,
            "answers": [a for a in all_answers(content, fields) if a.lines],
            "changes": changes_between(published.says, content) if published else None,
            "outdated": (published.number if published else 0) != version.base,
            "problems": [
                (place_of(problem.field), message_of(problem))
                for problem in drafting.check_content(content)
            ],
            "gaps": [FIELD_LABELS[name] for name in gaps_of(content)],
            "suggestions": suggestions,
            "contact": contact_of(activity),
            "photographs": [p for p in activity.photographs.all() if p.approved_at is None],
            "form": ReasonForm(),
            **more,
        }
        return render(request, "register/desk/version.html", context, status=status)


def find_version(pk: int) -> Version:
    """Return a version with its activity, or raise 404."""
    rows = Version.objects.select_related(
        "activity__organization", "activity__published_version", "made_by"
    )
    return get_object_or_404(rows, pk=pk)


def moved(request, version, refusal=None):
    """Say that a version is no longer where it was seen, and lead to where it is now."""
    context = {
        "title": _("This version is no longer waiting as you saw it"),
        "version": version,
        "activity": version.activity,
        "refusal": refusal,
        "waits": version.state == VersionState.SUBMITTED,
    }
    return render(request, "register/desk/moved.html", context, status=409)


class Publish(View):
    def post(self, request, pk):
        version = find_version(pk)
        try:
            deciding.publish_seen(
                version=version,
                digest=request.POST.get("digest", ""),
                by=request.user,
                at=timezone.now(),
            )
        except Conflict as refusal:
            return moved(request, find_version(pk), refusal)
        except Refusal as refusal:
            return VersionDesk().show(
                request, find_version(pk), status=refusal.status, refusal=refusal
            )
        messages.success(
            request, _("Published: %(title)s") % {"title": version.content.get("title", "")}
        )
        return redirect("register:desk")


class Return(View):
    def post(self, request, pk):
        version = find_version(pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return VersionDesk().show(request, version, status=422, form=form)
        try:
            deciding.return_seen(
                version=version,
                digest=request.POST.get("digest", ""),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Conflict as refusal:
            return moved(request, find_version(pk), refusal)
        messages.success(request, _("Returned to its author, with the reason."))
        return redirect("register:desk")


class FollowUpDesk(View):
    """One follow-up report that waits: publish it, or return it with a reason."""

    def get(self, request, pk):
        return self.show(request, self.find(pk))

    def post(self, request, pk):
        report = self.find(pk)
        publish = request.POST.get("decision") == "publish"
        form = ReasonForm(request.POST)
        if not publish and not form.is_valid():
            return self.show(request, report, form=form, status=422)
        try:
            deciding.decide_follow_up(
                follow_up=report,
                publish=publish,
                reason="" if publish else form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Conflict as refusal:
            return self.show(request, self.find(pk), status=409, refusal=refusal)
        messages.success(
            request,
            _("The report is published.")
            if publish
            else _("Returned to its author, with the reason."),
        )
        return redirect("register:desk")

    def find(self, pk):
        rows = FollowUp.objects.select_related("activity", "made_by")
        return get_object_or_404(rows, pk=pk)

    def show(self, request, report, status=200, form=None, refusal=None):
        context = {
            "title": _("Follow-up report: %(title)s") % {"title": report.activity.title},
            "report": report,
            "activity": report.activity,
            "waits": report.state == FollowUpState.SUBMITTED,
            "form": form or ReasonForm(),
            "refusal": refusal,
        }
        return render(request, "register/desk/follow_up.html", context, status=status)


class Photographs(View):
    """Pictures of published entries that wait."""

    def get(self, request):
        context = {
            "title": _("Photographs that wait"),
            "photographs": list(queries.waiting_photographs()[:50]),
            "count": queries.waiting_photographs().count(),
        }
        return render(request, "register/desk/photographs.html", context)


class PhotographDecide(View):
    def post(self, request, pk):
        photograph = get_object_or_404(Photograph.objects.select_related("activity"), pk=pk)
        now = timezone.now()
        if request.POST.get("decision") == "approve":
            photographs.approve_photograph(photograph=photograph, by=request.user, at=now)
            messages.success(request, _("The photograph is shown with its entry."))
        else:
            photographs.remove_photograph(photograph=photograph, by=request.user, at=now)
            messages.success(request, _("The photograph is taken away."))
        return redirect("register:desk-photographs")


def entry_at(pk: int) -> Activity:
    return get_object_or_404(Activity.objects.select_related("published_version"), pk=pk)
