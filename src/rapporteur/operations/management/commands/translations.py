"""`rapporteur translations gather|compile|check`: see `operations.translations`."""

from django.core.management.base import BaseCommand, CommandError

from rapporteur.operations import translations


class Command(BaseCommand):
    help = "Gather the strings for translation, compile the catalogs, or check them."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["gather", "compile", "check"])

    def handle(self, *, what, verbosity, **options):
        if what == "gather":
            for language, lacking in translations.gather().items():
                self.stdout.write(f"{language}: {lacking} to translate")
        elif what == "compile":
            written = translations.compile_catalogs()
            if verbosity:
                self.stdout.write(f"{written} catalogs compiled")
        else:
            found = translations.gaps()
            for gap in found[:40]:
                self.stdout.write(f"{gap.language}: {gap.problem}: {gap.message!r}")
            if found:
                raise CommandError(f"{len(found)} strings are not well translated.")
            self.stdout.write("Every string is translated into every language.")
