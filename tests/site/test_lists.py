import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import RequestFactory

from rapporteur.site.lists import Column, Filter, ListPage, csv_cell, download, neutralise, plain


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+41", "'+41"),
        ("-1", "'-1"),
        ("@name", "'@name"),
        ("\tx", "'\tx"),
        ("C5", "C5"),
        (-1, "-1"),
        (None, ""),
        (["C1", "C2"], "C1; C2"),
        (Decimal("2.50"), "2.5"),
        (Decimal("3.0"), "3"),
        (date(2024, 7, 23), "2024-07-23"),
        (datetime(2024, 7, 23, 9, tzinfo=UTC), "2024-07-23T09:00:00+00:00"),
        ({"b": 1, "a": "é"}, '{"a": "é", "b": 1}'),
        (True, "True"),
    ],
)
def test_csv_cell(value, cell):
    assert csv_cell(value) == cell


def test_formula_comes_back_by_taking_the_quote_off():
    assert neutralise("=SUM(A1)").removeprefix("'") == "=SUM(A1)"


def test_plain_keeps_what_json_knows():
    assert plain([1, None, (Decimal("1.5"), "x")]) == [1, None, [1.5, "x"]]


COLUMNS = (Column("code", lambda row: row["code"]), Column("year", lambda row: row["year"]))
ROWS = [{"code": f"C{number}", "year": 2000 + number} for number in range(1, 121)]


class Lines(ListPage):
    title = "Lines"
    file_name = "lines"
    columns = COLUMNS
    page_size = 50
    filters = (
        Filter(
            "year",
            "Year",
            lambda request: [(2001, 2001), (2002, 2002)],
            lambda rows, value: [row for row in rows if str(row["year"]) == value],
        ),
    )

    def rows(self, request):
        return ROWS


def ask(query: str):
    request = RequestFactory().get(f"/lines?{query}")
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    return Lines.as_view()(request)


def test_csv_holds_every_row_of_the_filtered_list():
    response = ask("year=2002&format=csv&page=2")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(text))) == [{"code": "C2", "year": "2002"}]
    assert response.headers["Content-Disposition"] == 'attachment; filename="lines.csv"'


def test_json_holds_count_source_and_rows():
    body = json.loads(ask("format=json").content)

    assert (body["count"], body["source"]) == (120, "http://testserver/lines")
    assert body["rows"][0] == {"code": "C1", "year": 2001}


@pytest.mark.django_db
def test_page_says_how_many_and_which_page():
    page = ask("page=3").content.decode()

    assert "120 rows" in page
    assert "Page 3 of 3" in page


@pytest.mark.django_db
def test_year_is_never_grouped_as_a_number():
    page = ask("year=2002").content.decode()

    assert '<option value="2002" selected>2002</option>' in page


@pytest.mark.django_db
def test_unknown_choice_is_left_aside_and_told():
    page = ask("year=1066").content.decode()

    assert "“1066” is not one of the choices" in page
    assert "120 rows" in page


def test_download_without_rows_is_a_header_alone():
    response = download([], COLUMNS, form="csv", name="Nothing at all")

    assert b"".join(response.streaming_content).decode("utf-8-sig") == "code,year\r\n"
    assert 'filename="nothing-at-all.csv"' in response.headers["Content-Disposition"]
