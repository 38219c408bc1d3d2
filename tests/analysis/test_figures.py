from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.figures import find_figures
from rapporteur.analysis.package_names import package_names
from tests.analysis.labels import labelled_paragraphs


def values(text, **arguments):
    return [(figure.value, figure.unit) for figure in find_figures(text, **arguments)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("67 per cent of households", [(67, "per cent")]),
        ("about 67% of households", [(67, "per cent")]),
        ("a rise of 3.5 percentage points", [(3.5, "percentage points")]),
        ("invested $4.2 billion", [(4_200_000_000, "USD")]),
        ("invested US$ 100 million in it", [(100_000_000, "USD")]),
        ("invested 100 million United States dollars", [(100_000_000, "USD")]),
        ("€5 million and CHF 2 million", [(5_000_000, "EUR"), (2_000_000, "CHF")]),
        ("from $4 billion to $6 billion", [((4_000_000_000, 6_000_000_000), "USD")]),
        ("speeds of 30 Mbit/s", [(30, "Mbit/s")]),
        ("some 1 000 000 pupils", [(1_000_000, "pupils")]),
        ("1,000 schools", [(1_000, "schools")]),
        ("1.2 million users", [(1_200_000, "users")]),
        ("some 2.6 billion people", [(2_600_000_000, "people")]),
        ("more than 50 countries", [(50, "countries")]),
        ("over 19,000 entries", [(19_000, "entries")]),
        ("rose from 53 to 67 per cent", [((53, 67), "per cent")]),
        ("between 10 and 20 projects", [((10, 20), "projects")]),
        ("10–20 projects", [((10, 20), "projects")]),
        ("between 76 and 83% of countries", [((76, 83), "per cent")]),
        ("between $10,000 and $50,000", [((10_000, 50_000), "USD")]),
        ("between US$ 2 million and US$ 3 million", [((2_000_000, 3_000_000), "USD")]),
        ("fell from 1.5 to 1.3 per cent", [(1.5, "per cent"), (1.3, "per cent")]),
        ("three quarters of firms", [(75, "per cent")]),
        ("two thirds of outages", [(66.67, "per cent")]),
        ("over a million girls", [(1_000_000, "girls")]),
        ("a quarter of a century, and half of the year", []),
        ("eight broad questions", [(8, "questions")]),
        ("Twenty-five members and a dozen observers", [(25, "members"), (12, "observers")]),
        ("three million learners", [(3_000_000, "learners")]),
        ("two thirds of the schools", [(66.67, "per cent")]),
        ("half of all households", [(50, "per cent")]),
        ("one in four women", [(25, "per cent")]),
        ("3 out of 10 pupils", [(30, "per cent")]),
        ("194 Member States and 11 action lines", [(194, "Member States"), (11, "action lines")]),
        ("170 national, regional and youth forums", [(170, "forums")]),
        ("14 United Nations and international entities", [(14, "entities")]),
        ("80+ ministers", [(80, "ministers")]),
        ("over 77 000 (55% female) participants", [(77_000, "participants"), (55, "per cent")]),
        ("the number of subscriptions has passed 9 billion.", [(9_000_000_000, "subscriptions")]),
        (
            "2 billion people are offline, of whom 1.5 billion live in towns",
            [(2_000_000_000, "people"), (1_500_000_000, "people")],
        ),
    ],
)
def test_what_counts(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "over 20 years, in 12 months and for two decades",
        "a 20-year review of the two-phase summit",
        "on 5 May 2021, from 24 to 31 October and in 2024",
        "paragraph 12 of section 3, and paras. 4 to 6",
        "Goal 9 and target 9.c; SDG 4; annex 2",
        "resolution 70/125 and A/RES/79/1",
        "the fifth session, the 27th meeting and the second phase",
        "Playbook 2.0, version 3.1, 5G networks and IPv6",
        "pupils aged 10 to 14",
        "one of the bodies, one report",
        "the Group of 20 and Study Group 17",
        "the 2030 Agenda, COVID-19 and WSIS+20",
        "in the 2021 edition and the 2030 targets",
        "https://example.org/2024/10-reports",
        "three times as many",
        "3 Skills and Prizes: the network",
        "9" * 400 + " people",
    ],
)
def test_what_does_not_count(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("In 2023, 67 per cent of people were online.", [2023]),
        ("Use grew from 16% in 2005 to 68% by the end of 2024.", [2005, 2024]),
        ("In 2004, use was 16 per cent, compared with 68 per cent at present.", [2004, 2030]),
        (
            "In 2023, 67 per cent were online. The comparable figure here was 35 per cent.",
            [2023] * 2,
        ),
        ("40% of primary and 65% of secondary schools were connected in 2023.", [2023, 2023]),
        ("The register, introduced in 2004, passed 15 000 entries.", [2030]),
        ("They plan 15 schools by 2027; 20 offices are open.", [2027, 2030]),
        ("Prizes 2021: the contest had 1 260 entries. It drew 300 votes.", [2021, 2021]),
        ("Prizes\n• Prizes 2021: 1 260 entries\n• Prizes 2020: 40 entries", [2021, 2020]),
        ("The rate is 10 per cent, as compared to 3.4 per cent in 2005.", [2030, 2005]),
        ("It has 15 offices.", [2030]),
    ],
)
def test_year(text, years):
    assert [figure.year for figure in find_figures(text, period_year=2030)] == years


def test_year_is_none_without_a_period():
    assert [figure.year for figure in find_figures("It has 15 offices.")] == [None]


def test_subject_and_quote():
    text = (
        "Much has changed. In 2023, 67 per cent of the people of Utopia made use of it; more will."
    )

    (figure,) = find_figures(text)

    assert figure.subject == "the people of Utopia made use of it"
    assert figure.quote == "In 2023, 67 per cent of the people of Utopia made use of it;"


def test_subject_stands_before_a_figure_that_nothing_follows():
    (figure,) = find_figures("The share of the poorest countries was 35 per cent, far from all.")

    assert figure.subject == "The share of the poorest countries was"


def test_a_long_quote_holds_the_figure():
    text = "network " * 60 + "of 42 offices " + "and towns " * 60

    (figure,) = find_figures(text)

    assert "42 offices" in figure.quote
    assert len(figure.quote) <= 160
    assert figure.quote in text


@given(st.text(alphabet="0123456789 .,%$€–-+()\nabtwohresdillnpc of", max_size=300))
def test_quotes_are_verbatim_and_short(text):
    for figure in find_figures(text):
        assert figure.quote in text
        assert len(figure.quote) <= 160
        assert figure.unit
        if isinstance(figure.value, tuple):
            assert figure.value[0] < figure.value[1]


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1 000 ", "1,", "5 people ", "one in ", "half of the ", "two ", "9 billion ", "+ ",
     "$1 to ", "2024 ", "5 a, b, ", "1.1.", "100 per cent ", "\n1 x"],
)  # fmt: skip
def test_find_figures_is_linear(piece):
    find_figures(piece * 20_000)


def test_recall_on_the_labelled_paragraphs(shared_data):
    found = missed = years_right = years_wrong = 0
    surplus = []
    for item in labelled_paragraphs(shared_data, package_names()):
        figures = item.paragraph.figures
        got = [(list(f.value) if isinstance(f.value, tuple) else f.value, f.unit) for f in figures]
        for value, unit, year in item.figures:
            if (value, unit) not in got:
                missed += 1
                continue
            found += 1
            if year is not None:
                right = any(
                    pair == (value, unit) and figure.year == year
                    for pair, figure in zip(got, figures, strict=True)
                )
                years_right += right
                years_wrong += not right
        surplus += [pair for pair in got if pair not in [(v, u) for v, u, _ in item.figures]]

    assert found >= 72
    assert missed == 0
    assert years_wrong == 0 < years_right
    assert surplus == []


def test_figures_stand_in_text_order():
    text = "Half of all homes, 30 towns, one in five schools and 2 ports in 9 countries."

    places = [text.index(figure.quote) + figure.quote.index(".") for figure in find_figures(text)]

    assert [figure.value for figure in find_figures(text)] == [50, 30, 20, 2, 9]
    assert all(before <= after for before, after in pairwise(places))
