"""``rapporteur framework load``: the pack of vocabularies, countries and organizations.

The command stands in the directory's room because the pack fills both, and the framework imports
nothing from above it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rapporteur.common.refusals import FaultyInput
from rapporteur.directory import packs
from rapporteur.directory.actions.loading import load_pack
from rapporteur.framework import packs as framework_packs
from rapporteur.framework.syncing import FileCount


class Command(BaseCommand):
    help = "Load the vocabularies, countries, organizations and facilitation."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        load = commands.add_parser("load", help="load the pack; again and again, same result")
        load.add_argument("--dry-run", action="store_true", help="count, and store nothing")
        load.add_argument(
            "--data",
            type=Path,
            help="a folder with folders framework/ and directory/ (default: the package's own)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path | None = options["data"]
        try:
            counts = load_pack(
                at=timezone.now(),
                framework_folder=folder / "framework" if folder else framework_packs.PACKAGE_DATA,
                directory_folder=folder / "directory" if folder else packs.PACKAGE_DATA,
                dry_run=options["dry_run"],
            )
        except FaultyInput as refusal:
            for fault in refusal.faults:
                self.stderr.write(f"{fault.place}: {fault.message}")
            raise CommandError(str(refusal), returncode=2) from None
        for line in report_lines(counts):
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was stored.")


def report_lines(counts: list[FileCount]) -> list[str]:
    """Return the table of counts, one line a file and a total, and each row that was left aside."""
    names = ("added", "changed", "unchanged", "retired", "refused")
    wide = max(len(count.file) for count in counts)
    lines = [" ".join([" " * wide, *(f"{name:>9}" for name in names)])]
    total = dict.fromkeys(names, 0)
    for count in counts:
        figures = count.figures
        lines.append(
            " ".join([f"{count.file:<{wide}}", *(f"{figures[name]:>9}" for name in names)])
        )
        total = {name: total[name] + figures[name] for name in names}
    lines.append(" ".join([f"{'total':<{wide}}", *(f"{total[name]:>9}" for name in names)]))
    lines += [f"{count.file}: {reason}" for count in counts for reason in count.refused]
    return lines
