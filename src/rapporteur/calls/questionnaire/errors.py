"""What reading a questionnaire or a filled form refuses as a whole."""

from __future__ import annotations

from rapporteur.common.refusals import FaultyInput


class FormRefused(FaultyInput):
    """The file is too large, of a kind that is not read, hostile, broken, or not the form."""


class NotAQuestionnaire(FaultyInput):
    """A stored or sent questionnaire has a wrong shape; ``faults`` say where."""
