"""The sentences of a draft: whole, translatable, and only about what the record knows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapporteur.reports.assembly.material import Source, SourceFigure, SourceParagraph
from rapporteur.reports.assembly.pieces import cite, clean, quote
from rapporteur.site.templatetags.rapporteur import locale

PERCENT = {"per cent", "percent", "%"}


def joined(items: Sequence[str]) -> str:
    """Return the items as the language lists them (``A, B and C``)."""
    return format_list(list(items), locale=locale())


def amount(value: Decimal) -> str:
    return format_decimal(value.normalize(), locale=locale(), numbering_system="latn")


def figure(item: SourceFigure) -> str:
    """Return one figure in words, with what is known of its subject and year."""
    if item.low == item.high:
        value = amount(item.low)
    else:
        value = _("%(low)s to %(high)s") % {"low": amount(item.low), "high": amount(item.high)}
    unit = clean(item.unit)
    if unit in PERCENT:
        value = _("%(value)s per cent") % {"value": value}
    elif unit == "USD":
        value = _("USD %(value)s") % {"value": value}
    elif unit:
        value = _("%(value)s %(unit)s") % {"value": value, "unit": unit}
    known: dict[str, Any] = {"value": value, "subject": clean(item.subject), "year": item.year}
    # A subject that says its year ("the Forum of 2024") need not be told it again.
    if known["subject"] and item.year and str(item.year) not in known["subject"]:
        return _("%(value)s (%(subject)s, %(year)s)") % known
    if known["subject"]:
        return _("%(value)s (%(subject)s)") % known
    if item.year:
        return _("%(value)s (%(year)s)") % known
    return value


def footnote(paragraph: SourceParagraph) -> str:
    """Return the text of a footnote: the document and the paragraph."""
    if paragraph.kind == "whole":
        return whole_footnote(paragraph.source)
    document = clean(paragraph.source.label)
    if paragraph.anchor.startswith("annex"):
        annex, _dash, _rest = paragraph.anchor.removeprefix("annex-").partition("-")
        if paragraph.number is not None:
            return _("%(document)s, annex %(annex)s, para. %(number)s.") % {
                "document": document,
                "annex": annex,
                "number": paragraph.number,
            }
    if paragraph.kind == "preambular":
        return _("%(document)s, preambular para. %(number)s.") % {
            "document": document,
            "number": paragraph.number or paragraph.anchor,
        }
    if paragraph.number is not None:
        return _("%(document)s, para. %(number)s.") % {
            "document": document,
            "number": paragraph.number,
        }
    if paragraph.titles:
        return _("%(document)s, “%(heading)s”, unnumbered para. (%(anchor)s).") % {
            "document": document,
            "heading": clean(paragraph.titles[-1]),
            "anchor": paragraph.anchor,
        }
    return _("%(document)s, unnumbered para. (%(anchor)s).") % {
        "document": document,
        "anchor": paragraph.anchor,
    }


def whole_footnote(source: Source) -> str:
    """Return the footnote of a document as a whole: its symbol and its numbered paragraphs."""
    document = clean(source.label)
    if source.operative is None or source.operative[2] == 0:
        return _("%(document)s.") % {"document": document}
    first, last, _count = source.operative
    if first == last:
        return _("%(document)s, para. %(number)s.") % {"document": document, "number": first}
    return _("%(document)s, paras. %(first)s–%(last)s.") % {
        "document": document,
        "first": first,
        "last": last,
    }


def named(actors: Sequence[str]) -> str:
    """Return that activities of these were reported. Names stand before a colon, for articles."""
    return _("%(actors)s: activities were reported.") % {"actors": joined(actors)}


def named_with(actor: str, publications: Sequence[str], figures: Sequence[SourceFigure]) -> str:
    """Return that one organization's activities were reported, with publications and figures."""
    values = {"actor": actor, "publications": joined([cite(title) for title in publications])}
    if not publications:
        return " ".join((named([actor]), given(figures)))
    sentence = (
        ngettext(
            "%(actor)s: activities were reported, with the publication %(publications)s.",
            "%(actor)s: activities were reported, with the publications %(publications)s.",
            len(publications),
        )
        % values
    )
    return " ".join((sentence, given(figures))) if figures else sentence


def further() -> str:
    """Return that more of an organization's activities were reported than were just told."""
    return _("Further activities were reported.")


def given(figures: Sequence[SourceFigure]) -> str:
    """Return that figures were given."""
    values = {"figures": joined([figure(item) for item in figures])}
    return (
        ngettext(
            "This figure was given: %(figures)s.",
            "These figures were given: %(figures)s.",
            len(figures),
        )
        % values
    )


def named_things(publications: Sequence[str], figures: Sequence[SourceFigure]) -> str:
    """Return that publications and figures were named where no one organization stands for them."""
    if not publications:
        return given(figures)
    sentence = ngettext(
        "The publication %(publications)s was named.",
        "The publications %(publications)s were named.",
        len(publications),
    ) % {"publications": joined([cite(title) for title in publications])}
    return " ".join((sentence, given(figures))) if figures else sentence


def unnamed() -> str:
    """Return that something was reported without naming anybody."""
    return _("Developments were reported without an organization being named.")


def quotation(text: str, language: str) -> str:
    """Return words of a source between the draft's quotation marks, in the source's direction.

    A full stop follows where the words themselves do not end a sentence.
    """
    quoted = quote(_("“%(quotation)s”") % {"quotation": text}, language)
    if text.rstrip("”’»\"')]").endswith((".", "!", "?", "…", "。", "！", "？", "؟", "۔", ":")):
        return quoted
    return _("%(quotation)s.") % {"quotation": quoted}


def speaker(actor: str) -> str:
    """Return the name that stands before a quotation which does not name who acts in it."""
    return _("%(actor)s:") % {"actor": actor}


def adopted(source: Source) -> str:
    """Return that a resolution was adopted, by whom where it is known."""
    values = {
        "body": joined([clean(body) for body in source.bodies]),
        "symbol": clean(source.label),
        "title": cite(source.title),
        "date": format_date(source.date, format="long", locale=locale()) if source.date else "",
    }
    if source.bodies and source.date:
        return _("%(symbol)s, %(title)s, was adopted on %(date)s (%(body)s).") % values
    if source.bodies:
        return _("%(symbol)s, %(title)s, was adopted (%(body)s).") % values
    if source.date:
        return _("%(symbol)s, %(title)s, was adopted on %(date)s.") % values
    return _("%(symbol)s, %(title)s, was adopted.") % values


def nothing(kind: str) -> str:
    """Return the sentence under a heading where nothing was reported."""
    if kind == "region":
        return _("Nothing was reported for this region.")
    if kind == "action-line":
        return _("Nothing was reported under this action line.")
    if kind == "application":
        return _("Nothing was reported under this application.")
    if kind == "theme":
        return _("Nothing was reported on this theme.")
    return _("Nothing was reported under this heading.")


def no_room() -> str:
    """Return the sentence under a heading whose lines were all left out."""
    return _("What was reported here does not fit the limit; it is listed in annex II.")
