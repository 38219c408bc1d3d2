import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.register.comparing import Change, Mark, Piece, Shape, compare, compare_texts
from rapporteur.register.content import Content, Result, Translation

SAME, GONE, NEW = Mark.SAME, Mark.GONE, Mark.NEW


def pieces(*given):
    return tuple(Piece(mark, value) for mark, value in given)


def test_compare_of_equal_contents_is_empty():
    assert compare(Content(title="Wells"), Content(title="Wells")) == ()


def test_compare_marks_words_within_the_sentence_that_differs():
    before = Content(description="It maps wells. It tells when one runs dry.")
    after = Content(description="It maps wells. It tells everybody when one runs dry.")

    assert compare(before, after) == (
        Change(
            "description",
            Shape.TEXT,
            pieces((SAME, "It maps wells. It tells when one runs dry.")),
            pieces(
                (SAME, "It maps wells. It tells "),
                (NEW, "everybody "),
                (SAME, "when one runs dry."),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        (
            "水井地图",
            "水井新地图",
            [(SAME, "水井地图")],
            [(SAME, "水井"), (NEW, "新"), (SAME, "地图")],
        ),
        (
            "خريطة الآبار",
            "خريطة آبار",
            [(SAME, "خريطة "), (GONE, "الآبار")],
            [(SAME, "خريطة "), (NEW, "آبار")],
        ),
        ("", "Wells", [], [(NEW, "Wells")]),
        ("Wells", "", [(GONE, "Wells")], []),
    ],
)
def test_compare_texts_of_any_script(old, new, before, after):
    assert compare_texts(old, new) == (pieces(*before), pieces(*after))


def test_compare_goes_field_by_field_in_order():
    before = Content(
        title="Wells",
        kind="project",
        countries=("KEN", "NAM"),
        results=(Result("result", "Wells", "10", "wells", 2024),),
        translations={"fr": Translation("Puits")},
        given={"C7.4": "suggestion"},
    )
    after = Content(
        title="Wells",
        status="running",
        countries=("KEN", "TZA"),
        results=(Result("result", "Wells", "12", "wells", 2024),),
        translations={"fr": Translation("Les puits"), "es": Translation("Pozos")},
    )

    found = compare(before, after)

    assert [(change.field, change.name, change.shape) for change in found] == [
        ("kind", "kind", Shape.VALUE),
        ("status", "status", Shape.VALUE),
        ("countries", "countries", Shape.LIST),
        ("results", "results", Shape.LIST),
        ("translations.es.title", "translations", Shape.TEXT),
        ("translations.fr.title", "translations", Shape.TEXT),
        ("given", "given", Shape.LIST),
    ]
    assert found[0].before == pieces((GONE, "project"))
    assert found[0].after == ()
    assert found[2].before == pieces((SAME, "KEN"), (GONE, "NAM"))
    assert found[2].after == pieces((SAME, "KEN"), (NEW, "TZA"))
    assert found[3].after[0].value == {
        "kind": "result",
        "text": "Wells",
        "value": "12",
        "unit": "wells",
        "year": 2024,
    }
    assert found[6].before == pieces((GONE, ("C7.4", "suggestion")))


@given(st.text(max_size=300), st.text(max_size=300))
def test_pieces_joined_are_the_texts(old, new):
    before, after = compare_texts(old, new)

    assert "".join(piece.value for piece in before) == old
    assert "".join(piece.value for piece in after) == new
    assert "".join(p.value for p in before if p.mark == SAME) == "".join(
        p.value for p in after if p.mark == SAME
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 10_000, "b " + "a " * 9_000 + "c"),
        ("a. b. " * 3_000, "b. a. c. " * 2_200),
        ("水井" * 10_000, "井水" * 10_000),
        (
            "".join(f"w{n % 97} " for n in range(5_000)),
            "".join(f"w{n % 89} " for n in range(5_000)),
        ),
    ],
)
def test_hostile_texts_take_little_time(old, new):
    began = time.perf_counter()

    before, _after = compare_texts(old, new)

    assert "".join(piece.value for piece in before) == old
    assert time.perf_counter() - began < 5
