"""Turn requests about organizations into clean values; save nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapporteur.common.forms import TextForm
from rapporteur.directory.actions.organizations import OrganizationDetails
from rapporteur.directory.choices import OrganizationKind
from rapporteur.directory.models import Country, Organization
from rapporteur.directory.names import fold_name, split_names
from rapporteur.directory.queries.organizations import profile
from rapporteur.framework.models import Concept

# Languages of an organization's other names, each called in its own words.
LANGUAGES = {"fr": "Français", "es": "Español", "ar": "العربية", "ru": "Русский", "zh": "中文"}
LONGEST_NAME = 300


def names_of_lines(text: str) -> tuple[str, ...]:
    """Return the names of a field with one on each line, without blanks or repeats."""
    return split_names(text.replace("\r", "").replace("\n", ";"))


class NamesField(forms.CharField):
    """Several names, one on each line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def clean(self, value: Any) -> tuple[str, ...]:
        names = names_of_lines(super().clean(value))
        for name in names:
            if len(name) > LONGEST_NAME:
                raise forms.ValidationError(
                    _("A name has at most 300 signs. This one is longer: %(name)s…"),
                    params={"name": name[:60]},
                )
            if not fold_name(name):
                raise forms.ValidationError(
                    _("“%(name)s” has no letter or digit."), params={"name": name}
                )
        return names


class OrganizationForm(TextForm):
    name = forms.CharField(
        label=_("Name in English"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Enter the organization's name.")},
    )
    acronym = forms.CharField(
        label=_("Acronym"),
        max_length=40,
        required=False,
        help_text=_("As texts write it, for example UN-Women. Leave it empty if there is none."),
    )
    aliases = NamesField(
        label=_("Other spellings"),
        required=False,
        help_text=_(
            "One on each line. Documents are read with them: case, accents, punctuation and "
            "spaces need no spelling of their own."
        ),
    )
    former_names = NamesField(
        label=_("Former names"), required=False, help_text=_("One on each line.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganizationKind)
    stakeholder_group = forms.ChoiceField(label=_("Stakeholder group"), required=False)
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        help_text=_("For a government, or where a national organization is based."),
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Enter an address of the web, such as https://www.itu.int.")},
    )
    version = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in LANGUAGES.items():
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in another language: %(language)s") % {"language": label},
                max_length=LONGEST_NAME,
                required=False,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )
        groups = Concept.objects.filter(scheme__code="stakeholder-groups", retired_at=None)
        self.groups = {group.code: group for group in groups.order_by("order", "code")}
        self.countries = {
            country.iso3: country for country in Country.objects.filter(retired_at=None)
        }
        named = sorted(
            ((code, country.name) for code, country in self.countries.items()),
            key=lambda choice: fold_name(choice[1]),
        )
        none = ("", _("Not known, or none"))
        self.fields["stakeholder_group"].choices = [  # type: ignore[attr-defined]
            none,
            *((code, group.name) for code, group in self.groups.items()),
        ]
        self.fields["country"].choices = [none, *named]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not fold_name(name):
            raise forms.ValidationError(_("The name needs at least one letter or digit."))
        return name

    @property
    def details(self) -> OrganizationDetails:
        """What was entered, clean. Only of a valid form."""
        data = self.cleaned_data
        return OrganizationDetails(
            name=data["name"],
            acronym=data["acronym"],
            names={code: data[f"name_{code}"] for code in LANGUAGES if data[f"name_{code}"]},
            aliases=data["aliases"],
            former_names=data["former_names"],
            kind=data["kind"],
            stakeholder_group=self.groups.get(data["stakeholder_group"]),
            country=self.countries.get(data["country"]),
            website=data["website"],
        )

    def refuse_names(self, holders: dict[str, Organization]) -> None:
        """Show at each field the names of it that another organization bears."""
        for text, holder in holders.items():
            field = self.field_of(text)
            self.add_error(
                field,
                forms.ValidationError(
                    _("“%(name)s” is a name of %(organization)s. Merge the two, or take it out."),
                    params={"name": text, "organization": holder.display_name},
                ),
            )

    def field_of(self, text: str) -> str | None:
        """Return the field in which a name stands."""
        for name, value in self.cleaned_data.items():
            if value == text or (isinstance(value, tuple) and text in value):
                return name
        return None


def initial_of(organization: Organization) -> dict[str, Any]:
    """Return what the form shows of an organization at first, without its version."""
    known = profile(organization)
    return {
        "name": organization.name,
        "acronym": organization.acronym,
        **{f"name_{code}": organization.names.get(code, "") for code in LANGUAGES},
        "aliases": "\n".join(known.aliases),
        "former_names": "\n".join(known.former_names),
        "kind": organization.kind,
        "stakeholder_group": (
            organization.stakeholder_group.code if organization.stakeholder_group else ""
        ),
        "country": organization.country.iso3 if organization.country else "",
        "website": organization.website,
    }
