from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from rapporteur.common.forms import TextForm
from rapporteur.site.models import ErrorReport


def local_path(value: str) -> str:
    """Return the path if it is one of this site, else nothing."""
    value = value.strip()
    if value.startswith("/") and url_has_allowed_host_and_scheme(value, allowed_hosts=None):
        return value[:400]
    return ""


class ErrorReportForm(TextForm):
    page = forms.CharField(
        label=_("The page"),
        max_length=400,
        required=False,
        help_text=_("Its address on this site, for example /documents/E/RES/2024/13."),
    )
    subject = forms.CharField(
        label=_("Which fact or line"),
        max_length=300,
        required=False,
        help_text=_("For example a paragraph, a figure or an organization."),
    )
    text = forms.CharField(
        label=_("What is wrong, and what would be right"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("If you know a source that shows it, name it."),
        error_messages={"required": _("Write what is wrong.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Only to send you the answer; it is shown to nobody else and erased afterwards. "
            "Without it, you can read the answer with your reference number."
        ),
        error_messages={
            "invalid": _("Enter an e-mail address in the form name@example.org, or leave it empty.")
        },
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_page(self):
        return local_path(self.cleaned_data["page"])


class AnswerForm(TextForm):
    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[choice for choice in ErrorReport.State.choices if choice[0] != "open"],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The reporter reads it; it is shown to everybody who has the reference."),
        error_messages={"required": _("Write an answer.")},
    )
