"""What the secretariat types about documents and paragraphs, turned into clean values."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rapporteur.common.forms import TextForm
from rapporteur.directory.models import Organization
from rapporteur.directory.queries import find_organization
from rapporteur.framework.models import Concept
from rapporteur.library.actions.importing import KINDS
from rapporteur.library.addresses import held_symbol
from rapporteur.library.choices import DocumentKind
from rapporteur.library.facts import figure_in

BAD_SYMBOL = _("Write the symbol as on the document, for example A/RES/70/125, or leave it out.")


class UploadForm(TextForm):
    file = forms.FileField(
        label=_("The document's file"),
        help_text=_("A Word file (DOCX), a PDF, HTML, Markdown or plain text."),
        max_length=200,
    )
    symbol = forms.CharField(
        label=_("Symbol"),
        help_text=_("As on the document, for example A/RES/70/125. It is read from the text too."),
        max_length=80,
        required=False,
    )
    link = forms.URLField(
        label=_("Address of the official text"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("auto", _("Find out from the text")),
            *((kind.value, kind.label) for kind in DocumentKind if kind.value in KINDS),
        ],
        required=False,
    )

    def clean_symbol(self):
        symbol = self.cleaned_data["symbol"]
        if symbol and held_symbol(symbol) is None:
            raise forms.ValidationError(BAD_SYMBOL)
        return symbol

    def clean_kind(self):
        return self.cleaned_data["kind"] or "auto"


class DocumentFactsForm(TextForm):
    title = forms.CharField(label=_("Title"), max_length=600, widget=forms.Textarea({"rows": 3}))
    symbol = forms.CharField(label=_("Symbol"), help_text=BAD_SYMBOL, max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    date = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    year = forms.IntegerField(
        label=_("Year that it is about"),
        help_text=_("For a report the year reported on; for a resolution that of its adoption."),
        min_value=1945,
        max_value=2200,
        required=False,
        localize=False,
    )
    session = forms.CharField(label=_("Session"), max_length=200, required=False)
    agenda_item = forms.CharField(label=_("Agenda item"), max_length=300, required=False)
    link = forms.URLField(
        label=_("Address of the official text"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )

    def clean_symbol(self):
        symbol = self.cleaned_data["symbol"]
        if symbol and held_symbol(symbol) is None:
            raise forms.ValidationError(BAD_SYMBOL)
        return symbol


class ParagraphFactsForm(TextForm):
    concepts = forms.CharField(
        label=_("Action lines, themes and other concepts"),
        help_text=_("Codes, one to a line: C5, C7.4, theme:financing, region:africa, SDG9."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    organizations = forms.CharField(
        label=_("Organizations"),
        help_text=_("Names or acronyms, one to a line, in the order in which they are named."),
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    publications = forms.CharField(
        label=_("Publications"),
        help_text=_("Titles, one to a line."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    figures = forms.CharField(
        label=_("Figures"),
        help_text=_(
            "One to a line: value, unit, what it measures and year, with a bar between: "
            "67 | per cent | people using the Internet | 2023. A range is 20 to 30."
        ),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_concepts(self):
        codes = lines_of(self.cleaned_data["concepts"])
        known = set(
            Concept.objects.filter(code__in=codes, retired_at__isnull=True).values_list(
                "code", flat=True
            )
        )
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise forms.ValidationError(
                _("No vocabulary has these codes: %(codes)s."), params={"codes": ", ".join(unknown)}
            )
        return tuple(codes)

    def clean_organizations(self):
        return tuple(lines_of(self.cleaned_data["organizations"]))

    def clean_publications(self):
        return tuple(lines_of(self.cleaned_data["publications"]))

    def clean_figures(self):
        figures, faults = [], []
        for number, line in enumerate(self.cleaned_data["figures"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                figures.append(figure_in(line))
            except ValueError:
                faults.append(
                    forms.ValidationError(
                        _("Line %(number)s is no figure: %(line)s"),
                        params={"number": number, "line": line.strip()[:80]},
                    )
                )
        if faults:
            raise forms.ValidationError(faults)
        return tuple(figures)


class NameForm(TextForm):
    """Give a printed name its organization: one that is known, or a new one."""

    printed = forms.CharField(widget=forms.HiddenInput, max_length=300)
    organization = forms.CharField(
        label=_("Organization"),
        help_text=_("Its acronym or name, as in the directory. Empty to add a new one."),
        max_length=300,
        required=False,
    )
    name = forms.CharField(label=_("Name of the new organization"), max_length=300, required=False)
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)

    def clean(self):
        cleaned = super().clean() or {}
        typed = cleaned.get("organization", "")
        cleaned["found"] = None
        if typed:
            found = find_organization(typed)
            if found is None:
                found = Organization.objects.filter(slug=typed).first()
            if found is None:
                self.add_error(
                    "organization",
                    _("The directory has no “%(name)s”. Write it as listed there, or add it.")
                    % {"name": typed},
                )
            cleaned["found"] = found
        elif not cleaned.get("name"):
            self.add_error("organization", _("Name an organization, or the new one to add."))
        return cleaned


def lines_of(text: str) -> list[str]:
    """Return the lines that hold something, trimmed, each once."""
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
