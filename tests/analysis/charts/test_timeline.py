"""Values by year: columns, lines with names at their ends, small multiples."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.analysis.charts import NARROW, Row, Series, SmallMultiples, Timeline
from rapporteur.analysis.charts.timeline import spread
from tests.analysis.charts.reading import (
    assert_fit_for_a_page,
    parsed,
    places,
    texts,
    titles,
    weight,
)

SPEC = Timeline(
    title="Activities by year",
    series=(Series("Activities", {2021: 3, 2022: 0, 2024: 1204}, {2024: "/2024"}),),
)
LINES = Timeline(
    title="Activities by group",
    series=(
        Series("Governments", {2020: 10, 2021: 20, 2022: 40}),
        Series("Civil society", {2020: 5, 2021: None, 2022: 39}),
    ),
)


def test_columns_name_years_and_values():
    chart = SPEC.draw()

    assert texts(chart.svg) == [
        *("0", "500", "1,000", "1,500"),
        *("3", "0", "1,204"),
        *("2021", "2022", "2023", "2024"),
    ]
    # A year of 0 has no column; a year that is not known has no number either.
    assert titles(chart.svg) == ["2021: 3", "2024: 1,204"]
    assert chart.table.columns == ("Year", "Activities")
    assert chart.table.rows == (
        Row("2021", ("3",)),
        Row("2022", ("0",)),
        Row("2023", ("No data",)),
        Row("2024", ("1,204",), "/2024"),
    )


def test_where_not_all_values_fit_the_highest_stands():
    many = Series("Activities", {year: 1000 + year for year in range(1990, 2025)})
    chart = replace(SPEC, series=(many,), width=NARROW).draw()

    assert texts(chart.svg) == [
        *("0", "1,000", "2,000", "3,000", "4,000"),
        "3,024",
        *("1990", "1995", "2000", "2005", "2010", "2015", "2020"),
    ]


@pytest.mark.parametrize("width", [640, NARROW])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_texts_stay_on_the_sheet(width, language):
    values = {year: 900 + year % 7 for year in range(2003, 2027)}
    chart = replace(SPEC, series=(Series("a", values),), width=width, language=language).draw()

    for x, y in places(chart.svg).values():
        assert 0 <= x <= width
        assert 0 <= y <= chart.height
    years = {text: x for text, (x, _y) in places(chart.svg).items() if len(text) == 4}
    assert all(12 <= x <= width - 12 for x in years.values())


def test_arabic_time_runs_from_the_right():
    found = places(replace(SPEC, language="ar").draw().svg)

    assert found["2021"][0] > found["2022"][0] > found["2024"][0]


def test_lines_are_named_at_their_ends():
    chart = LINES.draw()

    assert texts(chart.svg)[-7:] == [
        *("Governments", "40", "Civil society", "39"),
        *("2020", "2021", "2022"),
    ]
    found = places(chart.svg)
    lines = [found[text][1] for text in ("Governments", "40", "Civil society", "39")]
    assert all(below - above >= 15 for above, below in itertools.pairwise(lines))
    # A year that is not known leaves a gap: the second line starts again.
    (broken,) = [
        path.get("d")
        for path in parsed(chart.svg).iter("{*}path")
        if path.get("class") == "s-ramp-3"
    ]
    assert broken.count("M") == 2
    assert_fit_for_a_page(chart.svg)


def test_more_than_four_lines_are_refused():
    with pytest.raises(ValueError, match=r"5 lines in one chart; expected at most 4\."):
        replace(LINES, series=LINES.series[:1] * 5).plan()


def test_one_year_in_lines_is_drawn():
    chart = replace(LINES, series=tuple(Series(name, {2024: 3}) for name in "ab")).draw()

    assert "2024" in texts(chart.svg)


@pytest.mark.parametrize("series", [(), (Series("a", {}),), (Series("a", {2020: None}),)])
@pytest.mark.parametrize("kind", [Timeline, SmallMultiples])
def test_nothing_known_is_said_in_words(kind, series):
    chart = kind(title="t", series=series).draw()

    assert texts(chart.svg) == ["No data"]
    assert chart.table.rows == ()


def test_negative_value_is_refused_by_series_and_year():
    with pytest.raises(ValueError, match="-1 at Activities, 2020"):
        replace(SPEC, series=(Series("Activities", {2020: -1}),)).plan()


def test_axis_of_millions_is_written_short():
    chart = replace(SPEC, series=(Series("a", {2020: 3_400_000}),)).draw()

    assert texts(chart.svg)[:5] == ["0", "1M", "2M", "3M", "4M"]
    assert "3,400,000" in texts(chart.svg)


def test_small_multiples_share_one_scale():
    spec = SmallMultiples(
        title="By region",
        series=(Series("Africa", {2020: 50, 2021: 100}), Series("Europe", {2020: 25, 2021: 50})),
    )
    chart = spec.draw()

    heights = [
        float(path.get("d").split("v")[1].split("h")[0])
        for path in parsed(chart.svg).iter("{*}path")
    ]
    assert heights[1] == pytest.approx(2 * heights[3], abs=0.2)
    assert heights[0] == heights[3]
    assert texts(chart.svg) == [
        *("Africa", "50", "100", "2020", "2021"),
        *("Europe", "25", "50", "2020", "2021"),
    ]
    assert chart.table.rows[1] == Row("2021", ("100", "50"))
    assert_fit_for_a_page(chart.svg)
    assert weight(chart.file) < 8_000


def test_eleven_small_multiples_of_twenty_years_are_small():
    series = tuple(
        Series(
            f"C{line}. A long name of an action line that breaks",
            {year: (year * line) % 977 for year in range(2004, 2025)},
        )
        for line in range(1, 12)
    )

    for width in (640, NARROW):
        chart = SmallMultiples(title="t", series=series, width=width).draw()
        assert weight(chart.file) < 8_000
        assert weight(chart.svg) < 8_000


def test_spread_keeps_blocks_apart_and_above_the_floor():
    assert spread([(10, 30), (12, 30), (90, 30)], 100) == [0, 30, 70]
    assert spread([(90, 30), (95, 30)], 100) == [40, 70]
    assert spread([], 100) == []


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.integers(1950, 2050), st.none() | st.integers(0, 10**15), max_size=8),
        max_size=4,
    ),
    st.sampled_from([Timeline, SmallMultiples]),
    st.sampled_from(["en", "ar"]),
)
def test_any_years_give_a_drawing_or_words(series, kind, language):
    spec = kind(
        title="t",
        series=tuple(Series(f"s{place}", values) for place, values in enumerate(series)),
        language=language,
    )

    assert_fit_for_a_page(spec.draw().svg)
