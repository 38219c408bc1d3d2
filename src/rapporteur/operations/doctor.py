"""`rapporteur doctor`: what is missing or misconfigured, and how to mend it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from rapporteur.common.audit import verify_trail


class Verdict(StrEnum):
    OK = "ok"
    # The feature named refuses clearly; all else works.
    WITHOUT = "without"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its verdict, what was found, and how to mend it (empty when well)."""

    subject: str
    verdict: Verdict
    found: str
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Yield one finding for each thing that the platform needs, most needed first."""
    for look in LOOKS:
        try:
            yield from look()
        except Exception as error:  # a doctor that falls over helps nobody
            name = look.__name__.replace("look_at_", "").replace("_", " ")
            yield Finding(name, Verdict.WRONG, f"{type(error).__name__}: {error}", "See the error.")


def look_at_python() -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    good = (3, 11) <= sys.version_info[:2] < (3, 14)
    yield Finding(
        "Python",
        Verdict.OK if good else Verdict.WRONG,
        version,
        "" if good else "Use Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 setup",
    )


def look_at_home() -> Iterator[Finding]:
    home = Path(settings.HOME)
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".doctor"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        yield Finding(
            "Data folder",
            Verdict.WRONG,
            f"{home}: {error.strerror}",
            "Set RAPPORTEUR_HOME to a folder that this account may write.",
        )
        return
    free = shutil.disk_usage(home).free / 1e9
    if free < 1:
        mend = "Free some space, or set RAPPORTEUR_HOME to a larger disk."
        yield Finding("Data folder", Verdict.WRONG, f"{home}: {free:.1f} GB free", mend)
    else:
        yield Finding("Data folder", Verdict.OK, f"{home}: {free:.0f} GB free")


def look_at_database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        mend = "Check DATABASE_URL, and that the server runs and knows the account."
        yield Finding("Database", Verdict.WRONG, str(error).strip().splitlines()[0], mend)
        return
    if pending:
        yield Finding(
            "Database", Verdict.WRONG, f"{len(pending)} migrations to apply", "rapporteur migrate"
        )
        return
    yield Finding("Database", Verdict.OK, connection.vendor)
    trail = verify_trail()
    if trail.broken_at is None:
        yield Finding("Audit trail", Verdict.OK, f"{trail.rows} rows, sound")
    else:
        mend = "A row was changed or taken out; compare with the last backup."
        yield Finding("Audit trail", Verdict.WRONG, f"broken at row {trail.broken_at}", mend)
    yield from look_at_content()


def look_at_content() -> Iterator[Finding]:
    from rapporteur.framework.models import Concept
    from rapporteur.library.models import Document

    concepts = Concept.objects.filter(retired_at__isnull=True).count()
    if concepts:
        yield Finding("Framework", Verdict.OK, f"{concepts} concepts")
    else:
        yield Finding("Framework", Verdict.WRONG, "not loaded", "rapporteur framework load")
    documents = Document.objects.count()
    if documents:
        yield Finding("Record", Verdict.OK, f"{documents} documents")
    else:
        mend = "rapporteur library load-record"
        yield Finding("Record", Verdict.WITHOUT, "not loaded: pages are empty", mend)


def look_at_jobs() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield Finding("Jobs and cache", Verdict.OK, "kept in files (no REDIS_URL)")
        return
    import redis

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        yield Finding(
            "Jobs and cache", Verdict.WRONG, str(error), "Check REDIS_URL and that Redis runs."
        )
    else:
        yield Finding("Jobs and cache", Verdict.OK, "Redis answers")


def look_at_search() -> Iterator[Finding]:
    index = Path(settings.SEARCH_INDEX)
    if index.is_dir() and any(index.iterdir()):
        yield Finding("Search index", Verdict.OK, str(index))
    else:
        mend = "rapporteur search rebuild"
        yield Finding("Search index", Verdict.WITHOUT, "none: search finds nothing", mend)


def look_at_catalogs() -> Iterator[Finding]:
    from rapporteur.operations.translations import LANGUAGES, catalog_path

    missing = [name for name in LANGUAGES if not catalog_path(name).with_suffix(".mo").is_file()]
    if missing:
        mend = "rapporteur translations compile"
        yield Finding("Translations", Verdict.WITHOUT, f"not compiled: {', '.join(missing)}", mend)
    else:
        yield Finding("Translations", Verdict.OK, f"{len(LANGUAGES)} languages beside English")


def look_at_documents() -> Iterator[Finding]:
    try:
        import pypandoc

        version = str(pypandoc.get_pandoc_version())
    except (ImportError, OSError) as error:
        yield Finding("Word files (pandoc)", Verdict.WITHOUT, str(error), "make setup")
    else:
        yield Finding("Word files (pandoc)", Verdict.OK, f"pandoc {version}")
    try:
        import weasyprint
    except (ImportError, OSError):
        yield Finding(
            "PDF files (pango)",
            Verdict.WITHOUT,
            "pango is missing: PDF files are refused, all else works",
            "Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango",
        )
    else:
        yield Finding("PDF files (pango)", Verdict.OK, f"WeasyPrint {weasyprint.__version__}")
    yield from look_at_fonts()


def look_at_fonts() -> Iterator[Finding]:
    tool = shutil.which("fc-list")
    if tool is None:
        yield Finding(
            "Fonts for PDF",
            Verdict.WITHOUT,
            "fontconfig is missing",
            "Debian: apt-get install fontconfig fonts-noto-core fonts-noto-cjk",
        )
        return
    for language, name in (("ar", "Arabic"), ("zh-cn", "Chinese"), ("ru", "Russian")):
        done = subprocess.run(  # noqa: S603 - a fixed program and argument
            [tool, f":lang={language}", "family"], capture_output=True, text=True, check=False
        )
        families = done.stdout.strip().splitlines()
        if families:
            yield Finding(f"Fonts for PDF: {name}", Verdict.OK, f"{len(families)} families")
        else:
            yield Finding(
                f"Fonts for PDF: {name}",
                Verdict.WITHOUT,
                "none: the script would print as empty boxes",
                "Debian: apt-get install fonts-noto-core fonts-noto-cjk",
            )


def look_at_browser() -> Iterator[Finding]:
    if importlib.util.find_spec("playwright") is None:
        return
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser:
        yield Finding("Browser tests", Verdict.OK, browser)
    else:
        mend = "Debian: apt-get install chromium"
        yield Finding("Browser tests", Verdict.WITHOUT, "no Chromium: they are skipped", mend)


def look_at_security() -> Iterator[Finding]:
    if settings.DEMONSTRATION:
        yield Finding(
            "Security",
            Verdict.OK,
            "demonstration: no second factor, no encryption, this machine only",
        )
        return
    faults = [
        message
        for message in run_checks(include_deployment_checks=True)
        if message.level >= WARNING and not message.is_silenced()
    ]
    for message in faults:
        yield Finding(
            "Security", Verdict.WRONG, str(message.msg).splitlines()[0], message.hint or ""
        )
    if not faults:
        yield Finding("Security", Verdict.OK, "the deployment checks are clean")


def look_at_mail() -> Iterator[Finding]:
    if "smtp" in settings.EMAIL_BACKEND:
        yield Finding("Mail", Verdict.OK, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    elif settings.DEMONSTRATION:
        yield Finding("Mail", Verdict.OK, f"written to {settings.EMAIL_FILE_PATH}")
    else:
        yield Finding(
            "Mail",
            Verdict.WITHOUT,
            "no mail leaves this site: nobody can confirm an address",
            "Set EMAIL_URL, for example smtp+tls://name:password@mail.example.org:587",
        )


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    look_at_python,
    look_at_home,
    look_at_database,
    look_at_jobs,
    look_at_search,
    look_at_catalogs,
    look_at_documents,
    look_at_mail,
    look_at_security,
    look_at_browser,
)
