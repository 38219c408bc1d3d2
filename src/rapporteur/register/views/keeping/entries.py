"""My activities, and what is done with one entry: changed, confirmed, followed up, withdrawn."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from rapporteur.common import held_forms
from rapporteur.common.refusals import Refusal
from rapporteur.register.actions import drafting, following, publishing
from rapporteur.register.choices import ActivityState, VersionState
from rapporteur.register.errors import VersionMoved
from rapporteur.register.forms.entries import FollowUpForm, ProposalForm, WithdrawForm
from rapporteur.register.queries.activities import open_version
from rapporteur.register.queries.keeping import STAGES, in_stage, kept_entries
from rapporteur.register.views.keeping.finding import find_kept
from rapporteur.site.lists import Column, Filter, ListPage


class Mine(ListPage):
    """What the person keeps: first what waits for them, then the rest by its last change."""

    title = gettext_lazy("Your activities")
    lead = gettext_lazy(
        "What you entered, and the entries of organizations whose focal point you are. What waits "
        "for you stands first."
    )
    empty = gettext_lazy("Nothing here yet. Register an activity, and it stays here as you go.")
    file_name = "your-activities"
    template_name = "register/keeping/mine.html"
    columns = (
        Column("number", lambda row: row.pk),
        Column("title", lambda row: row.title),
        Column("organization", lambda row: row.organization_name),
        Column("state", lambda row: row.stage),
        Column("confirmed_at", lambda row: row.confirmed_at),
        Column("stale_on", lambda row: row.stale_on),
        Column("updated_at", lambda row: row.updated_at),
    )
    filters = (
        Filter(
            "state",
            gettext_lazy("Where it stands"),
            lambda request: STAGES,
            lambda rows, value: in_stage(rows, value),
        ),
    )

    def rows(self, request):
        return kept_entries(request.user, on=timezone.localdate())

    def extra_context(self, request):
        return {"labels": dict(STAGES), "today": timezone.localdate()}


class Edit(View):
    """One entry as its keepers see it: where it stands, and what they can do with it."""

    def get(self, request, pk):
        activity = find_kept(request, pk)
        today = timezone.localdate()
        context = {
            "title": activity,
            "activity": activity,
            "version": open_version(activity),
            "published": activity.state == ActivityState.PUBLISHED,
            "stale": activity.stale_on is not None and activity.stale_on <= today,
            "photographs": list(activity.photographs.all()),
            "follow_ups": list(activity.follow_ups.all()[:20]),
        }
        return render(request, "register/keeping/edit.html", context)

    def post(self, request, pk):
        activity = find_kept(request, pk)
        drafting.begin_change(activity=activity, by=request.user, at=timezone.now())
        return redirect("register:check", pk=pk)


class Confirm(View):
    """Say that an entry is right as it stands. The page asks; the button says it."""

    def get(self, request, pk):
        activity = find_kept(request, pk)
        context = {"title": _("Is this still right?"), "activity": activity}
        return render(request, "register/keeping/confirm.html", context)

    def post(self, request, pk):
        activity = find_kept(request, pk)
        following.confirm(activity=activity, by=request.user, at=timezone.now())
        messages.success(
            request,
            _("Confirmed: %(title)s. You are asked again in two years.")
            % {"title": activity.title},
        )
        return redirect("register:mine")


class FollowUpPage(View):
    def get(self, request, pk):
        activity = find_kept(request, pk)
        typed = held_forms.held(request)
        if typed is not None:
            form = FollowUpForm(typed)
            form.check()
            return self.show(request, activity, form, held=True)
        initial = {
            "year": timezone.localdate().year,
            "language": activity.language,
            "token": secrets.token_urlsafe(24),
        }
        return self.show(request, activity, FollowUpForm(initial=initial))

    def post(self, request, pk):
        activity = find_kept(request, pk)
        form = FollowUpForm(request.POST)
        valid = form.check()
        if request.POST.get("then", "").startswith("more-"):
            return self.show(request, activity, self.with_more_rows(request))
        if not valid:
            return self.show(request, activity, form, status=422)
        data = form.cleaned_data
        try:
            made = following.report(
                activity=activity,
                token=data["token"],
                year=data["year"],
                text=data["text"],
                language=data["language"],
                status=data["status"],
                results=form.results(),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, activity, form, status=refusal.status)
        if (made.year, made.text) != (data["year"], data["text"]):
            # Sent from a page gone back to: neither lost nor taken for the report sent before.
            typed = request.POST.copy()
            typed["token"] = secrets.token_urlsafe(24)
            form = FollowUpForm(typed)
            form.check()
            form.add_error(
                "text",
                _(
                    "This form was sent before with other words. What you typed now is not sent "
                    "yet: send it once more to make a report of its own."
                ),
            )
            return self.show(request, activity, form, status=422)
        held_forms.forget(request)
        messages.success(
            request,
            _("The report reached the secretariat. It stands on the entry when it is published."),
        )
        return redirect("register:edit", pk=pk)

    def with_more_rows(self, request):
        """Return the form as typed with one more blank row; nothing is said of faults yet."""
        typed = request.POST.copy()
        total = FollowUpForm(request.POST).row_sets["results"].total_form_count()
        typed["results-TOTAL_FORMS"] = str(total + 1)
        return FollowUpForm(typed)

    def show(self, request, activity, form, status=200, **more):
        context = {
            "title": _("Report what became of it"),
            "activity": activity,
            "form": form,
            "faults": form.faults if status != 200 or more else [],
            "mark": held_forms.mark_of(request.user),
            **more,
        }
        return render(request, "register/keeping/follow_up.html", context, status=status)


class Withdraw(View):
    def get(self, request, pk):
        activity = find_kept(request, pk)
        typed = held_forms.held(request)
        return self.show(request, activity, WithdrawForm(typed))

    def post(self, request, pk):
        activity = find_kept(request, pk)
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.show(request, activity, form, status=422)
        try:
            publishing.withdraw(
                activity=activity,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, activity, form, status=refusal.status)
        held_forms.forget(request)
        messages.success(
            request, _("The entry is withdrawn. Its address says so, with the reason.")
        )
        return redirect("register:mine")

    def show(self, request, activity, form, status=200):
        context = {
            "title": _("Withdraw this entry"),
            "activity": activity,
            "form": form,
            "mark": held_forms.mark_of(request.user),
        }
        return render(request, "register/keeping/withdraw.html", context, status=status)


class Discard(View):
    """Throw away what is being written; the page asks first."""

    def get(self, request, pk):
        activity = find_kept(request, pk)
        context = {
            "title": _("Throw this draft away?"),
            "activity": activity,
            "version": open_version(activity),
            "never_published": activity.state == ActivityState.DRAFT,
        }
        return render(request, "register/keeping/discard.html", context)

    def post(self, request, pk):
        activity = find_kept(request, pk)
        version = open_version(activity)
        if version is None or version.state == VersionState.SUBMITTED:
            raise VersionMoved
        from rapporteur.register.actions.photographs import remove_files

        pictures = list(activity.photographs.all()) if activity.published_version is None else []
        drafting.discard(version=version, by=request.user, at=timezone.now())
        remove_files(pictures)
        messages.success(request, _("The draft is thrown away."))
        return redirect("register:mine")


class Propose(View):
    """Propose an organization to the directory, from one's account."""

    def get(self, request):
        typed = held_forms.held(request)
        return self.show(request, ProposalForm(typed))

    def post(self, request):
        from rapporteur.register.actions.proposing import propose_organization

        form = ProposalForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            propose_organization(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("name", str(refusal))
            return self.show(request, form, status=refusal.status)
        held_forms.forget(request)
        messages.success(
            request,
            _(
                "Proposed. When the secretariat has added it, you are asked for as a member and "
                "see it on this page."
            ),
        )
        return redirect(reverse("directory:me"))

    def show(self, request, form, status=200):
        context = {
            "title": _("Propose an organization"),
            "form": form,
            "mark": held_forms.mark_of(request.user),
        }
        return render(request, "register/keeping/propose.html", context, status=status)
