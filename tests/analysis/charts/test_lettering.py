"""Text in charts: cleaned, broken, kept to its direction; and colours that can be read."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.charts.ink import DARK, LIGHT, RAMP, on
from rapporteur.analysis.charts.lettering import clean, isolated, lines, shortened, width


def test_clean_takes_out_what_turns_or_breaks_a_line():
    assert clean(" a\x00b\u202ec\n\u2069 d ") == "a b c d"


def test_isolated():
    assert isolated("C1", "ltr") == "C1"
    assert isolated("دور", "ltr") == "\u2068دور\u2069"
    assert isolated("C1. دور", "rtl") == "\u2067C1. دور\u2069"
    assert isolated("ITU", "rtl") == "\u2066ITU\u2069"
    assert isolated("10–99", "rtl") == "\u206710–99\u2069"


def test_lines_break_at_blanks_and_chinese_between_signs():
    assert lines("Access to information and knowledge", 10, 130) == [
        "Access to information and",
        "knowledge",
    ]
    assert lines("信息通信基础设施", 10, 41) == ["信息通信", "基础设施"]
    assert lines("one two three four five six", 10, 50, 2)[-1].endswith("…")
    assert lines("", 10, 50) == [""]


@given(st.text(max_size=60), st.integers(20, 300), st.integers(1, 3))
def test_lines_never_run_over(text, limit, most):
    found = lines(clean(text), 10, limit, most)

    assert len(found) <= most
    assert all(width(line, 10) <= max(limit, width(line[:1], 10)) for line in found)


def test_shortened():
    assert shortened("short", 10, 100) == "short"
    assert shortened("a very long label", 10, 60) == "a very long…"


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_read_and_told_apart():
    for colours in (LIGHT, DARK):
        for shade in RAMP:
            assert contrast(colours[shade], colours[on(shade)]) >= 4.5, (colours, shade)
        for name in ("ink", "ink-2"):
            assert contrast(colours[name], colours["paper"]) >= 4.5
        for name in ("accent", "ramp-3", "line"):
            assert contrast(colours[name], colours["paper"]) >= 2.9, name
        steps = [luminance(colours[shade]) for shade in RAMP]
        assert steps == sorted(steps, reverse=colours is LIGHT)
        assert all(contrast(colours[a], colours[b]) >= 1.3 for a, b in itertools.pairwise(RAMP))
