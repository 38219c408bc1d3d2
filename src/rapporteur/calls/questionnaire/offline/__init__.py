"""Forms that are filled without a connection: a questionnaire as XLSX or DOCX, and back in.

``places`` says where answers stand and how they are found again; ``xlsx_out`` and ``docx_out``
write, ``xlsx_in`` and ``docx_in`` read what stands where, ``filling`` makes answers of it.
"""

from rapporteur.calls.questionnaire.offline.docx_out import write_offline_docx
from rapporteur.calls.questionnaire.offline.filling import Filled, NotRead
from rapporteur.calls.questionnaire.offline.places import CodeNames
from rapporteur.calls.questionnaire.offline.reading import read_offline
from rapporteur.calls.questionnaire.offline.xlsx_out import write_offline_xlsx

__all__ = [
    "CodeNames",
    "Filled",
    "NotRead",
    "read_offline",
    "write_offline_docx",
    "write_offline_xlsx",
]
