"""The refusals that the directory can make."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rapporteur.common.refusals import Conflict, Fault, FaultyInput, Refusal
from rapporteur.directory.models import Organization


class NameTaken(FaultyInput):
    """A name that another organization bears. ``holders``: the name as typed → who bears it."""

    def __init__(self, holders: Mapping[str, Organization]) -> None:
        super().__init__(
            _(
                "Another organization bears one of these names. Merge the two, or take the "
                "name out."
            ),
            tuple(
                Fault(
                    name,
                    _("This is a name of %(organization)s.")
                    % {"organization": holder.display_name},
                )
                for name, holder in holders.items()
            ),
        )
        self.holders = dict(holders)


class OrganizationChanged(Conflict):
    """Somebody, or a load of the pack, changed the organization after the page was opened."""


class CannotMerge(Refusal):
    """Two organizations that cannot become one."""
