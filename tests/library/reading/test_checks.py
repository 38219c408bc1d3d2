import io
import zipfile

import pytest

from rapporteur.analysis.package_names import package_names
from rapporteur.library.errors import FileRefused
from rapporteur.library.reading import read_document
from rapporteur.library.reading.checks import DOCX, HTML, MARKDOWN, PDF, TEXT, check_file
from tests.factories.library import REPORT_TEXT


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"%PDF-1.7 ...", "report.txt", PDF),
        (archive(**WORD), "report.bin", DOCX),
        (b"<!DOCTYPE html><p>Wells", "report", HTML),
        (b"<p>Wells", "report.html", HTML),
        (b"# Wells", "report.md", MARKDOWN),
        ("Wells".encode("utf-16"), "report.txt", TEXT),
        (b"Wells", "report.docx", TEXT),
    ],
)
def test_the_content_tells_what_a_file_is(data, name, media_type):
    assert check_file(data, name) == media_type


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n\x00", "The file is empty."),
        (b"MZ\x90\x00\x03\x00\x00", "The file is not a document that can be read."),
        (archive(**{"evil.exe": b"MZ"}), "not a Word file"),
        (b"PK\x03\x04 broken", "not a Word file"),
        (archive(**WORD, **{"../../etc/passwd": b"x"}), "unpacks to far more"),
        (
            archive(**{**WORD, "word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "definitions that Word never writes",
        ),
    ],
)
def test_hostile_and_broken_files_are_refused(data, words):
    with pytest.raises(FileRefused, match=words):
        check_file(data, "report.docx")


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_opened():
    bomb = archive(**WORD, **{"word/media/zeros": b"\x00" * (60 * 1024 * 1024)})

    with pytest.raises(FileRefused, match="unpacks to far more"):
        check_file(bomb, "bomb.docx")


def test_a_file_over_the_limit_is_refused(settings):
    settings.DOCUMENT_MAX_BYTES = 1024

    with pytest.raises(FileRefused, match="larger than"):
        check_file(b"a" * 1025, "report.txt")


@pytest.mark.parametrize("apart", [True, False])
def test_read_gives_the_same_here_and_in_a_process_of_its_own(apart):
    read = read_document(
        REPORT_TEXT.encode(), file_name="wells.txt", names=package_names(), apart=apart
    )

    assert read.media_type == TEXT
    assert [item["number"] for item in read.parsed["paragraphs"]] == [1, 2, 3]
    assert read.parsed["paragraphs"][2]["concepts"] == ["C2"]


@pytest.mark.parametrize("apart", [True, False])
def test_what_is_no_document_is_refused_in_one_line(apart):
    with pytest.raises(FileRefused) as refused:
        read_document(
            b"milk, eggs, bread", file_name="list.txt", names=package_names(), apart=apart
        )

    assert len(str(refused.value).splitlines()) == 1


def test_a_file_that_takes_too_long_is_left(monkeypatch):
    monkeypatch.setattr("rapporteur.library.reading.document.SECONDS_AT_MOST", 0.001)

    with pytest.raises(FileRefused, match="took too long"):
        read_document(b"1. Wells", file_name="wells.txt", names=package_names())
