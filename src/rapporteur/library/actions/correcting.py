"""Correct what is said about one paragraph; give a name that nobody knew its organization."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Fault, FaultyInput
from rapporteur.directory.actions.organizations import OrganizationDetails, add_organization
from rapporteur.directory.models import Organization, OrganizationName
from rapporteur.directory.names import fold_name
from rapporteur.directory.queries import organizations_by_key
from rapporteur.library import search_changes
from rapporteur.library.choices import GivenBy
from rapporteur.library.facts import FigureFacts, ParagraphFacts, figure_value
from rapporteur.library.models import (
    Document,
    Figure,
    Paragraph,
    ParagraphConcept,
    ParagraphOrganization,
    Publication,
    Statement,
)
from rapporteur.library.queries.names import concepts_by_code


@transaction.atomic
def correct_paragraph(
    *, paragraph: Paragraph, facts: ParagraphFacts, by: Any, at: datetime
) -> Paragraph:
    """Replace what is said about the paragraph by what a person says; it counts as checked.

    Rows that say the same as before keep who gave them. Names that the directory does not know are
    kept as printed.

    Raises:
        FaultyInput: a code that no vocabulary has, or a figure that is no number.
    """
    paragraph = Paragraph.objects.select_for_update(of=("self",)).get(pk=paragraph.pk)
    given = by if by is not None and getattr(by, "is_authenticated", False) else None
    concepts = concepts_by_code(facts.concepts)
    faults = [
        Fault(_("Concepts"), _("No vocabulary has the code “%(code)s”.") % {"code": code})
        for code in facts.concepts
        if code not in concepts
    ]
    ends = [figure_value((item.low, item.high)) for item in facts.figures]
    faults += [
        Fault(_("Figures"), _("“%(value)s” is not a number.") % {"value": item.low})
        for item, value in zip(facts.figures, ends, strict=True)
        if value is None
    ]
    if faults:
        raise FaultyInput(_("Nothing was changed. Mend what is listed and save again."), (*faults,))
    set_concepts(paragraph, concepts.values(), given)
    set_organizations(paragraph, facts.organizations, given)
    set_publications(paragraph, facts.publications)
    set_figures(paragraph, facts.figures, [value for value in ends if value is not None])
    paragraph.facts_checked_at = at
    paragraph.checked_by = GivenBy.PERSON
    paragraph.save(update_fields=["facts_checked_at", "checked_by"])
    search_changes.note_changes(paragraphs=[paragraph.pk], documents=[paragraph.document_id])
    record_event(
        "library.paragraph.corrected",
        by=by,
        at=at,
        target=paragraph,
        details={
            "document": paragraph.document.address,
            "anchor": paragraph.anchor,
            "concepts": list(facts.concepts),
            "organizations": list(facts.organizations),
            "figures": len(facts.figures),
            "publications": len(facts.publications),
        },
    )
    return paragraph


def set_concepts(paragraph: Paragraph, ids: Any, by: Any) -> None:
    wanted = set(ids)
    paragraph.filings.exclude(concept_id__in=wanted).delete()
    held = set(paragraph.filings.values_list("concept_id", flat=True))
    ParagraphConcept.objects.bulk_create(
        ParagraphConcept(paragraph=paragraph, concept_id=pk, given_by=GivenBy.PERSON, by=by)
        for pk in sorted(wanted - held)
    )


def set_organizations(paragraph: Paragraph, printed: Sequence[str], by: Any) -> None:
    known = organizations_by_key()
    wanted: dict[int | str, str] = {}
    for name in printed:
        wanted.setdefault(known.get(fold_name(name)) or name, name)
    held = {
        mention.organization_id or mention.printed: mention for mention in paragraph.mentions.all()
    }
    gone = [mention.pk for key, mention in held.items() if key not in wanted]
    ParagraphOrganization.objects.filter(pk__in=gone).delete()
    for order, (key, name) in enumerate(wanted.items(), start=1):
        mention = held.get(key)
        if mention is None:
            ParagraphOrganization.objects.create(
                paragraph=paragraph,
                organization_id=key if isinstance(key, int) else None,
                printed=name[:300],
                order=order,
                given_by=GivenBy.PERSON,
                by=by,
            )
        elif mention.order != order:
            mention.order = order
            mention.save(update_fields=["order"])
    # A statement cannot name who the paragraph no longer names.
    ids = [key for key in wanted if isinstance(key, int)]
    Statement.organizations.through.objects.filter(statement__paragraph=paragraph).exclude(
        organization_id__in=ids
    ).delete()


def set_publications(paragraph: Paragraph, titles: Sequence[str]) -> None:
    paragraph.publications.exclude(title__in=titles).delete()
    held = dict(paragraph.publications.values_list("title", "pk"))
    for order, title in enumerate(dict.fromkeys(titles), start=1):
        if title in held:
            Publication.objects.filter(pk=held[title]).update(order=order)
        else:
            Publication.objects.create(
                paragraph=paragraph, title=title[:400], order=order, given_by=GivenBy.PERSON
            )


def set_figures(paragraph: Paragraph, figures: Sequence[FigureFacts], ends: Sequence[Any]) -> None:
    """Replace the figures; one of the same value, unit, subject and year keeps its quote."""
    held: dict[Any, list[Figure]] = {}
    quotes: dict[Any, str] = {}
    for figure in paragraph.figures.all():
        held.setdefault(_figure_key(figure), []).append(figure)
        quotes.setdefault((figure.low, figure.high), figure.quote)
    kept: list[int] = []
    for order, (item, (low, high)) in enumerate(zip(figures, ends, strict=True), start=1):
        wanted = Figure(
            paragraph=paragraph,
            order=order,
            low=low,
            high=high,
            unit=item.unit[:120],
            subject=item.subject[:300],
            year=item.year,
            quote=quotes.get((low, high), ""),
            given_by=GivenBy.PERSON,
        )
        same = held.get(_figure_key(wanted))
        if same:
            figure = same.pop(0)
            figure.order = order
            figure.save(update_fields=["order"])
        else:
            figure = wanted
            figure.save()
        kept.append(figure.pk)
    paragraph.figures.exclude(pk__in=kept).delete()


def _figure_key(figure: Figure) -> tuple[Any, ...]:
    return (figure.low, figure.high, figure.unit, figure.subject, figure.year)


@transaction.atomic
def keep_correction(
    *, document: Document, anchor: str, facts: ParagraphFacts, by: Any, at: datetime
) -> None:
    """Keep a correction for a text that waits; it is made when the text is published.

    Raises:
        FaultyInput: as ``correct_paragraph``.
    """
    version = (
        document.versions.select_for_update()
        .filter(applied_at__isnull=True)
        .order_by("-number")
        .first()
    )
    if version is None:
        paragraph = document.paragraphs.get(anchor=anchor)
        correct_paragraph(paragraph=paragraph, facts=facts, by=by, at=at)
        return
    known = concepts_by_code(facts.concepts)
    faults = tuple(
        Fault(_("Concepts"), _("No vocabulary has the code “%(code)s”.") % {"code": code})
        for code in facts.concepts
        if code not in known
    )
    if faults:
        raise FaultyInput(_("Nothing was changed. Mend what is listed and save again."), faults)
    version.corrections[anchor] = facts.as_json()
    version.save(update_fields=["corrections"])
    record_event(
        "library.correction.kept",
        by=by,
        at=at,
        target=document,
        details={"document": document.address, "anchor": anchor, "version": version.number},
    )


@transaction.atomic
def assign_name(*, printed: str, organization: Organization, by: Any, at: datetime) -> int:
    """Give every mention printed so its organization, and the directory the spelling.

    Returns how many mentions were resolved. Later imports find the name by themselves.
    """
    mentions = list(
        ParagraphOrganization.objects.select_for_update(of=("self",))
        .filter(organization__isnull=True, printed=printed)
        .order_by("pk")
    )
    key = fold_name(printed)
    if key and key not in organizations_by_key():
        OrganizationName.objects.get_or_create(
            key=key, defaults={"organization": organization, "text": printed}
        )
    resolved = 0
    for mention in mentions:
        twice = ParagraphOrganization.objects.filter(
            paragraph_id=mention.paragraph_id, organization=organization
        ).exists()
        if twice:
            mention.delete()
        else:
            mention.organization = organization
            mention.save(update_fields=["organization"])
        resolved += 1
    search_changes.note_changes(paragraphs=sorted({item.paragraph_id for item in mentions}))
    record_event(
        "library.name.assigned",
        by=by,
        at=at,
        target=organization,
        details={"printed": printed, "mentions": resolved},
    )
    return resolved


@transaction.atomic
def assign_new_organization(*, printed: str, name: str, acronym: str, by: Any, at: datetime) -> int:
    """Add an organization to the directory and assign the printed name to it.

    Raises:
        NameTaken: another organization bears the name or the acronym.
    """
    details = OrganizationDetails(name=name, acronym=acronym)
    organization = add_organization(details=details, by=by, at=at)
    return assign_name(printed=printed, organization=organization, by=by, at=at)
