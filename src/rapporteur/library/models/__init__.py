"""The texts: documents, versions, paragraphs, and the facts that hang on a paragraph."""

from rapporteur.library.models.documents import (
    Document,
    Footnote,
    OtherAddress,
    Paragraph,
    Rendition,
    Section,
    Version,
)
from rapporteur.library.models.facts import (
    Citation,
    Figure,
    Milestone,
    ParagraphConcept,
    ParagraphOrganization,
    Publication,
    Statement,
)

__all__ = [
    "Citation",
    "Document",
    "Figure",
    "Footnote",
    "Milestone",
    "OtherAddress",
    "Paragraph",
    "ParagraphConcept",
    "ParagraphOrganization",
    "Publication",
    "Rendition",
    "Section",
    "Statement",
    "Version",
]
