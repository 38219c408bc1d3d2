"""What a form says of itself, so that it is known when it comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapporteur.calls.questionnaire.model import Questionnaire
from rapporteur.calls.questionnaire.storing import digest_of

PREFIX = "rapporteur-"
FIELDS = ("form", "version", "language", "digest")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which questionnaire a form was made of, in which language. ``digest``: see ``digest_of``."""

    form: str
    version: str
    language: str
    digest: str

    def as_properties(self) -> dict[str, str]:
        """Return the mark as names and values, as files carry it."""
        return {f"{PREFIX}{name}": getattr(self, name) for name in FIELDS}


def mark_of(questionnaire: Questionnaire, language: str) -> FormMark:
    """Return the mark of a questionnaire's form."""
    return FormMark(questionnaire.name, questionnaire.version, language, digest_of(questionnaire))


def read_mark(properties: Mapping[str, str]) -> FormMark | None:
    """Return the mark that names and values hold, ``None`` where they hold none."""
    values = {name: properties.get(f"{PREFIX}{name}", "")[:LONGEST] for name in FIELDS}
    if not values["form"] or not re.fullmatch(r"[0-9a-f]{64}", values["digest"]):
        return None
    return FormMark(**values)
