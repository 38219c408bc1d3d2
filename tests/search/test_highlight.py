import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.search.asked import understand
from rapporteur.search.highlight import FRAGMENT, Marker, fragment_of, title_of


def marked(question: str, text: str, language: str = "en") -> str:
    return title_of(text, language, Marker.of(understand(question)))


@pytest.mark.parametrize(
    ("question", "text", "language", "expected"),
    [
        ("report", "Two reports", "en", "Two <mark>reports</mark>"),
        ('"report"', "Two reports", "en", "Two reports"),
        ("developpement", "Le développement", "fr", "Le <mark>développement</mark>"),
        ("وثائق", "بالوثائق هنا", "ar", "<mark>بالوثائق</mark> هنا"),
        ("信息社会", "世界信息社会峰会", "zh", "世界<mark>信息社会</mark>峰会"),
        ("峰", "世界峰会", "zh", "世界<mark>峰</mark>会"),
        # One sign for several letters, and accents that stand apart.
        ("fussball", "Der Fußball", "de", "Der <mark>Fußball</mark>"),
        ("massnahme", "Eine Maßnahme", "de", "Eine <mark>Maßnahme</mark>"),
        ("oeuvre", "Une œuvre", "fr", "Une <mark>œuvre</mark>"),
        ("media", "Un me\u0301dia", "fr", "Un <mark>me\u0301dia</mark>"),
        ("use", "Using it", "en", "<mark>Using</mark> it"),
        ("policy", "All policies", "en", "All <mark>policies</mark>"),
        ("health -cyber", "cyber health", "en", "cyber <mark>health</mark>"),
        (
            "script",
            "<script>alert(1)</script>",
            "en",
            "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;",
        ),
    ],
)
def test_title_of(question, text, language, expected):
    assert marked(question, text, language) == expected


def test_fragment_is_cut_around_what_was_asked():
    text = "filler " * 200 + "the broadband target " + "filler " * 200
    fragment = fragment_of(text, "en", Marker.of(understand("broadband")))

    assert "<mark>broadband</mark>" in fragment
    assert fragment.startswith("… ")
    assert fragment.endswith(" …")
    assert len(fragment) < FRAGMENT + 40


@settings(deadline=None)
@given(st.text(max_size=600), st.text(max_size=40))
def test_nothing_but_marks_is_ever_a_tag(text, question):
    fragment = fragment_of(text, "en", Marker.of(understand(question)))

    assert "<" not in re.sub(r"</?mark>", "", fragment)
