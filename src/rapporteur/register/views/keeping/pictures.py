"""Adding a photograph to an entry, and taking one away."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common import held_forms
from rapporteur.common.refusals import Refusal
from rapporteur.register.actions import photographs
from rapporteur.register.forms.entries import PhotographForm
from rapporteur.register.models import Photograph
from rapporteur.register.queries.activities import kept_activities, open_version
from rapporteur.register.views.keeping.finding import find_kept


class PhotographAdd(View):
    def get(self, request, pk):
        activity = find_kept(request, pk)
        typed = held_forms.held(request)
        form = PhotographForm(typed, language=reader())
        return self.show(request, activity, form, held=typed is not None)

    def post(self, request, pk):
        activity = find_kept(request, pk)
        form = PhotographForm(request.POST, request.FILES, language=reader())
        if getattr(request, "upload_too_large", False):
            form.errors.pop("file", None)  # that it is missing: it was left while it arrived
            refusal = photographs.too_large()
            form.add_error("file", str(refusal))
            return self.show(request, activity, form, status=refusal.status)
        if not form.is_valid():
            return self.show(request, activity, form, status=422)
        try:
            photographs.add_photograph(
                activity=activity,
                data=form.cleaned_data["file"].read(),
                alternatives=form.alternatives,
                credit=form.cleaned_data["credit"],
                consent=form.cleaned_data["consent"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self.show(request, activity, form, status=refusal.status)
        held_forms.forget(request)
        messages.success(
            request, _("The photograph is added. Readers see it when the secretariat agrees.")
        )
        return back_to_entry(activity)

    def show(self, request, activity, form, status=200, held=False):
        context = {
            "title": _("Add a photograph"),
            "activity": activity,
            "form": form,
            "held": held,
            "mark": held_forms.mark_of(request.user),
        }
        return render(request, "register/keeping/photograph.html", context, status=status)


class PhotographRemove(View):
    def post(self, request, pk):
        kept = kept_activities(by=request.user)
        photograph = get_object_or_404(
            Photograph.objects.select_related("activity"), pk=pk, activity__in=kept
        )
        photographs.remove_photograph(photograph=photograph, by=request.user, at=timezone.now())
        messages.success(request, _("The photograph is taken away."))
        return back_to_entry(photograph.activity)


def back_to_entry(activity):
    """Return to the step with the photographs, or to the entry where nothing is being written."""
    version = open_version(activity)
    if version is not None and version.state != "submitted":
        return redirect("register:step", pk=activity.pk, step="contact")
    return redirect("register:edit", pk=activity.pk)


def reader() -> str:
    return (get_language() or "en").split("-")[0]
