"""Any table that is written and read back is the same, in each form."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rapporteur.analysis.tables.columns import OutColumn, from_sheet
from rapporteur.analysis.tables.formulas import FORMULA_STARTS, neutralise, restore
from rapporteur.analysis.tables.lists import join_list, split_list
from rapporteur.analysis.tables.writing import CellTooLong, TooManyRows, write_table
from rapporteur.analysis.tables.writing import xlsx as xlsx_writing
from tests.analysis.tables.files import COLUMNS, put, read

# What the register stores: no control signs but tab and line ends, no halves of signs.
SIGNS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\t\n\r"
)
TEXTS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=40),
    st.tuples(
        st.sampled_from(("", "'", "''", " ", "_x0041_", '"', "#N/A", "#REF!")),
        st.sampled_from((*FORMULA_STARTS, "x", "_x000D_", ";", ",")),
        st.text(SIGNS, max_size=10),
    ).map("".join),
)
ITEMS = st.lists(TEXTS, min_size=1, max_size=4)
ROWS = st.tuples(
    TEXTS.map(lambda text: f"T{text}") | TEXTS.filter(lambda text: text.strip() != ""),
    st.none() | st.integers(-(2**62), 2**62),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.booleans(),
    st.none() | st.dates(),
    st.none() | st.datetimes(timezones=st.just(UTC)),
    st.none() | ITEMS,
    st.none() | st.dictionaries(TEXTS, TEXTS | st.integers(), min_size=1, max_size=3),
)
TABLES = st.lists(ROWS, max_size=6)
PROFILE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def back(form: str, rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Write the rows in a form and return what is read from it."""
    content = b"".join(write_table(form, COLUMNS, rows))
    if form == "parquet":
        table = pq.read_table(io.BytesIO(content))
        return [
            tuple(
                from_sheet(value, "json") if column.kind == "json" else value
                for column, value in zip(COLUMNS, row.values(), strict=True)
            )
            for row in table.to_pylist()
        ]
    with TemporaryDirectory() as folder:
        found = read(put(Path(folder), f"rows.{form}", content))
    assert [row.faults for row in found] == [()] * len(found)
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    if form == "jsonl":
        return [
            tuple(typed(row.cells.get(column.name), column) for column in COLUMNS) for row in found
        ]
    return [
        tuple(from_sheet(row.cells.get(column.name), column.kind) for column in COLUMNS)
        for row in found
    ]


def typed(value: object, column: OutColumn) -> object:
    return from_sheet(value, column.kind) if column.kind in ("date", "moment") else value


@PROFILE
@given(TABLES)
@example([("=1", 1, 1.5, True, date(1800, 1, 1), None, ["a; b", "c"], {"k": 1})])
@example([("'=1", None, None, None, None, None, ["'", "=x"], None)])
@example([("''+1", 0, 0.0, False, date(1900, 2, 28), None, ['"', " a "], None)])
@example([("#REF!", 2**60, -0.5, None, None, datetime(2020, 1, 1, tzinfo=UTC), ["-"], None)])
@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet"])
def test_table_written_and_read_back_is_the_same(form, rows):
    assert (back(form, rows) if rows or form != "jsonl" else []) == rows


@given(TEXTS)
def test_restore_is_the_exact_reverse_of_neutralise(text):
    written = neutralise(text)

    assert restore(written) == text
    assert not written.startswith(FORMULA_STARTS)


@pytest.mark.parametrize("sign", FORMULA_STARTS)
def test_each_formula_sign_is_neutralised(sign):
    assert neutralise(f"{sign}1") == f"'{sign}1"
    assert neutralise(f"'{sign}1") == f"''{sign}1"
    assert restore(f"''{sign}1") == f"'{sign}1"
    assert restore("'tis") == neutralise("'tis") == "'tis"


@given(st.lists(st.text(SIGNS, max_size=12)))
@example(['a"; "b', ";", "", " x", '""'])
def test_list_joined_and_split_is_the_same(items):
    assert split_list(join_list(items)) == items


def test_split_list_leaves_blanks_and_empty_items_out():
    assert split_list(" C1 ;; C2; ") == ["C1", "C2"]


def test_nothing_is_written_of_a_text_that_a_workbook_would_cut():
    with pytest.raises(CellTooLong) as refused:
        b"".join(write_table("xlsx", [OutColumn("title")], [("ok",), ("x" * 32_768,)]))

    assert refused.value.args == ("title", 2)


def test_workbook_refuses_more_rows_than_a_sheet_holds(monkeypatch):
    monkeypatch.setattr(xlsx_writing, "ROWS_AT_MOST", 2)

    with pytest.raises(TooManyRows):
        b"".join(write_table("xlsx", [OutColumn("title")], [("a",), ("b",), ("c",)]))


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_table_without_rows_has_its_header(form):
    assert back(form, []) == []


def test_json_lines_without_rows_are_nothing():
    assert b"".join(write_table("jsonl", COLUMNS, [])) == b""


def test_parquet_is_written_in_groups_with_types():
    rows = ((f"T{number}", number) for number in range(45_000))
    content = b"".join(write_table("parquet", [OutColumn("t"), OutColumn("n", "integer")], rows))

    found = pq.ParquetFile(io.BytesIO(content))

    assert (found.metadata.num_rows, found.metadata.num_row_groups) == (45_000, 3)
    assert [str(field.type) for field in found.schema_arrow] == ["string", "int64"]
