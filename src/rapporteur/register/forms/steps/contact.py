"""Links, and whom to ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from rapporteur.common.texts import as_stored
from rapporteur.register.content import Content, Link
from rapporteur.register.forms.base import DIR_AUTO, PlainField, RowForm, Rows, StepForm


class LinkRow(RowForm):
    url = PlainField(
        label=gettext_lazy("Web address"),
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )
    label = PlainField(
        label=gettext_lazy("What is to be found there"), widget=forms.TextInput(attrs=DIR_AUTO)
    )


class ContactStep(StepForm):
    """Links, and whom to ask. The contact stands beside the content: it is private."""

    content_fields = ("links",)
    row_lists = (
        Rows(
            "links",
            LinkRow,
            gettext_lazy("Links"),
            gettext_lazy("Pages where readers find more. Write each address whole, with https://."),
            gettext_lazy("Add another link"),
        ),
    )

    name = PlainField(
        label=gettext_lazy("Name of the contact"),
        max_length=300,
        widget=forms.TextInput(attrs=DIR_AUTO),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
        error_messages={
            "invalid": gettext_lazy(
                "Enter an e-mail address in the form name@example.org, or leave it empty."
            )
        },
    )
    phone = PlainField(
        label=gettext_lazy("Telephone"),
        max_length=50,
        widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"}),
    )

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        return [{"url": link.url, "label": link.label} for link in self.content.links]

    def initial_of(self, content: Content) -> dict[str, Any]:
        return {}

    def parts(self, content: Content) -> dict[str, Any]:
        rows = []
        for _place, row in self.typed_rows("links"):
            url = str(row["url"].value() or "").strip()
            if url and "://" not in url and "." in url and " " not in url:
                url = f"https://{url}"
            rows.append(Link(url, " ".join(str(row["label"].value() or "").split())))
        return {"links": tuple(rows)}

    def contact(self, before: dict[str, str]) -> dict[str, str]:
        """Return the contact as typed; a field with something wrong in it stays as it was."""
        return {
            name: before[name] if self.errors.get(name) else as_stored(self.typed(name))
            for name in ("name", "email", "phone")
        }
