"""Results and beneficiaries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.register.choices import ResultKind
from rapporteur.register.content import EARLIEST_YEAR, LATEST_YEAR, Content, Result
from rapporteur.register.forms.base import DIR_AUTO, PlainField, RowForm, Rows, StepForm


class ResultRow(RowForm):
    chosen = frozenset({"kind"})

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=ResultKind, initial=ResultKind.RESULT, required=False
    )
    text = PlainField(
        label=gettext_lazy("What was reached, or who"),
        widget=forms.Textarea(attrs={"rows": 2, **DIR_AUTO}),
    )
    value = PlainField(
        label=gettext_lazy("How many"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "dir": "ltr"}),
    )
    unit = PlainField(
        label=gettext_lazy("What is counted"),
        help_text=gettext_lazy("For example people, schools or US dollars."),
        widget=forms.TextInput(attrs=DIR_AUTO),
    )
    year = PlainField(
        label=gettext_lazy("Year"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "dir": "ltr"}),
    )


class ResultsStep(StepForm):
    content_fields = ("results",)
    row_lists = (
        Rows(
            "results",
            ResultRow,
            gettext_lazy("Results and beneficiaries"),
            gettext_lazy(
                "One result, or one number of people reached, in each row. Words alone will do; a "
                "number is better with what is counted and the year. Empty a row to take it out."
            ),
            gettext_lazy("Add another row"),
        ),
    )

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        return [
            {
                "kind": row.kind,
                "text": row.text,
                "value": row.value,
                "unit": row.unit,
                "year": row.year or "",
            }
            for row in self.content.results
        ]

    def parts(self, content: Content) -> dict[str, Any]:
        return {"results": tuple(self.result_of(row) for _p, row in self.typed_rows("results"))}

    def result_of(self, row: Any) -> Result:
        texts = {name: str(row[name].value() or "").strip() for name in row.fields}
        return Result(
            kind=texts["kind"] or ResultKind.RESULT.value,
            text=" ".join(texts["text"].split()),
            # Blanks between thousands are how many languages write them; a comma may be a point.
            value="".join(texts["value"].split()),
            unit=texts["unit"],
            year=int(texts["year"]) if is_year(texts["year"]) else 0,
        )

    def check(self) -> bool:
        super().check()
        for _place, row in self.typed_rows("results"):
            year = str(row["year"].value() or "").strip()
            if year and not is_year(year):
                row.add_error(
                    "year",
                    _("“%(value)s” is no year. Write four digits between %(first)s and %(last)s.")
                    % {"value": year[:20], "first": EARLIEST_YEAR, "last": LATEST_YEAR},
                )
        return not self.faults


def is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and int(text) >= EARLIEST_YEAR
