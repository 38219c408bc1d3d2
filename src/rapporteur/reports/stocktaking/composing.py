"""From counts to a report: its paragraphs, charts, tables and stories, in the active language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rapporteur.analysis.charts import Bar, Bars, Series, SmallMultiples, Timeline
from rapporteur.register.choices import Standing
from rapporteur.register.errors import FIELD_LABELS
from rapporteur.reports.assembly.wording import joined
from rapporteur.reports.stocktaking.counting import Scope, Tallies
from rapporteur.reports.stocktaking.outline import RegisterOutline, Section
from rapporteur.reports.stocktaking.report import (
    Block,
    Drawing,
    Paragraph,
    ReportSection,
    StocktakingReport,
    Table,
    ToldStory,
)
from rapporteur.site.templatetags.rapporteur import number

# Trends are drawn for so many years up to the report's.
TREND_YEARS = 15
MOST_MULTIPLES = 18


@dataclass(frozen=True)
class Labels:
    """Names in the reader's language: per facet, its values in order; and countries."""

    facets: Mapping[str, Mapping[str, str]]
    countries: Mapping[str, str]
    stands_under: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Composer:
    """Makes the sections of one report; paragraphs and stories are numbered through."""

    scope: Scope
    tallies: Tallies
    labels: Labels
    query: str
    last_number: int = 0

    def paragraph(self, text: str, *, link: str = "", link_text: str = "") -> Paragraph:
        self.last_number += 1
        return Paragraph(self.last_number, text, link, link_text)

    def section(self, section: Section) -> Iterator[Block]:
        makers = {
            "method": self.method,
            "standing": self.standing,
            "changes": self.changes,
            "trends": self.trends,
            "stories": self.stories,
            "gaps": self.gaps,
        }
        if section.shows == "by":
            yield from self.by(section)
        else:
            yield from makers[section.shows]()

    def method(self) -> Iterator[Block]:
        year = self.scope.year
        yield self.paragraph(
            _(
                "This report counts the entries of the register: an entry is one published "
                "activity. Versions, translations and follow-up reports of an activity are no "
                "entries of their own, and an entry that was withdrawn or merged into another is "
                "not counted."
            ),
            link=reverse("register:definitions"),
            link_text=_("Definitions"),
        )
        yield self.paragraph(
            _(
                "It takes in the entries that were published by the end of %(year)s and are in the "
                "register now. What was withdrawn since then cannot be counted any more."
            )
            % {"year": year}
        )
        yield self.paragraph(
            _(
                "An entry may be filed under several action lines, goals, regions or countries and "
                "counts once under each: such counts do not add up to the number of entries. An "
                "entry of an application of C7 counts under that application; one of a target "
                "counts under its goal. The regions are those of the United Nations regional "
                "commissions, to which the countries of an entry belong now, and regions that the "
                "entry names itself."
            )
        )

    def standing(self) -> Iterator[Block]:
        found = self.tallies
        verified = found.standing[Standing.VERIFIED]
        yield self.paragraph(
            ngettext(
                "At the end of %(year)s the register held %(live)s entry.",
                "At the end of %(year)s the register held %(live)s entries.",
                found.live,
            )
            % {"year": self.scope.year, "live": number(found.live)},
            link=reverse("register:activities") + self.query,
            link_text=_("These entries"),
        )
        if not found.live:
            return
        yield self.paragraph(
            _(
                "%(verified)s of them were confirmed within the two years before by those who "
                "keep them; %(unconfirmed)s were not confirmed yet, and %(stale)s were not "
                "confirmed for two years."
            )
            % {
                "verified": number(verified),
                "unconfirmed": number(found.standing[Standing.UNCONFIRMED]),
                "stale": number(found.standing[Standing.STALE]),
            }
        )
        yield Drawing(
            "entered",
            Timeline(
                title=_("Entries by the year in which they were published"),
                series=(Series(_("Entries"), dict(found.entered)),),
            ),
        )

    def changes(self) -> Iterator[Block]:
        found, year = self.tallies, self.scope.year
        new = found.live - found.before
        yield self.paragraph(
            ngettext(
                "%(new)s entry was published in %(year)s. At the end of %(before)s there were "
                "%(earlier)s.",
                "%(new)s entries were published in %(year)s. At the end of %(before)s there were "
                "%(earlier)s.",
                new,
            )
            % {
                "new": number(new),
                "year": year,
                "before": year - 1,
                "earlier": number(found.before),
            }
        )
        yield self.paragraph(
            _(
                "Of the entries that were there before, %(updated)s were changed in %(year)s or "
                "later. %(confirmed)s of all entries were confirmed in that time."
            )
            % {
                "updated": number(found.updated),
                "year": year,
                "confirmed": number(found.confirmed),
            }
        )
        if found.withdrawn is not None:
            yield self.paragraph(
                ngettext(
                    "%(count)s entry left the register in %(year)s: withdrawn, or merged into "
                    "another.",
                    "%(count)s entries left the register in %(year)s: withdrawn, or merged into "
                    "another.",
                    found.withdrawn,
                )
                % {"count": number(found.withdrawn), "year": year}
            )
        yield Table(
            title=_("Entries by action line at the end of %(before)s and of %(year)s")
            % {"before": year - 1, "year": year},
            columns=(
                _("Action line"),
                _("End of %(year)s") % {"year": year - 1},
                _("End of %(year)s") % {"year": year},
                _("Difference"),
            ),
            rows=tuple(
                (
                    label,
                    number(found.earlier["action-line"][code]),
                    number(found.now["action-line"][code]),
                    number(found.now["action-line"][code] - found.earlier["action-line"][code]),
                )
                for code, label in self.labels.facets["action-line"].items()
            ),
        )

    def by(self, section: Section) -> Iterator[Block]:
        counts = self.tallies.now[section.facet]
        labels = self.labels.facets[section.facet]
        shown = {code: counts[code] for code in labels}
        if not any(shown.values()):
            yield self.paragraph(_("No entry says anything here."))
            return
        most = sorted(
            (code for code in shown if shown[code]), key=lambda code: (-shown[code], code)
        )
        yield self.paragraph(
            _("Most entries stand under: %(list)s.")
            % {
                "list": joined(
                    [
                        _("%(name)s (%(count)s)")
                        % {"name": labels[code], "count": number(shown[code])}
                        for code in most[:3]
                    ]
                )
            }
        )
        empty = [labels[code] for code in labels if not shown[code]]
        if empty:
            yield self.paragraph(_("No entry stands under: %(list)s.") % {"list": joined(empty)})
        yield Drawing(
            section.key,
            Bars(
                title=section.title,
                item=section.title,
                measure=_("Entries"),
                rows=tuple(
                    Bar(label, shown[code], note=self.share(shown[code]))
                    for code, label in labels.items()
                ),
            ),
        )

    def share(self, count: int) -> str:
        """Return what share of all entries a count is, in whole per cent."""
        if not self.tallies.live:
            return ""
        return _("%(share)s%%") % {"share": number(round(100 * count / self.tallies.live))}

    def trends(self) -> Iterator[Block]:
        first, last = self.scope.year - TREND_YEARS + 1, self.scope.year
        every = self.tallies.began[""][""]
        within = {year: every[year] for year in range(first, last + 1)}
        if not any(within.values()):
            yield self.paragraph(_("No entry says that it began in these years."))
            return
        yield self.paragraph(
            _(
                "Activities by the year in which they began, %(first)s to %(last)s. Entries that "
                "do not say when they began are left out."
            )
            % {"first": first, "last": last}
        )
        title = _("Activities by the year in which they began")
        yield Drawing("began", Timeline(title=title, series=(Series(_("Activities"), within),)))
        for facet, title in (
            ("action-line", _("Activities by action line and year of their beginning")),
            ("sdg", _("Activities by goal and year of their beginning")),
            ("region", _("Activities by region and year of their beginning")),
            (
                "stakeholder-group",
                _("Activities by stakeholder group and year of their beginning"),
            ),
        ):
            series = tuple(self.series(facet, range(first, last + 1)))
            if series:
                yield Drawing(f"began-{facet}", SmallMultiples(title=title, series=series))

    def series(self, facet: str, years: Sequence[int]) -> Iterator[Series]:
        for code, label in list(self.labels.facets[facet].items())[:MOST_MULTIPLES]:
            by_year: Counter[int] = self.tallies.began[facet][code]
            values = {year: by_year[year] for year in years}
            if any(values.values()):
                yield Series(label, values)

    def stories(self) -> Iterator[Block]:
        told = self.tallies.stories
        if not told:
            yield self.paragraph(_("No entry of this report tells a success story."))
            return
        yield self.paragraph(
            ngettext(
                "%(all)s entry tells a success story, in the words of those who keep it.",
                "%(all)s entries tell a success story, in the words of those who keep them. Those "
                "here are the latest of each action line, the lines taking turns.",
                self.tallies.story_count,
            )
            % {"all": number(self.tallies.story_count)}
        )
        for story in told:
            self.last_number += 1
            places = [self.labels.countries.get(code, code) for code in story.countries[:5]]
            facts = [story.organization, joined(places) if places else "", *story.action_lines]
            yield ToldStory(
                number=self.last_number,
                story=story,
                facts=" · ".join(fact for fact in facts if fact),
                source=_("Entry %(entry)s, version %(version)s")
                % {"entry": story.pk, "version": story.number},
                link=reverse("register:version", args=[story.pk, story.number]),
            )

    def gaps(self) -> Iterator[Block]:
        found = self.tallies.gaps
        if not self.tallies.live:
            yield self.paragraph(_("No entry says anything here."))
            return
        yield self.paragraph(
            _(
                "A full entry says all of the following. Only the title is required; what an entry "
                "does not say is counted as not known and never as zero."
            )
        )
        rows = [(name, found[name]) for name in FIELD_LABELS if found[name]]
        rows.sort(key=lambda row: -row[1])
        yield Table(
            title=_("What entries do not say"),
            columns=(_("Not said"), _("Entries"), _("Share of entries")),
            rows=tuple(
                (str(FIELD_LABELS[name]), number(count), self.share(count)) for name, count in rows
            ),
        )


def compose(
    outline: RegisterOutline,
    scope: Scope,
    tallies: Tallies,
    labels: Labels,
    *,
    subtitle: str,
    query: str,
    as_of: date,
) -> StocktakingReport:
    """Return the report in the active language. The same counts give the same report.

    ``query`` is the search page's for the entries of the report (``?region=…``), ``""`` for all.
    """
    composer = Composer(scope, tallies, labels, query)
    sections = tuple(
        ReportSection(section.key, section.title, place, tuple(composer.section(section)))
        for place, section in enumerate(outline.sections, start=1)
    )
    return StocktakingReport(
        outline=outline,
        scope=scope,
        language=get_language() or "en",
        title=outline.title,
        subtitle=subtitle,
        as_of=as_of,
        live=tallies.live,
        source=_("The register, entries published by the end of %(year)s") % {"year": scope.year},
        source_link=reverse("register:activities") + query,
        query=query,
        sections=sections,
    )
