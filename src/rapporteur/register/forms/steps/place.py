"""Where and when it takes place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.directory.names import fold_name
from rapporteur.register.choices import ActivityKind, ActivityStatus, Coverage
from rapporteur.register.content import Content
from rapporteur.register.forms.base import (
    DIR_AUTO,
    CodesField,
    PlainField,
    RowForm,
    Rows,
    StepForm,
    in_order,
)


class CountryRow(RowForm):
    country = PlainField(
        label=gettext_lazy("Country"),
        widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off", **DIR_AUTO}),
    )


class PlaceStep(StepForm):
    content_fields = ("kind", "status", "starts", "ends", "coverage", "countries", "regions")
    row_lists = (
        Rows(
            "countries",
            CountryRow,
            gettext_lazy("Countries"),
            gettext_lazy("Write the name of a country, or its code. One in each field."),
            gettext_lazy("Add another country"),
        ),
    )

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of activity is it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=ActivityKind,
    )
    status = forms.ChoiceField(
        label=gettext_lazy("How far is it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=ActivityStatus,
    )
    starts = PlainField(
        label=gettext_lazy("Start"),
        help_text=gettext_lazy(
            "As far as you know it: a year, a month or a day, such as 2024, 2024-05 or 2024-05-31."
        ),
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr"}),
    )
    ends = PlainField(
        label=gettext_lazy("End"),
        help_text=gettext_lazy("The same way. Leave it empty where no end is planned."),
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr"}),
    )
    coverage = forms.ChoiceField(
        label=gettext_lazy("Where does it take place?"),
        required=False,
        widget=forms.RadioSelect,
        choices=Coverage,
    )
    regions = CodesField(
        label=gettext_lazy("Regions"),
        help_text=gettext_lazy(
            "Where it takes place in a region as a whole. Regions of countries need not be named."
        ),
    )

    def set_choices(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["regions"].choices = [
            (scheme_title(rows), [(row.code, row.name) for row in rows])
            for scheme in ("regions", "itu-regions")
            if (rows := self.vocabulary.concepts(scheme))
        ]

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        names = self.vocabulary.countries
        return [{"country": names.get(code, code)} for code in self.content.countries]

    def parts(self, content: Content) -> dict[str, Any]:
        allowed = [
            row.code for s in ("regions", "itu-regions") for row in self.vocabulary.concepts(s)
        ]
        return {
            "kind": self.typed("kind"),
            "status": self.typed("status"),
            "starts": self.typed("starts"),
            "ends": self.typed("ends"),
            "coverage": self.typed("coverage"),
            "countries": tuple(
                dict.fromkeys(code for _row, code in self.resolved() if code is not None)
            ),
            "regions": in_order(self["regions"].value() or (), allowed),
        }

    def resolved(self) -> list[tuple[Any, str | None]]:
        """(row, code) of each country typed; ``None`` where no country has that name."""
        keys = self.vocabulary.country_keys
        return [
            (row, keys.get(fold_name(str(row["country"].value()))))
            for _place, row in self.typed_rows("countries")
        ]

    def check(self) -> bool:
        super().check()
        for row, code in self.resolved():
            if code is None:
                row.add_error("country", self.unknown_country(str(row["country"].value())))
        return not self.faults

    def unknown_country(self, typed: str) -> str:
        from rapidfuzz import process

        names = self.vocabulary.countries.values()
        near = [name for name, _s, _p in process.extract(typed, names, limit=3, score_cutoff=60)]
        said = _("“%(name)s” is no country or area of the list.") % {"name": typed[:80]}
        if near:
            return f"{said} {_('Nearest: %(values)s.') % {'values': ', '.join(near)}}"
        return said


def scheme_title(rows: list[Any]) -> str:
    return str(rows[0].scheme)
