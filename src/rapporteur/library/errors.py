"""What the library refuses to do."""

from __future__ import annotations

from rapporteur.common.refusals import Conflict, FaultyInput, Refusal


class FileRefused(FaultyInput):
    """The file is too large, of a kind that is not read, hostile, or no document."""


class FileTooLarge(FileRefused):
    """The file has more bytes than are read."""

    status = 413


class SymbolRefused(FaultyInput):
    """What was given as a symbol is not one."""


class LinkRefused(FaultyInput):
    """What was given as the official text's address is no address of the web."""


class NotInThisState(Conflict):
    """The document's state does not allow it: withdrawn, already published, nothing waiting."""


class Gone(Refusal):
    """The document was withdrawn."""

    status = 410
