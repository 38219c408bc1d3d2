"""The register's own export comes back in with nothing changed; any search leaves as a file."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from django.urls import reverse
from rdflib import DCAT, DCTERMS, Graph
from rdflib.namespace import RDF

from rapporteur.analysis.tables.writing import write_table
from rapporteur.register import archive
from rapporteur.register.content import Link, Partner, Result, Translation
from rapporteur.register.exporting.columns import COLUMNS, NAMES
from rapporteur.register.exporting.rows import all_rows
from rapporteur.register.importing.running import import_file
from rapporteur.register.models import Activity, ActivityContact
from tests.factories.register import AT, make_activity, make_draft, make_withdrawn

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=30)


def make_rich():
    """Return an activity that says something in every field, and what a spreadsheet would run."""
    activity = make_activity(
        title="=HYPERLINK(1)",
        description='\'=1+1\nA second line; with "quotes"',
        language="en",
        kind="project",
        status="running",
        organization="Wells; Union",
        stakeholder_group="stakeholder:civil-society",
        partners=(Partner("First; one"), Partner('"Second"')),
        coverage="countries",
        countries=("KEN", "NAM"),
        starts="2019-05",
        ends="2021",
        action_lines=("C7.4", "C3"),
        sdgs=("SDG4.1",),
        compact=("GDC-11a",),
        target_groups=("target-group:women",),
        technologies=("+maps", "SMS"),
        results=(Result("result", "Wells mapped", "12.5", "wells", 2020),),
        links=(Link("https://example.org/a;b", "A label"), Link("https://example.org/c")),
        success_story="-It helped.",
        translations={"fr": Translation("Puits", "En français")},
        given={"C3": "suggestion"},
    )
    ActivityContact.objects.create(activity=activity, name="Private Person", email="p@example.org")
    return activity


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_own_export_comes_back_unchanged(tmp_path, form):
    make_rich()
    make_activity(title="Plain")
    path = tmp_path / f"activities.{form}"
    path.write_bytes(b"".join(write_table(form, COLUMNS, all_rows(site="https://r.example"))))

    outcome = import_file(path, at=NOW)

    assert outcome.as_json() == {"rows": 2, "accepted": 0, "unchanged": 2, "refused": []}


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_own_export_fills_another_register(tmp_path, form):
    said = make_rich().published_version.content
    path = tmp_path / f"activities.{form}"
    path.write_bytes(b"".join(write_table(form, COLUMNS, all_rows(site=""))))
    Activity.objects.update(published_version=None, state="draft", published_at=None)
    Activity.objects.all().delete()

    first, second = import_file(path, at=NOW), import_file(path, at=NOW + timedelta(hours=1))

    assert (first.added, second.unchanged) == (1, 1)
    assert Activity.objects.get().published_version.content == said


def test_change_in_an_own_export_makes_a_new_version(tmp_path):
    activity = make_activity(title="Before")
    path = tmp_path / "activities.csv"
    text = b"".join(write_table("csv", COLUMNS, all_rows(site=""))).decode()
    path.write_text(text.replace("Before", "After"), encoding="utf-8")

    assert import_file(path, at=NOW).changed == 1
    activity.refresh_from_db()
    assert (activity.title, activity.published_version.number) == ("After", 2)

    path.write_text(text.replace("Before", "Third"), encoding="utf-8")
    stale = import_file(path, at=NOW + timedelta(hours=1))
    assert [(cell.row, cell.column) for cell in stale.refused] == [(1, "")]


def test_spreadsheets_hold_no_formula_and_other_forms_the_text_as_it_is():
    make_rich()

    rows = list(all_rows(site=""))
    cells = next(
        csv.DictReader(io.StringIO(b"".join(write_table("csv", COLUMNS, rows)).decode("utf-8-sig")))
    )
    record = json.loads(b"".join(write_table("jsonl", COLUMNS, rows)))
    table = pq.read_table(io.BytesIO(b"".join(write_table("parquet", COLUMNS, rows)))).to_pylist()

    assert cells["title"] == "'=HYPERLINK(1)"
    assert cells["description"].startswith("''=1")
    assert record["title"] == table[0]["title"] == "=HYPERLINK(1)"
    assert table[0]["countries"] == ["KEN", "NAM"]


def test_nothing_private_leaves():
    make_rich()
    make_draft(title="A draft")
    make_withdrawn(title="Withdrawn")

    text = b"".join(write_table("jsonl", COLUMNS, all_rows(site=""))).decode()

    assert text.count("\n") == 1
    for private in (
        "Private Person",
        "p@example.org",
        "keeper@example.org",
        "A draft",
        "Withdrawn",
    ):
        assert private not in text
    assert not {"contact", "entered_by", "made_by"} & set(NAMES)


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet"])
def test_a_search_leaves_as_a_file(client, indexed, tmp_path, form):
    make_activity(title="Wells of Kenya")
    make_activity(title="Radio for Namibia", countries=("NAM",))
    indexed()

    response = client.get(reverse("register:activities"), {"country": "NAM", "format": form})

    content = b"".join(response.streaming_content)
    assert response.headers["Content-Disposition"] == f'attachment; filename="activities.{form}"'
    if form == "parquet":
        titles = pq.read_table(io.BytesIO(content)).column("title").to_pylist()
        assert titles == ["Radio for Namibia"]
    else:
        path = tmp_path / f"activities.{form}"
        path.write_bytes(content)
        assert import_file(path, at=NOW).unchanged == 1


@pytest.fixture
def kept(settings, tmp_path):
    settings.REGISTER_ARCHIVE = tmp_path / "archive"
    settings.SITE_URL = "https://register.example"
    return settings.REGISTER_ARCHIVE


def test_archive_holds_all_in_three_forms_with_checksums(kept):
    make_rich()
    make_activity(title="Two")

    made = archive.write_archive(at=NOW)

    folder = kept / made.name
    assert (made.name, made.rows) == ("2026-01-31T093000Z", 2)
    assert sorted(path.name for path in folder.iterdir()) == [
        "activities.csv.gz",
        "activities.jsonl.gz",
        "activities.parquet",
        "dcat.jsonld",
        "dcat.ttl",
        "index.json",
    ]
    with gzip.open(folder / "activities.csv.gz", "rt", encoding="utf-8-sig", newline="") as lines:
        assert [row["number"] for row in csv.DictReader(lines)] == [
            str(pk) for pk in Activity.objects.order_by("pk").values_list("pk", flat=True)
        ]
    assert pq.read_table(folder / "activities.parquet").num_rows == 2
    for file in made.files:
        content = (folder / file.name).read_bytes()
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert import_file(folder / "activities.jsonl.gz", at=NOW).unchanged == 2


@pytest.mark.parametrize(("file", "form"), [("dcat.ttl", "turtle"), ("dcat.jsonld", "json-ld")])
def test_archive_is_described_in_dcat(kept, file, form):
    make_activity()
    made = archive.write_archive(at=NOW)

    graph = Graph().parse(kept / made.name / file, format=form)

    dataset = graph.value(predicate=RDF.type, object=DCAT.Dataset)
    assert str(graph.value(dataset, DCTERMS.license)) == made.licence
    links = {str(link) for link in graph.objects(dataset, DCAT.distribution)}
    base = f"https://register.example/activities/archive/{made.name}"
    assert links == {f"{base}/{item.name}" for item in made.files}


def test_archive_page_lists_and_gives_the_files(client, kept):
    make_activity()
    made = archive.write_archive(at=NOW)

    page = client.get(reverse("register:archive")).content.decode()
    file = client.get(reverse("register:archive-file", args=[made.name, "activities.csv.gz"]))
    latest = client.get(reverse("register:archive-file", args=["latest", "dcat.ttl"]))

    assert made.files[0].sha256 in page
    assert b"".join(file.streaming_content) == (kept / made.name / "activities.csv.gz").read_bytes()
    assert latest.headers["Location"].endswith(f"/{made.name}/dcat.ttl")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("2020-01-01T000000Z", "dcat.ttl"),
        ("2026-01-31T093000Z", "other.csv"),
        ("..", "index.json"),
        ("latest", "other"),
    ],
)
def test_no_other_file_is_given(client, kept, name, file):
    make_activity()
    archive.write_archive(at=NOW)

    response = client.get(f"/activities/archive/{name}/{file}", follow=True)

    assert response.status_code == 404


def test_old_archives_go_and_the_newest_stays(kept, settings):
    settings.REGISTER_ARCHIVE_DAYS = 3
    for days in (0, 1, 5, 9):
        archive.write_archive(at=AT + timedelta(days=days))

    assert [item.made_at for item in archive.archives()] == [AT + timedelta(days=9)]


def test_archive_that_breaks_off_leaves_nothing(kept, monkeypatch):
    make_activity()
    monkeypatch.setattr(archive, "description", lambda *args, **more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        archive.write_archive(at=NOW)

    assert list(kept.iterdir()) == []
    assert archive.archives() == []
