"""`rapporteur docs write|check`: see `operations.documentation`."""

from django.core.management.base import BaseCommand, CommandError

from rapporteur.operations import documentation


class Command(BaseCommand):
    help = "Write the documentation pages made from the code, or check the documentation."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["write", "check"])

    def handle(self, *, what, **options):
        if what == "write":
            for name in documentation.write():
                self.stdout.write(f"docs/{name}")
            return
        found = list(documentation.problems())
        for problem in found:
            self.stdout.write(problem)
        if found:
            raise CommandError(f"{len(found)} problems in the documentation.")
        self.stdout.write("The documentation agrees with the code.")
