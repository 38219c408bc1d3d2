"""Broken and hostile files through the upload page, and files with bytes changed."""

from __future__ import annotations

import os
import random
import tempfile
import time
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from rapporteur.analysis.documents.model import NotADocument
from rapporteur.analysis.documents.parse import parse_document
from rapporteur.analysis.names import Names
from rapporteur.library.actions import importing
from rapporteur.library.errors import FileRefused
from rapporteur.library.models import Document, Rendition
from rapporteur.library.reading import document as reading
from rapporteur.library.reading.checks import check_file
from rapporteur.library.views import desk
from tests.factories.library import REPORT_TEXT, make_editor
from tests.policy.accounts import add_second_factor
from tests.security.hostile_files import APART, GOOD, GOOD_TEXT, KINDS, SECRET
from tests.security.markup import active_nodes, text_of

LONGEST = 10.0
MUTATIONS = int(os.environ.get("RAPPORTEUR_MUTATIONS", "300"))
FILES = [
    pytest.param(name, data, id=f"{kind}: {name}")
    for kind, files in KINDS.items()
    for name, data in files.items()
]


@pytest.fixture
def staff(client, settings, tmp_path, monkeypatch, db):
    settings.MEDIA_ROOT = tmp_path / "files"
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    account = make_editor()
    add_second_factor(account)
    client.force_login(account)
    client.temporary = folder
    yield client
    assert list(folder.iterdir()) == []


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def kept_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_there_are_thirty_of_each_kind():
    assert min(len(files) for files in KINDS.values()) >= 30


@pytest.mark.parametrize(("name", "data"), FILES)
def test_a_file_is_refused_clearly_and_leaves_nothing(staff, settings, monkeypatch, name, data):
    if name not in APART:
        monkeypatch.setattr(
            desk.importing, "import_document", partial(importing.import_document, apart=False)
        )
    before = rows()
    started = time.monotonic()

    response = staff.post(
        "/desk/documents/new",
        {
            "file": SimpleUploadedFile(name, data),
            "symbol": "A/99/42",
            "link": "https://example.org/typed",
            "kind": "narrative",
        },
    )

    assert time.monotonic() - started < LONGEST
    page = response.content.decode()
    assert response.status_code == 422, response.headers.get("Location")
    assert rows() == before
    assert kept_files(settings) == []
    assert list(active_nodes(page)) == []
    assert SECRET not in page
    for typed in ('value="A/99/42"', 'value="https://example.org/typed"', "selected>Narrative"):
        assert typed in page
    assert "There is a problem" in text_of(page)
    assert "Traceback" not in page


@pytest.mark.parametrize("name", GOOD)
def test_the_good_files_are_read(staff, name):
    response = staff.post("/desk/documents/new", {"file": SimpleUploadedFile(name, GOOD[name])})

    assert response.status_code == 302, text_of(response.content.decode())
    assert "laid pipes of knowledge" in staff.get(response.headers["Location"]).content.decode()


def test_a_file_over_the_limit_is_left_while_it_arrives(staff, settings):
    settings.DOCUMENT_MAX_BYTES = 3 * 1024 * 1024
    for size in (settings.DOCUMENT_MAX_BYTES + 1, 12 * 1024 * 1024):
        data = GOOD_TEXT + b" " * (size - len(GOOD_TEXT))
        before = rows()
        response = staff.post(
            "/desk/documents/new",
            {"symbol": "A/99/42", "file": SimpleUploadedFile("large.txt", data), "kind": "report"},
        )
        page = response.content.decode()
        assert response.status_code == 413
        assert "larger than 3.0" in page.replace("\xa0", " ")
        assert 'value="A/99/42"' in page
        assert "This field is required" not in page
        assert rows() == before


def test_no_file_at_all(staff):
    response = staff.post("/desk/documents/new", {"symbol": "A/99/42"})

    assert response.status_code == 422
    assert 'value="A/99/42"' in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\system32\\a.txt",
        "/etc/cron.d/evil.txt",
        "a\x00.txt",
        "evil.txt\r\nSet-Cookie: a=b",
        "x" * 150 + ".txt",
        ".htaccess",
        "con.txt",
        "evil.php",
        "evil.html.txt ",
        "txt.exe\u202etxt",
        "'; drop table x; --.txt",
    ],
)
def test_a_file_s_name_names_nothing_on_the_disk(staff, settings, name):
    outcome = importing.import_document(
        data=GOOD_TEXT, file_name=name, at=make_editor().joined_at, apart=False
    )
    rendition = Rendition.objects.get()
    path = Path(settings.MEDIA_ROOT) / rendition.file.name

    assert path.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())
    assert path.name.startswith(rendition.file_digest[:16])
    assert path.stat().st_mode & 0o077 == 0
    assert not set(rendition.file_name) & set("/\\\x00\r\n\u202e")
    taken = staff.get(f"/desk/documents/files/{rendition.pk}")
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert taken.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(taken.streaming_content) == GOOD_TEXT
    assert outcome.document.pk


@pytest.mark.parametrize("link", ["javascript:window.ran=1", "file:///etc/passwd", "x"])
def test_a_link_given_on_the_command_line_is_an_address_of_the_web(staff, link):
    from rapporteur.library.errors import LinkRefused

    with pytest.raises(LinkRefused, match="valid URL"):
        importing.import_document(
            data=GOOD_TEXT, file_name="a.txt", link=link, at=make_editor().joined_at, apart=False
        )
    assert not Document.objects.exists()


def test_a_draft_that_is_thrown_away_leaves_no_file(
    staff, settings, django_capture_on_commit_callbacks
):
    uploaded = staff.post("/desk/documents/new", {"file": SimpleUploadedFile("a.txt", GOOD_TEXT)})
    assert len(kept_files(settings)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        staff.post(f"{uploaded.headers['Location']}/discard")

    assert Document.objects.count() == 0
    assert kept_files(settings) == []


def test_the_process_that_reads_knows_no_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "the key")
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:word@host/name")
    seen: list[dict[str, str]] = []
    started = reading.subprocess.Popen

    def note(*arguments, **options):
        seen.append(options["env"])
        return started(*arguments, **options)

    monkeypatch.setattr(reading.subprocess, "Popen", note)
    names = Names.from_rows([], places=[])
    reading.read_document(GOOD_TEXT, file_name="a.txt", names=names)

    assert "the key" not in str(seen)
    assert "somebody" not in str(seen)
    assert not Path(seen[0]["TMPDIR"]).exists()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the file with bytes flipped, a part cut out, doubled, moved or overwritten."""
    changed = bytearray(data)
    for _change in range(chance.choice((1, 1, 2, 5, 40))):
        if not changed:
            break
        start = chance.randrange(len(changed))
        end = min(len(changed), start + chance.choice((1, 2, 8, 64, 512)))
        match chance.randrange(6):
            case 0:
                changed[start] ^= 1 << chance.randrange(8)
            case 1:
                del changed[start:end]
            case 2:
                changed[start:start] = changed[start:end] * chance.choice((1, 2, 50))
            case 3:
                changed[start:end] = chance.randbytes(end - start)
            case 4:
                part = changed[start:end]
                del changed[start:end]
                place = chance.randrange(len(changed) + 1)
                changed[place:place] = part
            case 5:
                del changed[start:]
    return bytes(changed)


def test_changed_files_neither_break_nor_hang_the_reader():
    """``RAPPORTEUR_MUTATIONS=10000`` for the long run."""
    names = Names.from_rows([], places=[])
    chance = random.Random(20241122)
    goods = list(GOOD.items())
    read = refused = 0
    slowest = (0.0, "")
    for number in range(MUTATIONS):
        name, data = goods[number % len(goods)]
        given = mutated(data, chance)
        started = time.monotonic()
        refusal = None
        try:
            check_file(given, name)
            parsed = parse_document(given, file_name=name, kind="auto", names=names)
        except (NotADocument, FileRefused) as error:
            refusal = str(error)
        if refusal is None:
            found = importing.clean_json(parsed.as_json())
            assert found["document"]["kind"] in ("report", "resolution", "narrative")
            read += 1
        else:
            assert refusal.strip(), number
            assert "\n" not in refusal, number
            refused += 1
        took = time.monotonic() - started
        slowest = max(slowest, (took, f"{name} {number}"))
    assert slowest[0] < LONGEST, slowest
    assert read + refused == MUTATIONS
    assert read > MUTATIONS // 10
    assert refused > 0


def test_what_is_left_of_a_changed_text_is_stored_or_listed():
    """Nothing of a cut text is lost without a word: rows in are those stored and those listed."""
    names = Names.from_rows([], places=[])
    lines = REPORT_TEXT.splitlines(keepends=True)
    for gone in range(14, len(lines)):
        text = "".join(lines[:gone] + lines[gone + 1 :])
        try:
            parsed = parse_document(
                text.encode(), file_name="a.txt", kind="report", names=names
            ).as_json()
        except NotADocument:
            continue
        everything = str(parsed)
        for word in ("opened wells", "taught 300", "laid pipes"):
            assert (word in text) == (word in everything), (gone, word)
