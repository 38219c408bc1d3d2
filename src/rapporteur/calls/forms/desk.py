"""The secretariat's forms: a call and its rules, times, invitations, letters, decisions."""

from __future__ import annotations

import re
import zoneinfo
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.calls.choices import Audience, Consent, Moderation
from rapporteur.calls.forms.beginning import GROUPS
from rapporteur.calls.forms.groups import GroupField
from rapporteur.calls.models import Call
from rapporteur.calls.questionnaire import Kind
from rapporteur.calls.questionnaire.model import TEXT_KINDS
from rapporteur.calls.showing import text_of
from rapporteur.calls.starting import beginnings
from rapporteur.common.forms import TextForm
from rapporteur.directory.models import Country, Organization, OrganizationName
from rapporteur.directory.names import fold_name
from rapporteur.framework.models import Concept
from rapporteur.library.queries.facts import visible_paragraphs

TEXTS = {
    "titles": (gettext_lazy("Title"), 1, 300),
    "purposes": (gettext_lazy("Purpose"), 5, 5000),
    "notices": (gettext_lazy("Notice on personal data"), 5, 5000),
}
LOCAL = "%Y-%m-%dT%H:%M"
INVITED_AT_MOST = 2000


def code_of(language: str) -> str:
    """Return the code of a site's language as names bear it: ``zh`` of ``zh-hans``."""
    return language.split("-")[0]


class LocalTimeField(forms.CharField):
    """A date and a time of the day on the clock of a zone that another field names."""

    widget = forms.TextInput(attrs={"type": "datetime-local"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError as error:
            raise ValidationError(_("Write the time as 2026-05-31 17:00.")) from error


def on_clock(moment: datetime, zone: str) -> datetime:
    """Return the moment at which the clock of a zone shows a time. Of two, the earlier."""
    return moment.replace(tzinfo=ZoneInfo(zone))


class NewCallForm(TextForm):
    beginning = forms.ChoiceField(label=gettext_lazy("Begin from"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        help_text=gettext_lazy("In your language; the others follow on the next page."),
        error_messages={"required": gettext_lazy("Give the call a title.")},
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["beginning"].choices = beginnings()  # type: ignore[attr-defined]


class CallForm(TextForm):
    """Everything that a call says; for one that was opened, with the reason of the change."""

    mandate = forms.CharField(
        label=gettext_lazy("The paragraph that asks for it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Its address on this site, for example /documents/A/RES/70/125/op71."
        ),
    )
    mandate_note = forms.CharField(
        label=gettext_lazy("Mandate in words"), max_length=300, required=False
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may answer"), choices=Audience.choices, widget=forms.RadioSelect
    )
    stakeholder_group = GroupField(
        label=gettext_lazy("Which stakeholder group"),
        queryset=Concept.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    one_per_organization = forms.BooleanField(
        label=gettext_lazy("One response for each organization"), required=False
    )
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    opens = LocalTimeField(label=gettext_lazy("Opens"))
    closes = LocalTimeField(label=gettext_lazy("Closes"))
    consents = forms.MultipleChoiceField(
        label=gettext_lazy("What respondents may choose"),
        choices=Consent.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Offer at least one choice of publication.")},
    )
    moderation = forms.ChoiceField(
        label=gettext_lazy("Reading"), choices=Moderation.choices, widget=forms.RadioSelect
    )
    retention_months = forms.IntegerField(
        label=gettext_lazy("Personal data are kept after closing, months"),
        min_value=1,
        max_value=240,
    )
    words_at_most = forms.IntegerField(
        label=gettext_lazy("Words of all answers together, at most"),
        min_value=1,
        max_value=200_000,
        required=False,
    )
    private_questions = forms.MultipleChoiceField(
        label=gettext_lazy("Questions whose answers are never published"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Such as names of contacts and their addresses."),
    )
    identifying_questions = forms.MultipleChoiceField(
        label=gettext_lazy("Questions that are left out of responses without a name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, call: Call, **values: Any) -> None:
        super().__init__(*args, **values)
        self.call = call
        for name, (label, rows, most) in TEXTS.items():
            for language, words in settings.LANGUAGES:
                widget: Any = forms.Textarea if rows > 1 else forms.TextInput
                attrs = {"rows": rows, "lang": language, "dir": "auto"}
                self.fields[f"{name}_{code_of(language)}"] = forms.CharField(
                    label=f"{label} · {words}",
                    max_length=most,
                    required=False,
                    widget=widget(attrs=attrs if rows > 1 else {**attrs, "rows": ""}),
                )
        fields: Any = self.fields
        fields["stakeholder_group"].queryset = Concept.objects.filter(
            scheme__code=GROUPS, retired_at=None
        )
        fields["zone"].choices = [(zone, zone) for zone in sorted(zoneinfo.available_timezones())]
        asked = [
            (question.name, text_of(call.asks, question.label))
            for question in call.asks.questions()
            if question.kind is not Kind.NOTE
        ]
        fields["private_questions"].choices = asked
        fields["identifying_questions"].choices = asked

    @staticmethod
    def initial_of(call: Call) -> dict[str, Any]:
        """Return what the form shows of a call."""
        texts = {
            f"{name}_{code}": text for name in TEXTS for code, text in getattr(call, name).items()
        }
        return {
            **texts,
            "mandate": call.mandate.get_absolute_url() if call.mandate else "",
            "mandate_note": call.mandate_note,
            "audience": call.audience,
            "stakeholder_group": call.stakeholder_group_id,
            "one_per_organization": call.one_per_organization,
            "zone": call.zone,
            "opens": call.opens_local.strftime(LOCAL),
            "closes": call.closes_local.strftime(LOCAL),
            "consents": call.consents,
            "moderation": call.moderation,
            "retention_months": call.retention_months,
            "words_at_most": call.words_at_most,
            "private_questions": call.private_questions,
            "identifying_questions": call.identifying_questions,
        }

    @property
    def texts(self) -> list[tuple[str, list[Any]]]:
        """The fields of texts, by language."""
        return [
            (str(words), [self[f"{name}_{code_of(language)}"] for name in TEXTS])
            for language, words in settings.LANGUAGES
        ]

    @property
    def rules(self) -> list[Any]:
        """The fields of the rules, in order."""
        return [field for field in self if field.name.split("_")[0] not in TEXTS]

    def clean_mandate(self) -> Any:
        given = self.cleaned_data["mandate"]
        if not given:
            return None
        match = re.search(r"documents/(.+)/([a-z0-9-]+)/?$", given)
        found = None
        if match:
            rows = visible_paragraphs().filter(
                document__address=match.group(1), anchor=match.group(2)
            )
            found = rows.first()
        if found is None:
            raise ValidationError(
                _("No published paragraph has this address. Open it here, and copy its address.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("audience") == Audience.GROUP and not cleaned.get("stakeholder_group"):
            self.add_error("stakeholder_group", _("Choose the group that is asked."))
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("The closing time must be later than the opening time."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields of ``Call``, by name. The form is valid."""
        cleaned = self.cleaned_data
        group = cleaned["stakeholder_group"] if cleaned["audience"] == Audience.GROUP else None
        return {
            **{name: self.text_values(name) for name in TEXTS},
            "mandate_id": cleaned["mandate"].pk if cleaned["mandate"] else None,
            "mandate_note": cleaned["mandate_note"],
            "audience": cleaned["audience"],
            "stakeholder_group_id": group.pk if group else None,
            "one_per_organization": cleaned["one_per_organization"],
            "zone": cleaned["zone"],
            "opens_at": on_clock(cleaned["opens"], cleaned["zone"]),
            "closes_at": on_clock(cleaned["closes"], cleaned["zone"]),
            "consents": cleaned["consents"],
            "moderation": cleaned["moderation"],
            "retention_months": cleaned["retention_months"],
            "words_at_most": cleaned["words_at_most"],
            "private_questions": cleaned["private_questions"],
            "identifying_questions": cleaned["identifying_questions"],
        }

    def text_values(self, name: str) -> dict[str, str]:
        codes = [code_of(language) for language, _words in settings.LANGUAGES]
        found = {code: self.cleaned_data[f"{name}_{code}"].strip() for code in codes}
        return {code: text for code, text in found.items() if text}


class AmendForm(CallForm):
    """The rules of a call that was opened, with the reason of the change."""

    reason = forms.CharField(
        label=gettext_lazy("Why the rules change"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is shown with the call."),
        error_messages={"required": gettext_lazy("Say why the rules change.")},
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        # The closing time of a call that was opened changes by an extension.
        del self.fields["closes"]

    def values(self) -> dict[str, Any]:
        self.cleaned_data["closes"] = self.cleaned_data["opens"]
        values = super().values()
        del values["closes_at"]
        return values


class ExtendForm(TextForm):
    closes = LocalTimeField(label=gettext_lazy("New closing time"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is shown with the call."),
        error_messages={"required": gettext_lazy("Say why the call is extended.")},
    )


class QuestionnaireForm(TextForm):
    file = forms.FileField(
        label=gettext_lazy("File with the questionnaire"),
        help_text=gettext_lazy("An XLSForm (XLSX), or the JSON that a questionnaire's page gives."),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


class InviteForm(TextForm):
    organizations = forms.CharField(
        label=gettext_lazy("Organizations"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Names or acronyms as the directory has them, one on each line."),
    )
    emails = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One on each line."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letters"), choices=settings.LANGUAGES
    )

    def lines(self, name: str) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data[name].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > INVITED_AT_MOST:
            raise ValidationError(
                _("At most %(count)s are invited at once.") % {"count": INVITED_AT_MOST}
            )
        return found

    def clean_organizations(self) -> list[Organization]:
        names = self.lines("organizations")
        keys = {fold_name(name): name for name in names}
        rows = OrganizationName.objects.filter(
            key__in=keys, organization__retired_at=None, organization__merged_into=None
        ).select_related("organization")
        found = {row.key: row.organization for row in rows}
        missing = [name for key, name in keys.items() if key not in found]
        if missing:
            raise ValidationError(
                _("The directory does not know: %(names)s. Add them there, or take them out.")
                % {"names": ", ".join(missing[:20])}
            )
        return list({row.pk: row for row in found.values()}.values())

    def clean_emails(self) -> list[str]:
        addresses = self.lines("emails")
        wrong = []
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                wrong.append(address)
        if wrong:
            raise ValidationError(
                _("These are no e-mail addresses: %(addresses)s.")
                % {"addresses": ", ".join(wrong[:20])}
            )
        return addresses

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["organizations"] and not cleaned["emails"]:
            self.add_error(None, _("Name at least one organization or address."))
        return cleaned


class ReasonForm(TextForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Its writers read it: what is missing, and what would mend it."),
        error_messages={"required": gettext_lazy("Say why the response is returned.")},
    )


class LetterForm(TextForm):
    """A letter that came by mail."""

    organization = forms.CharField(
        label=gettext_lazy("Organization"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Its name or acronym; one that the directory does not know is kept."
        ),
    )
    group = GroupField(
        label=gettext_lazy("Stakeholder group"),
        queryset=Concept.objects.none(),
        required=False,
        empty_label=gettext_lazy("As the directory says, or not known"),
    )
    country = forms.ModelChoiceField(
        label=gettext_lazy("Country"),
        queryset=Country.objects.none(),
        required=False,
        empty_label=gettext_lazy("As the directory says, or not known"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=settings.LANGUAGES
    )
    note = forms.CharField(
        label=gettext_lazy("How it came"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: by e-mail on 3 March 2026, with a PDF of four pages."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text of the letter"),
        widget=forms.Textarea(attrs={"rows": 20, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Paste the text of the letter.")},
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        fields: Any = self.fields
        fields["group"].queryset = Concept.objects.filter(scheme__code=GROUPS, retired_at=None)
        fields["country"].queryset = Country.objects.filter(retired_at=None)

    @property
    def known(self) -> Organization | None:
        """The organization of the directory that has the name, ``None`` where none has."""
        row = OrganizationName.objects.filter(
            key=fold_name(self.cleaned_data["organization"]), organization__merged_into=None
        ).select_related("organization__stakeholder_group", "organization__country")
        found = row.first()
        return found.organization if found else None


class PassageForm(TextForm):
    question = forms.ChoiceField(label=gettext_lazy("It answers"))
    text = forms.CharField(
        label=gettext_lazy("Passage"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=gettext_lazy("Copied from the text of the letter."),
        error_messages={"required": gettext_lazy("Copy a passage of the letter.")},
    )

    def __init__(self, *args: Any, call: Call, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            (question.name, text_of(call.asks, question.label))
            for question in call.asks.questions()
            if question.kind in TEXT_KINDS
        ]
