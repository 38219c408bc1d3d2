"""Conditions: on which earlier answers a question is shown.

A condition is an XLSForm ``relevant`` expression of a small language (``parsing``), evaluated as
XPath over the answers as XML (``evaluating``). It names earlier questions and reads nothing else.
"""

from rapporteur.calls.questionnaire.conditions.evaluating import shown_questions
from rapporteur.calls.questionnaire.conditions.parsing import (
    BadCondition,
    Condition,
    parse_condition,
)

__all__ = ["BadCondition", "Condition", "parse_condition", "shown_questions"]
