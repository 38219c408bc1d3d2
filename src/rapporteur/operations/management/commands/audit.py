"""`rapporteur audit verify`: prove that nobody changed the audit trail."""

from django.core.management.base import BaseCommand, CommandError

from rapporteur.common.audit import verify_trail


class Command(BaseCommand):
    help = "Check the audit trail's chain of digests."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["verify"])

    def handle(self, **options):
        report = verify_trail()
        if report.broken_at is not None:
            raise CommandError(
                f"The audit trail is broken at row {report.broken_at}: the row, or one before it, "
                "was changed or taken out. Compare with the last backup."
            )
        self.stdout.write(f"The audit trail is sound: {report.rows} rows.")
