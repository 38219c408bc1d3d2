"""The success story, and translations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.register.content import Content, Translation
from rapporteur.register.forms.base import DIR_AUTO, PlainField, RowForm, Rows, StepForm
from rapporteur.register.forms.steps.text import languages_to_choose


class TranslationRow(RowForm):
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    title = PlainField(label=gettext_lazy("Title"), widget=forms.TextInput(attrs=DIR_AUTO))
    description = PlainField(
        label=gettext_lazy("Description"), widget=forms.Textarea(attrs={"rows": 5, **DIR_AUTO})
    )
    chosen = frozenset({"language"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial.get("language", "")
        self.fields["language"].choices = languages_to_choose(held)  # type: ignore[attr-defined]


class StoryStep(StepForm):
    content_fields = ("success_story", "translations")
    row_lists = (
        Rows(
            "translations",
            TranslationRow,
            gettext_lazy("Translations"),
            gettext_lazy("The title and the description in other languages, one in each row."),
            gettext_lazy("Add another translation"),
        ),
    )

    success_story = PlainField(
        label=gettext_lazy("Success story"),
        help_text=gettext_lazy(
            "If something went well that others can learn from: what was the problem, what was "
            "done, what changed, for whom? At most 20,000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 10, **DIR_AUTO}),
    )

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        return [
            {"language": code, "title": row.title, "description": row.description}
            for code, row in self.content.translations.items()
        ]

    def parts(self, content: Content) -> dict[str, Any]:
        made = {}
        for place, row in self.typed_rows("translations"):
            title, description = (
                str(row[name].value() or "").strip() for name in ("title", "description")
            )
            # Without a language it has no place among the translations: see ``check``.
            code = str(row["language"].value() or "")
            if code and code not in made:
                made[code] = Translation(" ".join(title.split()), description)
            self._rows_at = {**getattr(self, "_rows_at", {}), code: place}
        return {
            "success_story": self.typed("success_story").replace("\r\n", "\n"),
            "translations": made,
        }

    def show(self, problem: Any) -> None:
        name, _dot, rest = problem.field.partition(".")
        code, _dot, part = rest.partition(".")
        if name != "translations":
            super().show(problem)
            return
        row = self.row_sets[name][self._rows_at[code or problem.value]]
        from rapporteur.register.forms.base import add_once

        add_once(row, part or "language", problem)

    def check(self) -> bool:
        super().check()
        seen: set[str] = set()
        for _place, row in self.typed_rows("translations"):
            code = str(row["language"].value() or "")
            if not code:
                row.add_error("language", _("Choose the language of this translation."))
            elif code in seen:
                row.add_error("language", _("There is a translation in this language already."))
            seen.add(code)
        return not self.faults
