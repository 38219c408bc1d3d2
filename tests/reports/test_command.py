"""The command `rapporteur reports`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(*arguments):
    out = StringIO()
    call_command("reports", *arguments, stdout=out)
    return out.getvalue()


def build(path, *more):
    return run(
        "build", "--outline", "progress-report", "--year", "2024", "--output", str(path), *more
    )


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("docx", b"PK"), ("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("json", b"{")],
)
def test_the_ending_gives_the_form(record, tmp_path, suffix, start):
    path = tmp_path / f"report.{suffix}"
    said = build(path)
    assert path.read_bytes().lstrip().startswith(start)
    assert said.startswith(f"{path}: ")
    assert "8 paragraphs, 9 footnotes, 29 gaps, 0 lines left out." in said
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == [path.name]


def test_the_json_has_its_form(record, tmp_path):
    path = tmp_path / "report.json"
    build(path)
    values = json.loads(path.read_text(encoding="utf-8"))
    assert values["paragraphs"][4] == {
        "number": 5,
        "section": ["III", "F", "1", "(b)"],
        "titles": [
            "Implementation and follow-up at the international level",
            "Action lines and themes",
            "Implementation of action lines",
            values["paragraphs"][4]["titles"][3],
        ],
        "concepts": ["C2"],
        "text": "IWU: activities were reported, with the publication Facts & Wells "
        "<2024>. Further activities were reported.",
        "footnotes": [5, 6],
        "organizations": ["IWU"],
    }
    assert values["footnotes"][4] == {
        "number": 5,
        "text": "A/99/1, para. 29.",
        "document": "A/99/1",
        "paragraph": 29,
        "anchor": "p29",
        "address": "/documents/A/99/1#p29",
    }
    assert {"kind": "contributor", "code": "sila", "name": "Silent Association",
            "text": "Silent Association is a contributor of whom nothing was reported."} in (
        values["gaps"]
    )  # fmt: skip
    assert values["unfiled"] == [{"document": "A/99/1", "paragraphs": ["p90"]}]
    assert values["words"] <= values["limit"] == 8500


def test_the_same_record_writes_the_same_bytes(record, tmp_path):
    for suffix in ("docx", "html", "json", "pdf"):
        one, two = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
        build(one)
        build(two)
        assert one.read_bytes() == two.read_bytes(), suffix


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--year", "2024", "--output", "report.odt"), "“.odt” does not say which form to write"),
        (("--year", "1999", "--output", "report.json"), "reports on 1999"),
        (
            ("--outline", "other", "--year", "2024", "--output", "report.json"),
            "There is no outline “other”",
        ),
        (("--year", "2024", "--output", "/nowhere/at/all/report.json"), "Cannot write"),
    ],
)
def test_refusals_are_one_line_and_exit_code_2(record, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=message) as refused:
        run("build", *arguments)
    assert refused.value.returncode == 2
    assert not [item for item in tmp_path.iterdir() if item.is_file()]


def test_a_failed_write_leaves_what_was_there(record, tmp_path, monkeypatch):
    path = tmp_path / "report.json"
    path.write_text("before")

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(CommandError, match="No space left on device"):
        build(path)
    assert path.read_text() == "before"
    assert [item.name for item in tmp_path.iterdir() if item.is_file()] == ["report.json"]


def test_the_list_tells_what_can_be_built(record):
    assert run("list") == "progress-report 2024: 2 documents, 3 paragraphs, 2 organizations\n"
