"""`rapporteur analysis themes`: files in every form, one object out, clear words for bad ones."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys

import pytest

from rapporteur.cli import main as rapporteur
from tests.analysis.themes.answers_made_up import answers

ROWS = [("id", "group", "text")] + [
    (str(number), "North" if number % 3 else "South", text)
    for number, (_, _, text) in enumerate(answers(("en",)))
]


def as_csv(rows=ROWS) -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue().encode()


def as_lines(rows=ROWS) -> bytes:
    header, *rest = rows
    return b"".join(
        json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False).encode() + b"\n"
        for row in rest
    )


def run(tmp_path, capfdbinary, data: bytes, *options: str, name="answers.dat", field="text"):
    path = tmp_path / name
    path.write_bytes(data)
    code = rapporteur(["analysis", "themes", str(path), "--text-field", field, *options])
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode().replace(str(path), "FILE")


@pytest.mark.parametrize("name", ["answers.csv", "answers.jsonl", "answers.json.gz", "answers"])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("form", [as_csv, as_lines])
def test_a_file_is_known_by_its_content(tmp_path, capfdbinary, form, packed, name):
    data = gzip.compress(form()) if packed else form()

    code, out, err = run(tmp_path, capfdbinary, data, "--json", name=name)

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == ["rows", "themes", "phrases", "near_duplicates"]
    assert found["rows"] == 27
    assert [set(theme) for theme in found["themes"]] == [
        {"label", "terms", "size", "rows"} for _ in found["themes"]
    ]
    assert all(theme["size"] == len(theme["rows"]) for theme in found["themes"])


def test_empty_answers_are_rows(tmp_path, capfdbinary):
    lines = [{"text": "a b c d"}, {"text": ""}, {"text": None}, {}, {"x": 1}, {"text": "A b c, d"}]
    data = "\n".join(map(json.dumps, lines)).encode()

    code, out, err = run(tmp_path, capfdbinary, data, "--json")

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "rows": 6,
        "themes": [],
        "phrases": [],
        "near_duplicates": [[0, 5]],
    }


@pytest.mark.parametrize(
    ("data", "rows", "near"),
    [
        pytest.param(b'text\n""\na b c\n""\n\na b c\n""\n""\n', 6, [[1, 3]], id="one-column"),
        pytest.param(b"id,text\n1,\n2,a b c\n3,\n4,a b c\n5,\n", 5, [[1, 3]], id="two-columns"),
    ],
)
def test_empty_cells_are_rows(tmp_path, capfdbinary, data, rows, near):
    code, out, _ = run(tmp_path, capfdbinary, data, "--json")

    assert (code, json.loads(out)["rows"], json.loads(out)["near_duplicates"]) == (0, rows, near)


def test_for_people(tmp_path, capfdbinary):
    data = as_csv([*ROWS, *[("x", "", "Roads, and nothing else at all.")] * 2])

    code, out, err = run(tmp_path, capfdbinary, data, "--group-field", "group")

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[:3] == ["29 rows, 29 with an answer; 27 carry a theme.", "Languages: en 29", ""]
    assert lines[3] == "Themes"
    assert "      9  " in lines[4]
    assert any(line.startswith("         row ") for line in lines)
    assert "Near-identical answers: 1 groups" in lines
    assert "      2  rows 27, 28" in lines
    assert lines[lines.index("Who raises what") + 1 :][0::2][:1] == ["     18  North"]
    assert "      2  (not stated)" in lines
    assert max(map(len, lines)) <= 100


def test_groups_in_json(tmp_path, capfdbinary):
    _, out, _ = run(tmp_path, capfdbinary, as_csv(), "--json", "--group-field", "group")

    found = json.loads(out)
    assert [(one["group"], one["rows"]) for one in found["groups"]] == [("North", 18), ("South", 9)]
    assert [
        sum(counts) for counts in zip(*(one["themes"] for one in found["groups"]), strict=True)
    ] == [theme["size"] for theme in found["themes"]]


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        pytest.param(
            b"id,answer\n1,x\n",
            "text",
            "FILE: no field 'text'. Its fields are: id, answer.\n",
            id="csv",
        ),
        pytest.param(
            b'{"id": 1, "answer": "x"}\n{"note": 2}\n',
            "anwser",
            "FILE: no field 'anwser'. Its fields are: id, answer, note. Is it answer?\n",
            id="json-lines",
        ),
        pytest.param(
            b'[{"text": "x"}]',
            "text",
            "FILE: the file is one JSON array or object. Write one object on each line.\n",
            id="json-array",
        ),
        pytest.param(
            b"",
            "text",
            "FILE: the file is empty. Give the file that holds the answers.\n",
            id="empty",
        ),
        pytest.param(
            b'text\n"never closed\n',
            "text",
            "FILE: row 1 has a double quote that does not close, or one too many.\n",
            id="quote",
        ),
        pytest.param(
            gzip.compress(b"text\n" + b"a " * 40_000_000),
            "text",
            "FILE: the file unpacks to far more than it should (over 33,554,432 bytes), and was"
            " left.\n",
            id="bomb",
        ),
        pytest.param(
            gzip.compress(b"text\na\n")[:-9],
            "text",
            "FILE: the packed file is damaged. Pack it again with gzip, or give it unpacked.\n",
            id="cut-off",
        ),
        pytest.param(
            b"%PDF-1.7 ...",
            "text",
            "FILE: the file is no table. Give CSV, XLSX or JSON lines.\n",
            id="pdf",
        ),
    ],
)
def test_what_cannot_be_read(tmp_path, capfdbinary, data, field, words):
    assert run(tmp_path, capfdbinary, data, field=field) == (2, "", words)


def test_no_file(tmp_path, capsys):
    code = rapporteur(["analysis", "themes", str(tmp_path / "none"), "--text-field", "text"])

    assert code == 2
    assert capsys.readouterr().err == (
        f"{tmp_path / 'none'}: the file is not there, or may not be read.\n"
    )


def test_rows_that_cannot_be_read_are_named_and_count(tmp_path, capfdbinary):
    data = b'{"text": "a b c"}\nnot json\n{"text": ["a"]}\n{"text": "A, b c"}\n{"text": 5}\n'

    code, out, err = run(tmp_path, capfdbinary, data, "--json")

    found = json.loads(out)
    assert (code, found["rows"], found["near_duplicates"]) == (1, 5, [[0, 3]])
    assert err.splitlines() == [
        "row 1: no JSON that can be read. Mend the line, or take it out.",
        "row 2, field 'text': a list or an object, not a text. Write the answer as one text.",
        "Rows not read: 2.",
    ]


def test_no_field_named(capsys):
    with pytest.raises(SystemExit) as left:
        rapporteur(["analysis", "themes", "x.csv"])

    assert left.value.code == 2
    assert "--text-field" in capsys.readouterr().err


def test_the_same_in_another_process_and_without_django(tmp_path, capfdbinary):
    rows = [("text",), *((text,) for _, _, text in answers())]
    code, out, _ = run(tmp_path, capfdbinary, as_csv(rows), "--json")
    path = tmp_path / "answers.dat"
    program = (
        "import sys; from rapporteur.cli import main;"
        f"code = main(['analysis', 'themes', {str(path)!r}, '--text-field', 'text', '--json']);"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        check=False,
    )

    assert (code, done.returncode, done.stderr) == (0, 0, b"")
    assert done.stdout.decode() == out
