"""The register's one search page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from rapporteur.analysis.charts import Spec
from rapporteur.common.addresses import address_of
from rapporteur.register.choices import ActivityKind, Coverage, Standing
from rapporteur.register.exporting.answers import EXPORTS
from rapporteur.register.pictured import map_of, timeline_of
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search import registry
from rapporteur.search.queries import Found, Hit, Question, ShownHit
from rapporteur.search.queries.kept import kept
from rapporteur.search.views import Results, address
from rapporteur.search.views.facets import words_for
from rapporteur.site.charts import NOT_SHOWN, Figure, figure
from rapporteur.site.templatetags.rapporteur import number

FACETS = (
    "action-line",
    "sdg",
    "region",
    "itu-region",
    "country",
    "country-group",
    "stakeholder-group",
    "activity-kind",
    "activity-status",
    "year",
    "organization",
    "language",
    "standing",
)
# Countries and codes of a row; more are counted.
MOST_NAMED = 3
KIND_WORDS = {kind.value: kind.label for kind in ActivityKind}


class Activities(Results):
    """Every entry, narrowed by what it is filed under; the state is the address."""

    title = gettext_lazy("Activities in the register")
    search_label = gettext_lazy("Search the activities")
    template_name = "register/activities.html"
    file_name = "activities"
    kinds = (ACTIVITY,)
    facets = FACETS
    exports = EXPORTS

    def heading(self, question: Question, count: int) -> str:
        values = {"shown": number(count), "text": question.text}
        if question.text:
            words = ngettext(
                "%(shown)s activity holds “%(text)s”", "%(shown)s activities hold “%(text)s”", count
            )
        elif question.is_narrowed:
            words = ngettext(
                "%(shown)s activity of the register", "%(shown)s activities of the register", count
            )
        else:
            words = ngettext(
                "%(shown)s activity in the register", "%(shown)s activities in the register", count
            )
        return words % values

    def found(
        self, request: HttpRequest, question: Question, names: Sequence[str], more: str
    ) -> tuple[int, int, Found]:
        page, pages, found = super().found(request, question, names, more)
        codes = {code for hit in found.hits for code in held(hit).get("countries", ())}
        facet = registry.facet("country")
        self.country_words: Mapping[str, str] = (
            words_for(facet, sorted(codes), found.stamp) if facet is not None and codes else {}
        )
        return page, pages, found

    def row(self, shown: ShownHit, *, prefix: str) -> SafeString:
        """Return an activity as one ``<li>``: title, facts, marks, and the words found."""
        facts = "".join(f" <span>{fact}</span>" for fact in self.facts(shown))
        marks = "".join(f" <span>{mark}</span>" for mark in marks_of(shown))
        fragment = ""
        if shown.fragment:
            language = escape(shown.fragment_language)
            fragment = f'\n<p lang="{language}" dir="auto">{shown.fragment}</p>'
        # Title and fragment are escaped (``ShownHit``); facts and marks are HTML of our own.
        return mark_safe(  # noqa: S308
            f'<li><h2><a href="{escape(prefix + shown.url)}" lang="{escape(shown.title_language)}"'
            f' dir="auto">{shown.title}</a></h2>\n'
            f'<p class="row-facts">{facts}{marks}</p>{fragment}</li>'
        )

    def facts(self, shown: ShownHit) -> list[str]:
        """Return who, where, when, what and under which codes, each escaped."""
        told = held(shown.hit)
        found = [f"<bdi>{escape(shown.note)}</bdi>"] if shown.note else []
        names = [self.country_words.get(code, code) for code in told.get("countries", ())]
        if names:
            found.append(escape(shortened(names, more=told.get("more_countries", 0))))
        elif told.get("coverage") == Coverage.GLOBAL:
            found.append(escape(_("Worldwide")))
        years = years_of(told.get("starts", ""), told.get("ends", ""))
        if years:
            found.append(f"<bdi>{years}</bdi>")
        kind = told.get("kind", "")
        if kind:
            found.append(escape(str(KIND_WORDS.get(kind, kind))))
        codes = told.get("action_lines", ())
        if codes:
            found.append(f'<span class="code">{escape(shortened(codes))}</span>')
        return found

    def more_context(
        self, request: HttpRequest, question: Question, found: Found
    ) -> Mapping[str, Any]:
        # Pictures and tables know no order, so that one question has one address.
        query = address(replace(question, sort=self.sort), sort=self.sort).removeprefix("?")
        key = ("activities-pictures", question.subject, get_language())
        return {
            "pictures": kept(found.stamp, key, lambda: pictures_of(found, query)),
            "standing": standing_lines(question, found),
            "table_query": query,
        }


def pictures_of(found: Found, query: str) -> list[Figure]:
    """Return the map and the timeline of what was found, each where it has something to show."""
    state = f"?{query}" if query else ""
    countries, years = found.counts.get("country", {}), found.counts.get("year", {})
    drawn: list[tuple[Spec, str]] = []
    if countries:
        drawn.append((map_of(countries, stamp=found.stamp), address_of("register:map")))
    if years:
        drawn.append((timeline_of(years), address_of("register:timeline")))
    return [figure(spec, address=place + state, table=NOT_SHOWN) for spec, place in drawn]


def standing_lines(question: Question, found: Found) -> list[tuple[str, str]]:
    """Return (words, definition's address) of how many are verified, unconfirmed and stale."""
    counts = dict(found.counts.get("standing", {}))
    chosen = question.chosen.get("standing")
    if chosen:
        # The facet counts what another choice would give; these are the entries that were found.
        counts = {value: count for value, count in counts.items() if value in chosen}
    definitions = address_of("register:definitions")
    return [
        (words(counts.get(standing.value, 0)), f"{definitions}#{standing.value}")
        for standing, words in (
            (Standing.VERIFIED, verified_words),
            (Standing.UNCONFIRMED, unconfirmed_words),
            (Standing.STALE, stale_words),
        )
    ]


def verified_words(count: int) -> str:
    words = ngettext(
        "%(n)s confirmed in the last two years", "%(n)s confirmed in the last two years", count
    )
    return words % {"n": number(count)}


def unconfirmed_words(count: int) -> str:
    return ngettext("%(n)s not confirmed yet", "%(n)s not confirmed yet", count) % {
        "n": number(count)
    }


def stale_words(count: int) -> str:
    words = ngettext(
        "%(n)s not confirmed for two years", "%(n)s not confirmed for two years", count
    )
    return words % {"n": number(count)}


def held(hit: Hit) -> Mapping[str, Any]:
    """Return what the index holds for a row (``searchables.shown_of``)."""
    return hit.held.get("shown") or {}


def marks_of(shown: ShownHit) -> list[str]:
    """Return the marks of a row: not confirmed (a ring), labels suggested (a half dot)."""
    told = held(shown.hit)
    found = []
    if told.get("standing") == Standing.STALE:
        words = escape(_("not confirmed for two years"))
        found.append(f'<span class="dot dot-ring" aria-hidden="true"></span> {words}')
    if told.get("suggested"):
        words = escape(_("with suggested labels"))
        found.append(f'<span class="dot dot-half" aria-hidden="true"></span> {words}')
    return found


def years_of(starts: str, ends: str) -> str:
    """Return the years of a period (partial ISO dates): 2019–2021, 2019–, –2021, 2019."""
    first, last = starts[:4], ends[:4]
    if first == last or not last:
        return first
    return f"{first}–{last}"


def shortened(names: Sequence[str], *, more: int = 0) -> str:
    """Return the first names and how many more there are: "Kenya, Togo and 5 more"."""
    if len(names) <= MOST_NAMED and not more:
        return ", ".join(names)
    rest = len(names) - (MOST_NAMED - 1) + more
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", rest) % {
        "names": ", ".join(names[: MOST_NAMED - 1]),
        "n": number(rest),
    }
