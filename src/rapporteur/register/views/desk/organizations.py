"""Organizations that people proposed: added to the directory, matched, or refused."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from rapporteur.common.refusals import Conflict, Refusal
from rapporteur.directory.errors import NameTaken
from rapporteur.directory.forms import OrganizationForm
from rapporteur.register.actions import proposing
from rapporteur.register.choices import ProposalState
from rapporteur.register.forms.desk import MatchForm, RefusalForm
from rapporteur.register.forms.steps.organization import near_organizations
from rapporteur.register.models import Activity, OrganizationProposal
from rapporteur.site.lists import Column, Filter, ListPage


class Proposals(ListPage):
    title = gettext_lazy("Proposed organizations")
    lead = gettext_lazy("Organizations that keepers of entries ask to have in the directory.")
    empty = gettext_lazy("No proposal matches. Keepers propose an organization while they write.")
    file_name = "proposed-organizations"
    template_name = "register/desk/proposals.html"
    columns = (
        Column("name", lambda row: row.name),
        Column("kind", lambda row: row.kind),
        Column("country", lambda row: row.country.iso3 if row.country else ""),
        Column("website", lambda row: row.website),
        Column("state", lambda row: row.state),
        Column("proposed_at", lambda row: row.proposed_at),
    )
    filters = (
        Filter(
            "state",
            gettext_lazy("State"),
            lambda request: ProposalState.choices,
            lambda rows, value: rows.filter(state=value),
        ),
    )

    def rows(self, request):
        rows = OrganizationProposal.objects.select_related("country", "organization")
        return rows.order_by("decided_at", "proposed_at", "pk")


class ProposalPage(View):
    """One proposal, and the three ways to decide it."""

    def get(self, request, pk):
        return self.show(request, self.find(pk))

    def post(self, request, pk):
        proposal = self.find(pk)
        act = {"accept": self.accept, "match": self.match}.get(
            request.POST.get("decision", ""), self.refuse
        )
        try:
            faulty = act(request, proposal)
        except Conflict as refusal:
            return self.show(request, self.find(pk), status=409, refusal=refusal)
        except Refusal as refusal:
            return self.show(request, proposal, status=refusal.status, refusal=refusal)
        if faulty is not None:
            return self.show(request, proposal, status=422, **faulty)
        messages.success(request, _("Decided: %(name)s") % {"name": proposal.name})
        return redirect("register:desk-organizations")

    def accept(self, request, proposal):
        form = OrganizationForm(request.POST)
        if not form.is_valid():
            return {"add_form": form}
        try:
            proposing.accept_proposal(
                proposal=proposal, details=form.details, by=request.user, at=timezone.now()
            )
        except NameTaken as taken:
            form.refuse_names(taken.holders)
            return {"add_form": form}
        return None

    def match(self, request, proposal):
        form = MatchForm(request.POST)
        if not form.is_valid():
            return {"match_form": form}
        proposing.match_proposal(
            proposal=proposal,
            organization=form.cleaned_data["organization"],
            by=request.user,
            at=timezone.now(),
        )
        return None

    def refuse(self, request, proposal):
        form = RefusalForm(request.POST)
        if not form.is_valid():
            return {"reason_form": form}
        proposing.refuse_proposal(
            proposal=proposal,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        return None

    def find(self, pk):
        rows = OrganizationProposal.objects.select_related(
            "country", "organization", "proposed_by", "decided_by"
        )
        return get_object_or_404(rows, pk=pk)

    def show(self, request, proposal, status=200, refusal=None, **forms):
        near = near_organizations(proposal.name)
        context = {
            "title": _("Proposed organization: %(name)s") % {"name": proposal.name},
            "proposal": proposal,
            "waits": proposal.state == ProposalState.OPEN,
            "near": near,
            "entries": Activity.objects.filter(
                organization=None, organization_name=proposal.name
            ).order_by("-pk")[:10],
            "refusal": refusal,
            "add_form": OrganizationForm(
                initial={
                    "name": proposal.name,
                    "kind": proposal.kind,
                    "country": proposal.country.iso3 if proposal.country else "",
                    "website": proposal.website,
                }
            ),
            "match_form": MatchForm(initial={"organization": near[0].slug if near else ""}),
            "reason_form": RefusalForm(),
            **forms,
        }
        return render(request, "register/desk/proposal.html", context, status=status)
