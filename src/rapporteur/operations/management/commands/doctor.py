"""`rapporteur doctor`: see `operations.doctor`."""

import sys

from django.core.management.base import BaseCommand

from rapporteur.operations.doctor import Verdict, examine


class Command(BaseCommand):
    help = "Tell what is missing or misconfigured and how to mend it."
    requires_system_checks = []

    def handle(self, **options):
        wrong = 0
        for finding in examine():
            self.stdout.write(f"{finding.verdict:<8} {finding.subject}: {finding.found}")
            if finding.mend:
                self.stdout.write(f"         → {finding.mend}")
            wrong += finding.verdict is Verdict.WRONG
        if wrong:
            self.stdout.write(f"\n{wrong} to mend before the platform works as it should.")
            sys.exit(1)
        self.stdout.write("\nNothing stands in the way.")
