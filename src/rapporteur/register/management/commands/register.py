"""``rapporteur register import | archive``: activities in and out from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from rapporteur.common.refusals import Refusal
from rapporteur.register import archive
from rapporteur.register.actions.reminding import ask_keepers
from rapporteur.register.importing import mappings
from rapporteur.register.importing.outcome import Outcome
from rapporteur.register.importing.running import import_file

SHOWN_AT_MOST = 50


class Command(BaseCommand):
    help = "Import activities from a file, or write the archive of the whole register."
    # They would load every page of the site before the first row is read.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        load = verbs.add_parser("import", help="publish the activities of a file, all or none")
        load.add_argument("file", type=Path, metavar="FILE", help="CSV, XLSX or JSON lines")
        load.add_argument("--map", type=Path, metavar="M.toml", help="how its columns are read")
        load.add_argument("--source", default="", help="where the rows are from (file's stem)")
        load.add_argument(
            "--good-rows-only", action="store_true", help="store the good rows beside bad ones"
        )
        load.add_argument("--dry-run", action="store_true", help="find the same, store nothing")
        load.add_argument("--json", action="store_true", help="write the outcome as JSON")

        remind = verbs.add_parser("remind", help="ask keepers to confirm what became stale")
        remind.add_argument("--dry-run", action="store_true", help="count, ask nobody")

        verbs.add_parser("archive", help="write the whole register as files, described in DCAT")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "import":
            self.import_activities(options)
        elif options["verb"] == "archive":
            self.write_archive()
        elif options["verb"] == "remind":
            self.remind(dry_run=options["dry_run"])

    def write_archive(self) -> None:
        """Write the archive and say where it is."""
        made = archive.write_archive(at=timezone.now())
        self.stdout.write(f"{archive.folder() / made.name}: {made.rows} activities.")
        for file in made.files:
            self.stdout.write(f"{file.sha256}  {file.name}  {file.size} bytes")

    def remind(self, *, dry_run: bool) -> None:
        """Ask the keepers of stale entries, once for each entry and due date."""
        asked = ask_keepers(at=timezone.now(), dry_run=dry_run)
        verb = "would be asked for" if dry_run else "asked for"
        self.stdout.write(
            f"{asked.due} due: {asked.asked} {verb} in {asked.mails} mails, "
            f"{asked.without_keeper} without a keeper."
        )

    def import_activities(self, options: dict[str, Any]) -> None:
        """Import one file; exit 1 when rows are refused, 2 when the file cannot be read."""
        path: Path = options["file"]
        try:
            mapping = mappings.read_file(options["map"]) if options["map"] else None
            outcome = import_file(
                path,
                mapping=mapping,
                source=options["source"],
                good_rows_only=options["good_rows_only"],
                dry_run=options["dry_run"],
                at=timezone.now(),
                apart=True,
            )
        except Refusal as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(refusal)}, ensure_ascii=False))
            self.stderr.write(f"{path}: refused: {refusal}")
            sys.exit(2)
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False))
        else:
            self.tell(path, outcome, dry_run=options["dry_run"])
        self.remark(path, outcome)
        if outcome.refused_rows:
            sys.exit(1)

    def tell(self, path: Path, outcome: Outcome, *, dry_run: bool) -> None:
        """Say what was found and done, in lines."""
        for cell in outcome.refused[:SHOWN_AT_MOST]:
            place = f"row {cell.row}" + (f", column “{cell.column}”" if cell.column else "")
            self.stdout.write(f"{path}: {place}: {cell.message}")
        if outcome.refused_cells > SHOWN_AT_MOST:
            self.stdout.write(f"… and {outcome.refused_cells - SHOWN_AT_MOST} more faulty cells.")
        stored = "stored" if outcome.stored else "not stored"
        if dry_run:
            stored = "not stored (dry run)"
        self.stdout.write(
            f"{path}: {outcome.rows} rows: {outcome.added} new, {outcome.changed} changed, "
            f"{outcome.unchanged} unchanged, {outcome.refused_rows} refused; {stored}."
        )

    def remark(self, path: Path, outcome: Outcome) -> None:
        """Say on standard error how the file was read and what its rows leave open."""
        for note in outcome.notes:
            self.stderr.write(f"{path}: {note}")
        if outcome.gaps:
            gaps = ", ".join(f"{name} {count}" for name, count in outcome.gaps.most_common())
            self.stderr.write(f"{path}: left open and flagged: {gaps}.")
