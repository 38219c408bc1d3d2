from datetime import date

import pytest

from rapporteur.analysis.tables import RowFault, is_link, read_csv


def write(tmp_path, content):
    path = tmp_path / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_read_csv_strips_cells_and_leaves_empty_rows_out(tmp_path):
    path = write(tmp_path, '\ufeffcode, name\r\n A ,"Two\nlines"\r\n,\r\nNA,\r\n')

    table = read_csv(path, columns=("code", "name"), optional=("note",))

    assert table.faults == []
    assert [(row.number, row["code"], row["name"], row["note"]) for row in table] == [
        (2, "A", "Two\nlines", ""),
        (4, "NA", "", ""),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfea\x00", "unreadable"),
        (b"code,name\n\x00", "unreadable"),
        (b'code,name\n"A" x,b\n', "unreadable"),
        (b"code\nA\n", "no-column"),
        (b"", "no-column"),
        (b"code,name,other\nA,b,c\n", "unknown-column"),
        (b"code,name,name\nA,b,c\n", "repeated"),
        (b"code,name\nA,b,c\n", "too-many-cells"),
        (b"code,name\nA," + b"x" * 5001 + b"\n", "too-long"),
        (b"code,name\nA," + b"x" * 1_100_000 + b"\n", "unreadable"),
    ],
)
def test_read_csv_names_what_is_wrong(tmp_path, content, code):
    table = read_csv(write(tmp_path, content), columns=("code", "name"))

    assert code in {fault.code for fault in table.faults}


def test_an_absent_file_is_a_fault(tmp_path):
    table = read_csv(tmp_path / "none.csv", columns=("code",))

    assert table.faults == [RowFault("none.csv", 0, "", "", "absent")]


def test_checks_name_row_column_and_value(tmp_path):
    path = write(
        tmp_path,
        "code,kind,link,day,count\n"
        "A,x,https://example.org/a,2015-12-16,12\n"
        ",y,example.org,16/12/2015,-1\n"
        "A,,ftp://example.org,,²\n",
    )
    table = read_csv(path, columns=("code", "kind", "link", "day", "count"))

    table.require("code")
    table.require_unique("code")
    table.require_one_of("kind", {"x"})
    table.require_links("link")
    table.require_at_most({"link": 20})
    table.require_form("code", "[B-Z]")
    days = [table.day(row, "day") for row in table]
    counts = [table.whole_number(row, "count") for row in table]

    assert days == [date(2015, 12, 16), None, None]
    assert counts == [12, None, None]
    assert {(fault.row, fault.column, fault.value, fault.code) for fault in table.faults} == {
        (3, "code", "", "empty"),
        (2, "code", "A", "not-allowed"),
        (4, "code", "A", "not-allowed"),
        (2, "link", "https://example.org/a", "too-long"),
        (4, "code", "A", "repeated"),
        (3, "kind", "y", "not-allowed"),
        (3, "link", "example.org", "not-a-link"),
        (4, "link", "ftp://example.org", "not-a-link"),
        (3, "day", "16/12/2015", "not-a-date"),
        (3, "count", "-1", "not-a-number"),
        (4, "count", "²", "not-a-number"),
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://undocs.org/A/RES/70/1", True),
        ("http://[::1]/", True),
        ("https://exa mple.org", False),
        ("https://[broken", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("", False),
    ],
)
def test_is_link(value, expected):
    assert is_link(value) is expected
