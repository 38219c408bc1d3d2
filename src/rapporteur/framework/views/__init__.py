"""The framework's pages: action lines and goals, the matrix, the vocabularies."""

from rapporteur.framework.views.concepts import (
    ActionLine,
    ActionLines,
    ConceptPage,
    Goal,
    Goals,
)
from rapporteur.framework.views.matrix import CellPage, MatrixFile, MatrixPage
from rapporteur.framework.views.vocabularies import (
    SchemeFile,
    SchemePage,
    Vocabularies,
    VocabulariesFile,
)

__all__ = [
    "ActionLine",
    "ActionLines",
    "CellPage",
    "ConceptPage",
    "Goal",
    "Goals",
    "MatrixFile",
    "MatrixPage",
    "SchemeFile",
    "SchemePage",
    "Vocabularies",
    "VocabulariesFile",
]
