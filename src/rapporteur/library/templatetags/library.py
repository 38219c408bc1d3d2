"""How the library writes figures, paragraph references and counts, in whole words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapporteur.library.models import Document, Figure, Milestone, Paragraph
from rapporteur.site.templatetags.rapporteur import locale

register = template.Library()
EXCERPT = 320


def grouped(value: Decimal) -> str:
    """Return a number grouped as the reader's language groups it, with Latin digits."""
    return format_decimal(value.normalize(), locale=locale(), numbering_system="latn")


@register.simple_tag
def figure_value(figure: Figure) -> str:
    """Return a figure's value, or its two ends."""
    if figure.low == figure.high:
        return grouped(figure.low)
    return _("%(low)s to %(high)s") % {"low": grouped(figure.low), "high": grouped(figure.high)}


@register.simple_tag
def figure_words(figure: Figure) -> str:
    """Return a figure on one line: value, unit, what it measures, year."""
    words = format_html('<b>{}</b> <span lang="en">{}</span>', figure_value(figure), figure.unit)
    if figure.subject and figure.unit and figure.subject.startswith(figure.unit):
        # "5 people using the Internet", not "5 people people using the Internet".
        words = format_html("<b>{}</b>", figure_value(figure))
    if figure.subject:
        words = format_html('{} <span lang="en">{}</span>', words, figure.subject)
    return format_html("{} ({})", words, figure.year) if figure.year else words


@register.simple_tag
def anchor_words(paragraph: Paragraph) -> str:
    """Return what a paragraph is called within its document: ``para. 23``."""
    if paragraph.number is None and paragraph.section_titles:
        return _("paragraph %(place)s in the text, under “%(heading)s”") % {
            "place": paragraph.order + 1,
            "heading": paragraph.section_titles[-1],
        }
    if paragraph.number is None:
        return _("paragraph %(place)s in the text") % {"place": paragraph.order + 1}
    if paragraph.anchor.startswith("annex"):
        return _("annex, para. %(number)s") % {"number": paragraph.number}
    return _("para. %(number)s") % {"number": paragraph.number}


@register.simple_tag
def paragraph_words(paragraph: Paragraph) -> str:
    """Return a reference as footnotes write it: ``A/80/62-E/2025/3, para. 23``."""
    document: Document = paragraph.document
    name = document.symbol or document.title
    return _("%(document)s, %(paragraph)s") % {
        "document": name,
        "paragraph": anchor_words(paragraph),
    }


@register.simple_tag
def part_address(document: Document, part: int, shown: int) -> str:
    """Return the address of a part of a document; empty for the part that is shown."""
    if int(part) == int(shown):
        return ""
    return f"{document.get_absolute_url()}?part={part}"


@register.simple_tag
def milestone_source(milestone: Milestone) -> str:
    """Return the address of the paragraph, or of the document, that a milestone is from."""
    document = milestone.document
    if document is None:
        return milestone.source_link
    if milestone.paragraph_anchor:
        anchor = milestone.paragraph_anchor
        return reverse("library:paragraph", args=[document.address, anchor]) + "?in=document"
    return document.get_absolute_url()


@register.simple_tag
def count_words(key: str, value: Any) -> str:
    """Return a milestone's count in words; a key without words of its own is written as it is."""
    shown = grouped(Decimal(str(value)))
    stem, at_least, _rest = key.partition("_at_least")
    names = {
        "participants": ngettext("%(n)s participant", "%(n)s participants", int(value)),
        "onsite": ngettext("%(n)s on site", "%(n)s on site", int(value)),
        "remote": ngettext("%(n)s remotely", "%(n)s remotely", int(value)),
        "countries": ngettext("%(n)s country", "%(n)s countries", int(value)),
        "sessions": ngettext("%(n)s session", "%(n)s sessions", int(value)),
        "submissions": ngettext("%(n)s submission", "%(n)s submissions", int(value)),
        "nominated": ngettext("%(n)s nominated project", "%(n)s nominated projects", int(value)),
        "winners": ngettext("%(n)s winner", "%(n)s winners", int(value)),
        "categories": ngettext("%(n)s category", "%(n)s categories", int(value)),
    }
    words = names.get(stem, f"%(n)s {stem}") % {"n": shown}
    return _("more than %(count)s") % {"count": words} if at_least else words


@register.filter
def text_direction(language: str) -> str:
    """Return the direction in which a document's language is written."""
    return "rtl" if language.split("-")[0] in ("ar", "fa", "he", "ur") else "ltr"


@register.simple_tag
def others_named(paragraph: Paragraph, organization: Any) -> list[str]:
    """Return the short names of the other organizations of a paragraph, in order of mention."""
    return [
        mention.organization.short_name if mention.organization else mention.printed
        for mention in paragraph.mentions.all()
        if organization is None or mention.organization_id != organization.pk
    ]


@register.simple_tag
def excerpt(paragraph: Paragraph, organization: Any) -> str:
    """Return the sentence of a paragraph that names an organization, else its beginning."""
    text = paragraph.text
    names = []
    if organization is not None:
        names = [
            mention.printed
            for mention in paragraph.mentions.all()
            if mention.organization_id == organization.pk
        ] + [organization.acronym, organization.name]
    places = [text.find(name) for name in names if name and name in text]
    if places:
        start = text.rfind(". ", 0, min(places)) + 2
        text = text[start if start > 1 else 0 :]
    return Truncator(text).chars(EXCERPT)
