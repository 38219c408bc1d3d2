"""Good files in their many forms are read the same."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tracemalloc
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.analysis.tables.opening import stem_of
from rapporteur.analysis.tables.reading import open_table
from rapporteur.analysis.tables.rows import Limits, Unreadable
from tests.analysis.tables.files import HEADER, ROWS, good, put, read, workbook

CELLS = [dict(zip(HEADER, row, strict=True)) for row in ROWS]


WHEN = datetime(2020, 1, 2, 3, 4)  # noqa: DTZ001 a cell has no time zone


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
@pytest.mark.parametrize("packed", [False, True])
def test_three_rows_in_each_form(tmp_path, form, packed):
    content = gzip.compress(good(form)) if packed else good(form)
    path = put(tmp_path, f"rows.{form}" + (".gz" if packed else ""), content)

    assert [dict(row.cells) for row in read(path)] == CELLS
    assert [dict(row.cells) for row in read(put(tmp_path, "named-otherwise", content))] == CELLS


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", []),
        ("utf-16-be", []),
        ("utf-32", []),
        ("cp1252", ["read-as-windows-1252"]),
    ],
)
def test_encodings_of_csv(tmp_path, encoding, notes):
    path = put(tmp_path, "rows.csv", good("csv").decode().encode(encoding))

    with open_table(path) as table:
        assert [dict(row.cells) for row in table] == CELLS
        assert table.notes == notes


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_of_csv_are_found(tmp_path, delimiter):
    text = io.StringIO()
    rows = [("One, and; more | less", "a\tb", "2019"), ("Two", "x;y;z", "1"), ("3", "", "")]
    csv.writer(text, delimiter=delimiter).writerows([HEADER, *rows])

    found = read(put(tmp_path, "rows.csv", text.getvalue()))

    assert [tuple(row.cells.values()) for row in found] == rows


def test_delimiter_that_excel_names_is_taken(tmp_path):
    found = read(put(tmp_path, "rows.csv", "sep=|\r\ntitle|a,b\r\nOne|1,2\r\n"))

    assert [dict(row.cells) for row in found] == [{"title": "One", "a,b": "1,2"}]


def test_one_column_of_csv_needs_no_delimiter(tmp_path):
    found = read(put(tmp_path, "rows.csv", "title\nOne\nTwo\n"))

    assert [dict(row.cells) for row in found] == [{"title": "One"}, {"title": "Two"}]


def test_line_breaks_in_quotes_and_blank_lines(tmp_path):
    found = read(put(tmp_path, "rows.csv", 'title,b\r\n\r\n"One\r\nmore",2\r\n\r\nTwo,3\r\n\r\n'))

    assert [(row.number, dict(row.cells)) for row in found] == [
        (1, {"title": "One\r\nmore", "b": "2"}),
        (2, {"title": "Two", "b": "3"}),
    ]


def test_empty_rows_at_the_end_are_no_rows(tmp_path):
    found = read(put(tmp_path, "rows.csv", "title,b\nOne,2\n,\n , \n"))
    sheet = read(put(tmp_path, "rows.xlsx", workbook((("title", "b"), ("One", 2), ("", None)))))

    assert [row.number for row in found] == [row.number for row in sheet] == [1]


def test_unnamed_columns_have_their_place_for_a_name(tmp_path):
    found = read(put(tmp_path, "rows.csv", "title,,year,\nOne,x,2019,\n"))

    assert [dict(row.cells) for row in found] == [{"title": "One", "#2": "x", "year": "2019"}]


def test_workbook_cells_keep_their_types(tmp_path):
    rows = (
        ("a", "b", "c", "d", "e", "f", "g"),
        (2019, 1.5, True, date(2020, 1, 2), WHEN, time(5, 6), "007"),
    )

    found = read(put(tmp_path, "rows.xlsx", workbook(rows)))

    assert tuple(found[0].cells.values()) == rows[1]


def test_first_or_named_sheet_is_read(tmp_path):
    book = workbook((("title",), ("One",)), title="First", other=(("name",), ("Two",)))
    path = put(tmp_path, "rows.xlsx", book)

    with open_table(path) as table:
        assert [dict(row.cells) for row in table] == [{"title": "One"}]
        assert table.notes == ["other-sheets"]
    assert [dict(row.cells) for row in read(path, sheet="Other")] == [{"name": "Two"}]
    with pytest.raises(Unreadable) as refused:
        read(path, sheet="Third")
    assert (refused.value.code, refused.value.details["names"]) == ("no-sheet", ["First", "Other"])


def test_json_lines_keep_lists_and_objects(tmp_path):
    record = {"title": "One", "codes": ["C1", "C2"], "deep": {"a": [1, 2.5, None, True]}}

    found = read(put(tmp_path, "rows.jsonl", "\ufeff" + json.dumps(record) + "\r\n\n"))

    assert [dict(row.cells) for row in found] == [record]


def test_separators_of_lines_in_a_text_part_no_lines(tmp_path):
    text = "a\u2028b\u0085c\u000bd"
    lines = json.dumps({"title": text}, ensure_ascii=False).replace("\x0b", "\\u000b")

    found = read(put(tmp_path, "rows.jsonl", lines + "\n"))

    assert [row.cells["title"] for row in found] == [text]


def test_limits_hold_for_what_is_unpacked(tmp_path):
    limits = Limits(ratio_floor=1000, ratio=1)

    with pytest.raises(Unreadable) as refused:
        read(put(tmp_path, "rows.csv.gz", gzip.compress(b"title\n" * 1000)), limits=limits)

    assert refused.value.code == "bomb"


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_memory_stays_flat(tmp_path, form):
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.{form}"
        with path.open("w") as out:
            out.write("title,text\n" if form == "csv" else "")
            for number in range(count):
                text = f"T{number},{'x' * 100}\n"
                out.write(text if form == "csv" else '{"title":"T","text":"' + "x" * 100 + '"}\n')
        tracemalloc.start()
        with open_table(path) as table:
            read_rows = sum(1 for _row in table)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert read_rows == count
        return size

    assert peak(40_000) < 1.2 * peak(20_000) + 100_000


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("radar.csv", "radar"),
        ("a/b/radar.jsonl.gz", "radar"),
        ("radar.v2.XLSX", "radar.v2"),
        ("radar", "radar"),
        ("radar.2024", "radar.2024"),
    ],
)
def test_stem_of_a_file(name, stem):
    assert stem_of(name) == stem


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("any")
    for name in ("rows.csv", "rows.jsonl", "rows.xlsx", "rows"):
        try:
            rows = read(put(folder, name, content))
        except Unreadable:
            continue
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
