"""Bars and stacked bars: what is written, where it stands, what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.analysis.charts import NARROW, Bar, Bars, Parts, Row, StackedBars, Table, Words
from tests.analysis.charts.reading import (
    assert_fit_for_a_page,
    parsed,
    places,
    texts,
    titles,
    weight,
)

SPEC = Bars(
    title="Activities by action line",
    description="Three action lines.",
    rows=(
        Bar("C2. Infrastructure", 1204, link="/c2"),
        Bar("C3. Access", 602, note="estimate"),
        Bar("C8. Cultural diversity", None),
    ),
    item="Action line",
    measure="Activities",
)


def test_bars_write_each_label_and_value():
    chart = SPEC.draw()

    assert texts(chart.svg) == [
        "C2. Infrastructure",
        "C3. Access",
        "C8. Cultural diversity",
        "1,204",
        "602 (estimate)",
        "No data",
    ]
    assert titles(chart.svg) == ["C2. Infrastructure: 1,204", "C3. Access: 602 (estimate)"]
    assert chart.table == Table(
        columns=("Action line", "Activities", "Note"),
        rows=(
            Row("C2. Infrastructure", ("1,204", ""), "/c2"),
            Row("C3. Access", ("602", "estimate")),
            Row("C8. Cultural diversity", ("No data", "")),
        ),
        text_columns=(0, 2),
    )


def test_bars_are_as_long_as_their_values():
    rows = tuple(Bar(str(value), value) for value in (400, 200, 100))
    paths = [path.get("d") for path in parsed(replace(SPEC, rows=rows).draw().svg).iter("{*}path")]

    lengths = [float(path.split("h")[1].split("v")[0]) for path in paths]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.4)
    assert lengths[0] == pytest.approx(4 * lengths[2], abs=0.4)


@pytest.mark.parametrize("width", [640, NARROW])
def test_drawing_is_small_and_fit_for_a_page(width):
    chart = replace(SPEC, width=width).draw()

    assert_fit_for_a_page(chart.svg)
    assert weight(chart.svg) < 8_000
    assert weight(chart.file) < 8_000
    root = parsed(chart.svg)
    assert root[0].text == "Activities by action line"
    assert root[1].text == "Three action lines."
    assert root.get("viewBox") == f"0 0 {width} {chart.height}"


def test_forty_bars_stay_under_eight_kilobytes():
    rows = tuple(Bar(f"A fairly long label of the number {n}", n * 37) for n in range(40))

    assert weight(replace(SPEC, rows=rows).draw().file) < 8_000


def test_same_spec_gives_same_bytes():
    first, second = SPEC.draw(), replace(SPEC).draw()

    assert (first.svg, first.file, first.png()) == (second.svg, second.file, second.png())
    assert SPEC.digest() == replace(SPEC).digest()
    assert SPEC.digest() != replace(SPEC, title="Other").digest()


def test_arabic_runs_from_the_right():
    rows = (Bar("البنية التحتية", 10), Bar("C3 النفاذ", 5))
    spec = replace(SPEC, rows=rows, language="ar", words=Words(no_data="لا توجد بيانات"))
    english = replace(spec, language="en")

    right, left = places(spec.draw().svg), places(english.draw().svg)

    for text in ("البنية التحتية", "C3 النفاذ", "10", "5"):
        assert right[text][0] == pytest.approx(640 - left[text][0], abs=0.2)
        assert right[text][1] == left[text][1]
    # A code before Arabic words is laid out from the right, within marks that keep it apart.
    assert "\u2067C3 النفاذ\u2069" in spec.draw().svg


def test_numbers_are_grouped_as_the_language_does():
    rows = (Bar("a", 1234567),)

    written = {
        language: texts(replace(SPEC, rows=rows, language=language).draw().svg)[-1]
        for language in ("en", "fr", "es", "ru", "zh-hans", "ar")
    }
    assert written == {
        "en": "1,234,567",
        "fr": "1\u202f234\u202f567",
        "es": "1.234.567",
        "ru": "1\u00a0234\u00a0567",
        "zh-hans": "1,234,567",
        "ar": "1,234,567",
    }


def test_shares_are_written_as_the_language_does():
    spec = replace(SPEC, rows=(Bar("a", 12.34),), percent=True)

    assert texts(spec.draw().svg)[-1] == "12.3%"
    assert texts(replace(spec, language="fr").draw().svg)[-1] == "12,3\u00a0%"


@pytest.mark.parametrize("rows", [(), (Bar("a", None),)])
def test_nothing_to_draw_is_said_in_words(rows):
    chart = replace(SPEC, rows=rows, words=Words(no_data="Nothing known")).draw()

    assert texts(chart.svg) == ["Nothing known"]
    assert len(chart.table.rows) == len(rows)
    assert_fit_for_a_page(chart.svg)


def test_one_bar_of_zero_is_a_zero():
    assert texts(replace(SPEC, rows=(Bar("a", 0),)).draw().svg) == ["a", "0"]
    assert titles(replace(SPEC, rows=(Bar("a", 0),)).draw().svg) == []


def test_huge_value_stays_on_the_sheet():
    chart = replace(SPEC, rows=(Bar("a", 10**15), Bar("b", 1)), width=NARROW).draw()

    assert texts(chart.svg)[-2] == "1,000,000,000,000,000"
    assert 0 < places(chart.svg)["1,000,000,000,000,000"][0] < NARROW - 100


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), "3", True])
def test_what_is_no_count_is_refused_by_name(value):
    with pytest.raises(ValueError, match=r"at C9\."):
        replace(SPEC, rows=(Bar("C9", value),)).plan()


def test_hostile_label_is_text():
    hostile = "<script>alert(1)</script>\"'&\x00\u202e]]>"
    chart = replace(SPEC, title=hostile, description=hostile, rows=(Bar(hostile, 3),)).draw()

    for svg in (chart.svg, chart.file):
        assert "<script" not in svg
        assert "\u202e" not in svg
        parsed(svg)
    shown = "<script>alert(1)</script>\"'& ]]>"
    assert texts(chart.svg) == [shown, "3"]
    assert chart.table.rows[0].header == shown
    assert chart.png().startswith(b"\x89PNG")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=80),
            st.none() | st.integers(0, 10**18) | st.floats(0, 1e12, allow_subnormal=False),
            st.text(max_size=20),
        ),
        max_size=6,
    ),
    st.sampled_from(["en", "ar", "zh-hans"]),
    st.sampled_from([640, NARROW]),
)
def test_any_rows_give_a_drawing_or_words(rows, language, width):
    spec = replace(
        SPEC,
        rows=tuple(Bar(label, value, note) for label, value, note in rows),
        language=language,
        width=width,
    )

    chart = spec.draw()

    assert_fit_for_a_page(chart.svg)
    assert len(chart.table.rows) == len(rows)
    assert parsed(chart.file) is not None


STACKED = StackedBars(
    title="Activities by status",
    rows=(Parts("C2", (30, 60, 10)), Parts("C3", (None, 25, 25), "/c3"), Parts("C4", (None,) * 3)),
    parts=("Planned", "Running", "Completed"),
    item="Action line",
)


def test_stacked_bars_write_parts_and_totals():
    chart = STACKED.draw()

    assert texts(chart.svg) == [
        "30",
        "60",
        "25",
        "10",
        "25",
        "C2",
        "C3",
        "C4",
        "100",
        "50",
        "No data",
    ]
    assert titles(chart.svg) == [
        "C2, Planned: 30",
        "C2, Running: 60",
        "C3, Running: 25",
        "C2, Completed: 10",
        "C3, Completed: 25",
    ]
    assert [key.label for key in chart.keys] == ["Planned", "Running", "Completed"]
    assert chart.table.columns == ("Action line", "Planned", "Running", "Completed", "Total")
    assert chart.table.rows[1] == Row("C3", ("No data", "25", "25", "50"), "/c3")
    assert_fit_for_a_page(chart.svg)


def test_stacked_legend_is_in_the_file_alone():
    chart = STACKED.draw()

    assert texts(chart.file)[-3:] == ["Planned", "Running", "Completed"]
    assert "Planned" not in texts(chart.svg)
    assert parsed(chart.file).get("height") == str(chart.height + chart.legend_height)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (replace(STACKED, parts=()), "0 parts"),
        (replace(STACKED, parts=tuple("abcdef")), "6 parts"),
        (replace(STACKED, parts=("a", "b")), "3 values for 2 parts at 'C2'"),
        (replace(STACKED, rows=(Parts("C2", (1, 2, -3)),)), "-3 at C2, Completed"),
    ],
)
def test_stacked_bars_refuse_by_name(spec, words):
    with pytest.raises(ValueError, match=words):
        spec.plan()
