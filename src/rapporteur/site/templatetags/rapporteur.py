"""Tags that every template may use: panels, dots, dates and numbers as the language writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal
from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rapporteur.site import registry

register = template.Library()

# Babel's names for the six languages. Arabic numbers are written with Latin digits, as the
# United Nations does in its Arabic documents' tables and symbols.
BABEL = {"ar": "ar", "zh-hans": "zh_Hans", "en": "en_GB", "fr": "fr", "ru": "ru", "es": "es"}


def locale() -> Locale:
    """Return Babel's locale of the active language."""
    return Locale.parse(BABEL.get(get_language() or "en", "en_GB"))


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """Return a number grouped as the language groups it, or the words for not known."""
    if value is None or value == "":
        return _("not known")
    return decimal_in(value, get_language() or "en")


@lru_cache(maxsize=8192)
def decimal_in(value: int | float | Decimal, language: str) -> str:
    """Return the number as the language writes it; counts come again and again, so it is kept."""
    babel = Locale.parse(BABEL.get(language, "en_GB"))
    return format_decimal(value, locale=babel, numbering_system="latn")


@register.filter
def words_date(value: date | datetime | None) -> str:
    """Return ``<time>`` with the date in words, or the words for not known."""
    if value is None:
        return _("not known")
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    text = babel_date(day, format="long", locale=locale())
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), text)


@register.simple_tag(takes_context=True)
def panels(context: template.Context, slot: str, record: Any = None) -> str:
    """Return the panels that rooms registered for the slot, rendered in order."""
    request = context["request"]
    return format_html_join(
        "\n",
        "{}",
        (
            (render_to_string(name, {**filled, "record": record}, request=request),)
            for name, filled in registry.panels(slot, request, record)
        ),
    )


@register.simple_tag
def dot(count: int | None, label: str = "", applies: bool = True) -> str:
    """Return one mark of the grammar of dots: filled (its size is the count), ring, or dash.

    The number always stands in the text; the mark is decoration for the eye alone.
    """
    if not applies:
        return format_html(
            '<span class="dot-dash" title="{}">–</span>', label or _("not applicable")
        )
    if not count:
        return format_html(
            '<span class="dot dot-ring" aria-hidden="true"></span>'
            '<span class="visually-hidden">{}</span>',
            _("nothing known"),
        )
    step = min(5, 1 + int(count).bit_length() // 2)
    return format_html(
        '<span class="dot dot-{}" aria-hidden="true"></span><span class="dot-count">{}</span>',
        step,
        number(count),
    )


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, **changes: Any) -> str:
    """Return this page's query string with some values changed (``None`` takes one out)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
