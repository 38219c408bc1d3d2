"""The words that a form shows beside its questions, in the active language."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rapporteur.calls.questionnaire.conditions import BadCondition, parse_condition
from rapporteur.calls.questionnaire.conditions.parsing import Node
from rapporteur.calls.questionnaire.limits import limits_in_words
from rapporteur.calls.questionnaire.model import CHOICE_KINDS, Kind, Question, Questionnaire
from rapporteur.calls.questionnaire.offline.places import (
    CodeNames,
    Option,
    is_ticked,
    options_of,
)


def lines_of(questionnaire: Questionnaire, language: str, names: CodeNames) -> Iterator[str]:
    """Yield the words that forms show around a questionnaire, in the active language."""
    yield form_line(questionnaire)
    yield from how_to_fill(boxes=True)
    yield from how_to_fill(boxes=False)
    yield from (table_name(1), table_line(table_name(1)), column_line("-"))
    for section in questionnaire.sections:
        yield condition_in_words(section.relevant, questionnaire, language)
        for question in section.questions:
            for part in (question, *question.columns):
                yield question_line(1, part, "-")
                yield from notes_of(part, questionnaire, language)
                yield typing_note(part, names)
                for option in options_of(part, names):
                    yield option_line(part, option, questionnaire.text(option.label, language))


def option_line(question: Question, option: Option, label: str) -> str:
    """Return how an option is shown: by its label; a code, which people know, stands behind it."""
    if question.kind in CHOICE_KINDS:
        return label or option.value
    return f"{label} ({option.value})" if label else option.value


def table_name(number: int) -> str:
    """Return the name of the sheet that a table stands on."""
    return _("Table %(number)s") % {"number": number}


def table_line(sheet: str) -> str:
    """Return where a table is filled in."""
    return _("Fill in the sheet “%(sheet)s”.") % {"sheet": sheet}


def column_line(column: str) -> str:
    """Return the heading of a column whose cells are needed."""
    return _("%(column)s (required)") % {"column": column}


def form_line(questionnaire: Questionnaire) -> str:
    """Return which form and version this is."""
    return _("Form %(name)s, version %(version)s") % {
        "name": questionnaire.name,
        "version": questionnaire.version or "-",
    }


def how_to_fill(*, boxes: bool) -> list[str]:
    """Return how the form is filled and given back; ``boxes``: it has boxes to click on."""
    fill = (
        _("Type your answers into the boxes, and click on the squares of what you choose.")
        if boxes
        else _("Type your answers into the yellow cells, and an x beside what you choose.")
    )
    return [
        fill,
        _("Leave empty what does not apply. Move and delete nothing else."),
        _("Save the file and give it back where you received it: it is read by a program."),
    ]


def question_line(number: int, question: Question, text: str) -> str:
    """Return the line of a question: number, text, and whether an answer is needed."""
    values = {"number": number, "question": text}
    if question.required:
        return _("%(number)s. %(question)s (required)") % values
    return _("%(number)s. %(question)s") % values


def notes_of(question: Question, questionnaire: Questionnaire, language: str) -> list[str]:
    """Return what stands under a question: help, unit, limits, condition."""
    said = [questionnaire.text(question.hint, language)]
    if question.unit:
        unit = questionnaire.text(question.unit, language)
        said.append(_("Unit: %(unit)s.") % {"unit": unit})
    said.append(" ".join(limits_in_words(question)))
    if question.kind is Kind.DATE:
        said.append(_("Write the date as year-month-day: 2026-05-31."))
    if question.kind is Kind.FILE:
        said.append(_("Send the files together with this form."))
    said.append(condition_in_words(question.relevant, questionnaire, language))
    return [text for text in said if text]


def typing_note(question: Question, names: CodeNames) -> str:
    """Return how codes and names are typed where there are no boxes; else ``""``."""
    if is_ticked(question, names):
        return ""
    known = bool(options_of(question, names))
    if question.kind is Kind.COUNTRY and not known:
        return _("Write the code of three letters, such as KEN; one a line.")
    if question.kind is Kind.CONCEPTS and not known:
        return _("Write codes of the vocabulary; one a line.")
    if question.kind in (Kind.COUNTRY, Kind.CONCEPTS):
        return _("Write the name or the code; one a line.")
    if question.many:
        return _("Write one a line.")
    return ""


def condition_in_words(condition: str, questionnaire: Questionnaire, language: str) -> str:
    """Return when something is to be answered, ``""`` where always."""
    if not condition:
        return ""
    other = _("Answer this only where it follows from your answers above.")
    try:
        tree = parse_condition(condition).tree
    except BadCondition:
        return other
    joined = tree.parts if tree.kind == "operator" and tree.value in ("and", "or") else (tree,)
    terms = [_term(part, questionnaire, language) for part in joined]
    if not all(terms):
        return other
    if len(terms) == 1:
        return _("Answer this only if: %(condition)s.") % {"condition": terms[0]}
    values = {"conditions": "; ".join(map(str, terms))}
    if tree.value == "and":
        return _("Answer this only if all of this holds: %(conditions)s.") % values
    return _("Answer this only if one of these holds: %(conditions)s.") % values


def _term(node: Node, questionnaire: Questionnaire, language: str) -> str:
    """Return a comparison of one question with one value in words, ``""`` for anything else."""
    negated = node.kind == "call" and node.value == "not"
    if negated:
        node = node.parts[0]
    if node.value not in ("=", "!=", "selected", ">", ">=", "<", "<=") or len(node.parts) != 2:
        return ""
    asked, value = node.parts
    question = questionnaire.question(asked.value) if asked.kind == "question" else None
    if question is None or value.kind not in ("text", "number"):
        return ""
    values = {"question": questionnaire.text(question.label, language), "value": value.value}
    for choice in question.choices:
        if choice.name == value.value:
            values["value"] = questionnaire.text(choice.label, language)
    if node.value in ("=", "selected"):
        is_not = negated
    elif node.value == "!=":
        is_not = not negated
    else:
        sign = {"sign": node.value, **values}
        return "" if negated else _("“%(question)s” %(sign)s %(value)s") % sign
    if not value.value:
        if is_not:
            return _("“%(question)s” is answered") % values
        return _("“%(question)s” is not answered") % values
    if is_not:
        return _("“%(question)s” is not “%(value)s”") % values
    return _("“%(question)s” is “%(value)s”") % values
