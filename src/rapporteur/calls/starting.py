"""What a new call begins from: questionnaires of the package, files, earlier calls."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from rapporteur.calls.models import Call
from rapporteur.calls.questionnaire import (
    FormRefused,
    NotAQuestionnaire,
    Questionnaire,
    from_json,
    problems_of,
    to_json,
)
from rapporteur.calls.questionnaire.ready import ready_made
from rapporteur.calls.questionnaire.xlsform import read_xlsform
from rapporteur.common.refusals import Fault, FaultyInput
from rapporteur.framework.models import in_language

BYTES_AT_MOST = 5 * 1024 * 1024
EARLIER = "call:"
# What an earlier call hands on beside its questionnaire.
HANDED_ON = (
    "purposes",
    "notices",
    "mandate",
    "mandate_note",
    "audience",
    "stakeholder_group",
    "private_questions",
    "identifying_questions",
    "zone",
    "consents",
    "retention_months",
    "words_at_most",
    "moderation",
    "one_per_organization",
)


@cache
def ready_made_calls() -> dict[str, dict[str, Any]]:
    """Return how the ready-made calls are held, by name of questionnaire (``data/calls.toml``).

    Each has fields of ``Call`` and ``days``, for how long it is open.
    """
    text = (files("rapporteur.calls") / "data" / "calls.toml").read_text("utf-8")
    held: dict[str, dict[str, Any]] = tomllib.loads(text)
    return held


def beginnings() -> list[tuple[str, str]]:
    """Return what a call may begin from, as (value, label): nothing, the package's, earlier."""
    found = [("", _("An empty questionnaire"))]
    found += [
        (each.name, in_language(framework_keys(each.title)) or each.name) for each in ready_made()
    ]
    found += [
        (f"{EARLIER}{call.pk}", _("As in: %(title)s") % {"title": call.title})
        for call in Call.objects.order_by("-made_at", "-pk")[:50]
    ]
    return found


def framework_keys(texts: Any) -> dict[str, str]:
    """Return texts of a questionnaire by the codes that names have elsewhere (``zh``)."""
    return {str(code).split("-")[0]: text for code, text in texts.items()}


def values_from(beginning: str) -> dict[str, Any]:
    """Return the fields of a call that its beginning gives, and ``days`` where it says so."""
    if beginning.startswith(EARLIER):
        number = beginning.removeprefix(EARLIER)
        call = Call.objects.filter(pk=int(number)).first() if number.isdigit() else None
        if call is None:
            return {}
        values = {name: getattr(call, name) for name in HANDED_ON}
        return {**values, "questionnaire": call.questionnaire, "made_from": call.slug[:60]}
    ready = {each.name: each for each in ready_made()}
    questionnaire = ready.get(beginning)
    if questionnaire is None:
        empty = Questionnaire(name="call", languages=("en",), default_language="en")
        return {"questionnaire": to_json(empty)}
    return {
        **ready_made_calls().get(beginning, {}),
        "questionnaire": to_json(questionnaire),
        "titles": framework_keys(questionnaire.title),
        "made_from": beginning[:60],
    }


@dataclass(frozen=True)
class ReadFile:
    """A questionnaire that was read from a file; ``not_taken`` says what of it could not be."""

    questionnaire: Questionnaire
    not_taken: tuple[Fault, ...] = ()


def read_questionnaire(upload: UploadedFile) -> ReadFile:
    """Return the questionnaire of an uploaded file: XLSForm (XLSX), or our JSON.

    Raises:
        FaultyInput: the file is too large, is neither, or its questionnaire has problems.
    """
    if (upload.size or 0) > BYTES_AT_MOST:
        raise FaultyInput(
            _("The file is larger than %(limit)s MB.") % {"limit": BYTES_AT_MOST // 1024**2}
        )
    data = upload.read()
    name = (upload.name or "").lower()
    not_taken: tuple[Fault, ...] = ()
    try:
        if name.endswith(".json"):
            questionnaire = from_json(json.loads(data.decode("utf-8-sig")))
        else:
            read = read_xlsform(data)
            questionnaire = read.questionnaire
            not_taken = tuple(
                Fault(" ".join(filter(None, (item.sheet, str(item.row or ""), item.column))),
                      item.message)
                for item in read.not_taken
            )  # fmt: skip
    except (ValueError, RecursionError) as error:
        raise FaultyInput(
            _("The file is no JSON that can be read. Give an XLSForm (XLSX) or the JSON that a "
              "questionnaire's page gives.")
        ) from error  # fmt: skip
    except (FormRefused, NotAQuestionnaire) as refusal:
        raise FaultyInput(refusal.message, refusal.faults) from refusal
    problems = tuple(
        Fault(problem.place, problem.message) for problem in problems_of(questionnaire)
    )
    if problems:
        raise FaultyInput(_("The questionnaire has to be mended first."), problems + not_taken)
    return ReadFile(questionnaire, not_taken)
