"""The steps: what a form says of a content comes back from it, and nothing typed crashes it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.register.content import (
    Content,
    Link,
    Partner,
    Result,
    Translation,
    from_json,
    problems_of,
    to_json,
)
from rapporteur.register.forms import STEPS, after, find_step, step_of_field
from rapporteur.register.forms.vocabulary import Vocabulary, language_choices
from tests.factories.register import make_content, make_framework

FULL = make_content(
    organization="Well Guild",
    stakeholder_group="stakeholder:governments",
    partners=(Partner("Rain Watchers"), Partner("Drop Union")),
    countries=("KEN", "NAM"),
    regions=("region:africa", "itu-region:africa"),
    starts="2021-03",
    ends="2024",
    action_lines=("C3", "C7.4"),
    sdgs=("SDG4", "SDG4.1"),
    compact=("GDC-11a",),
    target_groups=("target-group:women",),
    technologies=("maps", "sensors"),
    results=(
        Result("beneficiaries", "Pupils", "1250", "people", 2023),
        Result("result", "A map"),
    ),
    links=(Link("https://example.org/wells", "The map"),),
    success_story="It rained.\n\nThen it rained more.",
    translations={"fr": Translation("Puits", "Des puits.")},
    given={"C7.4": "suggestion"},
)


@pytest.fixture
def vocabulary(db):
    make_framework()
    return Vocabulary()


def as_typed(form):
    """Return what a browser sends of a form as it is shown: every field, every row."""
    data = QueryDict(mutable=True)

    def take(bound):
        value = bound.value()
        if isinstance(value, (list, tuple)):
            data.setlist(bound.html_name, [str(item) for item in value])
        else:
            data[bound.html_name] = "" if value is None else str(value)

    for field in form:
        take(field)
    for rows in form.row_sets.values():
        data[f"{rows.prefix}-TOTAL_FORMS"] = str(rows.total_form_count())
        data[f"{rows.prefix}-INITIAL_FORMS"] = str(rows.initial_form_count())
        for row in rows:
            for field in row:
                take(field)
    return data


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
@pytest.mark.parametrize("content", [FULL, Content(), make_content()], ids=["full", "none", "some"])
def test_a_step_sent_as_it_was_shown_changes_nothing(vocabulary, step, content):
    shown = step.form(content=content, vocabulary=vocabulary)
    data = as_typed(shown)
    if step.slug == "text" and not content.language:
        data["language"] = ""

    form = step.form(data, content=content, vocabulary=vocabulary)
    form.check()

    assert to_json(form.change(content)) == to_json(content)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_a_full_content_has_no_fault_in_any_step(vocabulary, step):
    shown = step.form(content=FULL, vocabulary=vocabulary)

    form = step.form(as_typed(shown), content=FULL, vocabulary=vocabulary)

    assert form.check(), form.faults


def test_every_field_of_the_content_is_written_in_one_step():
    written = [name for step in STEPS for name in step.form.content_fields]

    assert sorted(written) == sorted(Content.__dataclass_fields__)


def test_steps_follow_each_other():
    assert find_step("nowhere") is None
    assert after(STEPS[0]) is STEPS[1]
    assert after(STEPS[-1]) is None
    assert step_of_field("sdgs").slug == "labels"


def test_an_accepted_suggestion_is_marked_and_a_choice_by_hand_is_not(vocabulary):
    step = find_step("labels")
    data = QueryDict("action_lines=C3&suggested=C7.4&suggested=SDG4&suggested=C99")

    made = step.form(data, content=Content(), vocabulary=vocabulary).change(Content())

    assert (made.action_lines, made.sdgs) == (("C3", "C7.4"), ("SDG4",))
    assert made.given == {"C7.4": "suggestion", "SDG4": "suggestion"}


def test_a_label_taken_away_takes_its_mark_along(vocabulary):
    step = find_step("labels")
    content = Content(action_lines=("C3", "C7.4"), given={"C7.4": "suggestion"})

    made = step.form(QueryDict("action_lines=C3"), content=content, vocabulary=vocabulary)

    assert made.change(content).given == {}


def test_suggestions_accepted_beside_the_text_join_what_is_there(vocabulary):
    step = find_step("text")
    content = Content(action_lines=("C3",))
    data = QueryDict("title=Wells&suggested=C7.4&suggested=C3&suggested=SDG4&suggested=<x>")

    made = step.form(data, content=content, vocabulary=vocabulary).change(content)

    assert (made.action_lines, made.sdgs) == (("C3", "C7.4"), ("SDG4",))
    assert made.given == {"C7.4": "suggestion", "SDG4": "suggestion"}


def test_two_translations_of_one_language_are_shown_and_the_first_is_kept(vocabulary):
    step = find_step("story")
    data = QueryDict(
        "translations-TOTAL_FORMS=3&translations-INITIAL_FORMS=0"
        "&translations-0-language=fr&translations-0-title=Puits"
        "&translations-1-language=fr&translations-1-title=Fontaines"
        "&translations-2-language=&translations-2-title=Pozos"
    )
    form = step.form(data, content=Content(), vocabulary=vocabulary)

    assert form.check() is False

    assert [place for place, _words in form.faults] == [
        "id_translations-1-language",
        "id_translations-2-language",
    ]
    assert form.change(Content()).translations == {"fr": Translation("Puits")}


def test_a_translation_into_the_text_s_own_language_is_shown_at_its_row(vocabulary):
    step = find_step("story")
    data = QueryDict(
        "translations-TOTAL_FORMS=1&translations-INITIAL_FORMS=0"
        "&translations-0-language=en&translations-0-title=Wells"
    )
    form = step.form(data, content=Content(language="en"), vocabulary=vocabulary)

    assert form.check() is False

    assert [place for place, _words in form.faults] == ["id_translations-0-language"]


def test_languages_are_named_in_the_reader_s_language_the_six_first():
    from django.utils import translation

    with translation.override("fr"):
        choices = language_choices()

    assert choices[:2] == [("ar", "arabe"), ("en", "anglais")]
    assert ("sw", "swahili") in choices


WORDS = st.text(max_size=40) | st.sampled_from(["2024", "2024-13", "http://x", "1,5", "\x00", "‮"])


def keys_of(step):
    form = step.form
    names = [*form.base_fields, "suggested"]
    for rows in form.row_lists:
        names += [
            f"{rows.name}-{place}-{field}" for place in (0, 1) for field in rows.form.base_fields
        ]
    return names


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_whatever_is_typed_is_read_and_what_is_kept_fits(vocabulary, step):
    names = keys_of(step)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(names), st.lists(WORDS, max_size=3)), st.integers(-2, 4))
    def check(typed, total):
        data = QueryDict(mutable=True)
        for rows in step.form.row_lists:
            data[f"{rows.name}-TOTAL_FORMS"] = str(total)
            data[f"{rows.name}-INITIAL_FORMS"] = "0"
        for name, values in typed.items():
            data.setlist(name, values)
        form = step.form(data, content=FULL, vocabulary=vocabulary)

        form.check()
        made = form.change(FULL)

        assert from_json(to_json(made)) == replace(made, translations=dict(made.translations))
        left = {problem.code for problem in problems_of(made, vocabulary.known)}
        assert not left & {"too-long", "signs", "too-many"}

    check()
