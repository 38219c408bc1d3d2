"""Invented entries for a first visit: they say so themselves."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from rapporteur.directory.models import Account
from rapporteur.register.actions import drafting, publishing
from rapporteur.register.content import read_json
from rapporteur.register.models import Activity

FILE = Path(__file__).with_name("data") / "demonstration.json"
SOURCE = "demonstration"


@transaction.atomic
def load_demonstration(*, by: Account) -> int:
    """Publish the invented entries; return how many were added. Twice adds nothing.

    ``by`` is of the secretariat.
    """
    known = set(Activity.objects.filter(source_name=SOURCE).values_list("source_key", flat=True))
    added = 0
    for number, given in enumerate(json.loads(FILE.read_text(encoding="utf-8")), start=1):
        if str(number) not in known:
            add(str(number), given, by=by)
            added += 1
    return added


def add(key: str, given: dict[str, Any], *, by: Account) -> None:
    """Publish one entry as of the day that it names."""
    at = datetime.fromisoformat(given["published"]).replace(hour=12, tzinfo=UTC)
    confirmed = given["confirmed"]
    said = {name: value for name, value in given.items() if name not in ("published", "confirmed")}
    content, problems = read_json(said)
    if problems:
        raise ValueError(f"demonstration.json, entry {key}: {problems}")
    version = drafting.begin_activity(content=content, by=by, at=at)
    Activity.objects.filter(pk=version.activity_id).update(source_name=SOURCE, source_key=key)
    version.refresh_from_db()
    version = drafting.submit(version=version, by=by, at=at)
    activity = publishing.publish(version=version, by=by, at=at)
    if not confirmed:
        Activity.objects.filter(pk=activity.pk).update(confirmed_at=None, confirmed_by=None)
