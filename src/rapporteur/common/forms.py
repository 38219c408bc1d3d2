"""The form under every form: text as it is stored, refused where it holds what no text holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rapporteur.common.texts import as_stored, refused_signs, sign_name


class TextForm(forms.Form):
    """A form whose texts come in Unicode's NFC and without control characters.

    A field with a sign that is not stored is refused and names it; what was typed stays.
    """

    def _widget_data_value(self, widget: Any, html_name: str) -> Any:
        # Where Django reads what was typed, so that cleaning and showing again see the same.
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]
        return as_stored(value) if isinstance(value, str) else value

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        for field in self:
            signs = refused_signs(field.data) if isinstance(field.data, str) else []
            if signs:
                self.add_error(
                    field.name,
                    forms.ValidationError(
                        _(
                            "This holds signs that cannot be shown and are not stored: "
                            "%(signs)s. They may have come along with copied text; take them out."
                        ),
                        params={"signs": ", ".join(sign_name(sign) for sign in signs[:5])},
                    ),
                )
