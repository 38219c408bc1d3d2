"""Turn requests about saved searches into clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rapporteur.common.forms import TextForm
from rapporteur.search.saved.choices import Frequency


class SavedSearchForm(TextForm):
    name = forms.CharField(
        label=_("Name of the search"),
        max_length=150,
        help_text=_("You see it in your list and in the subject of mails. Nobody else sees it."),
        error_messages={"required": _("Enter a name for the search.")},
    )
    frequency = forms.ChoiceField(
        label=_("Mail about what is new or changed"),
        choices=Frequency,
        widget=forms.RadioSelect,
        help_text=_("Where nothing is new, no mail comes. Every mail has a link that stops it."),
        error_messages={"required": _("Choose how often a mail may come.")},
    )
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)

    def clean_name(self) -> str:
        # One line: it stands in the subject of mails.
        return " ".join(self.cleaned_data["name"].split())

    def values(self) -> dict[str, Any]:
        """Return the clean values as the actions take them."""
        found = self.cleaned_data
        return {
            "name": found["name"],
            "language": found["language"],
            "frequency": Frequency(found["frequency"]),
        }
