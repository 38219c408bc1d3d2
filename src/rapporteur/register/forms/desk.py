"""What the secretariat types when it decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.common.forms import TextForm
from rapporteur.directory.models import Organization
from rapporteur.register.models import Activity
from rapporteur.register.queries.desk import entries_named


class ReasonForm(TextForm):
    reason = forms.CharField(
        label=gettext_lazy("What has to be changed"),
        max_length=4000,
        help_text=gettext_lazy("The author reads it, in their mail and above the form."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Say what has to be changed: the author reads it.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False


class RefusalForm(ReasonForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is refused"),
        max_length=1000,
        help_text=gettext_lazy("The person who proposed it reads it in their mail."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say why: the person who proposed it reads it.")},
    )


class MergeForm(TextForm):
    """Two entries by their numbers: the duplicate, and the one that stays."""

    source = forms.CharField(
        label=gettext_lazy("Number of the duplicate"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Enter the number of the duplicate.")},
    )
    target = forms.CharField(
        label=gettext_lazy("Number of the entry that stays"),
        max_length=20,
        help_text=gettext_lazy("The number stands in the address of an entry: /activities/123."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Enter the number of the entry that stays.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def entry(self, name: str) -> Activity:
        word = str(self.cleaned_data[name]).strip().removeprefix("#")
        found = entries_named(word).first() if len(word) < 19 else None
        if found is None:
            raise forms.ValidationError(
                _("There is no published entry with the number %(number)s.") % {"number": word[:20]}
            )
        return found

    def clean_source(self) -> Activity:
        return self.entry("source")

    def clean_target(self) -> Activity:
        return self.entry("target")


class MatchForm(TextForm):
    organization = forms.ModelChoiceField(
        label=gettext_lazy("The organization that is meant"),
        queryset=Organization.objects.none(),
        to_field_name="slug",
        error_messages={"required": gettext_lazy("Choose the organization that is meant.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.filter(
            retired_at__isnull=True, merged_into__isnull=True
        ).order_by("name", "pk")
