import pytest
from django.core.management import call_command

from rapporteur.library.choices import DocumentState
from rapporteur.library.models import Document, Version
from tests.factories.library import REPORT_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "wells.txt"
    path.write_text(REPORT_TEXT)
    return path


def test_import_publishes_and_says_what_was_stored(report, capsys):
    call_command("library", "import", str(report), "--symbol", "A/99/1")

    document = Document.objects.get()
    assert (document.symbol, document.state) == ("A/99/1", DocumentState.PUBLISHED)
    out = capsys.readouterr()
    assert "added: A/99/1 (Progress made in digging wells of knowledge); 3 paragraphs" in out.out
    assert "1 file: 1 added." in out.out
    assert "not in the directory" in out.err


def test_import_again_is_unchanged(report, capsys):
    call_command("library", "import", str(report))
    call_command("library", "import", str(report))

    assert "1 file: 1 unchanged." in capsys.readouterr().out
    assert Version.objects.count() == 1


def test_import_as_a_draft(report):
    call_command("library", "import", str(report), "--draft")

    assert Document.objects.get().state == DocumentState.DRAFT


def test_import_goes_on_past_a_refused_file_and_exits_1(report, tmp_path, capsys):
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("")

    with pytest.raises(SystemExit) as ended:
        call_command("library", "import", str(nothing), str(tmp_path / "absent"), str(report))

    assert ended.value.code == 1
    assert Document.objects.count() == 1
    out = capsys.readouterr()
    assert "nothing.txt: refused: The file is empty." in out.err
    assert "absent: refused: No such file or directory" in out.err
    assert "3 files: 2 refused, 1 added." in out.out
