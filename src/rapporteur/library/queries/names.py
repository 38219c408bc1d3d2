"""Which concept a code means."""

from __future__ import annotations

from collections.abc import Iterable

from rapporteur.framework.models import Concept


def concepts_by_code(codes: Iterable[str]) -> dict[str, int]:
    """Return concept ids by code; a code that no scheme has is left out. One query."""
    return dict(
        Concept.objects.filter(code__in=set(codes), retired_at__isnull=True).values_list(
            "code", "pk"
        )
    )
