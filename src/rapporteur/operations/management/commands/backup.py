"""`rapporteur backup [FILE]` and `rapporteur backup verify FILE`: see `operations.backup`."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rapporteur.common.refusals import Refusal
from rapporteur.operations import backup


class Command(BaseCommand):
    help = "Back up rows and files into one file, or verify such a file by restoring it."

    def add_arguments(self, parser):
        parser.add_argument("words", nargs="*", metavar="[verify] FILE")

    def handle(self, *, words, **options):
        verify = words[:1] == ["verify"]
        names = words[1:] if verify else words
        if len(names) > 1 or (verify and not names):
            raise CommandError("Usage: rapporteur backup [FILE] | rapporteur backup verify FILE")
        try:
            if verify:
                self.verify(Path(names[0]))
            else:
                self.make(Path(names[0]) if names else None)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def make(self, path):
        if path is None:
            folder = settings.HOME / "backups"
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"rapporteur-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar.gz"
        made = backup.make_backup(path)
        self.stdout.write(
            f"{made.path}: {made.rows} rows of {made.tables} tables, {made.files} files."
        )

    def verify(self, path):
        found = backup.verify_backup(path)
        for difference in found.differences:
            self.stdout.write(difference)
        if found.differences:
            raise CommandError(f"{path} does not restore exactly.")
        self.stdout.write(
            f"{path} restores exactly: {found.rows} rows of {found.tables} tables, "
            f"{found.files} files, the audit trail sound."
        )
