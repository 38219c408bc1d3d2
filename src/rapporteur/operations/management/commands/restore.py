"""`rapporteur restore FILE`: see `operations.backup`."""

import json
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from rapporteur.common.refusals import Refusal
from rapporteur.operations import backup


class Command(BaseCommand):
    help = "Restore a backup into an empty, migrated database."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="end with a comparison as JSON")

    def handle(self, *, file, **options):
        try:
            done = backup.restore_backup(file)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(comparison(file))
            return
        call_command("search", "rebuild", verbosity=0)
        self.stdout.write(
            f"Restored {done.rows} rows of {done.tables} tables and {done.files} files; "
            "the search index is built anew."
        )


def comparison(file: Path) -> str:
    """Return what comparing the restored place with the backup found, as JSON."""
    found = backup.check_restored(file)
    return json.dumps(
        {
            "tables": found.tables,
            "rows": found.rows,
            "files": found.files,
            "differences": list(found.differences),
        }
    )
