"""Who answers, and what they agree to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.calls.choices import Audience, Consent
from rapporteur.calls.forms.groups import GroupField
from rapporteur.calls.models import Call
from rapporteur.common.forms import TextForm
from rapporteur.directory.models import Account, Country, Organization
from rapporteur.framework.models import Concept

MYSELF = "-"
GROUPS = "stakeholder-groups"


class BeginForm(TextForm):
    """For whom somebody answers: an organization of theirs, or themselves."""

    organization = forms.ChoiceField(
        label=gettext_lazy("For whom do you answer?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose for whom you answer."),
            "invalid_choice": gettext_lazy("Choose one of those that are shown."),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Your name, or that of an organization that is not named above. Leave it empty if you "
            "answer for an organization above."
        ),
    )
    group = GroupField(
        label=gettext_lazy("Stakeholder group"),
        queryset=Concept.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not said"),
    )
    country = forms.ModelChoiceField(
        label=gettext_lazy("Country"),
        queryset=Country.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not said"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the answers"))
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: Call, person: Account, **values: Any) -> None:
        super().__init__(*args, **values)
        held = [pk for pk, _kind in person.organizations_held]
        taken_up = call.invitations.filter(accepted_by=person).values("organization")
        rows = Organization.objects.filter(Q(pk__in=held) | Q(pk__in=taken_up))
        related = rows.select_related("stakeholder_group", "country").order_by("name", "pk")
        self.organizations = {str(row.pk): row for row in related}
        choices = [(pk, row.display_name) for pk, row in self.organizations.items()]
        if call.audience in (Audience.OPEN, Audience.INVITED):
            choices.append((MYSELF, _("Myself, or an organization that is not named here")))
        self.choosing.choices = choices
        if len(choices) == 1:
            self.initial.setdefault("organization", choices[0][0])
        groups = Concept.objects.filter(scheme__code=GROUPS, retired_at=None)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        countries = Country.objects.filter(retired_at=None)
        self.fields["country"].queryset = countries  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]

    @property
    def choosing(self) -> Any:
        return self.fields["organization"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = cleaned.get("organization")
        cleaned["chosen"] = self.organizations.get(chosen) if chosen else None
        if chosen == MYSELF and not cleaned.get("name"):
            self.add_error("name", _("Write your name, or that of your organization."))
        return cleaned


class SendForm(TextForm):
    """What the respondent agrees to."""

    consent = forms.ChoiceField(
        label=gettext_lazy("May your response be published?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose whether your response may be published."),
            "invalid_choice": gettext_lazy("Choose one of those that are shown."),
        },
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: Call, **values: Any) -> None:
        super().__init__(*args, **values)
        labels = dict(Consent.choices)
        self.fields["consent"].choices = [  # type: ignore[attr-defined]
            (value, labels[Consent(value)]) for value in call.consents
        ]


class ColleagueForm(TextForm):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of your colleague"),
        help_text=gettext_lazy("They get a letter with a link that works once."),
        error_messages={
            "required": gettext_lazy("Write the address."),
            "invalid": gettext_lazy("Write an e-mail address in the form name@example.org."),
        },
    )


class FilledForm(TextForm):
    file = forms.FileField(
        label=gettext_lazy("The filled form"),
        help_text=gettext_lazy("The DOCX or XLSX of this call, filled."),
        error_messages={"required": gettext_lazy("Choose the file.")},
    )
