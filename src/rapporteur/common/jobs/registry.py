"""What jobs do: rooms register their kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rapporteur.common.jobs.models import Job

# Does the work and returns the result (JSON). The second argument is told how far it is.
Run = Callable[[Job, Callable[[int], None]], dict[str, Any]]
_kinds: dict[str, Run] = {}


def add_job_kind(name: str, run: Run) -> None:
    """Register what a kind of job does. It may be run twice: the second time changes nothing.

    A ``Refusal`` that it raises ends the job as failed, with the refusal's words.
    """
    _kinds[name] = run


def job_kind(name: str) -> Run | None:
    return _kinds.get(name)
