"""`rapporteur serve`: see `operations.server`."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rapporteur.common.refusals import Refusal
from rapporteur.operations import server
from rapporteur.operations.management.commands.demo import accounts_table


class Command(BaseCommand):
    help = "Serve the platform."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="web processes")
        parser.add_argument("--threads", type=int, default=8, help="threads per process")

    def handle(self, *, host, port, workers, threads, **options):
        try:
            server.check_address(host, port)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"\nRapporteur: http://{shown}:{port}/\n")
        if settings.DEMONSTRATION:
            self.stdout.write(accounts_table())
            self.stdout.write("Stop with Ctrl+C.\n")
        self.stdout.flush()
        server.serve(host, port, workers=workers, threads=threads)
