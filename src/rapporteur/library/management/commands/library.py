"""``rapporteur library import | load-record | parse``: the library from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rapporteur.common.refusals import Refusal
from rapporteur.library.actions import importing, record
from rapporteur.library.choices import DocumentState


class Command(BaseCommand):
    help = "Import UN documents, load the record that the package carries, or parse a file."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        load = verbs.add_parser("import", help="store documents, each whole or not at all")
        load.add_argument("files", nargs="+", type=Path, metavar="FILE")
        load.add_argument("--symbol", default="", help="the document's symbol (one file only)")
        load.add_argument("--link", default="", help="address of the official text (one file only)")
        load.add_argument("--kind", choices=importing.KINDS, default="auto")
        state = load.add_mutually_exclusive_group()
        state.add_argument(
            "--publish", dest="publish", action="store_true", help="let everybody read (default)"
        )
        state.add_argument(
            "--draft", dest="publish", action="store_false", help="for the secretariat's eyes"
        )
        load.set_defaults(publish=True)
        verbs.add_parser("load-record", help="load the facts that the package carries")
        # Runs before Django is set up (cli.py); listed here for `--help`.
        verbs.add_parser("parse", help="write a file's content as JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "import":
            self.import_files(options)
        elif options["verb"] == "load-record":
            self.load_record()
        else:
            raise CommandError("Use: rapporteur library parse FILE [--kind KIND]", returncode=2)

    def import_files(self, options: dict[str, Any]) -> None:
        """Import each file by itself; exit 1 when one was refused, 2 when none can be."""
        files: list[Path] = options["files"]
        if len(files) > 1 and (options["symbol"] or options["link"]):
            raise CommandError("--symbol and --link go with one file.", returncode=2)
        counts: dict[str, int] = {}
        for path in files:
            outcome = self.import_one(path, options)
            counts[outcome] = counts.get(outcome, 0) + 1
        summary = ", ".join(f"{count} {result}" for result, count in counts.items())
        self.stdout.write(f"{len(files)} file{'s' if len(files) > 1 else ''}: {summary}.")
        if counts.get("refused"):
            sys.exit(1)

    def import_one(self, path: Path, options: dict[str, Any]) -> str:
        """Import one file and say what was done; return the result in a word."""
        try:
            data = path.read_bytes()
        except OSError as error:
            self.stderr.write(f"{path}: refused: {error.strerror or error}")
            return "refused"
        try:
            outcome = importing.import_document(
                data=data,
                file_name=path.name,
                kind=options["kind"],
                symbol=options["symbol"],
                link=options["link"],
                publish=options["publish"],
                apart=False,
                at=timezone.now(),
            )
        except Refusal as refusal:
            self.stderr.write(f"{path}: refused: {refusal}")
            return "refused"
        document = outcome.document
        line = f"{path}: {outcome.result.value}: {document}"
        if document.symbol:
            line += f" ({document.title})"
        if outcome.applied is not None:
            line += (
                f"; {outcome.applied.paragraphs} paragraphs, {outcome.applied.figures} figures, "
                f"{outcome.applied.statements} statements"
            )
        if outcome.version.warnings and outcome.result != importing.Result.UNCHANGED:
            line += f"; {len(outcome.version.warnings)} warnings"
        if outcome.differences:
            line += f"; other words in {outcome.differences} places, kept with the file"
        if document.state == DocumentState.DRAFT:
            line += "; a draft"
        self.stdout.write(line)
        if outcome.applied is not None:
            for anchor in outcome.applied.overtaken:
                self.stderr.write(
                    f"{path}: {anchor}: the words changed after its facts were checked; look again."
                )
            if outcome.applied.unknown_organizations:
                names = "; ".join(outcome.applied.unknown_organizations)
                self.stderr.write(f"{path}: not in the directory: {names}")
        return outcome.result.value

    def load_record(self) -> None:
        """Load the record; exit 1 when a row was refused."""
        report = record.load_record(at=timezone.now())
        for name, counts in report.files.items():
            self.stdout.write(
                f"{name}: {counts.added} added, {counts.changed} changed, "
                f"{counts.unchanged} unchanged, {counts.retired} retired"
            )
        for fault in report.refused:
            self.stderr.write(f"{fault.place}: {fault.message}")
        if report.refused:
            sys.exit(1)
