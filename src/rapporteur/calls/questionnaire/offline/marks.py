"""What a form says of itself, so that it is known when it comes back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import override

from rapporteur.calls.questionnaire.model import LANGUAGES, Questionnaire
from rapporteur.calls.questionnaire.offline.places import CodeNames
from rapporteur.calls.questionnaire.offline.wording import lines_of
from rapporteur.calls.questionnaire.storing import digest_of

PREFIX = "rapporteur-"
FIELDS = ("form", "version", "language", "digest", "wording")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which questionnaire a form was made of, in which language.

    ``digest`` is the questionnaire's (``digest_of``), ``wording`` that of the words around it,
    which may change from one release to the next: only of a form in today's words is it known
    which lines are its own.
    """

    form: str
    version: str
    language: str
    digest: str
    wording: str = ""

    def as_properties(self) -> dict[str, str]:
        """Return the mark as names and values, as files carry it."""
        return {f"{PREFIX}{name}": getattr(self, name) for name in FIELDS}


def mark_of(questionnaire: Questionnaire, language: str, names: CodeNames) -> FormMark:
    """Return the mark of a questionnaire's form in a language."""
    with override(language):
        lines = "\n".join(lines_of(questionnaire, language, names))
    return FormMark(
        questionnaire.name,
        questionnaire.version,
        language,
        digest_of(questionnaire),
        hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def read_mark(properties: Mapping[str, str]) -> FormMark | None:
    """Return the mark that names and values hold, ``None`` where they hold none."""
    values = {name: properties.get(f"{PREFIX}{name}", "")[:LONGEST] for name in FIELDS}
    if values["language"] not in LANGUAGES:
        return None  # a file says what it likes, and languages are looked up in folders
    if not values["form"] or not re.fullmatch(r"[0-9a-f]{64}", values["digest"]):
        return None
    return FormMark(**values)
