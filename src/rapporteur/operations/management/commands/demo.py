"""`rapporteur demo prepare`: see `operations.demonstration`."""

from django.core.management.base import BaseCommand, CommandError

from rapporteur.common.refusals import Refusal
from rapporteur.operations import demonstration


class Command(BaseCommand):
    help = "Prepare the demonstration: database, framework pack, record, accounts, index."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["prepare", "accounts"])

    def handle(self, *, what, **options):
        if what == "accounts":
            self.stdout.write(accounts_table())
            return
        try:
            demonstration.prepare(lambda step: self.stdout.write(f"· {step}"))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal


def accounts_table() -> str:
    """Return the demonstration's accounts as lines of text."""
    lines = [f"Accounts (password of each: {demonstration.PASSWORD})"]
    lines += [f"  {a.email:<28} {a.name}" for a in demonstration.ACCOUNTS]
    return "\n".join(lines)
