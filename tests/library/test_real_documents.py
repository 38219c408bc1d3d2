"""The real documents through the whole room: files, record, pages."""

import gzip
from datetime import UTC, datetime

import pytest

from rapporteur.directory.actions.loading import load_pack
from rapporteur.library.actions.importing import Result, import_document
from rapporteur.library.actions.record import load_record
from rapporteur.library.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.documents]
AT = datetime(2026, 3, 2, tzinfo=UTC)


def take(path, **values):
    return import_document(
        data=path.read_bytes(), file_name=path.name, publish=True, apart=False, at=AT, **values
    )


def test_two_extractions_of_one_resolution_are_renditions(shared_data):
    folder = shared_data / "un_documents"

    first = take(folder / "reports" / "ECOSOC_res_2024-13.txt")
    second = take(folder / "resolutions" / "E_RES_2024_13.md")

    assert (first.result, second.result) == (Result.ADDED, Result.RENDITION)
    assert second.version == first.version
    assert second.version.renditions.get(media_type="text/markdown").differences == [
        {"anchor": "pp7", "held": "outline", "here": "outline-solid"}
    ]
    document = Document.objects.get()
    assert document.paragraphs.filter(kind="operative").count() == 124


def test_the_2024_report_joins_the_record_and_stays_one_page(shared_data, client):
    load_pack(at=AT)
    load_record(at=AT)

    outcome = take(shared_data / "un_documents" / "reports" / "SG_report_A-80-62_WSIS_2024.txt")

    document = outcome.document
    assert document.symbol == "A/80/62-E/2025/3"
    assert document.contributors.count() == 31
    paragraphs = document.paragraphs.filter(retired_at__isnull=True)
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, 88))
    assert all(paragraph.checked_by == "record" for paragraph in paragraphs)
    figure = paragraphs.get(anchor="p84").figures.get(low=68)
    assert (figure.subject, figure.quote != "") == ("people using the Internet, world", True)
    html = client.get("/documents/A/80/62-E/2025/3").content
    assert html.count(b'<div class="edition-row"') == 87
    assert len(gzip.compress(html)) < 40_000
