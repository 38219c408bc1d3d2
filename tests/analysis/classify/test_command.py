"""`rapporteur analysis classify`: lines in, lines out, and what is said of bad ones."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.classify import codes_of, suggest
from rapporteur.analysis.classify.command import main
from rapporteur.analysis.classify.rows import as_line, lines_of
from rapporteur.cli import main as rapporteur


def classify(tmp_path, data: bytes, *options: str, scheme: str = "action-lines") -> int:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(data)
    return rapporteur(["analysis", "classify", "--scheme", scheme, *options, str(path)])


@pytest.mark.parametrize("scheme", ["action-lines", "sdg"])
def test_json_keeps_order_and_fields_and_gives_every_concept(tmp_path, capfdbinary, scheme):
    texts = ["Telemedicine for hospitals", "", "Récolte et semences"]
    rows = [{"id": n, "text": text, "x": [1, None, "é"]} for n, text in enumerate(texts)]

    code = classify(tmp_path, b"".join(map(as_line, rows)), "--json", scheme=scheme)
    out, err = capfdbinary.readouterr()

    assert (code, err) == (0, b"")
    written = [json.loads(line) for line in out.splitlines()]
    assert written == [
        row
        | {
            "concepts": [
                {"code": found.code, "score": found.score} for found in suggest(row["text"], scheme)
            ]
        }
        for row in rows
    ]
    assert all(len(row["concepts"]) == len(codes_of(scheme)) for row in written)


def test_for_people(tmp_path, capfdbinary):
    data = as_line({"text": "Telemedicine for\nrural hospitals"}) + as_line({"text": ""})

    code = classify(tmp_path, data)

    score = suggest("Telemedicine for rural hospitals", "action-lines")[0].score
    assert code == 0
    assert capfdbinary.readouterr().out.decode() == (
        "1. Telemedicine for rural hospitals\n"
        f"   C7.4   {score:.2f}  Telemedicine, hospitals\n"
        "2. (empty)\n"
        "   no suggestion\n"
    )


def test_bad_lines_are_named_and_the_others_written(tmp_path, capfdbinary):
    data = (
        b'\xef\xbb\xbf{"text": "Health"}\n'
        b"not json\n"
        b"\n"
        b'["text"]\n'
        b'{"title": "Health", "id": 1}\n'
        b'{"text": null}\n'
        b'{"text": 7}\n'
        b'{"text": "caf\xe9"}\n'
        b'{"text": "Farming", "n": NaN}\n'
        b'{"text": "Farming"}'
    )

    code = classify(tmp_path, data, "--json")
    out, err = capfdbinary.readouterr()

    remedy = 'not a string. Put the words in quotes; an empty text is "".'
    assert code == 1
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["Health", "Farming"]
    assert err.decode().splitlines() == [
        'line 2: not JSON: \'not json\'. Expected one object on a line, as in {"text": "…"}.',
        'line 4: a JSON array, not an object. Write {"text": …} around it.',
        'line 5: no field "text" (found: title, id). Name the field with the words "text".',
        f'line 6: "text" is a JSON null, {remedy}',
        f'line 7: "text" is a JSON number, {remedy}',
        "line 8: byte 14 is not UTF-8. Save the file in UTF-8 and run again.",
        'line 9: not JSON: \'{"text": "Farming", "n": NaN}\'. Expected one object on a line, as in'
        ' {"text": "…"}.',
        "Lines not classified: 7.",
    ]


def test_missing_file(tmp_path, capsys):
    code = main(["--scheme", "sdg", str(tmp_path / "none.jsonl")])

    assert code == 2
    assert capsys.readouterr().err == f"{tmp_path / 'none.jsonl'}: No such file or directory\n"


def test_unknown_scheme_and_no_scheme(capsys):
    for arguments in (["--scheme", "gdc"], []):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 2
        assert "--scheme" in capsys.readouterr().err


def test_standard_input_without_django():
    """The process that classifies never loads Django."""
    program = (
        "import sys; from rapporteur.cli import main;"
        "code = main(['analysis', 'classify', '--scheme', 'sdg', '--json']);"
        "assert 'django' not in sys.modules and 'sklearn' not in sys.modules"
        " and 'lingua' not in sys.modules; sys.exit(code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        input=b'{"text": "Malaria"}\n',
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["concepts"][0]["code"] == "SDG3"


def test_half_a_surrogate_pair_and_a_field_named_concepts():
    line = next(lines_of(io.BytesIO(b'{"text": "\\ud800", "concepts": 1}')))

    assert as_line(line.row) == b'{"text": "\\ud800", "concepts": 1}\n'


@given(st.lists(st.binary(max_size=60)))
def test_any_bytes_are_read_or_refused_line_by_line(data):
    raw = b"\n".join(data)

    lines = list(lines_of(io.BytesIO(raw)))

    assert len(lines) <= raw.count(b"\n") + 1
    assert all(line.fault or isinstance(line.row["text"], str) for line in lines)


def test_deeply_nested_line_is_refused():
    line = next(lines_of(io.BytesIO(b"[" * 100_000)))

    assert line.fault.startswith("not JSON")
