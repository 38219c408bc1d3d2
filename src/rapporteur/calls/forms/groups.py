"""The choice of a stakeholder group."""

from __future__ import annotations

from django import forms

from rapporteur.framework.models import Concept


class GroupField(forms.ModelChoiceField):
    """A stakeholder group by its name: its code tells people nothing."""

    def label_from_instance(self, group: Concept) -> str:
        return group.name
