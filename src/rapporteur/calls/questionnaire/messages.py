"""Words for what is wrong in a questionnaire and in answers: what, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def message_of(messages: Mapping[str, Promise | str], code: str, details: Mapping[str, Any]) -> str:
    """Return the words for a code in the active language, with its details in their places."""
    return str(messages[code]) % details


ANSWER_MESSAGES: Mapping[str, Promise | str] = {
    "required": _("This question needs an answer."),
    "required-cell": _("This cell needs an answer, since others of its row have one."),
    "unknown-question": _("The questionnaire has no such question."),
    "not-asked": _("This is a note; it takes no answer."),
    "not-text": _("A text is expected here."),
    "not-a-list": _("A list of values is expected here."),
    "not-an-object": _("An object with names and values is expected here."),
    "too-many-values": _("No more than %(limit)s values are read here. Leave some out."),
    "too-many": _("At most %(limit)s may be chosen; there are %(count)s. Leave some out."),
    "repeated": _("“%(value)s” is given twice. Leave one out."),
    "too-long": _("The text has %(count)s characters, at most %(limit)s are kept. Shorten it."),
    "too-many-words": _(
        "The text has %(count)s words, at most %(limit)s are allowed. Shorten it. "
        "(In Chinese, each character counts as a word.)"
    ),
    "signs": _("The text holds signs that cannot be kept (%(signs)s). Type it without them."),
    "not-a-choice": _("“%(value)s” is none of the choices."),
    "not-a-number": _("“%(value)s” is no number of at most 15 digits."),
    "not-whole": _("“%(value)s” is no whole number."),
    "too-small": _("The number %(value)s is smaller than %(limit)s, the least that is allowed."),
    "too-large": _("The number %(value)s is larger than %(limit)s, the most that is allowed."),
    "not-a-date": _("“%(value)s” is no date. Write it as 2026-05-31."),
    "too-early": _("The date %(value)s is before %(limit)s, the first that is allowed."),
    "too-late": _("The date %(value)s is after %(limit)s, the last that is allowed."),
    "not-an-organization": _("The name of an organization is expected here."),
    "unknown-organization": _(
        "The directory has no organization “%(value)s”. Choose one, or give its name alone."
    ),
    "unknown-country": _("“%(value)s” is no country's code of three letters, such as KEN."),
    "unknown-concept": _("“%(value)s” is no code of the vocabulary “%(scheme)s”."),
    "not-a-file": _("A file with its name and size is expected here."),
    "file-type": _("The file “%(value)s” is not of a type that is taken (%(types)s)."),
    "file-too-large": _("The file “%(value)s” is larger than %(limit)s MB. Give a smaller one."),
    "unknown-row": _("The table has no row “%(value)s”."),
    "unknown-column": _("The table has no column “%(value)s”."),
}

PROBLEM_MESSAGES: Mapping[str, Promise | str] = {
    "no-questions": _("The questionnaire asks nothing. Add a question."),
    "too-many-sections": _("There are %(count)s sections, at most %(limit)s are allowed."),
    "too-many-questions": _("There are %(count)s questions, at most %(limit)s are allowed."),
    "too-many-choices": _("There are %(count)s choices, at most %(limit)s are allowed."),
    "too-many-rows": _("There are %(count)s rows, at most %(limit)s are allowed."),
    "too-many-columns": _("There are %(count)s columns, at most %(limit)s are allowed."),
    "no-name": _("A name is missing. Give one, such as “progress”."),
    "bad-name": _(
        "“%(name)s” is no name that XLSForm can carry. Begin with a letter; go on with letters of "
        "the Latin alphabet, digits, _ - and dots; %(limit)s signs at most."
    ),
    "bad-choice-name": _(
        "“%(name)s” is no name of a choice. Use letters of the Latin alphabet, digits, _ - : and "
        "dots; %(limit)s signs at most."
    ),
    "reserved-name": _("The name “%(name)s” is reserved in XLSForm. Take another."),
    "duplicate-name": _(
        "The name “%(name)s” is used twice (capital and small letters do not count). Change one."
    ),
    "bad-version": _("The version holds line breaks or more than %(limit)s signs. Shorten it."),
    "no-language": _("The questionnaire names no language. Name at least one."),
    "unknown-language": _("“%(language)s” is none of the languages: %(languages)s."),
    "bad-default-language": _(
        "The default language “%(language)s” is none of the questionnaire's languages."
    ),
    "missing-label": _("The text is missing in %(language)s."),
    "missing-unit": _("The unit is missing in %(language)s."),
    "missing-hint": _("The help text is missing in %(language)s, and there in others."),
    "extra-language": _(
        "There is a text in %(language)s, which is none of the questionnaire's languages."
    ),
    "too-long": _("The text has %(count)s characters, at most %(limit)s are allowed."),
    "signs": _("The text holds signs that cannot be kept (%(signs)s). Type it without them."),
    "placeholder": _("The text holds “${”, which XLSForm reads as a reference. Take it out."),
    "same-label": _("Two choices read “%(label)s” in %(language)s. Change one."),
    "not-of-kind": _("A question of the kind “%(kind)s” has no “%(setting)s”. Take it out."),
    "required-note": _("A note takes no answer, so none can be required."),
    "no-choices": _("There is nothing to choose from. Add choices."),
    "no-rows": _("The table has no rows. Add them."),
    "no-columns": _("The table has no columns. Add them."),
    "column-kind": _("A column cannot be of the kind “%(kind)s”. It can be: %(kinds)s."),
    "column-condition": _("A column of a table cannot have a condition."),
    "no-scheme": _("The question does not say from which vocabulary it draws."),
    "bad-scheme": _("“%(scheme)s” is no code of a vocabulary, such as action-lines."),
    "bad-limit": _("The limit %(value)s is not between %(least)s and %(most)s."),
    "limits-contradict": _("The least, %(least)s, is more than the most, %(most)s."),
    "limit-not-whole": _("The limit %(value)s is no whole number, and only those are asked for."),
    "limit-without-many": _("Only one value can be given, so none can be the most of several."),
    "limit-beyond-choices": _("%(value)s are allowed, of %(count)s choices."),
    "bad-date": _("“%(value)s” is no date. Write it as 2026-05-31."),
    "bad-type": _("Files of the type “%(value)s” are not taken. Types that are: %(types)s."),
    "no-types": _("The question does not say which types of files are taken."),
    "condition-not-read": _("The condition cannot be read from “%(found)s” on (sign %(at)s)."),
    "condition-unfinished": _("The condition ends too early: something is missing at its end."),
    "condition-unknown-function": _(
        "The condition uses “%(found)s” (sign %(at)s), which is not known here. Known are: "
        "%(functions)s."
    ),
    "condition-arguments": _(
        "The function “%(found)s” (sign %(at)s) does not have the arguments that it needs, such "
        "as selected(${question}, 'choice')."
    ),
    "condition-too-long": _("The condition is too long to be evaluated. Split it."),
    "condition-too-deep": _("The condition has too many parentheses in each other. Simplify it."),
    "condition-signs": _("The condition holds signs that cannot be read (%(found)s)."),
    "condition-unknown-name": _("The condition names “%(name)s”, which is no question."),
    "condition-later-name": _(
        "The condition names “%(name)s”, which is asked later. Move that question up."
    ),
    "condition-own-name": _("The condition of a question cannot name the question itself."),
    "condition-not-comparable": _(
        "The condition names “%(name)s”, whose answer (%(kind)s) cannot be compared."
    ),
    "condition-unknown-choice": _(
        "The condition compares “%(name)s” with “%(choice)s”, which is none of its choices."
    ),
}
