import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Refusal
from rapporteur.directory.models import Account
from rapporteur.framework.models import Concept, ConceptScheme
from rapporteur.operations import backup

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


@pytest.fixture
def place(settings, tmp_path):
    """An empty folder of files, and a place for backups."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def fill():
    scheme = ConceptScheme.objects.create(code="x", titles={"ar": "نص", "en": "X"}, source="s")
    first = Concept.objects.create(scheme=scheme, code="X1", names={"en": "one"}, retired_at=AT)
    Concept.objects.create(scheme=scheme, code="X1.1", names={"en": "two"}, broader=first)
    account = Account.objects.create_user("a@example.org", None)
    record_event("room.thing.done", by=account, at=AT, target=scheme, details={"n": 1})
    folder = Path(django_settings.MEDIA_ROOT) / "documents"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"text\n")


def test_a_backup_tells_its_rows_and_files(place):
    fill()

    made = backup.make_backup(place / "b.tar.gz")

    with tarfile.open(made.path) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert made.files == 1
    assert manifest["tables"]["framework.concept"]["rows"] == 2
    assert manifest["tables"]["common.auditevent"]["rows"] == 1
    assert list(manifest["files"]) == ["documents/a.txt"]
    assert (made.path.stat().st_mode & 0o777) == 0o600


def test_a_backup_never_replaces_a_file(place):
    (place / "b.tar.gz").write_bytes(b"precious")

    with pytest.raises(Refusal, match="exists"):
        backup.make_backup(place / "b.tar.gz")

    assert (place / "b.tar.gz").read_bytes() == b"precious"


def test_rows_come_back_exactly(place):
    fill()
    rows = {
        model._meta.label_lower: [backup.encode_row(row) for row in model._base_manager.all()]
        for model in backup.tables()
    }

    for model in backup.tables():
        back = [
            backup.encode_row(backup.decode_row(model, json.loads(json.dumps(values))))
            for values in rows[model._meta.label_lower]
        ]
        assert back == rows[model._meta.label_lower]


def test_restore_refuses_a_database_that_is_not_empty(place):
    fill()
    made = backup.make_backup(place / "b.tar.gz")

    with pytest.raises(Refusal, match="not empty"):
        backup.restore_backup(made.path)


@pytest.mark.parametrize(
    ("name", "body"),
    [("empty", b""), ("text", b"not a backup"), ("cut", None)],
)
def test_what_is_no_backup_is_refused(place, name, body):
    fill()
    if body is None:
        whole = backup.make_backup(place / "b.tar.gz").path.read_bytes()
        body = whole[: len(whole) // 2]
    path = place / name
    path.write_bytes(body)

    with pytest.raises(Refusal):
        backup.restore_backup(path)


def test_a_backup_with_a_name_that_leads_elsewhere_is_refused(place):
    path = place / "evil.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("../outside"))

    with pytest.raises(Refusal, match=r"\.\./outside"):
        backup.open_backup(path)


def test_verify_restores_into_a_scratch_place_and_compares(place):
    fill()
    made = backup.make_backup(place / "b.tar.gz")

    found = backup.verify_backup(made.path)

    assert found.differences == ()
    assert (found.rows, found.files) == (made.rows, 1)


def test_verify_finds_a_changed_row(place):
    fill()
    made = backup.make_backup(place / "b.tar.gz")
    changed = place / "changed.tar.gz"
    with tarfile.open(made.path) as old, tarfile.open(changed, "w:gz") as new:
        for member in old.getmembers():
            body = old.extractfile(member).read()
            if member.name == "tables/framework.concept.jsonl":
                body = body.replace(b'"one"', b'"eno"')
            info = tarfile.TarInfo(member.name)
            info.size = len(body)
            new.addfile(info, io.BytesIO(body))

    with pytest.raises(Refusal, match=r"framework\.concept: the rows' checksum differs"):
        backup.verify_backup(changed)
