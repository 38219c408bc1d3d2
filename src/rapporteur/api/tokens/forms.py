from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rapporteur.api.choices import Lifetime, Scope
from rapporteur.common.forms import TextForm


class TokenForm(TextForm):
    name = forms.CharField(
        label=_("Name of the program"),
        max_length=100,
        help_text=_("By which you will know this token again, such as “Nightly upload”."),
    )
    scope = forms.ChoiceField(label=_("What it may do"), choices=Scope.choices, initial=Scope.READ)
    days = forms.TypedChoiceField(
        label=_("How long it lasts"),
        choices=Lifetime.choices,
        coerce=int,
        initial=Lifetime.QUARTER,
    )
