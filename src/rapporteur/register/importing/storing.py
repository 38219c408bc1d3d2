"""Store what rows say, a batch at a time: new records, new versions of known ones, or nothing.

All tables of a batch are written in bulk. The caller holds the transaction: what was stored of a
file that is refused in the end is taken back with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max
from rapidfuzz import fuzz

from rapporteur.directory.models import Account
from rapporteur.directory.names import fold_name
from rapporteur.register.actions.projecting import labels_of, partner_slugs, stale_day
from rapporteur.register.choices import ActivityState, Origin, VersionState
from rapporteur.register.content import Content
from rapporteur.register.importing import matching
from rapporteur.register.importing.bulk import (
    check_links,
    defaults_of,
    insert_rows,
    new_keys,
    prepared,
)
from rapporteur.register.importing.matching import Held
from rapporteur.register.importing.rows import ReadRow
from rapporteur.register.importing.words import Words
from rapporteur.register.models import (
    Activity,
    ActivityConcept,
    ActivityCountry,
    ActivityPartner,
    Version,
)
from rapporteur.register.queries.known import keys_of_codes
from rapporteur.register.searchables import note_activities

# Below this likeness of titles (0 to 100), with another organization, an id means another thing.
LIKE_ENOUGH = 60


@dataclass(slots=True)
class Planned:
    """What is to be written of one row: a new record, or a new version of ``held``."""

    row: ReadRow
    key: str
    source: str
    held: Held | None = None


@dataclass
class Batch:
    """What became of a batch: counts, and the rows that are refused, each with a code."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    gaps: Counter[str] = field(default_factory=Counter)


class Store:
    """Writes the batches of one import of one source, made by ``by`` (or nobody) at ``at``."""

    def __init__(self, *, source: str, words: Words, by: Account | None, at: datetime) -> None:
        self.source = source
        self.words = words
        self.by = by
        self.at = at
        self.first_new = self.last_new = self._last_version = 0
        self._keys = keys_of_codes()
        by_pk = by.pk if by is not None else None
        moment = prepared(at)
        self._activity = {
            **defaults_of(Activity),
            "state": ActivityState.PUBLISHED.value,
            "created_at": moment,
            "published_at": moment,
            "updated_at": moment,
            "stale_on": prepared(stale_day(at)),
            "entered_by_id": by_pk,
        }
        self._version = {
            **defaults_of(Version),
            "number": 1,
            "state": VersionState.PUBLISHED.value,
            "origin": Origin.IMPORT.value,
            "made_by_id": by_pk,
            "made_at": moment,
            "saved_at": moment,
            "reviewed_by_id": by_pk,
            "reviewed_at": moment,
        }
        matching.open_claims()

    def put(self, rows: Sequence[ReadRow]) -> Batch:
        """Store a batch; a row that is known as it stands changes nothing."""
        batch = Batch()
        plans = _Plans(self, rows, batch).made()
        new = [plan for plan in plans if plan.held is None]
        known = [plan for plan in plans if plan.held is not None]
        for plan in plans:
            batch.gaps.update(plan.row.gaps)
        self._add(new)
        self._change(known)
        batch.added, batch.changed = len(new), len(known)
        check_links()
        return batch

    def close(self) -> None:
        matching.close_claims()

    def _add(self, plans: Sequence[Planned]) -> None:
        if not plans:
            return
        keys = new_keys(Activity, len(plans), self.last_new)
        version_keys = new_keys(Version, len(plans), self._last_version)
        self.first_new = self.first_new or keys[0]
        self.last_new, self._last_version = keys[-1], version_keys[-1]
        activities, versions = [], []
        for plan, key, version_key in zip(plans, keys, version_keys, strict=True):
            activity = {
                **self._activity,
                **self._columns_of(plan),
                "id": key,
                "published_version_id": version_key,
                "source_name": plan.source,
                "source_key": plan.key,
                "source_link": plan.row.source_link,
            }
            activities.append(tuple(activity.values()))
            versions.append(self._version_row(plan, version_key, key, 1, 0))
        insert_rows(Activity._meta.db_table, tuple(self._all_activity), activities)
        insert_rows(Version._meta.db_table, tuple(self._all_version), versions)
        self._link(zip(keys, (plan.row.content for plan in plans), strict=True))

    @property
    def _all_activity(self) -> Iterable[str]:
        return self._activity

    @property
    def _all_version(self) -> Iterable[str]:
        return self._version

    def _version_row(
        self, plan: Planned, key: int, activity: int, number: int, base: int
    ) -> tuple[Any, ...]:
        values = {
            **self._version,
            "id": key,
            "activity_id": activity,
            "number": number,
            "base": base,
            "content": plan.row.text,
            "digest": plan.row.digest,
        }
        return tuple(values.values())

    def _columns_of(self, plan: Planned) -> dict[str, Any]:
        """Return the columns of an activity that repeat its content."""
        content = plan.row.content
        return {
            "title": content.title,
            "language": content.language,
            "kind": content.kind,
            "status": content.status,
            "coverage": content.coverage,
            "organization_id": self.words.organization_ids.get(content.organization_slug),
            "organization_name": content.organization,
            "stakeholder_group_id": self._keys.concepts.get(content.stakeholder_group),
            "start_year": content.start_year,
            "end_year": content.end_year,
            "has_story": bool(content.success_story),
            "gaps": prepared(plan.row.gaps),
        }

    def _link(self, contents: Iterable[tuple[int, Content]]) -> None:
        """Write the labels, places and partnerships of activities that have none."""
        labels, places, partners = [], [], []
        concepts, countries = self._keys.concepts, self._keys.countries
        organizations = self.words.organization_ids
        for key, content in contents:
            labels += [
                (key, concepts[code], giver)
                for code, giver in labels_of(content)
                if code in concepts
            ]
            places += [(key, countries[code]) for code in dict.fromkeys(content.countries)]
            if content.partners:
                partners += [
                    (key, organizations[slug])
                    for slug in partner_slugs(content)
                    if slug in organizations
                ]
        insert_rows(
            ActivityConcept._meta.db_table, ("activity_id", "concept_id", "given_by"), labels
        )
        insert_rows(ActivityCountry._meta.db_table, ("activity_id", "country_id"), places)
        insert_rows(ActivityPartner._meta.db_table, ("activity_id", "organization_id"), partners)

    def _change(self, plans: Sequence[Planned]) -> None:
        """Give known records a new version, and what is counted of them its columns and links."""
        held = {plan.held.pk: plan for plan in plans if plan.held is not None}
        if not held:
            return
        pks = list(held)
        replaced = [plan.held.version_pk for plan in plans if plan.held is not None]
        Version.objects.filter(pk__in=replaced).update(state=VersionState.SUPERSEDED)
        numbers = dict(
            Version.objects.filter(activity_id__in=pks)
            .values_list("activity_id")
            .annotate(last=Max("number"))
        )
        keys = dict(zip(pks, new_keys(Version, len(pks), self._last_version), strict=True))
        self._last_version = max(keys.values())
        versions = [
            self._version_row(plan, keys[pk], pk, numbers[pk] + 1, plan.held.number)
            for pk, plan in held.items()
            if plan.held is not None
        ]
        insert_rows(Version._meta.db_table, tuple(self._all_version), versions)
        self._update(held, keys)
        for model in (ActivityConcept, ActivityCountry, ActivityPartner):
            model._default_manager.filter(activity_id__in=pks).delete()
        self._link((pk, plan.row.content) for pk, plan in held.items())
        note_activities(pks)

    def _update(self, held: dict[int, Planned], versions: dict[int, int]) -> None:
        changed: set[str] = {"published_version_id", "updated_at"}
        records = []
        for record in Activity.objects.filter(pk__in=held):
            for column, value in self._columns_of(held[record.pk]).items():
                setattr(record, column, held[record.pk].row.gaps if column == "gaps" else value)
                changed.add(column)
            record.published_version_id = versions[record.pk]
            record.updated_at = self.at
            records.append(record)
        names = {item.column: item.name for item in Activity._meta.concrete_fields}
        Activity.objects.bulk_update(records, [names[column] for column in sorted(changed)], 500)


class _Plans:
    """Decides for each row of a batch what it is: new, changed, unchanged, refused."""

    def __init__(self, store: Store, rows: Sequence[ReadRow], batch: Batch) -> None:
        self.store = store
        self.rows = rows
        self.batch = batch
        self.claims: list[int] = []
        self.by_number: dict[int, Held] = {}
        self.by_key: dict[tuple[str, str], Held] = {}
        self.more: dict[str, list[Held]] = defaultdict(list)

    def made(self) -> list[Planned]:
        self._look_up()
        plans = [plan for row in self.rows if (plan := self._plan(row)) is not None]
        matching.claim(self.claims)
        self._leave_edited(plans)
        return [plan for plan in plans if plan.row.row not in self._left]

    def _look_up(self) -> None:
        at = self.store.at
        numbers = [row.number for row in self.rows if row.number]
        if numbers:
            self.by_number = {held.pk: held for held in matching.by_numbers(numbers, at=at)}
        wanted: dict[str, dict[str, None]] = defaultdict(dict)
        for row in self.rows:
            source = row.source or self.store.source
            wanted[source][row.key] = None
            if not row.identified:
                wanted[source][f"{row.key}#2"] = None
        for source, keys in wanted.items():
            for held in matching.by_source_keys(source, list(keys), at=at):
                self.by_key[source, held.key] = held

    def _plan(self, row: ReadRow) -> Planned | None:
        """Return what is to be written of a row, ``None`` where nothing is."""
        source = row.source or self.store.source
        if row.identified:
            held = self._known(row, source)
            if held is not None:
                return self._meet(row, held, source)
            key = row.key
        else:
            found, key = self._occurrence(row, source)
            if found is not None:
                return self._meet(row, found, source)
        plan = Planned(row, key, source)
        new = Held(pk=0, key=key, digest=row.digest, claimed=True, title=row.content.title)
        self.by_key[source, key] = new
        if not row.identified:
            self.more[row.key].append(new)
        return plan

    def _known(self, row: ReadRow, source: str) -> Held | None:
        held = self.by_number.get(row.number)
        if held is not None and held.created_at == _when(row.made):
            return held
        return self.by_key.get((source, row.key))

    def _occurrence(self, row: ReadRow, source: str) -> tuple[Held | None, str]:
        """Return the record that a row without an id is, or ``None`` and the key of a new one.

        One that says the same is it; else one of the same identity that no row of this file was.
        """
        held = self.by_key.get((source, row.key))
        if held is None:
            return None, row.key
        if held.digest == row.digest:
            return held, ""
        if (source, f"{row.key}#2") in self.by_key and row.key not in self.more:
            self.more[row.key] = [
                found
                for found in matching.occurrences(source, row.key, at=self.store.at)
                if found.key != row.key
            ]
        others = [held, *(other for other in self.more.get(row.key, ()) if other is not held)]
        same = next((other for other in others if other.digest == row.digest), None)
        if same is not None:
            return same, ""
        free = next((other for other in others if not other.claimed), None)
        if free is not None:
            return free, ""
        return None, f"{row.key}#{len(others) + 1}"

    def _meet(self, row: ReadRow, held: Held, source: str) -> Planned | None:
        """Return the plan of a row that is a record which the register has, if it changes it."""
        if held.digest == row.digest:
            self.batch.unchanged += 1
            if held.pk and not held.claimed:
                self.claims.append(held.pk)
                held.claimed = True
            return None
        code, details = self._objection(row, held)
        if code:
            self.batch.refused.append((row.row, code, details))
            return None
        held.claimed = True
        plan = Planned(row, held.key, source, held)
        held.digest = row.digest
        return plan

    @staticmethod
    def _objection(row: ReadRow, held: Held) -> tuple[str, dict[str, Any]]:
        """Return why a record is not changed by a row: a code and what its words need."""
        if held.claimed:
            return "same-row", {}
        if held.state == ActivityState.WITHDRAWN:
            return "withdrawn", {}
        if held.state == ActivityState.MERGED:
            return "merged", {}
        if row.number and row.number == held.pk:
            if row.version != held.number:
                return "moved-on", {"exported": row.version, "now": held.number}
            return "", {}
        if row.identified and _is_other(row.content, held):
            return "other-activity", {"title": held.title[:80]}
        return "", {}

    def _leave_edited(self, plans: Sequence[Planned]) -> None:
        """Refuse rows whose records people changed here since they were imported.

        A row that says what the last import said is no news: it counts as unchanged.
        """
        self._left: set[int] = set()
        edited = {
            plan.held.pk: plan
            for plan in plans
            if plan.held is not None
            and plan.held.origin != Origin.IMPORT
            and plan.row.number != plan.held.pk
        }
        if not edited:
            return
        last = matching.last_imported(list(edited))
        for pk, plan in edited.items():
            self._left.add(plan.row.row)
            if last.get(pk) == plan.row.digest:
                self.batch.unchanged += 1
            else:
                self.batch.refused.append((plan.row.row, "edited", {}))


def _is_other(content: Content, held: Held) -> bool:
    """Return whether an id that is known means something else here: other title, other body."""
    if fold_name(content.organization) == fold_name(held.organization):
        return False
    return fuzz.ratio(fold_name(content.title), fold_name(held.title)) < LIKE_ENOUGH


def _when(made: str) -> datetime | None:
    try:
        return datetime.fromisoformat(made)
    except ValueError:
        return None
