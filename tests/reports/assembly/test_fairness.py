"""What a draft leaves out where not all fits: the rule, and that the limit is kept."""

from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.reports.assembly.draft import assemble
from rapporteur.reports.assembly.pieces import count_words
from tests.factories.reports import (
    make_actor,
    make_material,
    make_outline,
    make_paragraph,
    make_source,
    make_statements,
)

ACTORS = [make_actor(name) for name in ("ITU", "UNESCO", "APC", "WHO", "UNEP")]


def long_material(lines):
    """Return material of (section code, actor index, words) lines, each a paragraph's statement."""
    source = make_source()
    return make_material(
        *(
            make_paragraph(
                number,
                source,
                concepts=[code],
                statements=make_statements(
                    (f"{ACTORS[actor].name} " + "dug " * words + "on.", ACTORS[actor])
                ),
            )
            for number, (code, actor, words) in enumerate(lines, 1)
        )
    )


def build(lines, limit):
    with override("en"):
        return assemble(make_outline(limit), long_material(lines), subtitle="Draft")


def words_as_printed(draft):
    """Count the words of the draft from what is printed, not from its own account."""
    total = count_words(draft.title) + count_words(draft.subtitle)
    for section in draft.sections:
        total += count_words(section.heading) + count_words(section.sentence)
    for _section, paragraph in draft.paragraphs:
        total += 1 + count_words(paragraph.text)
    return total + sum(1 + count_words(note.text) for note in draft.notes)


def test_each_organization_has_a_line_before_any_has_two():
    lines = [("C1", 0, 30)] * 10 + [("C2", actor, 30) for actor in (1, 2, 3)]
    draft = build(lines, limit=230)
    named = [actor.name for actor in draft.actors]
    assert sorted(named) == ["APC", "ITU", "UNESCO", "WHO"]
    assert draft.lines_left_out == 8
    assert [(section.key, item.actor.name, item.lines) for section, item in draft.left_out] == [
        ("c1", "ITU", 8)
    ]


def test_sections_take_turns_for_what_room_is_left():
    draft = build([("C1", 0, 30)] * 10 + [("C2", 1, 30)] * 10, limit=280)
    taken = {section.key: len(section.paragraphs[0].notes) for section in draft.sections[2:4]}
    assert taken == {"c1": 3, "c2": 3}


def test_an_organization_takes_its_shortest_line_and_a_line_is_never_cut():
    draft = build([("C1", 0, 5), ("C1", 1, 400), ("C1", 1, 8), ("C1", 2, 500)], limit=120)
    texts = [paragraph.text for _section, paragraph in draft.paragraphs]
    assert texts == ["“ITU " + "dug " * 5 + "on.”", "“UNESCO " + "dug " * 8 + "on.”"]
    assert [(item.actor.name, item.lines) for _section, item in draft.left_out] == [
        ("UNESCO", 1),
        ("APC", 1),
    ]


def test_a_section_whose_lines_do_not_fit_says_so_and_is_no_gap():
    draft = build([("C1", 0, 400), ("C2", 1, 5)], limit=100)
    assert draft.sections[2].sentence == (
        "What was reported here does not fit the limit; it is listed in annex II."
    )
    assert "C1" not in [gap.code for gap in draft.gaps]


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(
        st.tuples(st.sampled_from(["C1", "C2"]), st.integers(0, 4), st.integers(0, 60)),
        min_size=1,
        max_size=40,
    ),
    limit=st.integers(80, 900),
)
def test_the_limit_is_kept_nothing_is_lost_and_numbers_follow(lines, limit):
    draft = build(lines, limit)
    assert draft.words == words_as_printed(draft) <= limit
    notes = [note.number for note in draft.notes]
    assert notes == list(range(1, len(notes) + 1))
    paragraphs = [paragraph.number for _section, paragraph in draft.paragraphs]
    assert paragraphs == list(range(1, len(paragraphs) + 1))
    assert len(notes) + draft.lines_left_out == len(lines)
    for _section, paragraph in draft.paragraphs:
        texts = [note.text for note in paragraph.notes]
        assert len(texts) == len(set(texts))
