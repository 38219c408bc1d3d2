"""Making a duplicate one with the entry that stays; putting a withdrawn entry back."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common.refusals import Refusal
from rapporteur.register.actions import merging, publishing
from rapporteur.register.changes import changes_between
from rapporteur.register.forms.desk import MergeForm
from rapporteur.register.views.desk.deciding import entry_at


class Merge(View):
    """Choose the two, see both side by side, confirm."""

    def get(self, request):
        asked = {name: request.GET.get(name, "") for name in ("source", "target")}
        if not all(asked.values()):
            return self.show(request, MergeForm(initial=asked))
        form = MergeForm(asked)
        return self.show(request, form, compares=form.is_valid())

    def post(self, request):
        form = MergeForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            kept = merging.merge(
                source=form.cleaned_data["source"],
                target=form.cleaned_data["target"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, status=refusal.status)
        messages.success(
            request,
            _("Merged. The duplicate's address leads here; its history is kept with it."),
        )
        return redirect(kept)

    def show(self, request, form, status=200, compares=False):
        context = {"title": _("Merge a duplicate"), "form": form, "compares": compares}
        if compares:
            source, target = form.cleaned_data["source"], form.cleaned_data["target"]
            context |= {
                "source": source,
                "target": target,
                "changes": changes_between(
                    target.published_version.says, source.published_version.says
                ),
            }
        return render(request, "register/desk/merge.html", context, status=status)


class Restore(View):
    def post(self, request, pk):
        activity = entry_at(pk)
        publishing.restore(activity=activity, by=request.user, at=timezone.now())
        messages.success(request, _("The entry is back in the register as it was."))
        return redirect(activity)
