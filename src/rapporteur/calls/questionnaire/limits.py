"""The limits of a question in words, in the active language: for forms that are printed or sent."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rapporteur.calls.questionnaire.model import Kind, Question


def limits_in_words(question: Question) -> list[str]:
    """Return what an answer must keep to, one sentence a limit; empty where there is none."""
    said: list[str] = []
    if question.words_at_most is not None:
        said.append(_("At most %(limit)s words.") % {"limit": question.words_at_most})
    if question.kind is Kind.NUMBER:
        said += _number(question)
    if question.kind is Kind.DATE:
        said += _date(question)
    if question.kind is Kind.FILE:
        said.append(_("Files: %(types)s.") % {"types": ", ".join(question.types)})
        if question.megabytes_at_most is not None:
            limit = {"limit": question.megabytes_at_most}
            said.append(_("Each at most %(limit)s MB.") % limit)
    if question.at_most is not None:
        said.append(_("At most %(limit)s.") % {"limit": question.at_most})
    elif question.takes_several:
        said.append(_("Several may be given."))
    return said


def _number(question: Question) -> list[str]:
    said = [_("A whole number.")] if question.whole else []
    limits = {"least": question.minimum, "most": question.maximum}
    if question.minimum is not None and question.maximum is not None:
        said.append(_("From %(least)s to %(most)s.") % limits)
    elif question.minimum is not None:
        said.append(_("%(least)s or more.") % limits)
    elif question.maximum is not None:
        said.append(_("%(most)s or less.") % limits)
    return said


def _date(question: Question) -> list[str]:
    limits = {"first": question.earliest, "last": question.latest}
    if question.earliest and question.latest:
        return [_("From %(first)s to %(last)s.") % limits]
    if question.earliest:
        return [_("%(first)s or later.") % limits]
    if question.latest:
        return [_("%(last)s or earlier.") % limits]
    return []
