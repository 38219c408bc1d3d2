"""The forms of an import: the file, and which column fills which field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapporteur.common.forms import TextForm
from rapporteur.register.importing.headers import FIELDS

FIELD_WORDS = {
    "id": _("The source's own id"),
    "title": _("Title"),
    "description": _("Description"),
    "language": _("Language of the text"),
    "kind": _("Kind"),
    "status": _("Status"),
    "entity": _("Organization"),
    "entity_type": _("Stakeholder group"),
    "partners": _("Partners"),
    "coverage": _("Where it takes place"),
    "country": _("Countries"),
    "region": _("Regions"),
    "year": _("Year or period"),
    "starts": _("Start"),
    "ends": _("End"),
    "action_line": _("Action lines"),
    "sdg": _("Sustainable Development Goals and targets"),
    "compact": _("Objectives of the Global Digital Compact"),
    "target_group": _("Target groups"),
    "technology": _("Technologies"),
    "success_story": _("Success story"),
    "url": _("Links"),
    "source_link": _("Address in the source"),
}


class FileForm(TextForm):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV, Excel (XLSX) or JSON lines; the register's own export too."),
        max_length=200,
    )
    source = forms.CharField(
        label=_("Where the rows are from"),
        help_text=_(
            "A short name, the same for every file of one source: with the rows' ids it makes that "
            "nothing comes in twice. Left out, it is the file's name."
        ),
        max_length=100,
        required=False,
    )


class ColumnsForm(TextForm):
    """A select of the file's columns for each field of an import."""

    def __init__(self, *args: Any, columns: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No column")), *((column, column) for column in columns)]
        for name in FIELDS:
            self.fields[name] = forms.ChoiceField(
                label=FIELD_WORDS[name], choices=choices, required=name == "title"
            )
