"""What narrows a list: the parameters of an address, each by name, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from ninja.errors import ValidationError
from pydantic import Field

from rapporteur.analysis.tables.nearest import nearest
from rapporteur.api.cursors import FEW, MOST
from rapporteur.api.problems import Faults, FieldFault
from rapporteur.register.content import EARLIEST_YEAR, LATEST_YEAR
from rapporteur.search.queries.asking import Question

MOST_VALUES, LONGEST_VALUE, LONGEST_WORDS = 20, 100, 400
# RFC 3339; a leap second counts as the one before it.
MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,20})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)

Value = Annotated[str, Field(min_length=1, max_length=LONGEST_VALUE)]
Values = Annotated[list[Value], Field(max_length=MOST_VALUES)]


def several(about: str, alias: str) -> Any:
    return Field([], alias=alias, description=about)


class Paging(Schema):
    """Where a page of a list begins, and how long it is."""

    limit: int = Field(FEW, ge=1, le=MOST, description=gettext_noop("Rows of a page."))
    cursor: str | None = Field(
        None,
        max_length=1000,
        description=gettext_noop("From `next` of the page before; take that whole address."),
    )


class ActivityQuestion(Paging):
    """What narrows the list of activities: the words and facets of the search page."""

    q: str = Field(
        "",
        max_length=LONGEST_WORDS,
        description=gettext_noop('Words; "a phrase"; -without this word.'),
    )
    any: bool = Field(False, description=gettext_noop("One of the words is enough."))
    updated_since: str | None = Field(
        None,
        json_schema_extra={"format": "date-time"},
        description=gettext_noop("What it says was changed at that moment or later (RFC 3339)."),
    )
    action_line: Values = several(
        gettext_noop("An action line, or C7 for all its applications."), "action-line"
    )
    sdg: Values = several(gettext_noop("A goal; its targets count under it."), "sdg")
    region: Values = several(gettext_noop("A region of the United Nations."), "region")
    itu_region: Values = several(gettext_noop("A region of the ITU."), "itu-region")
    country: Values = several(gettext_noop("A country, ISO 3166-1 alpha-3."), "country")
    country_group: Values = several(gettext_noop("A group of countries."), "country-group")
    stakeholder_group: Values = several(gettext_noop("A stakeholder group."), "stakeholder-group")
    organization: Values = several(
        gettext_noop("An organization, by the directory's name."), "organization"
    )
    kind: Values = several(gettext_noop("A kind of activity."), "activity-kind")
    status: Values = several(gettext_noop("A status."), "activity-status")
    language: Values = several(gettext_noop("A language of the text."), "language")
    standing: Values = several(
        gettext_noop("How fresh: verified, unconfirmed or stale."), "standing"
    )
    year: Annotated[
        list[Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)]],
        Field(max_length=MOST_VALUES),
    ] = Field([], description=gettext_noop("A year in which it began."))

    def question(self) -> Question:
        """Return what is asked of the search."""
        chosen = {
            "action-line": self.action_line,
            "sdg": self.sdg,
            "region": self.region,
            "itu-region": self.itu_region,
            "country": self.country,
            "country-group": self.country_group,
            "stakeholder-group": self.stakeholder_group,
            "organization": self.organization,
            "activity-kind": self.kind,
            "activity-status": self.status,
            "language": self.language,
            "standing": self.standing,
            "year": [str(year) for year in self.year],
        }
        return Question(
            text=self.q.strip(),
            chosen={name: tuple(values) for name, values in chosen.items() if values},
            any_word=self.any,
        )

    def since(self) -> datetime | None:
        """Return the moment of ``updated_since``.

        Raises:
            Faults: 422, it is none.
        """
        if self.updated_since is None:
            return None
        found = moment_of(self.updated_since)
        if found is None:
            raise Faults(
                [
                    FieldFault(
                        "updated_since",
                        "not-a-moment",
                        _("Write a moment with its zone: 2026-05-31T12:00:00Z."),
                    )
                ]
            )
        return found


def moment_of(text: str) -> datetime | None:
    """Return the moment that a text of RFC 3339 names, ``None`` where it is none."""
    match = MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(match[place]) for place in range(1, 7))
    zone = "+00:00" if match[8] in "Zz" else match[8]
    if hour > 23 or minute > 59 or second > 60 or int(zone[1:3]) > 23 or int(zone[4:]) > 59:
        return None
    fraction = (match[7] or ".0")[:7]
    written = (
        f"{max(year, 1):04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}"
        f"{fraction.ljust(7, '0')}{zone}"
    )
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if year < 2000 else datetime.max.replace(tzinfo=UTC)
    except ValueError:
        return None


def check_parameters(request: HttpRequest, known: Iterable[str]) -> None:
    """Refuse a parameter that the address does not know: a slip would else find everything.

    Raises:
        Faults: 422, with the parameters nearest to it.
    """
    names = tuple(known)
    found = [
        FieldFault(
            name[:80],
            "unknown-parameter",
            _("There is no parameter of this name; leave it out."),
            nearest(name, names),
        )
        for name in request.GET
        if name not in names
    ]
    if found:
        raise Faults(found)


def faults_of(error: ValidationError) -> Faults:
    """Return the parameters that are wrong, in words."""
    return Faults([fault_of(item) for item in error.errors])


def fault_of(item: dict[str, Any]) -> FieldFault:
    place = ".".join(str(part) for part in item["loc"][1:] if part not in ("paging", "asked"))
    kind, limits = item["type"], item.get("ctx", {})
    known = {
        "missing": ("empty", _("This is needed.")),
        "greater_than_equal": ("too-small", _("Write %(least)s or more.")),
        "less_than_equal": ("too-large", _("Write %(most)s or less.")),
        "int_parsing": ("not-a-number", _("Write a whole number.")),
        "int_type": ("not-a-number", _("Write a whole number.")),
        "bool_parsing": ("not-a-flag", _("Write true or false.")),
        "string_too_long": ("too-long", _("This is too long: at most %(length)s characters.")),
        "string_too_short": ("empty", _("This is empty; leave it out or write a value.")),
        "too_long": ("too-many", _("These are too many: at most %(length)s.")),
    }
    code, message = known.get(kind, ("not-allowed", _("This is not one of the allowed values.")))
    values = {
        "least": limits.get("ge"),
        "most": limits.get("le"),
        "length": limits.get("max_length"),
    }
    return FieldFault(place, code, message % values if "%" in message else message)
