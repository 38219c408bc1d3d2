"""Cells as sources write them, and what is refused of them."""

from __future__ import annotations

import pytest

from rapporteur.register.importing.periods import UnknownWord, link_of, period_of
from rapporteur.register.importing.words import read_words
from rapporteur.register.models import Activity
from tests.register.importing.conftest import cells_refused, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(framework):
    return read_words()


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("C7.4", ["C7.4"]),
        ("c7.4", ["C7.4"]),
        ("C7", ["C7"]),
        ("AL C4", ["C4"]),
        ("Action line C3", ["C3"]),
        ("C4. CAPACITY BUILDING", ["C4"]),
        ("Name of C3", ["C3"]),
        ("C3;C4", ["C3", "C4"]),
        ("C3, C4", ["C3", "C4"]),
        ("C3|C4|C3", ["C3", "C4"]),
        ("C3 / C4", ["C3", "C4"]),
        ("C3 and C7.7", ["C3", "C7.7"]),
        ("", []),
        ("N/A", []),
    ],
)
def test_action_lines(words, cell, codes):
    assert words.action_lines_of(cell) == codes


@pytest.mark.parametrize("cell", ["C99", "C12", "C7.9", "C0", "5", "X", "C7,4", "C3, C99", "C"])
def test_what_is_no_action_line_is_refused(words, cell):
    with pytest.raises(UnknownWord):
        words.action_lines_of(cell)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("4", ["SDG4"]),
        ("SDG4", ["SDG4"]),
        ("SDG 4", ["SDG4"]),
        ("sdg-4", ["SDG4"]),
        ("Goal 4", ["SDG4"]),
        ("4.1", ["SDG4.1"]),
        ("SDG 4: Quality education", ["SDG4"]),
        ("4, 9", ["SDG4", "SDG9"]),
        ("SDG 4, SDG 9", ["SDG4", "SDG9"]),
        ("4;9|4", ["SDG4", "SDG9"]),
        ("04", ["SDG4"]),
        ("No Information", []),
    ],
)
def test_goals(words, cell, codes):
    assert words.sdgs_of(cell) == codes


@pytest.mark.parametrize("cell", ["18", "0", "4.99", "abc", "1-17", "-4", "SDG"])
def test_what_is_no_goal_is_refused(words, cell):
    with pytest.raises(UnknownWord):
        words.sdgs_of(cell)


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("NA", (["NAM"], "countries", [])),
        ("Namibia", (["NAM"], "countries", [])),
        ("KEN; na", (["KEN", "NAM"], "countries", [])),
        ("404", (["KEN"], "countries", [])),
        ("Кения", (["KEN"], "countries", [])),
        ("纳米比亚", (["NAM"], "countries", [])),
        ("KENYA (REPUBLIC OF)", (["KEN"], "countries", [])),
        ("Republic of Kenya", (["KEN"], "countries", [])),
        ("Kenya, Namibia", (["KEN", "NAM"], "countries", [])),
        ("Kenya and Namibia", (["KEN", "NAM"], "countries", [])),
        ("INTERNATIONAL", ([], "global", [])),
        ("Name of region:africa", ([], "regional", ["region:africa"])),
        ("Kenya; Global", (["KEN"], "countries", [])),
        ("", ([], "", [])),
    ],
)
def test_places(words, cell, places):
    assert words.places_of(cell) == places


def test_unknown_country_names_the_nearest(words):
    with pytest.raises(UnknownWord) as refused:
        words.places_of("Kenia bay, Namibbia")

    assert refused.value.near[0].startswith("KEN")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Government", "stakeholder:governments"),
        ("NGO", "stakeholder:civil-society"),
        ("civil society", "stakeholder:civil-society"),
        ("stakeholder:governments", "stakeholder:governments"),
        ("Other", ""),
    ],
)
def test_stakeholder_groups(words, cell, code):
    assert words.stakeholder_group_of(cell) == code


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2019", ("2019", "")),
        ("2015-2018", ("2015", "2018")),
        ("2015–18", ("2015", "2018")),
        ("2015/2016", ("2015", "2016")),
        ("2015 to 2018", ("2015", "2018")),
        ("since 2015", ("2015", "")),
        ("2015 - present", ("2015", "")),
        ("2019-05", ("2019-05", "")),
        ("2019-05-31", ("2019-05-31", "")),
        ("2019-05-31T00:00:00", ("2019-05-31", "")),
        ("31.12.2019", ("2019-12-31", "")),
        ("12/2019", ("2019-12", "")),
        ("May 2019", ("2019", "")),
        ("", ("", "")),
        ("unknown", ("", "")),
    ],
)
def test_periods(cell, period):
    assert period_of(cell) == period


@pytest.mark.parametrize(
    "cell", ["1492", "3015", "20155", "abc", "2018-2015", "2019 x", "1-2-3", "99/99/2019", "-5"]
)
def test_what_is_no_period_is_refused(cell):
    with pytest.raises(UnknownWord):
        period_of(cell)


def test_links_without_a_scheme_get_one():
    assert link_of("www.example.org/a") == "https://www.example.org/a"
    assert link_of("example.org") == "https://example.org"
    assert link_of("not a link") == "not a link"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", ""),
        ("title", "x" * 301),
        ("title", "a\x08b"),
        ("entity", "x" * 301),
        ("entity_type", "Martians"),
        ("country", "Atlantis"),
        ("action_line", "C99"),
        ("sdg", "18"),
        ("year", "1492"),
        ("year", "2019-02-30"),
        ("description", "x" * 20_001),
        ("description", "a\x00b"),
        ("url", "not a link"),
        ("url", "javascript:alert(1)"),
        ("url", "https://" + "x" * 500),
        ("id", "a\x00b"),
    ],
)
def test_faulty_cell_is_refused_by_its_column(load, table, column, value):
    outcome = load(table(row(**{column: value})))

    assert [(cell.row, cell.column) for cell in outcome.refused] == [(1, column)]
    assert outcome.refused[0].value == value[:1000].strip()
    assert outcome.refused[0].message
    assert Activity.objects.count() == 0


def test_one_entry_for_each_faulty_cell_with_the_nearest_values(load, table):
    outcome = load(table(row(country="Kenja; Atlantis", action_line="C7.44; C98", sdg="44")))

    assert cells_refused(outcome) == [
        (1, "country", "Kenja; Atlantis"),
        (1, "action_line", "C7.44; C98"),
        (1, "sdg", "44"),
    ]
    assert "KEN (Kenya)" in outcome.refused[0].message
    assert "C7.4" in outcome.refused[1].message
    assert "SDG4" in outcome.refused[2].message


def test_column_is_named_as_the_header_prints_it(load, table):
    header = ["Title ", "Pays", "ACTION LINES"]
    mapping_by_name = load(table(("A", "x", "C99"), header=[*header[:1], "Country", header[2]]))

    assert cells_refused(mapping_by_name) == [(1, "Country", "x"), (1, "ACTION LINES", "C99")]


def test_unread_columns_are_named(load, table):
    outcome = load(table(("A", "x", "y"), header=["title", "budget", "colour"]))

    assert any("budget, colour" in note for note in outcome.notes)
    assert outcome.accepted == 1


def test_controls_in_other_columns_do_no_harm(load, table):
    assert load(table(("A", "\x00\x01"), header=["title", "budget"])).accepted == 1


def test_unread_keys_of_json_lines_are_named(load, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"title": "A", "sdg": [4, "9"], "countri": "Kenya"}\n{"title": "B", "x": 1}\n')

    outcome = load(path)

    assert outcome.accepted == 2
    assert any("countri, x" in note for note in outcome.notes)
