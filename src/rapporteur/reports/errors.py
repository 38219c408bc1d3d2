"""The refusals of the reports room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from rapporteur.common.refusals import Conflict, Refusal

if TYPE_CHECKING:
    from rapporteur.reports.outlines import Outline


class UnknownOutline(Refusal):
    status = 404

    def __init__(self, code: str, known: Iterable[str]) -> None:
        super().__init__(
            _("There is no outline “%(code)s”. Known outlines: %(known)s.")
            % {"code": code, "known": ", ".join(known)}
        )


class NothingForYear(Refusal):
    """No published document reports on the year."""

    status = 404

    def __init__(self, year: int, known: Iterable[int]) -> None:
        years = ", ".join(str(item) for item in known)
        if years:
            message = _(
                "No published document of the record reports on %(year)s. Years that have "
                "documents: %(years)s."
            ) % {"year": year, "years": years}
        else:
            message = _(
                "No published document of the record reports on %(year)s: the record holds no "
                "published document yet. Load the record, or import a document and publish it."
            ) % {"year": year}
        super().__init__(message)


class LimitTooLow(Refusal):
    def __init__(self, outline: Outline, *, needed: int) -> None:
        super().__init__(
            _(
                "The outline “%(code)s” allows %(limit)s words, but its headings alone take "
                "%(needed)s. Raise its limit."
            )
            % {"code": outline.code, "limit": outline.limit, "needed": needed}
        )


class UnknownForm(Refusal):
    status = 404

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _("“%(name)s” does not say which form to write. End the name with one of: %(known)s.")
            % {"name": name, "known": ", ".join(f".{form}" for form in known)}
        )


class CannotWrite(Refusal):
    """A program or library that an export needs is missing, or failed."""

    status = 503


class NotBuilt(Conflict):
    """The file has not been built from the record as it stands."""


class NothingInRegister(Refusal):
    """No entry of the register was published by the end of the year."""

    status = 404

    def __init__(self, year: int, known: Sequence[int]) -> None:
        if known:
            message = _(
                "The register cannot be reported on for %(year)s. Years that can be: %(years)s."
            ) % {"year": year, "years": ", ".join(map(str, known))}
        else:
            message = _(
                "The register holds no published entry yet, so there is nothing to report on for "
                "%(year)s."
            ) % {"year": year}
        super().__init__(message)


class UnknownScope(Refusal):
    """A report is to be narrowed by something that the register does not know."""

    status = 404

    def __init__(self, name: str, allowed: Sequence[str] = ()) -> None:
        if allowed:
            message = _("The register cannot be narrowed by “%(name)s”. Allowed: %(values)s.") % {
                "name": name,
                "values": ", ".join(allowed),
            }
        else:
            message = _(
                "The register cannot be narrowed by “%(name)s”. Write it as the address of its "
                "search page has it, such as q=schools&country=KEN."
            ) % {"name": name}
        super().__init__(message)


class UnknownChart(Refusal):
    """A report has no chart of that name."""

    status = 404

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _("This report has no chart “%(name)s”. It has: %(known)s.")
            % {"name": name, "known": ", ".join(known)}
        )


class NoSearchIndex(Refusal):
    """A report is to be narrowed by words, and this host cannot find words."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _(
                "A report narrowed by words needs the search index, which is not built on this "
                "machine. Build it with “rapporteur search rebuild”, or leave the words out."
            )
        )
