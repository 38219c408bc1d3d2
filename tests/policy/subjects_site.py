"""Records and bodies with which the policy test walks the shell's addresses."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from rapporteur.common.policy import Relation
from rapporteur.site import actions
from rapporteur.site.models import ErrorReport


def make_report() -> ErrorReport:
    return actions.report_error(token=secrets.token_hex(8), text="Wrong year.", at=timezone.now())


def error_report(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"reference": make_report().reference}


SUBJECTS: dict[str, Callable[[Relation, Any | None], dict[str, Any]]] = {
    "error-report": error_report,
    "error-answer": error_report,
    "error-send": error_report,
}

BODIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "report-error": lambda kwargs: {"text": "Wrong year.", "token": secrets.token_hex(8)},
    "error-answer": lambda kwargs: {"state": "corrected", "answer": "Mended."},
    "error-send": lambda kwargs: {},
}
