"""`rapporteur reports build --outline stocktaking-report`."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("register")


def run(*arguments):
    out = StringIO()
    call_command("reports", *arguments, stdout=out)
    return out.getvalue()


def build(path, *more, year="2025"):
    options = ("--outline", "stocktaking-report", "--year", year, "--output", str(path))
    return run("build", *options, *more)


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("docx", b"PK"), ("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("json", b"{")],
)
def test_the_ending_gives_the_form_and_the_same_record_the_same_bytes(tmp_path, suffix, start):
    one, two = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    assert build(one) == f"{one}: 2 entries, 11 charts. The register on 31 December 2025.\n"
    build(two)
    assert one.read_bytes().startswith(start)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("more", "entries", "subtitle"),
    [
        (("--region", "africa"), 1, "Name of region:africa"),
        (("--region", "itu-region:africa"), 1, "Name of itu-region:africa"),
        (("--search", "q=radio"), 1, "“radio”"),
        (("--search", "/activities?action-line=C3&sort=newest"), 1, "C3 Name of C3"),
        (
            ("--region", "africa", "--search", "?from=2022"),
            0,
            "Name of region:africa and begun in 2022 or later",
        ),
    ],
)
def test_a_report_of_a_part_of_the_register(index, tmp_path, more, entries, subtitle):
    path = tmp_path / "report.json"
    said = build(path, *more)
    assert said.startswith(f"{path}: {entries} {'entry' if entries == 1 else 'entries'}, ")
    values = json.loads(path.read_text(encoding="utf-8"))
    assert values["entries"] == entries
    assert values["subtitle"] == f"The register on 31 December 2025: {subtitle}"


@pytest.mark.parametrize(
    ("more", "year", "message"),
    [
        (
            ("--region", "atlantis"),
            "2025",
            "“atlantis”. Allowed: africa, europe, itu-region:africa",
        ),
        (("--search", "schools"), "2025", "“schools”. Write it as the address of its search page"),
        (("--search", "q=radio"), "2025", "rapporteur search rebuild"),
        ((), "1999", "cannot be reported on for 1999. Years that can be: 20"),
        ((), "9999", "cannot be reported on for 9999"),
        ((), "0", "cannot be reported on for 0"),
    ],
)
def test_refusals_are_one_line_and_exit_code_2(tmp_path, more, year, message):
    with pytest.raises(CommandError, match=message) as refused:
        build(tmp_path / "report.json", *more, year=year)
    assert refused.value.returncode == 2
    assert not [item for item in tmp_path.iterdir() if item.is_file()]


def test_a_form_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"“\.odt” does not say which form"):
        build(tmp_path / "report.odt")


def test_other_outlines_are_not_narrowed(tmp_path):
    with pytest.raises(CommandError, match="--region and --search narrow the stocktaking report"):
        run("build", "--year", "2024", "--output", str(tmp_path / "r.json"), "--region", "africa")


def test_the_list_tells_the_years(register):
    lines = run("list").splitlines()
    assert lines[-3:] == [
        "stocktaking-report 2026",
        "stocktaking-report 2025",
        "stocktaking-report 2024",
    ]
