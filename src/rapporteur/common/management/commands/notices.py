"""`rapporteur notices`: say how the mails to account holders are, send what waits."""

import sys

from django.core.management.base import BaseCommand
from django.db.models import Count
from django.utils import timezone

from rapporteur.common.notices import actions
from rapporteur.common.notices.models import Notice


class Command(BaseCommand):
    help = "Say how many mails wait, left or failed; send what waits."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("status", help="count the mails by what became of them")
        send = verbs.add_parser("send", help="send what waits and is due")
        send.add_argument("--failed", action="store_true", help="try what was given up again, too")

    def handle(self, *args, verb, **options):
        getattr(self, verb)(**options)

    def status(self, **options):
        rows = Notice.objects.values("state").annotate(count=Count("pk"))
        counts = {row["state"]: row["count"] for row in rows.order_by()}
        for state in Notice.State:
            self.stdout.write(f"{state.label.capitalize()}: {counts.get(state.value, 0)}")

    def send(self, failed=False, **options):
        now = timezone.now()
        if failed:
            self.stdout.write(f"Tried again: {actions.try_failed_again(at=now)}")
        outcomes = actions.deliver_waiting(at=now)
        for outcome in actions.Outcome:
            if outcomes[outcome]:
                self.stdout.write(f"{outcome.value.capitalize()}: {outcomes[outcome]}")
        self.stdout.write(f"Looked at: {outcomes.total()}")
        if outcomes[actions.Outcome.GIVEN_UP] or outcomes[actions.Outcome.NOT_KNOWN]:
            sys.exit(1)
