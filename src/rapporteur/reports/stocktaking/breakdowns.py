"""What stands under each value of a facet, and since when: charts with their tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapporteur.analysis.charts import Bar, Bars, Series, SmallMultiples, Timeline
from rapporteur.reports.assembly.wording import joined
from rapporteur.reports.stocktaking.counting import Tallies
from rapporteur.reports.stocktaking.report import Cell, Drawing, Share, Table, written_cell
from rapporteur.site.templatetags.rapporteur import number

# Trends are drawn for so many years up to the report's.
TREND_YEARS = 15
TRENDS = ("action-line", "sdg", "region", "stakeholder-group")
MOST_NAMED = 3


@dataclass(frozen=True)
class Labels:
    """Names in the reader's language: per facet, its values in order; and countries.

    ``seldom`` are values that are shown only where an entry has them (C7 without an application).
    """

    facets: Mapping[str, Mapping[str, str]]
    countries: Mapping[str, str]
    seldom: frozenset[str] = field(default_factory=frozenset)


def facet_word(facet: str) -> str:
    """Return what one value of the facet is called: the head of its column."""
    return {
        "action-line": _("Action line"),
        "sdg": _("Goal"),
        "region": _("Region"),
        "itu-region": _("Region of ITU"),
        "stakeholder-group": _("Stakeholder group"),
    }[facet]


def title_of_counts(facet: str) -> str:
    return {
        "action-line": _("Entries by action line"),
        "sdg": _("Entries by Sustainable Development Goal"),
        "region": _("Entries by region"),
        "itu-region": _("Entries by region of ITU"),
        "stakeholder-group": _("Entries by stakeholder group"),
    }[facet]


def title_of_trend(facet: str) -> str:
    return {
        "action-line": _("Activities by action line and year of their beginning"),
        "sdg": _("Activities by goal and year of their beginning"),
        "region": _("Activities by region and year of their beginning"),
        "stakeholder-group": _("Activities by stakeholder group and year of their beginning"),
    }[facet]


def unnamed(facet: str, count: int) -> str:
    """Return the sentence of how many entries say nothing of a facet."""
    sentence = {
        "action-line": ngettext(
            "%(count)s entry names no action line.",
            "%(count)s entries name no action line.",
            count,
        ),
        "sdg": ngettext("%(count)s entry names no goal.", "%(count)s entries name no goal.", count),
        "region": ngettext(
            "%(count)s entry names neither a country nor a region.",
            "%(count)s entries name neither a country nor a region.",
            count,
        ),
        "itu-region": ngettext(
            "%(count)s entry names neither a country nor a region of ITU.",
            "%(count)s entries name neither a country nor a region of ITU.",
            count,
        ),
        "stakeholder-group": ngettext(
            "%(count)s entry names no stakeholder group.",
            "%(count)s entries name no stakeholder group.",
            count,
        ),
    }[facet]
    return sentence % {"count": number(count)}


def share_of(count: int, whole: int) -> Share:
    """Return what share of all entries a count is; 0 where there are none."""
    return Share(round(100 * count / whole, 1) if whole else 0.0)


@dataclass(frozen=True)
class Breakdown:
    """The counts of one facet in a report, ready to be told."""

    facet: str
    tallies: Tallies
    labels: Labels

    @property
    def names(self) -> dict[str, str]:
        """The facet's values that are shown, in their order, with their names."""
        counts = self.tallies.now[self.facet]
        return {
            code: name
            for code, name in self.labels.facets[self.facet].items()
            if counts[code] or code not in self.labels.seldom
        }

    @property
    def is_empty(self) -> bool:
        counts = self.tallies.now[self.facet]
        return not any(counts[code] for code in self.names)

    def sentences(self) -> Iterator[str]:
        """Yield which values are named most, which never, and how many entries name none."""
        counts, names = self.tallies.now[self.facet], self.names
        most = sorted((code for code in names if counts[code]), key=lambda code: -counts[code])
        yield _("Named most often: %(list)s.") % {
            "list": joined(
                [
                    _("%(name)s (%(count)s)") % {"name": names[code], "count": number(counts[code])}
                    for code in most[:MOST_NAMED]
                ]
            )
        }
        never = [name for code, name in names.items() if not counts[code]]
        if never:
            yield _("Named by no entry: %(list)s.") % {"list": joined(never)}
        silent = self.tallies.live - self.tallies.named[self.facet]
        if silent:
            yield unnamed(self.facet, silent)

    def drawing(self, key: str) -> Drawing:
        """Return the bars of the counts; the share of all entries stands after each."""
        counts, live = self.tallies.now[self.facet], self.tallies.live
        rows = [
            (name, counts[code], share_of(counts[code], live)) for code, name in self.names.items()
        ]
        title, item = title_of_counts(self.facet), facet_word(self.facet)
        return Drawing(
            key,
            Bars(
                title=title,
                item=item,
                measure=_("Entries"),
                rows=tuple(Bar(name, count, note=written_cell(part)) for name, count, part in rows),
            ),
            Table(title, (item, _("Entries"), _("Share of entries")), tuple(rows)),
        )

    def change(self, title: str, *, columns: tuple[str, str, str]) -> Table:
        """Return the counts of the year before, what is new, and the counts now.

        ``columns`` heads the three.
        """
        earlier, now = self.tallies.earlier[self.facet], self.tallies.now[self.facet]
        return Table(
            title,
            (facet_word(self.facet), *columns),
            tuple(
                (name, earlier[code], now[code] - earlier[code], now[code])
                for code, name in self.names.items()
            ),
        )

    def trend(self, years: Sequence[int]) -> Drawing | None:
        """Return when the activities under each value began; ``None`` where none is known."""
        began = self.tallies.began[self.facet]
        rows = {
            name: [began[code][year] for year in years]
            for code, name in self.names.items()
            if code in began and any(began[code][year] for year in years)
        }
        if not rows:
            return None
        title = title_of_trend(self.facet)
        series = tuple(
            Series(name, dict(zip(years, counts, strict=True))) for name, counts in rows.items()
        )
        cells: tuple[tuple[Cell, ...], ...] = tuple(
            (name, *counts) for name, counts in rows.items()
        )
        return Drawing(
            f"began-{self.facet}",
            SmallMultiples(title=title, series=series),
            Table(title, (facet_word(self.facet), *map(str, years)), cells),
        )


def by_year(key: str, title: str, measure: str, counts: Mapping[int, int]) -> Drawing:
    """Return the columns of one count by year."""
    return Drawing(
        key,
        Timeline(title=title, series=(Series(measure, dict(counts)),)),
        Table(title, (_("Year"), measure), tuple((str(year), counts[year]) for year in counts)),
    )
