"""Personal links, and colleagues who write with."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.calls.actions import inviting
from rapporteur.calls.errors import LinkNotGood
from rapporteur.calls.forms.beginning import ColleagueForm
from rapporteur.calls.queries.inviting import find_invitation
from rapporteur.calls.rules import is_writable
from rapporteur.calls.views.finding import call_facts, find_written
from rapporteur.common import held_forms
from rapporteur.common.refusals import Refusal


def kept_from_caches(response):
    # The address is a right, which no cache keeps; other sites are never told of a path.
    response.headers["Cache-Control"] = "private, no-store"
    return response


class Invited(View):
    """Where a personal link leads. Looking takes nothing up; the button does, signed in."""

    def get(self, request, token):
        # Nothing is noted here: programs that guard mailboxes follow links before people do.
        invitation = find_invitation(token)
        if invitation is None:
            return kept_from_caches(self.not_good(request, LinkNotGood()))
        taken = invitation.accepted_at is not None
        context = {
            "title": invitation.call.title,
            **call_facts(invitation.call),
            "invitation": invitation,
            "taken": taken and invitation.accepted_by_id != getattr(request.user, "pk", None),
            "token": token,
        }
        return kept_from_caches(render(request, "calls/answering/invited.html", context))

    def post(self, request, token):
        invitation = inviting.accept_invitation(token=token, by=request.user, at=timezone.now())
        return redirect("calls:begin", slug=invitation.call.slug)

    def not_good(self, request, refusal):
        return render(request, "site/refusal.html", {"refusal": refusal}, status=refusal.status)


class Join(View):
    """Where the link of a colleague's letter leads."""

    def get(self, request, token):
        context = {"title": _("Write with your colleagues"), "token": token}
        return kept_from_caches(render(request, "calls/answering/join.html", context))

    def post(self, request, token):
        response = inviting.join_response(token=token, by=request.user, at=timezone.now())
        messages.success(request, _("You write at this response now."))
        return redirect("calls:check", pk=response.pk)


class Colleagues(View):
    """Who writes with, and a form to ask one more."""

    def get(self, request, pk):
        return self.show(request, find_written(request, pk), ColleagueForm())

    def post(self, request, pk):
        response = find_written(request, pk)
        form = ColleagueForm(request.POST)
        if not form.is_valid():
            return self.show(request, response, form, status=422)
        try:
            inviting.invite_colleague(
                response=response,
                email=form.cleaned_data["email"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, response, form, status=refusal.status)
        held_forms.forget(request)
        messages.success(request, _("The letter is on its way."))
        return redirect("calls:colleagues", pk=pk)

    def show(self, request, response, form, status=200):
        context = {
            "title": _("Colleagues"),
            **call_facts(response.call),
            "response": response,
            "members": list(response.members.select_related("account")),
            "writable": is_writable(response.call, response, at=timezone.now()),
            "form": form,
            "mark": held_forms.mark_of(request.user),
        }
        return render(request, "calls/answering/colleagues.html", context, status=status)


class ColleagueRemove(View):
    def post(self, request, pk, member):
        response = find_written(request, pk)
        row = get_object_or_404(response.members.select_related("response"), pk=member)
        inviting.remove_colleague(member=row, by=request.user, at=timezone.now())
        messages.success(request, _("They write here no longer."))
        return redirect("calls:colleagues", pk=pk)
