"""An activity in words: sentences, labels with who gave them, languages, results, gaps.

Made from a ``Content`` and the records that it names; asks the database nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from rapporteur.directory.models import Country, Organization
from rapporteur.framework.models import Concept
from rapporteur.register.choices import (
    ActivityKind,
    Coverage,
    GivenBy,
    Origin,
    ResultKind,
)
from rapporteur.register.content import Content, Result, gaps_of
from rapporteur.register.errors import FIELD_LABELS
from rapporteur.register.models import Activity, FollowUp
from rapporteur.register.queries.reading import Names
from rapporteur.register.searchables import language_labels
from rapporteur.site.templatetags.rapporteur import locale, number

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)
# So many countries are named in the opening sentence; of more it tells how many.
NAMED_COUNTRIES = 4

OF_ORGANIZATION = {
    ActivityKind.PROJECT: gettext_lazy("A project of %(organization)s."),
    ActivityKind.PROGRAMME: gettext_lazy("A programme of %(organization)s."),
    ActivityKind.TRAINING: gettext_lazy("A training by %(organization)s."),
    ActivityKind.CONFERENCE: gettext_lazy("A conference of %(organization)s."),
    ActivityKind.WEBSITE: gettext_lazy("A website of %(organization)s."),
    ActivityKind.GUIDELINE: gettext_lazy("A guideline by %(organization)s."),
    ActivityKind.TOOLKIT: gettext_lazy("A toolkit by %(organization)s."),
    ActivityKind.POLICY: gettext_lazy("A policy of %(organization)s."),
}
OF_NOBODY = {
    ActivityKind.PROJECT: gettext_lazy("A project; the organization is not known."),
    ActivityKind.PROGRAMME: gettext_lazy("A programme; the organization is not known."),
    ActivityKind.TRAINING: gettext_lazy("A training; the organization is not known."),
    ActivityKind.CONFERENCE: gettext_lazy("A conference; the organization is not known."),
    ActivityKind.WEBSITE: gettext_lazy("A website; the organization is not known."),
    ActivityKind.GUIDELINE: gettext_lazy("A guideline; the organization is not known."),
    ActivityKind.TOOLKIT: gettext_lazy("A toolkit; the organization is not known."),
    ActivityKind.POLICY: gettext_lazy("A policy; the organization is not known."),
}
# By status, whether a start is known, and whether an end is.
PERIODS = {
    ("planned", True, True): gettext_lazy("Planned from %(start)s to %(end)s."),
    ("planned", True, False): gettext_lazy("Planned to start in %(start)s."),
    ("planned", False, True): gettext_lazy("Planned until %(end)s."),
    ("planned", False, False): gettext_lazy("Planned."),
    ("running", True, True): gettext_lazy("Running from %(start)s to %(end)s."),
    ("running", True, False): gettext_lazy("Running since %(start)s."),
    ("running", False, True): gettext_lazy("Running until %(end)s."),
    ("running", False, False): gettext_lazy("Running."),
    ("completed", True, True): gettext_lazy("Completed; it ran from %(start)s to %(end)s."),
    ("completed", True, False): gettext_lazy("Completed; it began in %(start)s."),
    ("completed", False, True): gettext_lazy("Completed in %(end)s."),
    ("completed", False, False): gettext_lazy("Completed."),
    ("", True, True): gettext_lazy("From %(start)s to %(end)s."),
    ("", True, False): gettext_lazy("Began in %(start)s."),
    ("", False, True): gettext_lazy("Ended in %(end)s."),
}


@dataclass(frozen=True)
class Text:
    """A text with its language ("": not known) and the direction in which it is written."""

    words: str
    language: str
    direction: str


@dataclass(frozen=True)
class Label:
    """A concept under which an activity is filed, and who said so."""

    concept: Concept
    given_by: str

    @property
    def suggested(self) -> bool:
        return self.given_by == GivenBy.SUGGESTION

    @property
    def giver(self) -> str:
        return str(GivenBy(self.given_by).label) if self.given_by in GivenBy.values else ""

    @property
    def number(self) -> str:
        """A goal's number or a target's, as its square shows it."""
        return self.concept.code.removeprefix("SDG")


@dataclass(frozen=True)
class Part:
    """A partner, with its record where the directory knows it."""

    name: str
    organization: Organization | None


@dataclass(frozen=True)
class Outcome:
    """A result or a number of people reached; ``figure`` is written as the language does it."""

    kind: str
    text: str
    figure: str
    unit: str
    year: int


@dataclass(frozen=True)
class Tongue:
    """A language in which the text can be read; ``name`` is in the reader's language."""

    code: str
    name: str
    own: bool
    shown: bool


@dataclass(frozen=True)
class Group:
    """Labels of one vocabulary, under its name."""

    title: Any
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Shown:
    """One content as a page shows it, in one of its languages."""

    content: Content
    title: Text
    description: Text
    story: Text
    languages: tuple[Tongue, ...]
    sentences: tuple[SafeString | str, ...]
    when: str
    groups: tuple[Group, ...]
    regions: tuple[Concept, ...]
    countries: tuple[Country, ...]
    stakeholder_group: Concept | None
    organization: Organization | None
    partners: tuple[Part, ...]
    outcomes: tuple[Outcome, ...]
    gaps: tuple[Any, ...]

    @property
    def own_language(self) -> str:
        return self.content.language

    @property
    def suggested(self) -> bool:
        """Return whether a label was suggested by the platform: the page then explains its mark."""
        return any(label.suggested for group in self.groups for label in group.labels)


@dataclass(frozen=True)
class Report:
    """A follow-up report as a page shows it."""

    row: FollowUp
    text: Text
    outcomes: tuple[Outcome, ...]


GROUPS = ("action_lines", "sdgs", "compact", "target_groups")


def show(
    content: Content,
    names: Names,
    *,
    language: str = "",
    organization: Organization | None = None,
) -> Shown:
    """Return a content as a page shows it.

    ``language`` is the one that was asked for; without one (or where there is no such text) it is
    the reader's, else that of the text. ``organization`` is the directory's record where the
    activity's own is known better than by its slug (after a merge).
    """
    organization = organization or names.organizations.get(content.organization_slug)
    code = chosen_language(content, language)
    return Shown(
        content=content,
        title=text_of(content, "title", code),
        description=text_of(content, "description", code),
        story=in_own_language(content, content.success_story),
        languages=languages_of(content, code),
        sentences=tuple(sentences_of(content, names, organization)),
        when=when(content),
        groups=tuple(
            Group(FIELD_LABELS[field], labels)
            for field in GROUPS
            if (labels := labels_in(content, field, names))
        ),
        regions=tuple(names.concepts[c] for c in content.regions if c in names.concepts),
        countries=tuple(names.countries[c] for c in content.countries if c in names.countries),
        stakeholder_group=names.concepts.get(content.stakeholder_group),
        organization=organization,
        partners=tuple(
            Part(partner.name, names.organizations.get(partner.slug))
            for partner in content.partners
        ),
        outcomes=tuple(outcome_of(result) for result in content.results),
        gaps=tuple(FIELD_LABELS[field] for field in gaps_of(content)),
    )


def chosen_language(content: Content, asked: str) -> str:
    """Return the language in which the text is shown: asked for, the reader's, or its own."""
    reader = (get_language() or "en").split("-")[0]
    for code in (asked, reader):
        if code and (code == content.language or code in content.translations):
            return code
    return content.language


def direction_of(language: str) -> str:
    """Return ``rtl`` or ``ltr``; ``auto`` where the language is not known."""
    if not language:
        return "auto"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def in_own_language(content: Content, words: str) -> Text:
    return Text(words, content.language, direction_of(content.language))


def text_of(content: Content, field: str, code: str) -> Text:
    """Return title or description in a language, else in that of the text."""
    translation = content.translations.get(code)
    words = getattr(translation, field, "")
    if code != content.language and words:
        return Text(words, code, direction_of(code))
    return in_own_language(content, getattr(content, field))


def languages_of(content: Content, shown: str) -> tuple[Tongue, ...]:
    """Return the languages of the text, its own first; empty where there is only that."""
    if not content.translations:
        return ()
    codes = [content.language, *(code for code in content.translations if code != content.language)]
    return tuple(
        Tongue(
            code,
            language_labels([code])[code] if code else _("Original"),
            own=code == content.language,
            shown=code == shown,
        )
        for code in codes
    )


def labels_in(content: Content, field: str, names: Names) -> tuple[Label, ...]:
    return tuple(
        Label(names.concepts[code], content.given.get(code, GivenBy.PERSON))
        for code in getattr(content, field)
        if code in names.concepts
    )


def outcome_of(result: Result) -> Outcome:
    kind = ResultKind(result.kind).label if result.kind in ResultKind.values else result.kind
    figure = number(Decimal(result.value)) if result.value else ""
    return Outcome(str(kind), result.text, figure, result.unit, result.year)


def show_report(row: FollowUp) -> Report:
    return Report(
        row,
        Text(row.text, row.language, direction_of(row.language)),
        tuple(outcome_of(Result(**{"text": "", **item})) for item in row.results),
    )


def entered(activity: Activity, origin: str) -> str:
    """Return how an entry came in and for whom; the person who typed it stays private."""
    name = activity.organization.display_name if activity.organization else ""
    name = name or activity.organization_name
    sentences = {
        Origin.FORM: (_("Typed on this site."), _("Typed on this site, for %(organization)s.")),
        Origin.IMPORT: (_("Imported from a file."), _("Imported, for %(organization)s.")),
        Origin.API: (_("Sent by a program."), _("Sent by a program, for %(organization)s.")),
    }
    alone, named = sentences.get(Origin(origin), sentences[Origin.FORM])
    return named % {"organization": name} if name else alone


def sentences_of(
    content: Content, names: Names, organization: Organization | None
) -> list[SafeString | str]:
    """Return what the activity is, when and where, each a whole sentence."""
    found = [
        who(content, organization),
        when(content),
        where(content, names),
    ]
    return [sentence for sentence in found if sentence]


def who(content: Content, organization: Organization | None) -> SafeString | str:
    kind = content.kind
    if organization is None and not content.organization:
        return str(OF_NOBODY.get(kind, _("An activity; the organization is not known.")))  # type: ignore[call-overload]
    named: SafeString = (
        format_html(
            '<a href="{}">{}</a>', organization.get_absolute_url(), organization.display_name
        )
        if organization is not None
        else format_html("<bdi>{}</bdi>", content.organization)
    )
    sentence = OF_ORGANIZATION.get(kind, _("An activity of %(organization)s."))  # type: ignore[call-overload]
    return format_html(str(sentence).replace("%(organization)s", "{}"), named)


def when(content: Content) -> str:
    key = (content.status, bool(content.starts), bool(content.ends))
    sentence = PERIODS.get(key)
    if sentence is None:
        return ""
    return str(sentence) % {
        "start": partial_date(content.starts),
        "end": partial_date(content.ends),
    }


def where(content: Content, names: Names) -> SafeString | str:
    if content.coverage == Coverage.GLOBAL:
        return _("Worldwide.")
    countries = [names.countries[code] for code in content.countries if code in names.countries]
    if len(countries) > NAMED_COUNTRIES:
        many = len(countries)
        sentence = ngettext("In %(number)s country.", "In %(number)s countries.", many)
        return sentence % {"number": many}
    places: Sequence[Country | Concept] = countries or [
        names.concepts[code] for code in content.regions if code in names.concepts
    ]
    if not places:
        return ""
    return _("Where: %(places)s.") % {"places": listed([place.name for place in places])}


def listed(words: Sequence[str]) -> str:
    """Return words as the language lists them: "Kenya, Namibia and Togo"."""
    return str(format_list(list(words), locale=locale()))


def partial_date(partial: str) -> str:
    """Return a date as far as it is known, in words: 2019, May 2019, 31 May 2019."""
    if len(partial) == 7:
        day = date.fromisoformat(f"{partial}-01")
        return str(format_skeleton("yMMMM", day, locale=locale()))
    if len(partial) == 10:
        return str(format_date(date.fromisoformat(partial), format="long", locale=locale()))
    return partial
