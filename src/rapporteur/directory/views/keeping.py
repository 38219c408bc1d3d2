"""The secretariat's pages: add an organization, correct one, merge two."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from rapporteur.common.refusals import Conflict
from rapporteur.directory.actions import merging
from rapporteur.directory.actions.organizations import (
    add_organization,
    edit_organization,
    version_of,
)
from rapporteur.directory.errors import CannotMerge, NameTaken, OrganizationChanged
from rapporteur.directory.forms import OrganizationForm, initial_of
from rapporteur.directory.models import Account, Organization
from rapporteur.directory.queries import find_organization
from rapporteur.directory.queries.organizations import find_by_slug, matching, organizations
from rapporteur.directory.views.organizations import title_of

MOST_HITS = 10


def person(request: HttpRequest) -> Account:
    """Return who asks; the policy table has let only the secretariat in."""
    return cast(Account, request.user)


def organization_to_keep(slug: str) -> Organization:
    """Return the organization of an address, or 404; a merged one is not there to be changed."""
    organization = find_by_slug(slug)
    if organization is None or organization.merged_into_id is not None:
        raise Http404
    return organization


class OrganizationAdd(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, OrganizationForm(initial={"name": request.GET.get("name", "")}))

    def show(self, request: HttpRequest, form: OrganizationForm, status: int = 200) -> HttpResponse:
        context = {"title": _("Add an organization"), "form": form}
        return render(request, "directory/organization_form.html", context, status=status)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OrganizationForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, 422)
        try:
            organization = add_organization(
                details=form.details,
                by=person(request),
                at=timezone.now(),
            )
        except NameTaken as refusal:
            form.refuse_names(refusal.holders)
            return self.show(request, form, refusal.status)
        except Conflict as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, refusal.status)
        messages.success(request, _("The organization is added."))
        return redirect(organization)


class OrganizationEdit(View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        organization = organization_to_keep(slug)
        initial = {**initial_of(organization), "version": version_of(organization)}
        return self.show(request, organization, OrganizationForm(initial=initial))

    def show(
        self,
        request: HttpRequest,
        organization: Organization,
        form: OrganizationForm,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        context = {
            "title": _("Correct %(name)s") % {"name": organization.short_name},
            "organization": organization,
            "form": form,
            **more,
        }
        return render(request, "directory/organization_form.html", context, status=status)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        organization = organization_to_keep(slug)
        form = OrganizationForm(request.POST)
        if not form.is_valid():
            return self.show(request, organization, form, 422)
        try:
            organization = edit_organization(
                organization=organization,
                details=form.details,
                version=form.cleaned_data["version"],
                by=person(request),
                at=timezone.now(),
            )
        except NameTaken as refusal:
            form.refuse_names(refusal.holders)
            return self.show(request, organization, form, refusal.status)
        except OrganizationChanged as refusal:
            # What was typed stays; sent again, it is saved over what the page now shows beside it.
            typed = request.POST.copy()
            typed["version"] = version_of(organization)
            kept = OrganizationForm(typed)
            kept.is_valid()
            now = differences(kept, initial_of(organization))
            return self.show(
                request, organization, kept, refusal.status, conflict=refusal, differences=now
            )
        except Conflict as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, organization, form, refusal.status)
        messages.success(request, _("The correction is saved."))
        return redirect(organization)


def differences(form: OrganizationForm, stored: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """Return (label, stored value, typed value) of each field that differs."""
    rows = []
    for name, value in stored.items():
        field = form.fields[name]
        typed = str(form.data.get(name, "")).replace("\r\n", "\n").strip()
        if typed != value:
            choices = dict(getattr(field, "choices", ()))
            rows.append(
                (field.label, str(choices.get(value, value)), str(choices.get(typed, typed)))
            )
    return rows


def words_of(typed: str) -> str:
    """Return what was typed to find an organization by; PostgreSQL cannot look for a NUL."""
    return " ".join(typed.replace("\x00", " ").split())


class OrganizationMerge(View):
    """Merge an organization into another: choose, see what moves, confirm."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        source = organization_to_keep(slug)
        return self.show(request, source, words_of(request.GET.get("into", "")))

    def show(
        self, request: HttpRequest, source: Organization, words: str, problem: Any = None
    ) -> HttpResponse:
        """Show the choice, the hits, or what merging into the one found would move."""
        target = find_by_slug(words) or find_organization(words) if words else None
        context: dict[str, Any] = {
            "title": _("Merge %(name)s into another organization") % {"name": source.short_name},
            "source": source,
            "source_title": title_of(source),
            "words": words,
            "problem": problem,
        }
        if target is not None:
            try:
                context |= {
                    "moved": merging.preview_merge(source=source, target=target),
                    "target": target,
                    "target_title": title_of(target),
                    "versions": (version_of(source), version_of(target)),
                }
            except CannotMerge as refusal:
                context["problem"] = refusal
        elif words:
            context["hits"] = matching(organizations(), words).exclude(pk=source.pk)[:MOST_HITS]
        status = context["problem"].status if context["problem"] else 200
        return render(request, "directory/organization_merge.html", context, status=status)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        source = organization_to_keep(slug)
        words = words_of(request.POST.get("into", ""))
        target = find_by_slug(words)
        if target is None:
            return self.show(request, source, words)
        try:
            moved = merging.merge_organizations(
                source=source,
                target=target,
                versions=(
                    request.POST.get("source_version", ""),
                    request.POST.get("target_version", ""),
                ),
                by=person(request),
                at=timezone.now(),
            )
        except (CannotMerge, OrganizationChanged) as refusal:
            return self.show(request, source, words, problem=refusal)
        count = sum(item.count for item in moved)
        messages.success(
            request,
            ngettext(
                "The two are merged; %(count)s record was moved.",
                "The two are merged; %(count)s records were moved.",
                count,
            )
            % {"count": count},
        )
        return redirect(target)
