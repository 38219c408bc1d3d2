"""The short forms of keepers: a follow-up report, a withdrawal, a photograph, a proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.common.forms import TextForm
from rapporteur.directory.choices import OrganizationKind
from rapporteur.register.choices import ActivityStatus
from rapporteur.register.content import (
    EARLIEST_YEAR,
    NAME_MOST,
    TEXT_MOST,
    Content,
    part_to_json,
)
from rapporteur.register.forms.base import DIR_AUTO
from rapporteur.register.forms.steps.results import ResultsStep
from rapporteur.register.forms.steps.text import languages_to_choose
from rapporteur.register.forms.vocabulary import Vocabulary

SITE_LANGUAGES = {"ar": "العربية", "zh": "中文", "en": "English"}
SITE_LANGUAGES |= {"fr": "Français", "ru": "Русский", "es": "Español"}


class FollowUpForm(ResultsStep):
    """What became of an activity in one year, with rows of results as in the entry itself."""

    year = forms.IntegerField(
        label=gettext_lazy("Year that you report on"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Enter the year, for example 2026.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy(
            "What was done and what came of it in this year. At most 20,000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 8, **DIR_AUTO}),
        error_messages={"required": gettext_lazy("Write what happened.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the report"), required=False, choices=()
    )
    status = forms.ChoiceField(
        label=gettext_lazy("How far is it now?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", gettext_lazy("As before")), *ActivityStatus.choices],
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, content=Content(), vocabulary=Vocabulary(), **options)

    def set_choices(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["language"].choices = languages_to_choose(self.initial.get("language", ""))

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        last = timezone.localdate().year
        if not EARLIEST_YEAR <= year <= last:
            raise forms.ValidationError(
                _("Enter a year between %(first)s and %(last)s.")
                % {"first": EARLIEST_YEAR, "last": last}
            )
        return year

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if len(text) > TEXT_MOST:
            raise forms.ValidationError(
                _("This is too long: at most %(value)s characters.") % {"value": TEXT_MOST}
            )
        return text

    def results(self) -> list[dict[str, Any]]:
        """Return the rows as ``FollowUp.results`` keeps them."""
        return [part_to_json(row) for row in self.parts(self.content)["results"]]


class WithdrawForm(TextForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"),
        max_length=1000,
        help_text=gettext_lazy("Readers who follow a link to the entry see the reason."),
        widget=forms.Textarea(attrs={"rows": 3, **DIR_AUTO}),
        error_messages={
            "required": gettext_lazy(
                "Say why: readers who follow a link to the entry see the reason."
            )
        },
    )


class PhotographForm(TextForm):
    """One photograph. A description in one language at least: who does not see it hears it."""

    file = forms.FileField(
        label=gettext_lazy("The photograph"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at most 8 MB. It is made smaller, and what the camera noted of "
            "place and time is taken out."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": gettext_lazy("Choose a photograph."),
            "empty": gettext_lazy("This file is empty. Choose another."),
            "max_length": gettext_lazy("The file's name is too long. Rename it and choose again."),
        },
    )
    credit = forms.CharField(
        label=gettext_lazy("Who took it"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Shown beside the picture."),
        widget=forms.TextInput(attrs=DIR_AUTO),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "The people shown agree to its publication, and I may publish it under this site's "
            "licence."
        ),
        error_messages={
            "required": gettext_lazy("A photograph is published only with this agreement.")
        },
    )

    def __init__(self, *args: Any, language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        first = language if language in SITE_LANGUAGES else "en"
        order = [first, *(code for code in SITE_LANGUAGES if code != first)]
        for code in order:
            self.fields[f"alternative_{code}"] = forms.CharField(
                label=_("What the picture shows, in this language: %(language)s")
                % {"language": SITE_LANGUAGES[code]},
                max_length=500,
                required=False,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )
        self.fields[f"alternative_{first}"].help_text = _(
            "Read out to people who do not see the picture. One language is enough."
        )
        self.order_fields(["file", *(f"alternative_{code}" for code in order), "credit", "consent"])
        self.first = first

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.alternatives:
            self.add_error(
                f"alternative_{self.first}",
                _("Describe the picture in one language at least."),
            )
        return data

    @property
    def alternatives(self) -> dict[str, str]:
        """What the picture shows, by language; only what was filled in."""
        return {
            code: text
            for code in SITE_LANGUAGES
            if (text := " ".join(str(self[f"alternative_{code}"].value() or "").split()))
        }


class ProposalForm(TextForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the organization"),
        max_length=NAME_MOST,
        widget=forms.TextInput(attrs={**DIR_AUTO, "autocomplete": "organization"}),
        error_messages={"required": gettext_lazy("Enter the organization's name.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OrganizationKind)
    country = forms.ChoiceField(label=gettext_lazy("Country in which it is based"), required=False)
    website = forms.URLField(
        label=gettext_lazy("Website"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy("Enter an address of the web, such as https://www.itu.int.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["kind"].initial = OrganizationKind.CIVIL_SOCIETY
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("Not known, or none")),
            *Vocabulary().countries.items(),
        ]
