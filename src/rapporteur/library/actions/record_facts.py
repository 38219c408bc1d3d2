"""The facts that the record gives a paragraph: what the files say, what is held, and the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapporteur.common.refusals import Fault
from rapporteur.library.actions.applying import join_quotes
from rapporteur.library.choices import GivenBy
from rapporteur.library.facts import figure_value
from rapporteur.library.models import (
    Citation,
    Figure,
    Paragraph,
    ParagraphConcept,
    ParagraphOrganization,
    Publication,
)
from rapporteur.library.record_files import Row, parts, whole


@dataclass
class Counts:
    """What became of a file's rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0

    def note(self, *, added: bool, changed: bool) -> None:
        if added:
            self.added += 1
        elif changed:
            self.changed += 1
        else:
            self.unchanged += 1


@dataclass
class RecordReport:
    """Counts by file, and rows that name what the vocabularies or the directory do not have."""

    files: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    refused: list[Fault] = field(default_factory=list)

    def refuse(self, place: str, message: Any) -> None:
        fault = Fault(place, message)
        if all((old.place, str(old.message)) != (place, str(message)) for old in self.refused):
            self.refused.append(fault)


@dataclass(frozen=True)
class Wanted:
    """The facts of one paragraph, in comparable form."""

    concepts: tuple[int, ...]
    mentions: tuple[tuple[int | None, str], ...]
    publications: tuple[str, ...]
    figures: tuple[tuple[Decimal, Decimal, str, str, int | None], ...]
    citations: tuple[tuple[str, tuple[int, ...]], ...]


def wanted_facts(
    anchor: str,
    rows: Mapping[str, Mapping[str, list[Row]]],
    organizations: Mapping[str, int],
    concepts: Mapping[str, int],
    report: RecordReport,
) -> Wanted:
    """Return what the files say of one paragraph."""
    codes: dict[int, None] = {}
    mentions: dict[int | str, tuple[int | None, str]] = {}
    for row in rows["actions"].get(anchor, ()):
        for code in parts(row["concepts"]):
            if code in concepts:
                codes[concepts[code]] = None
            else:
                report.refuse(
                    "actions.csv", _("No vocabulary has the code “%(code)s”.") % {"code": code}
                )
        if not row["printed"]:
            continue
        pk = organizations.get(row["organization"]) if row["organization"] else None
        if row["organization"] and pk is None:
            report.refuse(
                "actions.csv",
                _("The directory has no organization “%(slug)s”.") % {"slug": row["organization"]},
            )
        mentions.setdefault(pk or row["printed"], (pk, row["printed"]))
    figures = []
    for row in rows["figures"].get(anchor, ()):
        ends = figure_value((row["low"], row["high"]))
        if ends is None:
            report.refuse("figures.csv", _("“%(value)s” is not a number.") % {"value": row["low"]})
            continue
        figures.append((*ends, row["unit"], row["subject"], whole(row["year"])))
    return Wanted(
        concepts=tuple(codes),
        mentions=tuple(mentions.values()),
        publications=tuple(
            dict.fromkeys(row["title"] for row in rows["publications"].get(anchor, ()))
        ),
        figures=tuple(figures),
        citations=tuple(
            (row["symbol"], tuple(int(number) for number in parts(row["paragraphs"])))
            for row in rows["citations"].get(anchor, ())
        ),
    )


def held_facts(ids: list[int]) -> dict[int, Wanted]:
    """Return what is held of each paragraph, in the form of ``Wanted``. Five queries."""
    concepts: dict[int, list[int]] = defaultdict(list)
    for pk, concept in (
        ParagraphConcept.objects.filter(paragraph_id__in=ids)
        .order_by("pk")
        .values_list("paragraph_id", "concept_id")
    ):
        concepts[pk].append(concept)
    mentions: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    for pk, organization, printed in (
        ParagraphOrganization.objects.filter(paragraph_id__in=ids)
        .order_by("order", "pk")
        .values_list("paragraph_id", "organization_id", "printed")
    ):
        mentions[pk].append((organization, printed))
    publications: dict[int, list[str]] = defaultdict(list)
    for pk, title in (
        Publication.objects.filter(paragraph_id__in=ids)
        .order_by("order", "pk")
        .values_list("paragraph_id", "title")
    ):
        publications[pk].append(title)
    figures: dict[int, list[Any]] = defaultdict(list)
    for pk, *values in (
        Figure.objects.filter(paragraph_id__in=ids)
        .order_by("order", "pk")
        .values_list("paragraph_id", "low", "high", "unit", "subject", "year")
    ):
        figures[pk].append(tuple(values))
    citations: dict[int, list[Any]] = defaultdict(list)
    for pk, symbol, numbers in (
        Citation.objects.filter(paragraph_id__in=ids)
        .order_by("pk")
        .values_list("paragraph_id", "symbol", "numbers")
    ):
        citations[pk].append((symbol, tuple(numbers)))
    return {
        pk: Wanted(
            tuple(concepts[pk]),
            tuple(mentions[pk]),
            tuple(publications[pk]),
            tuple(figures[pk]),
            tuple(citations[pk]),
        )
        for pk in ids
    }


def write_wanted(paragraphs: list[Paragraph], wanted: Mapping[str, Wanted]) -> set[int]:
    """Replace the facts of paragraphs that differ from the record; return their ids."""
    held = held_facts([paragraph.pk for paragraph in paragraphs])
    stale = [item for item in paragraphs if held[item.pk] != wanted[item.anchor]]
    ids = [paragraph.pk for paragraph in stale]
    quotes: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for figure in Figure.objects.filter(paragraph_id__in=ids).exclude(quote=""):
        quotes[figure.paragraph_id].append(
            {"value": (figure.low, figure.high), "quote": figure.quote}
        )
    for model in (ParagraphConcept, ParagraphOrganization, Publication, Figure, Citation):
        model._default_manager.filter(paragraph_id__in=ids).delete()
    rows: dict[Any, list[Any]] = defaultdict(list)
    for paragraph in stale:
        facts = wanted[paragraph.anchor]
        by_record = paragraph.checked_by == GivenBy.RECORD
        given = GivenBy.RECORD if by_record else GivenBy.TEXT
        rows[ParagraphConcept] += [
            ParagraphConcept(
                paragraph=paragraph,
                concept_id=pk,
                given_by=GivenBy.RECORD if by_record else GivenBy.HEADING,
            )
            for pk in facts.concepts
        ]
        rows[ParagraphOrganization] += [
            ParagraphOrganization(
                paragraph=paragraph,
                organization_id=pk,
                printed=printed[:300],
                order=order,
                given_by=given,
            )
            for order, (pk, printed) in enumerate(facts.mentions, start=1)
        ]
        rows[Publication] += [
            Publication(paragraph=paragraph, title=title, order=order, given_by=given)
            for order, title in enumerate(facts.publications, start=1)
        ]
        figures = [
            Figure(
                paragraph=paragraph,
                order=order,
                low=low,
                high=high,
                unit=unit,
                subject=subject,
                year=year,
                given_by=given,
            )
            for order, (low, high, unit, subject, year) in enumerate(facts.figures, start=1)
        ]
        join_quotes(figures, quotes[paragraph.pk])
        rows[Figure] += figures
        rows[Citation] += [
            Citation(paragraph=paragraph, symbol=symbol, numbers=list(numbers), given_by=given)
            for symbol, numbers in facts.citations
        ]
    for model, listed in rows.items():
        model.objects.bulk_create(listed)
    return set(ids)
