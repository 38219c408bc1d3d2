"""What a program sends, as JSON Schema, with the codes in force: for the documentation.

What is sent is checked by the register's own rules (``bodies``), which refuse each field by name;
this says the same beforehand, but for three rules: no text holds control characters or signs that
turn the direction of what follows; an activity does not end before it starts; a translation is in
another language than the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_noop

from rapporteur.api.bodies import NOTE_MOST, PHONE_MOST
from rapporteur.register import content as contents
from rapporteur.register.content import SCHEME_OF, Known

Schema = dict[str, Any]

LEAP = "(19(5[26]|6[048]|7[26]|8[048]|9[26])|20([02468][048]|[13579][26]))-02-29"
YEAR = "(19[5-9][0-9]|20[0-9][0-9]|2100)"
DAY = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|1[0-9]|2[0-8]))"
)
DATE = f"^({YEAR}(-(0[1-9]|1[0-2]))?|{YEAR}-{DAY}|{LEAP})?$"
HOST = "[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?(\\.[A-Za-z0-9]+)*"
LINK = f"^[Hh][Tt][Tt][Pp][Ss]?://{HOST}(:[0-9]{{1,4}})?([/?#][!-~]*)?$"
EMAIL = (
    "^([A-Za-z0-9_+-]+(\\.[A-Za-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?\\.)+[a-z]{2,20})?$"
)


def text(most: int, about: str = "") -> Schema:
    return said({"type": ["string", "null"], "maxLength": most}, about)


def said(schema: Schema, about: str) -> Schema:
    return {**schema, "description": about} if about else schema


def one_of(values: Iterable[str], about: str = "") -> Schema:
    return said({"type": ["string", "null"], "enum": [*sorted(values), "", None]}, about)


def many_of(values: Iterable[str], about: str = "") -> Schema:
    allowed = sorted(values)
    items: Schema = {"type": "string", "enum": allowed} if allowed else {"not": {}}
    return said({"type": ["array", "null"], "items": items, "maxItems": contents.LIST_MOST}, about)


def list_of(properties: Schema, required: list[str]) -> Schema:
    item = object_of(properties, required)
    return {"type": ["array", "null"], "items": item, "maxItems": contents.LIST_MOST}


def object_of(properties: Schema, required: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


TITLE = {
    "type": "string",
    "minLength": 1,
    "maxLength": contents.TITLE_MOST,
    "pattern": "\\S",
}
NAME = {**TITLE, "maxLength": contents.NAME_MOST}
LANGUAGE = {"type": ["string", "null"], "pattern": "^([a-z]{2,3})?$"}
DATED = {"type": ["string", "null"], "pattern": DATE, "examples": ["2024", "2024-05-31"]}
YEARS = {"minimum": contents.EARLIEST_YEAR, "maximum": contents.LATEST_YEAR}


def results() -> Schema:
    return list_of(
        {
            "kind": {"type": "string", "enum": sorted(contents.RESULT_KINDS)},
            "text": text(contents.NAME_MOST),
            "value": {
                "type": ["string", "null"],
                "pattern": "^(-?[0-9]{1,15}(\\.[0-9]{1,6})?)?$",
                "description": gettext_noop("A decimal number, as text."),
            },
            "unit": text(contents.SHORT_MOST),
            "year": {"anyOf": [{"type": "integer", **YEARS}, {"enum": [0, None]}]},
        },
        ["kind"],
    )


def content(known: Known) -> dict[str, Schema]:
    """Return the schema of each field of a content."""
    codes = {name: known.codes.get(scheme, frozenset()) for name, scheme in SCHEME_OF.items()}
    translation = object_of(
        {"title": text(contents.TITLE_MOST), "description": text(contents.TEXT_MOST)}
    )
    return {
        "title": TITLE,
        "description": text(contents.TEXT_MOST),
        "language": said(LANGUAGE, gettext_noop("Language of the text, ISO 639.")),
        "kind": one_of(contents.KINDS),
        "status": one_of(contents.STATUSES),
        "organization": text(contents.NAME_MOST, gettext_noop("The name of the organization.")),
        "organization_slug": text(
            contents.NAME_MOST, gettext_noop("The directory's name of it, if known.")
        ),
        "stakeholder_group": one_of(known.stakeholder_groups),
        "partners": list_of({"name": NAME, "slug": text(contents.NAME_MOST)}, ["name"]),
        "coverage": one_of(contents.COVERAGES),
        "countries": many_of(known.countries, gettext_noop("ISO 3166-1 alpha-3.")),
        "regions": many_of(codes["regions"]),
        "starts": said(DATED, gettext_noop("A year, a month or a day.")),
        "ends": said(DATED, gettext_noop("A year, a month or a day, not before the start.")),
        "action_lines": many_of(codes["action_lines"]),
        "sdgs": many_of(codes["sdgs"], gettext_noop("Goals and targets.")),
        "compact": many_of(
            codes["compact"], gettext_noop("Objectives of the Global Digital Compact.")
        ),
        "target_groups": many_of(codes["target_groups"]),
        "technologies": {
            "type": ["array", "null"],
            "items": {**text(contents.SHORT_MOST), "type": "string"},
            "maxItems": contents.LIST_MOST,
        },
        "results": results(),
        "links": list_of(
            {
                "url": {"type": "string", "pattern": LINK, "maxLength": contents.LINK_MOST},
                "label": text(contents.NAME_MOST),
            },
            ["url"],
        ),
        "success_story": text(contents.TEXT_MOST),
        "translations": {
            "type": ["object", "null"],
            "propertyNames": {"pattern": "^[a-z]{2,3}$"},
            "additionalProperties": translation,
            "description": gettext_noop(
                "Title and description in other languages, by ISO 639 code."
            ),
        },
        "given": {
            "type": ["object", "null"],
            "propertyNames": {"pattern": "^[A-Za-z0-9.:-]{1,60}$"},
            "additionalProperties": {"type": "string", "enum": sorted(contents.GIVERS)},
            "description": gettext_noop("Who gave a label, by its code, where it was no person."),
        },
    }


def contact() -> Schema:
    return {
        **object_of(
            {
                "name": text(contents.NAME_MOST),
                "email": {"type": ["string", "null"], "maxLength": 254, "pattern": EMAIL},
                "phone": text(PHONE_MOST),
            }
        ),
        "type": ["object", "null"],
        "description": gettext_noop(
            "Whom to ask about it. Private: it is written here and never read."
        ),
    }


def envelope(content_schema: Schema, required: Iterable[str]) -> Schema:
    return object_of(
        {
            "content": content_schema,
            "contact": contact(),
            "submit": {
                "type": "boolean",
                "description": gettext_noop("Send it to the secretariat as well."),
            },
            "note": text(
                NOTE_MOST, gettext_noop("What the secretariat should know of the change.")
            ),
        },
        required,
    )


def schemas(known: Known) -> dict[str, Schema]:
    """Return the schemas of everything that is sent, by name."""
    fields = content(known)
    whole = {**object_of(fields, ["title"]), "title": "Content of a new activity"}
    # A field that is null is emptied; the title alone cannot be.
    part = {**object_of(fields), "title": "Fields that change"}
    return {
        "NewActivity": envelope(whole, ["content"]),
        "ActivityChange": envelope(part, []),
        "Submission": object_of({"note": text(NOTE_MOST)}),
        "Withdrawal": object_of({"reason": {**TITLE, "maxLength": NOTE_MOST}}, ["reason"]),
        "NewFollowUp": object_of(
            {
                "year": {"type": "integer", **YEARS},
                "text": {**TITLE, "maxLength": contents.TEXT_MOST},
                "status": one_of(contents.STATUSES),
                "language": LANGUAGE,
                "results": results(),
            },
            ["year", "text"],
        ),
    }
