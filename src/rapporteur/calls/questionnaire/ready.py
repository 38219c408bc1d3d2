"""The questionnaires that the package carries, in six languages: ``data/questionnaires/*.toml``.

A file has the keys of ``storing.to_json`` but the languages, which are all six. Two keys more save
it from repeating the framework: ``rows_from`` of a matrix and ``choices_from`` of a choice name a
vocabulary whose concepts stand there, under their code and their short name.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from rapporteur.calls.questionnaire.checking import problems_of
from rapporteur.calls.questionnaire.errors import NotAQuestionnaire
from rapporteur.calls.questionnaire.model import LANGUAGES, Questionnaire
from rapporteur.calls.questionnaire.storing import from_json
from rapporteur.framework.packs import ConceptRow, read_pack

FOLDER = Path(__file__).resolve().parents[1] / "data" / "questionnaires"
# The framework's files call Chinese by its language alone.
IN_FRAMEWORK = {code: "zh" if code == "zh-hans" else code for code in LANGUAGES}
DRAWN = {"rows_from": "rows", "choices_from": "choices"}


class FaultyQuestionnaire(ValueError):
    """A file of the package has a fault; the message names the file, the place and what it is."""


@cache
def ready_made() -> tuple[Questionnaire, ...]:
    """Return the questionnaires that the package carries, by name.

    Raises:
        FaultyQuestionnaire: a file cannot be read, or what it holds has a problem.
    """
    return tuple(read_ready_made(path) for path in sorted(FOLDER.glob("*.toml")))


def read_ready_made(path: Path) -> Questionnaire:
    """Return the questionnaire of one file, whose name is the questionnaire's.

    Raises:
        FaultyQuestionnaire: as ``ready_made``.
    """
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FaultyQuestionnaire(f"{path.name}: {error}") from error
    given |= {"languages": list(LANGUAGES), "default_language": "en"}
    for section in given.get("sections", []):
        for question in section.get("questions", []):
            _draw(question, path.name)
            for column in question.get("columns", []):
                _draw(column, path.name)
    try:
        questionnaire = from_json(given)
    except NotAQuestionnaire as error:
        faults = "; ".join(f"{fault.place}: {fault.message}" for fault in error.faults)
        raise FaultyQuestionnaire(f"{path.name}: {faults}") from error
    problems = problems_of(questionnaire)
    if problems:
        told = "; ".join(f"{problem.place}: {problem.message}" for problem in problems)
        raise FaultyQuestionnaire(f"{path.name}: {told}")
    if questionnaire.name != path.stem:
        raise FaultyQuestionnaire(f"{path.name}: holds the questionnaire {questionnaire.name!r}.")
    return questionnaire


def _draw(question: dict[str, Any], file: str) -> None:
    """Put the concepts of a vocabulary where a question says that they stand."""
    for key, name in DRAWN.items():
        scheme = question.pop(key, None)
        if scheme is None:
            continue
        concepts = [concept for concept in _concepts() if concept.scheme == scheme]
        if not concepts:
            raise FaultyQuestionnaire(f"{file}: the framework has no vocabulary {scheme!r}.")
        question[name] = [_choice(concept, with_code=name == "rows") for concept in concepts]


def _choice(concept: ConceptRow, *, with_code: bool) -> dict[str, Any]:
    labels = {}
    for code, language in IN_FRAMEWORK.items():
        name = concept.short_names.get(language) or concept.names.get(language, "")
        labels[code] = f"{concept.code}. {name}" if with_code and name else name
    # A concept's code may hold its kind before a colon, which stands to reason here.
    return {"name": concept.code, "label": labels}


@cache
def _concepts() -> tuple[ConceptRow, ...]:
    pack = read_pack()
    return tuple(sorted(pack.concepts, key=lambda concept: (concept.scheme, concept.order)))
