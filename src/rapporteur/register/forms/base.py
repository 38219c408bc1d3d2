"""The form under every step: it keeps what fits a draft and says what is wrong in it.

Rules stand in ``content.problems_of`` alone. A step turns what was typed into fields of a
``Content``, has them checked there and shows each problem at its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from rapporteur.common.forms import TextForm
from rapporteur.register.content import LIST_MOST, Content, Problem, problems_of
from rapporteur.register.errors import message_of
from rapporteur.register.forms.vocabulary import Vocabulary

# What these say cannot stand in a draft: it would not fit its column, or no text holds it.
NOT_KEPT = frozenset({"too-long", "signs", "too-many"})
LONG_TEXT = forms.Textarea(attrs={"rows": 10, "dir": "auto"})
DIR_AUTO = {"dir": "auto"}


class PlainField(forms.CharField):
    """Words as they were typed; the content's rules tell what is wrong in them."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)


class CodesField(forms.MultipleChoiceField):
    """Codes of a vocabulary, chosen with check boxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)


class RowForm(TextForm):
    """One row of a list (a result, a link). A row with nothing in it is no row.

    ``chosen`` names fields that always hold something and so do not make a row.
    """

    chosen: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, vocabulary: Vocabulary, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(*args, **kwargs)

    @property
    def is_blank(self) -> bool:
        typed = (self[name].value() for name in self.fields if name not in self.chosen)
        return not any(str(value or "").strip() for value in typed)


@dataclass(frozen=True)
class Rows:
    """A list of rows of a step: its field of the content, its form, and its heading."""

    name: str
    form: type[RowForm]
    title: Any
    hint: Any
    more: Any


class RowSet(BaseFormSet):
    """The rows of one list, with one more that is blank."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.use_required_attribute = False


class StepForm(TextForm):
    """One step. ``content`` is what the version says now.

    ``content_fields`` are the fields of the content that the step writes; ``row_lists`` those of
    them that are lists of rows. A subclass gives ``initial_of`` and ``parts``.
    """

    content_fields: ClassVar[tuple[str, ...]] = ()
    row_lists: ClassVar[tuple[Rows, ...]] = ()
    # Which form field shows the problems of a field of the content, where the names differ.
    shown_at: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        data: Any = None,
        *,
        content: Content,
        vocabulary: Vocabulary,
        person: Any = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.content, self.vocabulary, self.person = content, vocabulary, person
        start = self.initial_of(content) if data is None else {}
        super().__init__(data, initial={**start, **(initial or {})})
        self.use_required_attribute = False
        self.row_sets = {rows.name: self.make_rows(rows, data) for rows in self.row_lists}
        self.set_choices()

    def make_rows(self, rows: Rows, data: Any) -> Any:
        kind = formset_factory(
            rows.form,
            formset=RowSet,
            extra=1,
            max_num=LIST_MOST,
            absolute_max=LIST_MOST + 20,
        )
        made: Any = kind(
            data,
            prefix=rows.name,
            initial=None if data is not None else self.initial_rows(rows.name),
            form_kwargs={"vocabulary": self.vocabulary},
        )
        made.rows = rows
        return made

    def initial_of(self, content: Content) -> dict[str, Any]:
        return {name: getattr(content, name) for name in self.fields_shown(content)}

    def fields_shown(self, content: Content) -> Iterable[str]:
        return (name for name in self.content_fields if name in self.base_fields)

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        raise NotImplementedError

    @property
    def accepted(self) -> list[str]:
        """The codes of the suggested labels that the person ticked on the page."""
        data: Any = self.data
        return list(data.getlist("suggested")) if self.is_bound else []

    def set_choices(self) -> None:
        """Fill the choices that are read from the database."""

    def typed(self, name: str) -> str:
        """Return a field's text as typed, whatever is wrong in it."""
        return str(self[name].value() or "").strip()

    def typed_rows(self, name: str) -> list[tuple[int, Any]]:
        """Return (place on the page, row form) of each row with something in it."""
        return [(place, row) for place, row in enumerate(self.row_sets[name]) if not row.is_blank]

    def parts(self, content: Content) -> dict[str, Any]:
        """Return the fields of the content as typed, for the content that is stored now."""
        raise NotImplementedError

    def check(self) -> bool:
        """Show at each field what is wrong; return whether nothing is."""
        self.is_valid()
        for rows in self.row_sets.values():
            rows.is_valid()
        made = replace(self.content, **self.parts(self.content))
        for problem in self.problems(made):
            self.show(problem)
        return not self.faults

    def problems(self, made: Content) -> list[Problem]:
        known = self.vocabulary.known
        return [
            problem
            for problem in problems_of(made, known)
            if problem.field.partition(".")[0] in self.content_fields
        ]

    def change(self, content: Content) -> Content:
        """Return the content with what this step says, but for what does not fit a draft."""
        made = replace(content, **self.parts(content))
        # The last first: an item taken out of a list moves those behind it.
        for problem in reversed(self.problems(made)):
            if problem.code in NOT_KEPT:
                made = without(made, problem.field, content)
        return made

    def show(self, problem: Problem) -> None:
        name, _dot, rest = problem.field.partition(".")
        place, _dot, part = rest.partition(".")
        if name in self.row_sets and place.isdigit():
            typed = self.typed_rows(name)
            row = typed[int(place)][1]
            add_once(row, part if part in row.fields else next(iter(row.fields)), problem)
            return
        field = self.shown_at.get(name, name)
        add_once(self, field if field in self.fields else None, problem)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong) of everything wrong on the page, in its order."""
        found = [("", str(error)) for error in self.non_field_errors()]
        forms_here: list[Any] = [self, *(row for rows in self.row_sets.values() for row in rows)]
        for form in forms_here:
            for field in form:
                for error in field.errors:
                    suffix = "_0" if field.use_fieldset else ""
                    found.append((f"{field.id_for_label or field.auto_id}{suffix}", str(error)))
        return found

    @property
    def lists(self) -> list[Any]:
        """The row sets, for the template; each bears its ``rows``."""
        return list(self.row_sets.values())


def add_once(form: Any, field: str | None, problem: Problem) -> None:
    """Show a problem at a field, unless something is said there already."""
    if field is None or not form.errors.get(field):
        form.add_error(field, message_of(problem))


def without(made: Content, field: str, before: Content) -> Content:
    """Return a content with one faulty field as it was before, a faulty part of a row empty."""
    name, _dot, rest = field.partition(".")
    value: Any = getattr(made, name)
    place, _dot, part = rest.partition(".")
    kept: Any = getattr(before, name)
    if place and isinstance(value, tuple) and place.isdigit():
        row = value[int(place)]
        mended = replace(row, **{part: ""}) if part else None
        rows = [mended if at == int(place) else item for at, item in enumerate(value)]
        kept = tuple(item for item in rows if item is not None)
    elif place and isinstance(value, Mapping) and place in value:
        kept = {**value, place: replace(value[place], **{part: ""})}
    changed: dict[str, Any] = {name: kept}
    return replace(made, **changed)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a field with one name on each, without blanks or repeats."""
    lines = (" ".join(line.split()) for line in text.replace("\r", "\n").split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line))


def in_order(codes: Iterable[str], allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the codes, each once, in the vocabulary's order; unknown ones last."""
    places = {code: place for place, code in enumerate(allowed)}
    return tuple(sorted(dict.fromkeys(codes), key=lambda code: places.get(code, len(places))))
