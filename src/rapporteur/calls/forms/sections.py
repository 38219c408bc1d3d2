"""The form of one section: a field for each question, and the answers in what was typed.

Nothing is required here and little is checked: ``questionnaire.faults_of`` says what is wrong, and
the page shows it at the field. What cannot be read as a value of its kind stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapporteur.calls.questionnaire import AnswerFault, Kind, Question, Questionnaire, Section
from rapporteur.calls.showing import text_of
from rapporteur.common.forms import TextForm
from rapporteur.directory.models import Country, OrganizationName
from rapporteur.directory.names import fold_name
from rapporteur.framework.models import Concept

# Longer lists of choices are a select.
RADIOS_AT_MOST = 8
Pairs = list[tuple[str, str]]


def field_name(question: str, row: str = "", column: str = "") -> str:
    return f"q-{question}" + (f"-{row}-{column}" if row else "")


def typed_number(text: str) -> Any:
    """Return a number as it was typed, blanks and a decimal comma allowed; else the text."""
    plain = "".join(text.split()).replace("\u2212", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        return float(plain) if plain.lower() not in ("nan", "inf", "-inf") else text
    except ValueError:
        return text


class Vocabulary:
    """The choices of countries and concepts, read once for a page."""

    def __init__(self) -> None:
        self._countries: Pairs | None = None
        self._concepts: dict[str, Pairs] = {}

    def countries(self) -> Pairs:
        if self._countries is None:
            rows = Country.objects.filter(retired_at=None)
            self._countries = sorted(
                ((row.iso3, row.name) for row in rows), key=lambda pair: pair[1]
            )
        return self._countries

    def concepts(self, scheme: str) -> Pairs:
        if scheme not in self._concepts:
            rows = Concept.objects.filter(scheme__code=scheme, retired_at=None)
            self._concepts[scheme] = [(row.code, f"{row.code} {row.name}") for row in rows]
        return self._concepts[scheme]


class SectionForm(TextForm):
    """The questions of a section that are shown, with the answers that are stored or typed."""

    def __init__(
        self,
        data: Any = None,
        *,
        questionnaire: Questionnaire,
        section: Section,
        names: Iterable[str],
        answers: Mapping[str, Any],
        vocabulary: Vocabulary,
    ) -> None:
        super().__init__(data, label_suffix="", auto_id="id_%s")
        self.questionnaire = questionnaire
        self.vocabulary = vocabulary
        wanted = set(names)
        self.asked = [question for question in section.questions if question.name in wanted]
        for question in self.asked:
            self.add(question, answers.get(question.name))

    def add(self, question: Question, value: Any) -> None:
        if question.kind in (Kind.NOTE, Kind.FILE):
            return
        if question.kind is not Kind.MATRIX:
            name = field_name(question.name)
            self.fields[name] = self.field_for(question)
            self.initial[name] = self.shown(question, value)
            return
        cells = value if isinstance(value, Mapping) else {}
        for row in question.rows:
            for column in question.columns:
                name = field_name(question.name, row.name, column.name)
                held = cells.get(row.name)
                self.fields[name] = self.field_for(column, in_cell=row.name)
                self.fields[name].label = f"{self.words(row.label)}: {self.words(column.label)}"
                self.initial[name] = self.shown(
                    column, held.get(column.name) if isinstance(held, Mapping) else None
                )

    def words(self, texts: Mapping[str, str]) -> str:
        return text_of(self.questionnaire, texts)

    def hint(self, question: Question) -> str:
        """Return the help text, with the limits in words: hints come before the mistake."""
        parts = [self.words(question.hint)] if question.hint else []
        limit = question.words_at_most
        if limit is not None:
            parts.append(
                ngettext("At most %(count)s word.", "At most %(count)s words.", limit)
                % {"count": limit}
            )
        if question.unit:
            parts.append(_("In: %(unit)s.") % {"unit": self.words(question.unit)})
        if question.kind is Kind.ORGANIZATION and question.many:
            parts.append(_("One name on each line."))
        if question.at_most is not None:
            parts.append(_("At most %(count)s.") % {"count": question.at_most})
        return " ".join(parts)

    def field_for(self, question: Question, *, in_cell: str = "") -> forms.Field:
        """Return the field of a question or of a matrix's cell."""
        common: dict[str, Any] = {
            "label": self.words(question.label),
            "help_text": "" if in_cell else self.hint(question),
            "required": False,
            "strip": False,
        }
        kind = question.kind
        if kind is Kind.LONG_TEXT:
            rows = 2 if in_cell else 8
            field: forms.Field = forms.CharField(
                widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **common
            )
        elif kind is Kind.ORGANIZATION and question.many:
            field = forms.CharField(
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), **common
            )
        elif kind is Kind.DATE:
            field = forms.CharField(widget=forms.TextInput(attrs={"type": "date"}), **common)
        elif kind is Kind.NUMBER:
            field = forms.CharField(
                widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 12}), **common
            )
        elif kind in (Kind.SHORT_TEXT, Kind.ORGANIZATION):
            field = forms.CharField(widget=forms.TextInput(attrs={"dir": "auto"}), **common)
        else:
            del common["strip"]
            field = self.choosing(question, common, in_cell=bool(in_cell))
        field.wanted = question.required and not in_cell  # type: ignore[attr-defined]
        return field

    def choosing(self, question: Question, common: dict[str, Any], *, in_cell: bool) -> forms.Field:
        if question.kind is Kind.COUNTRY:
            pairs = self.vocabulary.countries()
        elif question.kind is Kind.CONCEPTS:
            pairs = self.vocabulary.concepts(question.scheme)
        else:
            pairs = [(choice.name, self.words(choice.label)) for choice in question.choices]
        widget: Any
        if question.takes_several:
            widget = (
                forms.SelectMultiple(attrs={"size": 8})
                if question.kind is Kind.COUNTRY
                else forms.CheckboxSelectMultiple
            )
            return OpenMultipleChoice(choices=pairs, widget=widget, **common)
        if in_cell or len(pairs) > RADIOS_AT_MOST:
            return OpenChoice(choices=[("", ""), *pairs], **common)
        if not question.required:
            pairs = [*pairs, ("", _("No answer"))]
        return OpenChoice(choices=pairs, widget=forms.RadioSelect, **common)

    def shown(self, question: Question, value: Any) -> Any:
        """Return a stored value as its field shows it."""
        if question.kind is Kind.ORGANIZATION:
            values = value if isinstance(value, list) else [value]
            names = [item.get("name", "") for item in values if isinstance(item, Mapping)]
            return "\n".join(names)
        if value is None:
            return [] if question.takes_several else ""
        return value

    def typed(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or self[name].data or "").replace("\r\n", "\n")

    def read(self, question: Question, name: str) -> Any:
        if question.kind in (Kind.SINGLE_CHOICE, Kind.COUNTRY, Kind.CONCEPTS, Kind.MULTIPLE_CHOICE):
            if question.takes_several:
                return list(self[name].data or [])
            return self.typed(name)
        text = self.typed(name)
        if question.kind is Kind.NUMBER:
            return typed_number(text) if text.strip() else ""
        if question.kind is Kind.ORGANIZATION:
            lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
            found = organizations_named(lines)
            return found if question.many else (found[0] if found else "")
        return text if question.kind is Kind.LONG_TEXT else " ".join(text.split())

    def answers(self) -> dict[str, Any]:
        """Return what was typed as answers, by name of question. The form is bound and cleaned."""
        given: dict[str, Any] = {}
        for question in self.asked:
            if question.kind in (Kind.NOTE, Kind.FILE):
                continue
            if question.kind is not Kind.MATRIX:
                given[question.name] = self.read(question, field_name(question.name))
                continue
            rows: dict[str, dict[str, Any]] = {}
            for row in question.rows:
                for column in question.columns:
                    value = self.read(column, field_name(question.name, row.name, column.name))
                    if value not in ("", []):
                        rows.setdefault(row.name, {})[column.name] = value
            given[question.name] = rows
        return given

    def show_faults(self, faults: Iterable[AnswerFault]) -> None:
        """Put faults at their fields."""
        for fault in faults:
            row, _between, column = fault.place.partition("/")
            cell = field_name(fault.question, row, column) if column else ""
            name = cell if cell in self.fields else field_name(fault.question)
            if name in self.fields:
                if not self.has_error(name):
                    self.add_error(name, fault.message)
            else:
                self.add_error(None, fault.message)


class OpenChoice(forms.ChoiceField):
    """A choice whose check is left to the questionnaire."""

    def validate(self, value: Any) -> None:
        return None


class OpenMultipleChoice(forms.MultipleChoiceField):
    """Several choices whose check is left to the questionnaire."""

    def validate(self, value: Any) -> None:
        return None


def organizations_named(names: list[str]) -> list[dict[str, str]]:
    """Return organizations as answers, with the slug where the directory knows the name.

    One query, none where there are no names.
    """
    if not names:
        return []
    keys = {fold_name(name): name for name in names}
    rows = OrganizationName.objects.filter(
        key__in=keys, organization__retired_at=None, organization__merged_into=None
    )
    slugs = dict(rows.values_list("key", "organization__slug"))
    return [
        {"name": name, "slug": slugs[key]} if (key := fold_name(name)) in slugs else {"name": name}
        for name in names
    ]
