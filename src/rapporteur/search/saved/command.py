"""`rapporteur search digests`: tell what is new in the searches that people keep."""

from __future__ import annotations

import sys
from typing import Any

from django.utils import timezone

from rapporteur.common.notices.actions import Outcome, deliver_waiting
from rapporteur.search import index
from rapporteur.search.saved import digests

NO_INDEX = "No index on this host. Build it: rapporteur search rebuild"


def tell(command: Any, *, dry_run: bool) -> None:
    """Tell every digest that is due and send the mails; with ``dry_run`` only say what would be."""
    now = timezone.now()
    try:
        if dry_run:
            foretell(command, now)
            return
        told = digests.tell_all(at=now)
    except index.NoIndex:
        command.stderr.write(NO_INDEX)
        sys.exit(1)
    sent = deliver_waiting(at=now)
    for outcome in digests.Told:
        command.stdout.write(f"{outcome.value.capitalize()}: {told[outcome]}")
    for left in Outcome:
        if sent[left]:
            command.stdout.write(f"Mails {left.value}: {sent[left]}")


def foretell(command: Any, now: Any) -> None:
    """Say what a run would tell; write and send nothing. No address or name is shown."""
    mails = searches = 0
    for saved, count in digests.preview(at=now):
        searches += 1
        mails += bool(count)
        command.stdout.write(f"Saved search {saved.pk} ({saved.frequency}): {count} entries")
    command.stdout.write(f"Due: {searches}. With something new: {mails}. Nothing was sent.")
