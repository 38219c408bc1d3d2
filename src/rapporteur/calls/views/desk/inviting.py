"""Who is invited, and who has answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.calls.actions import inviting
from rapporteur.calls.forms.desk import InviteForm
from rapporteur.calls.models import Invitation
from rapporteur.calls.printing import MEDIA_TYPES, printed_letter
from rapporteur.calls.queries.inviting import invitations_of, standing_counts
from rapporteur.calls.views.desk.keeping import find_kept
from rapporteur.calls.views.finding import call_facts
from rapporteur.common import held_forms
from rapporteur.common.refusals import Refusal
from rapporteur.site.lists import Column, Filter, ListPage

STANDING_WORDS = {
    "waiting": gettext_lazy("not written to yet"),
    "sent": gettext_lazy("letter sent"),
    "taken-up": gettext_lazy("invitation taken up"),
    "begun": gettext_lazy("writes"),
    "answered": gettext_lazy("answered"),
}


class Invitations(ListPage):
    """The invitations of a call, each with how it stands; and a form to add some."""

    title = gettext_lazy("Who has answered")
    empty = gettext_lazy("Nobody is invited, or nobody is left by this choice.")
    file_name = "invitations"
    template_name = "calls/desk/invitations.html"
    columns = (
        Column("organization", lambda row: row.organization.slug if row.organization else None),
        Column("email", lambda row: row.email or None),
        Column("language", lambda row: row.language),
        Column("standing", lambda row: row.standing),
        Column("invited_at", lambda row: row.invited_at),
        Column("sent_at", lambda row: row.sent_at),
        Column("taken_up_at", lambda row: row.accepted_at),
    )
    filters = (
        Filter(
            "standing",
            gettext_lazy("How it stands"),
            lambda request: list(STANDING_WORDS.items()),
            lambda rows, value: rows.filter(standing=value),
        ),
    )
    form = None

    def rows(self, request):
        self.call = find_kept(self.kwargs["pk"])
        return invitations_of(self.call)

    def extra_context(self, request):
        counts = standing_counts(self.call)
        initial = {"language": get_language()}
        return {
            **call_facts(self.call),
            "standings": [(STANDING_WORDS[name], count) for name, count in counts.items()],
            "words": {name.replace("-", "_"): str(words) for name, words in STANDING_WORDS.items()},
            "invitable": self.call.state in inviting.INVITABLE,
            "form": self.form or InviteForm(held_forms.held(request), initial=initial),
            "mark": held_forms.mark_of(request.user),
        }

    def post(self, request, pk):
        call = find_kept(pk)
        form = InviteForm(request.POST)
        if form.is_valid():
            try:
                done = inviting.invite(
                    call=call,
                    organizations=form.cleaned_data["organizations"],
                    emails=form.cleaned_data["emails"],
                    language=form.cleaned_data["language"],
                    by=request.user,
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                held_forms.forget(request)
                words = ngettext(
                    "%(count)s invitation is added.", "%(count)s invitations are added.", done.added
                )
                messages.success(request, words % {"count": done.added})
                return redirect("calls:desk-invitations", pk=pk)
        self.form = form
        page = self.get(request, pk=pk)
        page.status_code = 422
        return page


class Renew(View):
    """Give an invitation a new link, and show it once: for who lost the letter."""

    def post(self, request, pk, invitation):
        row = get_object_or_404(Invitation.objects.select_related("call"), pk=invitation, call=pk)
        inviting.renew_link(invitation=row, by=request.user, at=timezone.now())
        messages.success(
            request, _("The old link is worth nothing now. The next letter bears the new one.")
        )
        return redirect("calls:desk-invitations", pk=pk)


class Printed(View):
    """The letter of an invitation as a file, with its personal link."""

    def get(self, request, pk, invitation):
        rows = Invitation.objects.select_related("call", "organization")
        row = get_object_or_404(rows, pk=invitation, call=pk)
        form = "pdf" if request.GET.get("format") == "pdf" else "docx"
        response = HttpResponse(printed_letter(row, form), content_type=MEDIA_TYPES[form])
        name = f"{row.call.slug}-{row.pk}.{form}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
