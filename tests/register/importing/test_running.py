"""Whole imports: what is stored, what is not, and what a second run finds."""

from __future__ import annotations

import json

import pytest
from openpyxl import Workbook

from rapporteur.common.models import AuditEvent
from rapporteur.directory.models import OrganizationName
from rapporteur.directory.names import fold_name
from rapporteur.register.actions import drafting, publishing
from rapporteur.register.choices import ActivityState, Origin, VersionState
from rapporteur.register.content import Link
from rapporteur.register.importing import matching
from rapporteur.register.importing.running import FileUnreadable
from rapporteur.register.models import Activity, ImportSource, Version
from rapporteur.search.models import Change
from tests.factories.register import make_organization, make_person, make_secretariat
from tests.register.importing.conftest import AT, FULL, HEADER, cells_refused, row

pytestmark = pytest.mark.django_db


def test_full_row_becomes_a_published_activity(load, table):
    organization = make_organization("wells-union", "Wells Union")
    OrganizationName.objects.create(
        organization=organization, text="Wells Union", key=fold_name("Wells Union"), kind="name"
    )

    outcome = load(table(FULL))

    assert outcome.as_json() == {"rows": 1, "accepted": 1, "unchanged": 0, "refused": []}
    activity = Activity.objects.get()
    assert (activity.state, activity.source_name, activity.source_key) == (
        ActivityState.PUBLISHED,
        "rows",
        "id:1",
    )
    content = activity.published_version.says
    assert (content.title, content.organization, content.organization_slug) == (
        "School wells online",
        "Wells Union",
        "wells-union",
    )
    assert (content.stakeholder_group, content.countries, content.coverage) == (
        "stakeholder:civil-society",
        ("KEN",),
        "countries",
    )
    assert (content.action_lines, content.sdgs) == (("C7.4",), ("SDG4",))
    assert (content.starts, content.ends) == ("2019", "2021")
    assert content.links == (Link("https://example.org/wells"),)
    assert content.given == {"C7.4": "source", "SDG4": "source"}
    assert activity.organization == organization
    assert activity.stakeholder_group.code == "stakeholder:civil-society"
    assert (activity.start_year, activity.end_year, activity.has_story) == (2019, 2021, False)
    assert activity.gaps == ["language", "kind", "status"]
    assert sorted(activity.labels.values_list("concept__code", "given_by")) == [
        ("C7.4", "source"),
        ("SDG4", "source"),
    ]
    assert list(activity.places.values_list("country__iso3", flat=True)) == ["KEN"]
    version = activity.published_version
    assert (version.number, version.state, version.origin) == (
        1,
        VersionState.PUBLISHED,
        Origin.IMPORT,
    )
    assert (activity.published_at, activity.confirmed_at) == (AT, None)
    assert str(activity.stale_on) == "2028-02-29"


def test_import_is_in_the_audit_trail_and_the_change_log(load, table):
    load(table(row(), row(id="2", title="Another")), by=make_person())

    event = AuditEvent.objects.get(verb="register.activities.imported")
    assert event.details == {
        "source": "rows",
        "rows": 2,
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
    }
    first, last = Activity.objects.order_by("pk").values_list("pk", flat=True)
    assert Change.objects.filter(kind="register.activity").count() == 1
    assert str(first) in Change.objects.get(kind="register.activity").key
    assert last == first + 1
    assert ImportSource.objects.get().name == "rows"


def test_only_the_title_is_needed(load, table):
    outcome = load(table(("Alone",), header=["title"]))

    assert (outcome.accepted, outcome.refused) == (1, [])
    assert outcome.gaps == dict.fromkeys(Activity.objects.get().gaps, 1)
    assert Activity.objects.get().gaps[:3] == ["description", "language", "kind"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_importing_twice_adds_nothing(load, table, tmp_path, form):
    rows = [row(), row(id="2", title="Two"), row(id="", title="No id")]
    path = table(*rows)
    if form == "xlsx":
        path = tmp_path / "rows.xlsx"
        book = Workbook()
        for cells in (HEADER, *rows):
            book.active.append([int(cell) if cell.isdigit() else cell for cell in cells])
        book.save(path)
    if form == "jsonl":
        path = tmp_path / "rows.jsonl"
        path.write_text("".join(json.dumps(dict(zip(HEADER, r, strict=True))) + "\n" for r in rows))

    first, second = load(path), load(path)

    assert (first.accepted, first.unchanged) == (3, 0)
    assert (second.accepted, second.unchanged, second.refused) == (0, 3, [])
    assert (Activity.objects.count(), Version.objects.count()) == (3, 3)


def test_the_same_rows_in_another_form_add_nothing(load, table, tmp_path):
    load(table(*[row(id=str(number), title=f"T{number}") for number in range(5)]))
    book = Workbook()
    book.active.append(HEADER)
    for number in range(5):
        book.active.append([number, f"T{number}", *FULL[2:6], 4, *FULL[7:]])
    book.save(tmp_path / "rows.xlsx")

    assert load(tmp_path / "rows.xlsx").unchanged == 5


def test_changed_row_of_one_id_makes_a_new_version(load, table):
    load(table(row(), row(id="2", title="Other")))

    outcome = load(
        table(row(title="School wells on line", country="Namibia"), row(id="2", title="Other"))
    )

    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 1)
    activity = Activity.objects.get(source_key="id:1")
    assert activity.title == "School wells on line"
    assert list(activity.places.values_list("country__iso3", flat=True)) == ["NAM"]
    assert list(activity.versions.values_list("number", "state", "base")) == [
        (1, "superseded", 0),
        (2, "published", 1),
    ]
    assert load(table(row())).changed == 1
    assert activity.versions.count() == 3


def test_with_a_refused_row_nothing_is_stored(load, table):
    outcome = load(table(row(), row(id="2", action_line="C99", year="1492")))

    assert (outcome.rows, outcome.accepted, outcome.refused_rows) == (2, 1, 1)
    assert cells_refused(outcome) == [(2, "action_line", "C99"), (2, "year", "1492")]
    assert not outcome.stored
    assert (Activity.objects.count(), Version.objects.count(), ImportSource.objects.count()) == (
        0,
        0,
        0,
    )
    assert AuditEvent.objects.get().verb == "register.import.refused"


def test_good_rows_only_stores_the_good_ones(load, table):
    path = table(row(), row(id="2", country="Atlantis"), row(id="3", title="Three"))

    outcome = load(path, good_rows_only=True)

    assert (outcome.accepted, outcome.refused_rows, outcome.stored) == (2, 1, True)
    assert sorted(Activity.objects.values_list("source_key", flat=True)) == ["id:1", "id:3"]


def test_dry_run_finds_the_same_and_stores_nothing(load, table):
    path = table(row(), row(id="2", title=""))

    dry = load(path, dry_run=True)

    assert dry.as_json() == load(path).as_json()
    assert (Activity.objects.count(), dry.stored) == (0, False)
    assert AuditEvent.objects.count() == 1


def test_equal_rows_of_one_file_are_one_activity(load, table):
    outcome = load(table(row(), row(), row(id="", title="A"), row(id="", title="A")))

    assert (outcome.accepted, outcome.unchanged) == (2, 2)
    assert Activity.objects.count() == 2


def test_one_id_twice_with_other_words_is_refused_as_a_whole_row(load, table):
    outcome = load(table(row(), row(title="School wells offline")))

    assert cells_refused(outcome) == [(2, "", "School wells offline")]


def test_rows_without_id_that_share_title_and_body_are_all_kept(load, table):
    rows = [row(id="", description=text) for text in ("One.", "Two.", "Three.")]

    assert load(table(*rows)).added == 3
    again = load(table(*reversed(rows)))
    assert (again.unchanged, Activity.objects.count()) == (3, 3)
    changed = load(table(rows[0], row(id="", description="Four."), rows[2]))
    assert (changed.unchanged, changed.changed, Activity.objects.count()) == (2, 1, 3)


def test_many_batches_meet_each_other(load, table, monkeypatch):
    monkeypatch.setattr("rapporteur.register.importing.running.BATCH", 3)
    rows = [row(id=str(number % 7), title=f"T{number % 7}") for number in range(20)]
    rows += [row(id="", title="X", description=str(number % 3)) for number in range(9)]

    outcome = load(table(*rows))

    assert (outcome.rows, outcome.added, outcome.unchanged) == (29, 10, 19)
    assert load(table(*rows)).unchanged == 29


def test_another_file_s_ids_are_other_activities(load, table):
    load(table(row()))

    assert load(table(row(title="Quite another"), name="other.csv")).added == 1
    assert load(table(row(), name="third.csv"), source="rows").unchanged == 1


def test_an_id_of_another_activity_is_refused(load, table):
    load(table(row()))

    outcome = load(table(row(title="Broadband for islands", entity="Island Council")))

    assert cells_refused(outcome) == [(1, "", "Broadband for islands")]


def test_what_people_changed_here_is_not_overwritten(load, table):
    load(table(row()))
    activity, secretariat = Activity.objects.get(), make_secretariat()
    version = drafting.begin_change(activity=activity, by=secretariat, at=AT)
    content = version.says
    drafting.save_draft(
        version=version,
        content=type(content)(**{**_values(content), "title": "Mended title"}),
        by=secretariat,
        at=AT,
    )
    drafting.submit(version=version, by=secretariat, at=AT)
    version.refresh_from_db()
    publishing.publish(version=version, by=secretariat, at=AT)

    same = load(table(row()))
    other = load(table(row(description="New words.")))

    assert (same.unchanged, same.refused) == (1, [])
    assert cells_refused(other) == [(1, "", "School wells online")]
    activity.refresh_from_db()
    assert activity.title == "Mended title"


def _values(content):
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


def test_withdrawn_activity_stays_withdrawn(load, table):
    load(table(row()))
    publishing.withdraw(
        activity=Activity.objects.get(), reason="Ended.", by=make_secretariat(), at=AT
    )

    assert load(table(row())).unchanged == 1
    assert cells_refused(load(table(row(year="2020")))) == [(1, "", "School wells online")]
    assert Activity.objects.get().state == ActivityState.WITHDRAWN


@pytest.mark.parametrize(
    "content", [b"", b"name_of_it,country\nx,FRA\n", b"\x89PNG\r\n\x1a\n", b'title\n"open\n']
)
def test_file_that_is_no_table_stores_nothing(load, tmp_path, content):
    path = tmp_path / "rows.csv"
    path.write_bytes(content)

    with pytest.raises(FileUnreadable):
        load(path)

    assert ImportSource.objects.count() == 0


def test_file_that_breaks_after_many_rows_stores_nothing(load, table, monkeypatch):
    monkeypatch.setattr("rapporteur.register.importing.running.BATCH", 5)
    path = table(*[row(id=str(number), title=f"T{number}") for number in range(20)])
    with path.open("a") as out:
        out.write('21,"never closed\n')

    with pytest.raises(FileUnreadable) as refused:
        load(path)

    assert "21" in str(refused.value)
    assert Activity.objects.count() == 0


def test_claims_are_left_behind_by_no_import(load, table):
    load(table(row()))
    load(table(row()))

    with pytest.raises(Exception, match=matching.CLAIMS):
        Activity.objects.raw(f"SELECT activity AS id FROM {matching.CLAIMS}")[0]  # noqa: S608


def test_progress_is_told(load, table, monkeypatch):
    monkeypatch.setattr("rapporteur.register.importing.running.BATCH", 2)
    told = []

    load(table(*[row(id=str(n), title=f"T{n}") for n in range(5)]), progress=told.append)

    assert told == [2, 4, 5]
