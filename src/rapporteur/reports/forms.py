"""The form with which a report is built."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rapporteur.common.forms import TextForm
from rapporteur.reports import queries
from rapporteur.reports.exports.forms import FORMS
from rapporteur.reports.outlines import outlines


class BuildForm(TextForm):
    """Which report, of which year, in which language and form."""

    outline = forms.ChoiceField(label=_("Outline"))
    year = forms.TypedChoiceField(
        label=_("Year reported on"),
        coerce=int,
        help_text=_("Years of which the record has a published document."),
    )
    language = forms.ChoiceField(
        label=_("Language of headings and sentences"),
        choices=settings.LANGUAGES,
        help_text=_("Quotations stay in the language of their documents."),
    )
    form = forms.ChoiceField(label=_("Form"), widget=forms.RadioSelect, initial="docx")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "outline": [(code, item.name) for code, item in outlines().items()],
            "year": [(year, str(year)) for year in queries.years()],
            "form": [(suffix, form.title) for suffix, form in FORMS.items()],
        }
        for name, options in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = options
        self.fields["language"].initial = get_language()
