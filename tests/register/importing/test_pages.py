"""The secretariat's pages of an import."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from rapporteur.common.jobs.models import Job, JobState
from rapporteur.register.importing import uploads
from rapporteur.register.models import Activity, ImportSource
from tests.factories.register import make_secretariat
from tests.register.importing.conftest import HEADER, row

pytestmark = pytest.mark.django_db
GOOD = b"title,country\nSchool wells online,Kenya\nTwo,NA\n"


@pytest.fixture
def desk(client, framework, media):
    client.force_login(make_secretariat())
    return client


@pytest.fixture
def upload(desk, django_capture_on_commit_callbacks):
    """Return what uploads a file and returns the job of looking through it."""

    def send(content: bytes, name: str = "rows.csv", source: str = "") -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            response = desk.post(
                reverse("register:import"),
                {"file": SimpleUploadedFile(name, content), "source": source},
            )
        assert response.status_code == 302
        return Job.objects.latest("pk")

    return send


@pytest.fixture
def run(desk, django_capture_on_commit_callbacks):
    def send(job: Job, address: str, **data: str) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            response = desk.post(reverse(f"register:{address}", args=[job.pk]), data)
        assert response.status_code == 302
        return Job.objects.latest("pk")

    return send


def page(desk, job) -> str:
    return desk.get(reverse("register:import-job", args=[job.pk])).content.decode()


def test_look_stores_nothing_and_import_stores_all(desk, upload, run):
    job = upload(GOOD, source="Ministry lists")

    assert (job.state, job.result["added"], job.result["stored"]) == (JobState.DONE, 2, False)
    assert Activity.objects.count() == 0
    assert "Import all 2 activities" in page(desk, job)

    done = run(job, "import-run", rows="all")

    assert (done.result["added"], done.result["stored"]) == (2, True)
    assert sorted(Activity.objects.values_list("title", "source_name")) == [
        ("School wells online", "Ministry lists"),
        ("Two", "Ministry lists"),
    ]
    assert "The activities are imported." in page(desk, done)
    assert run(job, "import-run", rows="all").result["unchanged"] == 2


def test_faulty_cells_are_shown_with_the_nearest_values(desk, upload, run):
    job = upload(b"title,country\nWells,Kenja\n<b>Two</b>,Kenya\n")
    text = page(desk, job)

    assert "KEN (Kenya)" in text
    assert "Kenja" in text
    assert "Import all" not in text
    assert "Import the 1 good row only" in text
    listed = desk.get(reverse("register:import-refused", args=[job.pk]))
    assert b"".join(listed.streaming_content).decode().splitlines()[1].startswith("1,country,Kenja")
    refused = desk.post(reverse("register:import-run", args=[job.pk]), {"rows": "all"})
    assert refused.status_code == 409
    done = run(job, "import-run", rows="good")
    assert Activity.objects.get().title == "<b>Two</b>"
    assert "<b>Two" not in page(desk, done)


def test_columns_are_chosen_and_remembered(desk, upload, run):
    content = b"Vorhaben,Land,Jahr\nWells,Kenya,2019\n"
    job = upload(content, source="liste")
    assert "No column of the file is known as the title." in page(desk, job)

    again = run(job, "import-columns", title="Vorhaben", country="Land", year="Jahr")
    assert (again.result["added"], again.result["refused_rows"]) == (1, 0)
    run(again, "import-run", rows="all")

    assert ImportSource.objects.get(name="liste").mapping
    later = upload(b"Vorhaben,Land,Jahr\nWells,Kenya,2019\nMore,Kenya,2020\n", source="liste")
    assert (later.result["added"], later.result["unchanged"]) == (1, 1)


def test_columns_need_a_title(desk, upload):
    job = upload(GOOD)

    response = desk.post(reverse("register:import-columns", args=[job.pk]), {"title": ""})

    assert response.status_code == 422


@pytest.mark.parametrize("form", ["xlsx", "jsonl"])
def test_other_forms_come_in_too(desk, upload, run, form):
    if form == "xlsx":
        book, made = Workbook(), io.BytesIO()
        book.active.append(HEADER)
        book.active.append(row())
        book.save(made)
        content = made.getvalue()
    else:
        content = b'{"title": "School wells online", "country": ["Kenya", "Namibia"]}\n'

    run(upload(content, name=f"rows.{form}"), "import-run", rows="all")

    assert Activity.objects.get().title == "School wells online"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.csv", b""),
        ("rows.xlsx", b"PK\x03\x04 broken"),
        ("rows.csv", b'title\n"open\n'),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
    ],
)
def test_file_that_is_no_table_says_why(
    desk, framework, django_capture_on_commit_callbacks, name, content
):
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(
            reverse("register:import"), {"file": SimpleUploadedFile(name, content)}
        )
    if response.status_code == 422:  # an empty file is refused by the form
        assert content == b""
        return
    job = Job.objects.latest("pk")

    assert job.state == JobState.FAILED
    assert job.message in page(desk, job)
    assert Activity.objects.count() == 0


def test_file_that_is_too_large_is_left_while_it_arrives(desk, settings):
    settings.UPLOAD_MAX_BYTES = {"register:import": 1000}

    response = desk.post(
        reverse("register:import"), {"file": SimpleUploadedFile("rows.csv", b"x" * 5000)}
    )

    assert response.status_code == 413
    assert Job.objects.count() == 0


def test_running_job_shows_how_far_it_is_and_comes_anew(desk):
    from rapporteur.common.jobs import progress
    from tests.register.importing.conftest import AT

    job = Job.objects.create(
        kind="register.import",
        state=JobState.RUNNING,
        arguments={"name": "rows.csv"},
        total=5000,
        made_at=AT,
    )
    progress.note(job.pk, 2000)

    response = desk.get(reverse("register:import-job", args=[job.pk]))

    assert response.headers["Refresh"] == "3"
    assert 'value="2000"' in response.content.decode()
    progress.forget(job.pk)


def test_many_rows_come_in_through_the_page(desk, upload, run):
    lines = "".join(f"T{number},Kenya,C3,{2000 + number % 20}\n" for number in range(2_000))
    job = upload(b"title,country,action_line,year\n" + lines.encode())

    done = run(job, "import-run", rows="all")

    assert (done.total, done.result["added"], Activity.objects.count()) == (2_000, 2_000, 2_000)


def test_old_uploads_are_taken_away(media, monkeypatch):
    token = uploads.keep([b"x"])
    monkeypatch.setattr(uploads, "KEPT_SECONDS", -1)

    uploads.take_away_old()

    assert not (uploads.folder() / token).exists()
