"""``rapporteur register import`` as programs use it: one JSON object, and an exit code."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from rapporteur.register.models import Activity
from tests.register.importing.conftest import row

pytestmark = pytest.mark.django_db


def command(capsys, *arguments):
    """Return the exit code, the JSON on standard output, and standard error."""
    code = 0
    try:
        call_command("register", "import", *(str(argument) for argument in arguments))
    except SystemExit as left:
        code = left.code
    captured = capsys.readouterr()
    return (
        code,
        json.loads(captured.out) if captured.out.startswith("{") else captured.out,
        captured.err,
    )


def test_good_rows_exit_0(capsys, framework, table):
    path = table(row(), row(id="2", title="Two"))

    assert command(capsys, path, "--json")[:2] == (
        0,
        {"rows": 2, "accepted": 2, "unchanged": 0, "refused": []},
    )
    assert command(capsys, path, "--json")[:2] == (
        0,
        {"rows": 2, "accepted": 0, "unchanged": 2, "refused": []},
    )


def test_refused_rows_exit_1(capsys, framework, table):
    path = table(row(), row(id="2", country="Atlantis", year="1492"))

    code, out, _err = command(capsys, path, "--json")

    assert (code, out["rows"], out["accepted"], Activity.objects.count()) == (1, 2, 1, 0)
    assert [(cell["row"], cell["column"], cell["value"]) for cell in out["refused"]] == [
        (2, "country", "Atlantis"),
        (2, "year", "1492"),
    ]
    assert set(out["refused"][0]) == {"row", "column", "value", "message"}
    assert command(capsys, path, "--good-rows-only", "--json")[0] == 1
    assert Activity.objects.count() == 1


def test_unreadable_file_exits_2(capsys, framework, tmp_path):
    code, out, err = command(capsys, tmp_path / "none.csv", "--json")

    assert (code, set(out)) == (2, {"error"})
    assert out["error"] in err


def test_mapping_is_read_or_refused(capsys, framework, table, tmp_path):
    path = table(("Wells", "KENYA (REPUBLIC OF)"), header=["Vorhaben", "Land"])
    mapping = tmp_path / "m.toml"
    mapping.write_text('source = "liste"\n[fields]\ntitle = "Vorhaben"\ncountry = "Land"\n')

    assert command(capsys, path, "--map", mapping, "--json")[0] == 0
    assert Activity.objects.get().source_name == "liste"
    mapping.write_text('source = "liste"\n[fields]\ntitel = "Vorhaben"\n')
    code, out, _err = command(capsys, path, "--map", mapping, "--json")
    assert code == 2
    assert "title" in out["error"]


def test_words_for_people(capsys, framework, table):
    code, out, err = command(capsys, table(row(), row(id="2", sdg="18")))

    assert code == 1
    assert "row 2, column “sdg”" in out
    assert "2 rows: 1 new, 0 changed, 0 unchanged, 1 refused; not stored." in out
    assert "left open and flagged: language 1, kind 1, status 1" in err
