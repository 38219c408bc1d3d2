"""Files of several formats, read into one form: blocks of text in reading order."""

from rapporteur.analysis.documents.reading.open import read

__all__ = ["read"]
