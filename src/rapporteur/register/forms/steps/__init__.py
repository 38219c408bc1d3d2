"""The steps of writing an activity, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from rapporteur.register.forms.base import StepForm
from rapporteur.register.forms.labels import LabelsForm
from rapporteur.register.forms.steps.contact import ContactStep
from rapporteur.register.forms.steps.organization import OrganizationStep
from rapporteur.register.forms.steps.place import PlaceStep
from rapporteur.register.forms.steps.results import ResultsStep
from rapporteur.register.forms.steps.story import StoryStep
from rapporteur.register.forms.steps.text import TextStep


@dataclass(frozen=True)
class Step:
    """One step: its part of the address, its title, its form."""

    slug: str
    title: Any
    form: type[StepForm]


STEPS = (
    Step("text", gettext_lazy("What was done"), TextStep),
    Step("organization", gettext_lazy("Who does it"), OrganizationStep),
    Step("place", gettext_lazy("Where and when"), PlaceStep),
    Step("labels", gettext_lazy("What it is about"), LabelsForm),
    Step("results", gettext_lazy("Results and beneficiaries"), ResultsStep),
    Step("contact", gettext_lazy("Links, contact and photographs"), ContactStep),
    Step("story", gettext_lazy("Success story and translations"), StoryStep),
)


def find_step(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def after(step: Step) -> Step | None:
    """Return the step that follows, ``None`` after the last."""
    place = STEPS.index(step)
    return STEPS[place + 1] if place + 1 < len(STEPS) else None


def step_of_field(name: str) -> Step:
    """Return the step in which a field of the content is written."""
    return next((step for step in STEPS if name in step.form.content_fields), STEPS[0])
