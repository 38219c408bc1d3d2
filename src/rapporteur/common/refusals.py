"""Refusals: what the platform will not do, said to a person, with what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


class Refusal(Exception):
    """Something asked for that cannot be done. Its text is written for visitors.

    ``message`` says what happened and what can be done next, as whole translatable sentences.
    ``status`` is the HTTP status of a page that can only show the refusal (400 unless a subclass
    says otherwise). Anything that is raised and is not a ``Refusal`` is a bug, and surfaces.
    """

    status = 400

    def __init__(self, message: Text, *, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        if status is not None:
            self.status = status

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refusal):
    """The person may not do this to that."""

    status = 403


class Conflict(Refusal):
    """Somebody else was quicker, or the record has changed since it was read."""

    status = 409


@dataclass(frozen=True)
class Fault:
    """One thing wrong in an input: where, what, how to mend it.

    ``place`` is a row and column, a paragraph, a line or a part, in words; empty when the whole
    input is at fault.
    """

    place: Text
    message: Text


class FaultyInput(Refusal):
    """An input with faults; nothing of it was stored."""

    status = 422

    def __init__(self, message: Text, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults
