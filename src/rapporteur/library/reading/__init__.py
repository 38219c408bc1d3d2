"""Reading a file into a parsed document: what is refused, and the process that reads uploads."""

from rapporteur.library.reading.document import read_document

__all__ = ["read_document"]
