"""Who does it: the organization, its group, and partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.directory.choices import OrganizationKind
from rapporteur.directory.names import fold_name
from rapporteur.directory.queries.names import find_organization, organizations_by_key
from rapporteur.register.content import Content, Partner
from rapporteur.register.forms.base import DIR_AUTO, PlainField, StepForm, lines_of


class OrganizationStep(StepForm):
    content_fields = ("organization", "organization_slug", "stakeholder_group", "partners")
    shown_at = {"organization_slug": "organization"}

    organization = PlainField(
        label=gettext_lazy("Organization that carries it out"),
        help_text=gettext_lazy(
            "Its name or acronym. Its focal points on this site will see this entry and may "
            "change it."
        ),
        widget=forms.TextInput(attrs={**DIR_AUTO, "autocomplete": "organization"}),
    )
    organization_is = forms.ChoiceField(
        label=gettext_lazy("Is it one of these, or what is to be done?"),
        required=False,
        widget=forms.RadioSelect,
    )
    proposed_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of the organization"),
        required=False,
        choices=[("", gettext_lazy("Not said yet")), *OrganizationKind.choices],
    )
    proposed_country = forms.ChoiceField(
        label=gettext_lazy("Country in which it is based"), required=False
    )
    proposed_website = PlainField(
        label=gettext_lazy("Its website"),
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )
    stakeholder_group = forms.ChoiceField(
        label=gettext_lazy("Stakeholder group"),
        required=False,
        help_text=gettext_lazy(
            "Of the organization. Left open, it is taken from the directory where that knows it."
        ),
    )
    partners = PlainField(
        label=gettext_lazy("Partners"),
        help_text=gettext_lazy("Other organizations that take part, one on each line."),
        widget=forms.Textarea(attrs={"rows": 4, **DIR_AUTO}),
    )
    PROPOSAL = ("organization_is", "proposed_kind", "proposed_country", "proposed_website")

    def set_choices(self) -> None:
        groups = self.vocabulary.concepts("stakeholder-groups")
        fields: dict[str, Any] = self.fields
        fields["stakeholder_group"].choices = [
            ("", _("Not said yet")),
            *((group.code, group.name) for group in groups),
        ]
        if not self.asks_which:
            for name in self.PROPOSAL:
                del fields[name]
            return
        self.near = near_organizations(self.content.organization)
        fields["organization_is"].choices = [
            *((row.slug, row.display_name) for row in self.near),
            ("propose", _("Propose it to the secretariat for the directory")),
            ("text", _("Keep the name as it is written")),
        ]
        fields["proposed_country"].choices = [
            ("", _("Not known, or none")),
            *self.vocabulary.countries.items(),
        ]

    @property
    def asks_which(self) -> bool:
        """Whether the organization that is stored is one that the directory does not know."""
        return bool(self.content.organization) and not self.content.organization_slug

    def initial_of(self, content: Content) -> dict[str, Any]:
        return {
            "organization": content.organization,
            "stakeholder_group": content.stakeholder_group,
            "partners": "\n".join(partner.name for partner in content.partners),
        }

    def parts(self, content: Content) -> dict[str, Any]:
        name = " ".join(self.typed("organization").split())
        chosen = self.chosen_organization(name)
        group = self.typed("stakeholder_group")
        if chosen is not None and not group and chosen.stakeholder_group is not None:
            group = chosen.stakeholder_group.code
        return {
            "organization": chosen.display_name if chosen is not None else name,
            "organization_slug": chosen.slug if chosen is not None else "",
            "stakeholder_group": group,
            "partners": self.partner_rows(),
        }

    def chosen_organization(self, name: str) -> Any:
        """Return the organization that is meant: the one ticked, else the one of that name."""
        if self.asks_which and name == self.content.organization:
            ticked = self.typed("organization_is")
            for row in self.near:
                if row.slug == ticked:
                    return row
        if not hasattr(self, "_found") or self._found[0] != name:
            self._found: tuple[str, Any] = (name, find_organization(name) if name else None)
        return self._found[1]

    def partner_rows(self) -> tuple[Partner, ...]:
        names = lines_of(self.typed("partners"))
        if not names:
            return ()
        if not hasattr(self, "_slugs"):
            self._slugs = slugs_of(names)
        return tuple(Partner(name, self._slugs.get(fold_name(name), "")) for name in names)

    @property
    def proposes(self) -> bool:
        """Whether the person asks that the organization be added to the directory."""
        same = " ".join(self.typed("organization").split()) == self.content.organization
        return self.asks_which and same and self.typed("organization_is") == "propose"


def slugs_of(names: tuple[str, ...]) -> dict[str, str]:
    """Return the slug of each name (folded) that the directory knows. Two queries."""
    from rapporteur.directory.models import Organization

    keys = organizations_by_key()
    wanted = {fold_name(name): keys[fold_name(name)] for name in names if fold_name(name) in keys}
    slugs = dict(Organization.objects.filter(pk__in=wanted.values()).values_list("pk", "slug"))
    return {key: slugs[pk] for key, pk in wanted.items()}


def near_organizations(name: str, most: int = 5) -> list[Any]:
    """Return the organizations whose names are nearest to a name, best first. Two queries."""
    from rapidfuzz import fuzz, process

    from rapporteur.directory.models import Organization

    keys = organizations_by_key()
    found = process.extract(
        fold_name(name), keys.keys(), scorer=fuzz.WRatio, limit=most * 2, score_cutoff=75
    )
    pks = list(dict.fromkeys(keys[key] for key, _score, _place in found))[:most]
    rows = Organization.objects.filter(pk__in=pks).select_related("stakeholder_group")
    by_pk = {row.pk: row for row in rows}
    return [by_pk[pk] for pk in pks]
