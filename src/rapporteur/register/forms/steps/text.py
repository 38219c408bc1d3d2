"""What was done: the title, the description and the language of an activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rapporteur.register.choices import GivenBy
from rapporteur.register.content import Content
from rapporteur.register.forms.base import DIR_AUTO, PlainField, StepForm
from rapporteur.register.forms.vocabulary import language_choices


def languages_to_choose(held: str) -> list[tuple[str, str]]:
    """Return the languages of a select; one that is held and not among them too."""
    choices = [("", _("Not said yet")), *language_choices()]
    if held and held not in dict(choices):
        choices.append((held, held))
    return choices


class TextStep(StepForm):
    content_fields = ("title", "description", "language")

    title = PlainField(
        label=gettext_lazy("Title"),
        required=True,
        error_messages={"required": gettext_lazy("Enter a title; nothing is sent without one.")},
        help_text=gettext_lazy(
            "What was or is being done, in a few words. At most 300 characters."
        ),
        widget=forms.TextInput(attrs=DIR_AUTO),
    )
    description = PlainField(
        label=gettext_lazy("Description"),
        help_text=gettext_lazy(
            "What is done, for whom, and what came of it. Somebody who never heard of it should "
            "understand it. At most 20,000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 10, **DIR_AUTO}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"),
        required=False,
        help_text=gettext_lazy(
            "The language in which you wrote the title and the description. Translations can be "
            "added in the last step."
        ),
    )

    def set_choices(self) -> None:
        self.fields["language"].choices = languages_to_choose(self.content.language)  # type: ignore[attr-defined]

    def initial_of(self, content: Content) -> dict[str, Any]:
        initial = super().initial_of(content)
        if not (content.title or content.description or content.language):
            # Most people write in the language in which they read the page.
            initial["language"] = (get_language() or "en").split("-")[0]
        return initial

    def parts(self, content: Content) -> dict[str, Any]:
        return {
            "title": " ".join(self.typed("title").split()),
            "description": self.typed("description").replace("\r\n", "\n"),
            "language": self.typed("language"),
        }

    def change(self, content: Content) -> Content:
        """Return the content with the text, and the suggestions that were accepted beside it."""
        return accept(super().change(content), self.accepted)


def accept(content: Content, codes: list[str]) -> Content:
    """Return the content with suggested labels added, marked as accepted suggestions."""
    from dataclasses import replace

    lines = [c for c in codes if c.startswith("C") and c not in content.action_lines]
    goals = [c for c in codes if c.startswith("SDG") and c not in content.sdgs]
    if not lines and not goals:
        return content
    given = {**content.given, **dict.fromkeys([*lines, *goals], GivenBy.SUGGESTION.value)}
    return replace(
        content,
        action_lines=(*content.action_lines, *lines),
        sdgs=(*content.sdgs, *goals),
        given=given,
    )
