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
from django.template import defaulttags
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.templatetags import i18n
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rapporteur.common.addresses import address_of, find_address
from rapporteur.site import registry

register = template.Library()

# Of each kept part of a page.
MOST_KEPT = 500

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


class KeptNode(template.Node):
    """What ``{% kept %}`` writes, by language and values."""

    def __init__(self, nodelist: template.NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.kept: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        key = (get_language(), *(value.resolve(context) for value in self.values))
        found = self.kept.get(key)
        if found is None:
            found = self.nodelist.render(context)
            if len(self.kept) < MOST_KEPT:
                self.kept[key] = found
        return found


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Write what is inside once per language and per these values, and keep it in this process.

    ``{% kept place user.is_authenticated %} … {% endkept %}``: what is inside may depend on nothing
    else, and the values have few different ones.
    """
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, values)


class KeptURLNode(template.Node):
    """The address of a page that has one alone, by language; a page holds dozens of them."""

    def __init__(self, name: str, asvar: str | None) -> None:
        self.name = name
        self.asvar = asvar

    def render(self, context: template.Context) -> str:
        if self.asvar:
            context[self.asvar] = find_address(self.name) or ""
            return ""
        return conditional_escape(address_of(self.name))


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """Write an address, as Django's own tag does; one without arguments is looked up once."""
    node = defaulttags.url(parser, token)
    name = node.view_name.var
    if node.args or node.kwargs or not isinstance(name, str):
        return node
    return KeptURLNode(name, node.asvar)


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """Write a text in the reader's language, as Django's own tag does; it is looked up once."""
    node = i18n.do_translate(parser, token)
    if node.asvar or node.noop or not getattr(node.filter_expression.var, "literal", None):
        return node
    return KeptNode(template.NodeList([node]), [])
