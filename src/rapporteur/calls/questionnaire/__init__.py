"""Questionnaires: what is asked, what is wrong in it, what is wrong in answers; files in and out.

Pure: no database and no request. ``model`` says what a questionnaire is made of.
"""

from rapporteur.calls.questionnaire.answers import (
    AnswerFault,
    Known,
    counted_answers,
    faults_of,
    is_given,
)
from rapporteur.calls.questionnaire.checking import Problem, problems_of
from rapporteur.calls.questionnaire.conditions import shown_questions
from rapporteur.calls.questionnaire.errors import FormRefused, NotAQuestionnaire
from rapporteur.calls.questionnaire.model import (
    LANGUAGES,
    Choice,
    Kind,
    Question,
    Questionnaire,
    Section,
)
from rapporteur.calls.questionnaire.schema import json_schema
from rapporteur.calls.questionnaire.storing import digest_of, from_json, to_json
from rapporteur.calls.questionnaire.words import count_words

__all__ = [
    "LANGUAGES",
    "AnswerFault",
    "Choice",
    "FormRefused",
    "Kind",
    "Known",
    "NotAQuestionnaire",
    "Problem",
    "Question",
    "Questionnaire",
    "Section",
    "count_words",
    "counted_answers",
    "digest_of",
    "faults_of",
    "from_json",
    "is_given",
    "json_schema",
    "problems_of",
    "shown_questions",
    "to_json",
]
