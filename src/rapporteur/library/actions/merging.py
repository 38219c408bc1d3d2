"""When two organizations become one, the paragraphs and statements that name them follow."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from rapporteur.directory.actions.merging import Moved, on_merge, repoint
from rapporteur.directory.models import Organization
from rapporteur.library.models import Document, ParagraphOrganization, Statement


@on_merge
def move_mentions(source: Organization, target: Organization, dry_run: bool) -> Iterable[Moved]:
    """Move what documents say of an organization to the one that it becomes."""
    yield Moved(
        _("Paragraphs that name it"),
        repoint(
            ParagraphOrganization,
            "organization",
            source,
            target,
            alike=("paragraph_id",),
            dry_run=dry_run,
        ),
    )
    yield Moved(
        _("Statements that name it"),
        repoint(
            Statement.organizations.through,
            "organization",
            source,
            target,
            alike=("statement_id",),
            dry_run=dry_run,
        ),
    )
    yield Moved(
        _("Documents that it contributed to"),
        repoint(
            Document.contributors.through,
            "organization",
            source,
            target,
            alike=("document_id",),
            dry_run=dry_run,
        ),
    )
