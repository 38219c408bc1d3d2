"""From counts to a report: its paragraphs, charts, tables and stories, in the active language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rapporteur.register.choices import Standing
from rapporteur.register.errors import FIELD_LABELS
from rapporteur.reports.assembly.wording import joined
from rapporteur.reports.stocktaking.breakdowns import (
    TREND_YEARS,
    TRENDS,
    Breakdown,
    Labels,
    by_year,
    share_of,
)
from rapporteur.reports.stocktaking.counting import Scope, Story, Tallies
from rapporteur.reports.stocktaking.outline import RegisterOutline, Section
from rapporteur.reports.stocktaking.report import (
    Block,
    Paragraph,
    ReportSection,
    StocktakingReport,
    Table,
    ToldStory,
)
from rapporteur.site.templatetags.rapporteur import locale, number

MOST_COUNTRIES = 5


def day_in_words(day: date) -> str:
    return format_date(day, format="long", locale=locale())


@dataclass
class Composer:
    """Makes the sections of one report; paragraphs and stories are numbered through.

    ``words`` name what narrows it, nothing where it is about the whole register.
    """

    scope: Scope
    tallies: Tallies
    labels: Labels
    query: str
    words: tuple[str, ...]
    as_of: date
    last_number: int = 0

    @property
    def day(self) -> str:
        return day_in_words(self.as_of)

    @property
    def day_before(self) -> str:
        return day_in_words(date(self.scope.year - 1, 12, 31))

    def paragraph(self, text: str, *, link: str = "", link_text: str = "") -> Paragraph:
        self.last_number += 1
        return Paragraph(self.last_number, text, link, link_text)

    def section(self, section: Section) -> Iterator[Block]:
        if section.shows == "by":
            yield from self.by(section)
            return
        makers = {
            "method": self.method,
            "standing": self.standing,
            "changes": self.changes,
            "trends": self.trends,
            "stories": self.stories,
            "gaps": self.gaps,
        }
        yield from makers[section.shows]()

    def method(self) -> Iterator[Block]:
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
        if self.words:
            yield self.paragraph(
                _("It takes in only the entries that the register finds under: %(scope)s.")
                % {"scope": joined(self.words)}
            )
        yield self.paragraph(
            _(
                "It takes in the entries that were published by %(day)s and are in the register "
                "now, as their latest version has them. What was withdrawn since then cannot be "
                "counted any more."
            )
            % {"day": self.day}
        )
        yield self.paragraph(
            _(
                "An entry may be filed under several action lines, goals, regions or countries and "
                "counts once under each: such counts do not add up to the number of entries, and "
                "shares are of all entries of this report. An entry of an application of C7 counts "
                "under that application; one of a target counts under its goal. Regions are those "
                "to which the countries of an entry belong now, and those that the entry names "
                "itself."
            )
        )
        yield self.paragraph(
            _(
                "An entry is confirmed when those who keep it say that it still holds. Two years "
                "later, or, where nobody ever did, two years after its publication, it counts as "
                "not confirmed for two years."
            )
        )

    def standing(self) -> Iterator[Block]:
        found = self.tallies
        yield self.paragraph(
            self.held(), link=reverse("register:activities") + self.query, link_text=_("Entries")
        )
        if not found.live:
            return
        counts = {
            "verified": number(found.standing[Standing.VERIFIED]),
            "unconfirmed": number(found.standing[Standing.UNCONFIRMED]),
            "stale": number(found.standing[Standing.STALE]),
        }
        if self.as_of < self.scope.last_day:
            words = _(
                "Confirmed in the two years before that day: %(verified)s. Not confirmed yet: "
                "%(unconfirmed)s. Not confirmed for two years: %(stale)s."
            )
        else:
            words = _(
                "Confirmed in the two years before that day, or since: %(verified)s. Not confirmed "
                "yet: %(unconfirmed)s. Not confirmed for two years: %(stale)s."
            )
        yield self.paragraph(words % counts)
        years = range(min(found.entered), self.scope.year + 1)
        yield by_year(
            "entered",
            _("Entries by the year in which they were published"),
            _("Entries"),
            {year: found.entered[year] for year in years},
        )

    def held(self) -> str:
        """Return the sentence of how many entries there are."""
        live = self.tallies.live
        values = {"day": self.day, "live": number(live)}
        if not live:
            return _("On %(day)s the register held no entry of this report.") % values
        if self.words:
            sentence = ngettext(
                "On %(day)s the register held %(live)s entry of this report.",
                "On %(day)s the register held %(live)s entries of this report.",
                live,
            )
        else:
            sentence = ngettext(
                "On %(day)s the register held %(live)s entry.",
                "On %(day)s the register held %(live)s entries.",
                live,
            )
        return sentence % values

    def changes(self) -> Iterator[Block]:
        found = self.tallies
        for sentence in self.changed():
            yield self.paragraph(sentence)
        if not found.before:
            return
        days = {"first": self.day_before, "last": self.day}
        columns = (str(self.scope.year - 1), _("New"), str(self.scope.year))
        for facet, title in (
            ("action-line", _("What changed by action line, %(first)s to %(last)s")),
            ("region", _("What changed by region, %(first)s to %(last)s")),
        ):
            breakdown = Breakdown(facet, found, self.labels)
            if not breakdown.is_empty:
                yield breakdown.change(title % days, columns=columns)

    def changed(self) -> Iterator[str]:
        """Yield how many entries are new, were changed and confirmed, and left."""
        found, year = self.tallies, self.scope.year
        new = found.live - found.before
        yield self.counted(
            new,
            _("No entry was published in %(year)s."),
            ngettext(
                "%(count)s entry is new: it was published in %(year)s.",
                "%(count)s entries are new: they were published in %(year)s.",
                new,
            ),
        )
        yield self.counted(
            found.before,
            _("No entry was published before %(year)s, so there is nothing to compare with."),
            ngettext(
                "%(count)s entry was published before %(year)s.",
                "%(count)s entries were published before %(year)s.",
                found.before,
            ),
        )
        if found.before:
            yield self.counted(
                found.updated,
                _("Of what was published before %(year)s, nothing was changed since then."),
                ngettext(
                    "Of what was published before %(year)s, %(count)s entry was changed since "
                    "then.",
                    "Of what was published before %(year)s, %(count)s entries were changed since "
                    "then.",
                    found.updated,
                ),
            )
        if found.live:
            yield self.counted(
                found.confirmed,
                _("No entry was confirmed since the beginning of %(year)s."),
                ngettext(
                    "%(count)s entry was confirmed since the beginning of %(year)s.",
                    "%(count)s entries were confirmed since the beginning of %(year)s.",
                    found.confirmed,
                ),
            )
        if found.withdrawn is not None:
            yield self.counted(
                found.withdrawn,
                _("No entry left the register in %(year)s."),
                ngettext(
                    "%(count)s entry left the register in %(year)s: withdrawn, or merged into "
                    "another.",
                    "%(count)s entries left the register in %(year)s: withdrawn, or merged into "
                    "another.",
                    found.withdrawn,
                ),
            )
        else:
            yield _(
                "How many of these entries left the register in %(year)s is not known: what was "
                "withdrawn has no labels to be found under."
            ) % {"year": year}

    def counted(self, count: int, none: str, some: str) -> str:
        """Return the sentence for a count: ``none`` for 0, else ``some``."""
        return (some if count else none) % {"count": number(count), "year": self.scope.year}

    def by(self, section: Section) -> Iterator[Block]:
        breakdown = Breakdown(section.facet, self.tallies, self.labels)
        if breakdown.is_empty:
            yield self.paragraph(_("No entry says anything here."))
            return
        for sentence in breakdown.sentences():
            yield self.paragraph(sentence)
        yield breakdown.drawing(section.key)

    def trends(self) -> Iterator[Block]:
        years = range(self.scope.year - TREND_YEARS + 1, self.scope.year + 1)
        every = self.tallies.began[""][""]
        within = {year: every[year] for year in years}
        if not any(within.values()):
            yield self.paragraph(_("No entry says that it began in these years."))
            return
        yield self.paragraph(
            _(
                "Activities by the year in which they began, %(first)s to %(last)s. Entries that "
                "do not say when they began are left out. Groups of which no activity began in "
                "these years are not drawn."
            )
            % {"first": years[0], "last": years[-1]}
        )
        title = _("Activities by the year in which they began")
        yield by_year("began", title, _("Activities"), within)
        for facet in TRENDS:
            drawing = Breakdown(facet, self.tallies, self.labels).trend(years)
            if drawing is not None:
                yield drawing

    def stories(self) -> Iterator[Block]:
        told, every = self.tallies.stories, self.tallies.story_count
        if not told:
            yield self.paragraph(_("No entry of this report tells a success story."))
            return
        yield self.paragraph(
            ngettext(
                "%(all)s entry tells a success story, in the words of those who keep it.",
                "%(all)s entries tell a success story, in the words of those who keep them.",
                every,
            )
            % {"all": number(every)}
        )
        if every > len(told):
            yield self.paragraph(
                _(
                    "Selected by rule are %(told)s: the action lines take turns, each giving the "
                    "story of its entry that was published last, then the one before it."
                )
                % {"told": number(len(told))}
            )
        for story in told:
            yield self.told(story)

    def told(self, story: Story) -> ToldStory:
        self.last_number += 1
        places = [self.labels.countries.get(code, code) for code in story.countries]
        if len(places) > MOST_COUNTRIES:
            more = len(places) - MOST_COUNTRIES + 1
            places = places[: MOST_COUNTRIES - 1]
            where = ngettext(
                "%(places)s and %(more)s more country",
                "%(places)s and %(more)s more countries",
                more,
            ) % {"places": ", ".join(places), "more": number(more)}
        else:
            where = joined(places) if places else ""
        facts = [story.organization, where, *story.action_lines]
        return ToldStory(
            number=self.last_number,
            story=story,
            facts=" · ".join(fact for fact in facts if fact),
            source=_("Entry %(entry)s, version %(version)s")
            % {"entry": story.pk, "version": story.number},
            link=reverse("register:version", args=[story.pk, story.number]),
        )

    def gaps(self) -> Iterator[Block]:
        found = self.tallies
        rows = [(name, found.gaps[name]) for name in FIELD_LABELS if found.gaps[name]]
        rows.sort(key=lambda row: -row[1])
        if not rows:
            yield self.paragraph(_("No entry of this report has a gap."))
            return
        yield self.paragraph(
            _(
                "A full entry says all of the following. Only the title is required; what an entry "
                "does not say is counted as not known and never as zero."
            )
        )
        yield Table(
            title=_("What entries do not say"),
            columns=(_("Not said"), _("Entries"), _("Share of entries")),
            rows=tuple(
                (str(FIELD_LABELS[name]), count, share_of(count, found.live))
                for name, count in rows
            ),
        )


def compose(
    outline: RegisterOutline,
    scope: Scope,
    tallies: Tallies,
    labels: Labels,
    *,
    words: tuple[str, ...] = (),
    query: str = "",
    as_of: date,
) -> StocktakingReport:
    """Return the report in the active language. The same counts give the same report.

    ``words`` name what narrows it; ``query`` is the search page's for the same entries
    (``?region=…``), ``""`` for all; ``as_of`` is the day of the counts.
    """
    composer = Composer(scope, tallies, labels, query, words, as_of)
    sections = tuple(
        ReportSection(section.key, section.title, place, tuple(composer.section(section)))
        for place, section in enumerate(outline.sections, start=1)
    )
    return StocktakingReport(
        outline=outline,
        scope=scope,
        language=get_language() or "en",
        title=outline.title,
        subtitle=subtitle_of(words, as_of),
        as_of=as_of,
        scope_words=words,
        live=tallies.live,
        source=_("The register, entries published by %(day)s") % {"day": day_in_words(as_of)},
        source_link=reverse("register:activities") + query,
        query=query,
        sections=sections,
    )


def subtitle_of(words: tuple[str, ...], as_of: date) -> str:
    """Return what the report is about: the register or a part of it, on a day."""
    if not words:
        return _("The register on %(day)s") % {"day": day_in_words(as_of)}
    return _("The register on %(day)s: %(scope)s") % {
        "day": day_in_words(as_of),
        "scope": joined(words),
    }
