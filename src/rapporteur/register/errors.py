"""What the register refuses, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.common.refusals import Conflict, Fault, FaultyInput, NotAllowed, Refusal
from rapporteur.register.content import EARLIEST_YEAR, LATEST_YEAR, Problem


class NotKeeper(NotAllowed):
    """The person neither entered the activity nor is a focal point of its organization."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "Only the person who entered this activity, a focal point of its organization or "
                "the secretariat may change it."
            )
        )


class VersionMoved(Conflict):
    """The version is no longer where the person saw it."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "This version was changed, sent or decided meanwhile, on another page or by "
                "somebody else. Look at it as it is now before you go on."
            )
        )


class StepChanged(Conflict):
    """Somebody saved the same part of a draft since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "This part was saved meanwhile, on another page or by somebody else. Nothing is "
                "lost: what you typed stands in the fields, what is stored stands beside it."
            )
        )


class ActivityChanged(Conflict):
    """A later version was published since this one was begun."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "Another version was published since this one was begun. Compare the two and take "
                "over what is to stay."
            )
        )


class CannotMergeActivities(Refusal):
    """The two records cannot be made one."""


class FaultyContent(FaultyInput):
    """An activity with faults; it stays a draft. ``problems`` are those of ``content``."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            gettext_lazy("The activity is not sent yet: something in it has to be mended first."),
            tuple(Fault(place_of(item.field), message_of(item)) for item in self.problems),
        )


# One name per field, as pages, refusals and documentation call it.
FIELD_LABELS = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "language": gettext_lazy("Language of the text"),
    "kind": gettext_lazy("Kind"),
    "status": gettext_lazy("Status"),
    "organization": gettext_lazy("Organization"),
    "organization_slug": gettext_lazy("Organization"),
    "stakeholder_group": gettext_lazy("Stakeholder group"),
    "partners": gettext_lazy("Partners"),
    "coverage": gettext_lazy("Where it takes place"),
    "countries": gettext_lazy("Countries"),
    "regions": gettext_lazy("Regions"),
    "starts": gettext_lazy("Start"),
    "ends": gettext_lazy("End"),
    "action_lines": gettext_lazy("Action lines"),
    "sdgs": gettext_lazy("Sustainable Development Goals and targets"),
    "compact": gettext_lazy("Objectives of the Global Digital Compact"),
    "target_groups": gettext_lazy("Target groups"),
    "technologies": gettext_lazy("Technologies"),
    "results": gettext_lazy("Results and beneficiaries"),
    "links": gettext_lazy("Links"),
    "success_story": gettext_lazy("Success story"),
    "translations": gettext_lazy("Translations"),
    "given": gettext_lazy("Who gave the labels"),
}


def place_of(field: str) -> str:
    """Return a problem's field in words, with its place in a list."""
    name, _dot, rest = field.partition(".")
    label = str(FIELD_LABELS.get(name, name))
    number = rest.split(".")[0]
    return f"{label} {int(number) + 1}" if number.isdigit() else label


def message_of(problem: Problem) -> str:
    """Return what is wrong and how to mend it, in the reader's language."""
    value = problem.value
    messages = {
        "empty": _("This is empty; it is needed."),
        "too-long": _("This is too long: at most %(value)s characters."),
        "too-many": _("These are too many: at most %(value)s."),
        "signs": _("This holds signs that cannot be shown; take them out: “%(value)s”."),
        "not-allowed": _("“%(value)s” is not one of the allowed values."),
        "not-a-link": _("“%(value)s” is no web address. Write it whole: https://example.org/page."),
        "not-a-date": _(
            "“%(value)s” is no date between %(first)s and %(last)s. Write a year, a month or a day:"
            " 2024, 2024-05 or 2024-05-31."
        ),
        "not-a-number": _("“%(value)s” is no number. Write digits, with a point: 1250 or 12.5."),
        "not-a-language": _(
            "“%(value)s” is no language here. Write its code in two letters, such as fr; a "
            "translation is in another language than the text."
        ),
        "ends-before-start": _("The end (%(value)s) comes before the start."),
        "unknown-field": _("There is no field of this name; leave it out."),
        "not-text": _("This must be text."),
        "not-a-list": _("This must be a list of texts."),
        "not-an-object": _("This must be an object with named fields."),
    }
    said = messages.get(problem.code, problem.code) % {
        "value": value,
        "first": EARLIEST_YEAR,
        "last": LATEST_YEAR,
    }
    if problem.nearest:
        nearest = _("Nearest: %(values)s.") % {"values": ", ".join(problem.nearest)}
        return f"{said} {nearest}"
    return said
