"""Turn requests about accounts into clean values."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rapporteur.common.forms import TextForm
from rapporteur.directory.choices import GrantedRole, MembershipKind
from rapporteur.directory.models import Organization
from rapporteur.framework.models import Concept


class NameForm(TextForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("Shown beside what you publish. Leave it empty to stay unnamed."),
    )


class AskMembershipForm(TextForm):
    organization = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=Organization.objects.none(),
        to_field_name="slug",
        help_text=_(
            "Somebody of the organization, or the secretariat, confirms that you are of it."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organization = cast(forms.ModelChoiceField, self.fields["organization"])
        organization.queryset = Organization.objects.filter(
            retired_at__isnull=True, merged_into__isnull=True
        ).order_by("name", "pk")


class DecideMembershipForm(TextForm):
    kind = forms.ChoiceField(label=_("As"), choices=MembershipKind)


class GrantForm(TextForm):
    role = forms.ChoiceField(label=_("Role"), choices=GrantedRole)
    concept = forms.ModelChoiceField(
        label=_("Action line"),
        queryset=Concept.objects.none(),
        to_field_name="code",
        required=False,
        help_text=_("For a facilitator only."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        concept = cast(forms.ModelChoiceField, self.fields["concept"])
        concept.queryset = Concept.objects.filter(
            scheme__code="action-lines", retired_at__isnull=True
        ).order_by("order", "code")
