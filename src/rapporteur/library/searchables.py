"""What the search knows of the library: published documents, their paragraphs, and milestones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapporteur.directory.actions.merging import Moved, on_merge
from rapporteur.directory.models import Organization
from rapporteur.framework.searchables import facets_of
from rapporteur.library.choices import DocumentState
from rapporteur.library.models import (
    Document,
    Milestone,
    Paragraph,
    ParagraphConcept,
    ParagraphOrganization,
)
from rapporteur.search.actions import note_changes
from rapporteur.search.registry import Entry, add_searchable

DOCUMENT, PARAGRAPH, MILESTONE = "library.document", "library.paragraph", "library.milestone"


def load_documents(keys: Sequence[str]) -> Iterable[Entry]:
    """Yield the entries of these documents (ids). One query."""
    for document in Document.objects.filter(pk__in=keys).order_by("pk"):
        yield Entry(
            kind=DOCUMENT,
            key=str(document.pk),
            title={document.language: document.title},
            text={document.language: document.summary} if document.summary else {},
            url=document.get_absolute_url(),
            year=document.year,
            note=document.symbol or "",
            public=document.state == DocumentState.PUBLISHED,
            updated=document.changed_at,
        )


def load_paragraphs(keys: Sequence[str]) -> Iterable[Entry]:
    """Yield the entries of these paragraphs (ids). Five queries.

    A paragraph whose text is not held is found by what is known of it: the bodies and publications
    that it names, and what its figures count.
    """
    paragraphs = (
        Paragraph.objects.filter(pk__in=keys)
        .select_related("document")
        .prefetch_related(
            Prefetch(
                "filings",
                ParagraphConcept.objects.select_related("concept__scheme", "concept__broader"),
            ),
            Prefetch("mentions", ParagraphOrganization.objects.select_related("organization")),
            "publications",
            "figures",
        )
    )
    for paragraph in paragraphs.order_by("pk"):
        document = paragraph.document
        mentions = list(paragraph.mentions.all())
        heading = paragraph.section_titles[-1] if paragraph.section_titles else document.title
        place = str(paragraph.number) if paragraph.number is not None else paragraph.anchor
        facts = chain(
            (mention.printed for mention in mentions),
            (publication.title for publication in paragraph.publications.all()),
            (figure.subject for figure in paragraph.figures.all()),
        )
        text = paragraph.text or " · ".join(fact for fact in facts if fact)
        facets = facets_of(filing.concept for filing in paragraph.filings.all())
        facets["organization"] = [
            mention.organization.slug for mention in mentions if mention.organization is not None
        ]
        yield Entry(
            kind=PARAGRAPH,
            key=str(paragraph.pk),
            title={document.language: heading},
            text={document.language: text} if text else {},
            url=reverse("library:paragraph", args=[document.address, paragraph.anchor]),
            facets=facets,
            year=document.year,
            note=f"{document.symbol or document.title} ¶ {place}",
            public=document.state == DocumentState.PUBLISHED and paragraph.retired_at is None,
            updated=document.changed_at,
        )


def load_milestones(keys: Sequence[str]) -> Iterable[Entry]:
    """Yield the entries of these milestones (ids). One query."""
    for milestone in Milestone.objects.filter(pk__in=keys).order_by("pk"):
        yield Entry(
            kind=MILESTONE,
            key=str(milestone.pk),
            title={"en": milestone.title},
            text={"en": milestone.place} if milestone.place else {},
            url=f"{reverse('library:milestones')}#{milestone.slug}",
            year=milestone.year,
            public=milestone.retired_at is None,
        )


def document_keys() -> Iterable[str]:
    return (str(pk) for pk in Document.objects.order_by("pk").values_list("pk", flat=True))


def paragraph_keys() -> Iterable[str]:
    keys = Paragraph.objects.order_by("pk").values_list("pk", flat=True)
    return (str(pk) for pk in keys.iterator())


def milestone_keys() -> Iterable[str]:
    return (str(pk) for pk in Milestone.objects.order_by("pk").values_list("pk", flat=True))


def note_milestones(keys: Iterable[int]) -> None:
    """Note, in the current transaction, that these milestones (ids) changed."""
    note_changes(MILESTONE, keys)


@on_merge
def note_merged_mentions(
    source: Organization, target: Organization, dry_run: bool
) -> Iterable[Moved]:
    """Note the paragraphs that name one of two organizations that become one; moves nothing."""
    if not dry_run:
        mentions = ParagraphOrganization.objects.filter(organization__in=(source, target))
        note_changes(PARAGRAPH, set(mentions.values_list("paragraph_id", flat=True)))
    return ()


def register() -> None:
    add_searchable(
        DOCUMENT,
        label=_("Documents"),
        load=load_documents,
        all_keys=document_keys,
        order=40,
        weight=3,
    )
    add_searchable(
        PARAGRAPH, label=_("Paragraphs"), load=load_paragraphs, all_keys=paragraph_keys, order=50
    )
    add_searchable(
        MILESTONE, label=_("Milestones"), load=load_milestones, all_keys=milestone_keys, order=60
    )
