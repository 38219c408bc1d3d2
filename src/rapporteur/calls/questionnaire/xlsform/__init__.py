"""Questionnaires as XLSForm: the workbook in which forms are exchanged.

``reading`` takes what a questionnaire has and reports the rest, cell by cell; ``writing`` makes a
workbook that pyxform converts and that reads back equal. Kinds and limits that XLSForm does not
have stand in columns of our own (``rapporteur::...``), which other programs pass over.
"""

from rapporteur.calls.questionnaire.xlsform.reading import ReadForm, read_xlsform
from rapporteur.calls.questionnaire.xlsform.reports import NotTaken
from rapporteur.calls.questionnaire.xlsform.writing import write_xlsform

__all__ = ["NotTaken", "ReadForm", "read_xlsform", "write_xlsform"]
