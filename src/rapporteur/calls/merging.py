"""What follows when the directory makes two organizations one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from rapporteur.calls.choices import ResponseState
from rapporteur.calls.models import Invitation, Response
from rapporteur.directory.actions.merging import Moved, on_merge, repoint
from rapporteur.directory.models import Organization


def move_calls(source: Organization, target: Organization, dry_run: bool) -> Iterable[Moved]:
    """Move invitations and responses. Where both answered one call, both responses stay.

    The database allows one response per organization that stands alone; the moved one then no
    longer does.
    """
    count = repoint(Invitation, "organization", source, target, alike=("call",), dry_run=dry_run)
    yield Moved(_("Invitations to calls"), count)
    responses = Response.objects.filter(organization=source)
    if not dry_run:
        answered = Response.objects.filter(organization=target).exclude(
            state=ResponseState.WITHDRAWN
        )
        responses.filter(call__in=answered.values("call")).update(sole=False)
    yield Moved(
        _("Responses to calls"),
        repoint(Response, "organization", source, target, dry_run=dry_run),
    )


def register() -> None:
    on_merge(move_calls)
