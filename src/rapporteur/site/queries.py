"""What is read of the error reports."""

from __future__ import annotations

from django.db.models import QuerySet

from rapporteur.site.models import ErrorReport


def error_reports() -> QuerySet[ErrorReport]:
    """Return every report, open ones first, then the latest. For the secretariat alone."""
    # "open" sorts after the two closed states.
    return ErrorReport.objects.select_related("answered_by").order_by(
        "-state", "-reported_at", "pk"
    )


def open_error_count() -> int:
    """Return how many reports wait for an answer."""
    return ErrorReport.objects.filter(state=ErrorReport.State.OPEN).count()


def report_with_token(token: str) -> ErrorReport | None:
    """Return the report that a form already made, or ``None``."""
    return ErrorReport.objects.filter(form_token=token).first()
