"""`rapporteur reports build`: assemble a report from the record and write it to a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rapporteur.common.refusals import Refusal
from rapporteur.reports import queries
from rapporteur.reports.exports.forms import FORMS, form_of
from rapporteur.reports.stocktaking.exports import form_of as stocktaking_form
from rapporteur.reports.stocktaking.outline import CODE as STOCKTAKING
from rapporteur.reports.stocktaking.queries import report_of
from rapporteur.reports.stocktaking.queries import years as stocktaking_years
from rapporteur.reports.stocktaking.scope import query_string_of


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all or not at all: a failed write leaves what was there."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class Command(BaseCommand):
    help = "Build cited draft reports from the published record."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        build = verbs.add_parser("build", help="Write the draft of a year's report to a file.")
        build.add_argument("--outline", default="progress-report", help="Default: %(default)s.")
        build.add_argument(
            "--year",
            type=int,
            required=True,
            help="The year that the documents report on, or at whose end stock is taken.",
        )
        build.add_argument(
            "--output",
            required=True,
            help=f"The file; its ending gives the form: {', '.join('.' + name for name in FORMS)}.",
        )
        build.add_argument(
            "--region",
            default="",
            help="Stocktaking report: of one region (africa, itu-region:africa).",
        )
        build.add_argument(
            "--search",
            default="",
            metavar="QUERY",
            help="Stocktaking report: of the entries that a search asks for, as its page's address "
            "has it or as it was saved (q=schools&country=KEN).",
        )
        build.add_argument(
            "--language",
            default=settings.LANGUAGE_CODE,
            choices=[code for code, _name in settings.LANGUAGES],
            help="Language of headings and sentences. Default: %(default)s.",
        )
        verbs.add_parser("list", help="List the outlines and the years that have material.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verb"] == "build":
                self.build(**options)
            else:
                self.list_available()
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal

    def build(
        self, *, outline: str, year: int, output: str, language: str, **_options: Any
    ) -> None:
        if outline == STOCKTAKING:
            self.build_stocktaking(year=year, output=output, language=language, **_options)
            return
        if _options["region"] or _options["search"]:
            raise CommandError(
                f"--region and --search narrow the stocktaking report (--outline {STOCKTAKING}). "
                "Leave them out.",
                returncode=2,
            )
        path = Path(output)
        form = form_of(path.suffix or path.name)
        draft = queries.draft_of(queries.find_outline(outline), year, language=language)
        self.write(path, form.write(draft))
        paragraphs = sum(1 for _item in draft.paragraphs)
        self.stdout.write(
            f"{path}: {draft.words:,} words of {draft.limit:,}, {paragraphs} paragraphs, "
            f"{len(draft.notes)} footnotes, {len(draft.gaps)} gaps, "
            f"{draft.lines_left_out} lines left out."
        )

    def write(self, path: Path, content: bytes) -> None:
        try:
            write_whole(path, content)
        except OSError as error:
            raise CommandError(
                f"Cannot write {path}: {error.strerror or error}. Choose a folder that is there "
                "and can be written.",
                returncode=2,
            ) from error

    def build_stocktaking(
        self, *, year: int, output: str, language: str, region: str, search: str, **_options: Any
    ) -> None:
        path = Path(output)
        form = stocktaking_form(path.suffix or path.name)
        narrowed = (
            urlencode({"region": region}, errors="replace") if region else "",
            query_string_of(search),
        )
        query = "&".join(part for part in narrowed if part)
        report = report_of(year, query=query, language=language, today=timezone.localdate())
        self.write(path, form.write(report))
        charts = len(report.drawings)
        entries = "entry" if report.live == 1 else "entries"
        self.stdout.write(f"{path}: {report.live:,} {entries}, {charts} charts. {report.subtitle}.")

    def list_available(self) -> None:
        for year in stocktaking_years(today=timezone.localdate()):
            self.stdout.write(f"{STOCKTAKING} {year}")
        for row in queries.available():
            self.stdout.write(
                f"{row.outline.code} {row.year}: {row.documents} documents, {row.paragraphs} "
                f"paragraphs, {row.organizations} organizations"
            )
