import dataclasses
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.common.texts import refused_signs
from rapporteur.register import content as contents
from rapporteur.register.content import (
    Content,
    Known,
    Link,
    Partner,
    Problem,
    Result,
    Translation,
    from_json,
    gaps_of,
    has_refused_signs,
    problems_of,
    read_json,
    to_json,
)

KNOWN = Known(
    codes={
        "action-lines": frozenset({"C4", "C7", "C7.3", "C7.4"}),
        "sdg": frozenset({"SDG4", "SDG4.1"}),
        "gdc": frozenset({"GDC-11a"}),
        "target-groups": frozenset({"target-group:women"}),
        "regions": frozenset({"region:africa", "itu-region:africa"}),
    },
    countries=frozenset({"KEN", "NAM"}),
    stakeholder_groups=frozenset({"stakeholder:governments", "stakeholder:academia"}),
)
FULL = Content(
    title="Wells online",
    description="Maps wells.",
    language="en",
    kind="project",
    status="running",
    organization="Wells Union",
    organization_slug="wells-union",
    stakeholder_group="stakeholder:academia",
    partners=(Partner("Itu", "itu"), Partner("Village")),
    coverage="countries",
    countries=("KEN", "NAM"),
    regions=("region:africa",),
    starts="2021-05",
    ends="2022",
    action_lines=("C7.4", "C4"),
    sdgs=("SDG4.1",),
    compact=("GDC-11a",),
    target_groups=("target-group:women",),
    technologies=("radio",),
    results=(Result("beneficiaries", "Pupils reached", "1250.5", "people", 2022),),
    links=(Link("https://example.org/wells", "Wells"),),
    success_story="It rained.",
    translations={"fr": Translation("Puits en ligne", "Carte des puits.")},
    given={"C4": "suggestion"},
)


def test_a_full_content_has_no_problem_and_no_gap():
    assert problems_of(FULL, KNOWN) == []
    assert gaps_of(FULL) == []


def test_what_is_stored_comes_back():
    assert from_json(to_json(FULL)) == FULL
    assert to_json(Content()) == {}


def test_only_the_title_is_required():
    assert problems_of(Content(title="Wells"), KNOWN) == []
    assert gaps_of(Content(title="Wells", coverage="countries")) == [
        "description",
        "language",
        "kind",
        "status",
        "organization",
        "stakeholder_group",
        "starts",
        "action_lines",
        "sdgs",
        "links",
        "countries",
    ]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"title": "  "}, Problem("title", "empty")),
        ({"title": "x" * 301}, Problem("title", "too-long", "300")),
        ({"description": "bell\x07"}, Problem("description", "signs", "bell\x07")),
        (
            {"status": "done"},
            Problem("status", "not-allowed", "done", ("completed", "planned", "running")),
        ),
        ({"action_lines": ("C7.44",)}, Problem("action_lines", "not-allowed", "C7.44", ("C7.4",))),
        ({"language": "english"}, Problem("language", "not-a-language", "english")),
        ({"starts": "1066"}, Problem("starts", "not-a-date", "1066")),
        ({"starts": "2023-02-30"}, Problem("starts", "not-a-date", "2023-02-30")),
        ({"starts": "May 2021"}, Problem("starts", "not-a-date", "May 2021")),
        ({"starts": "2021-05", "ends": "2021-04"}, Problem("ends", "ends-before-start", "2021-04")),
        ({"links": (Link("ftp://x"),)}, Problem("links.0.url", "not-a-link", "ftp://x")),
        (
            {"results": (Result("result", "Wells", "ten"),)},
            Problem("results.0.value", "not-a-number", "ten"),
        ),
        (
            {"links": (Link("https://example.org/\x00"),)},
            Problem("links.0.url", "signs", "https://example.org/\x00"),
        ),
        (
            {"partners": (Partner("Wells", "we\x00lls"),)},
            Problem("partners.0.slug", "signs", "we\x00lls"),
        ),
        ({"given": {"C4\x07": "person"}}, Problem("given", "signs", "C4\x07")),
        ({"partners": (Partner(" "),)}, Problem("partners.0.name", "empty")),
        (
            {"translations": {"en": Translation("Wells")}, "language": "en"},
            Problem("translations", "not-a-language", "en"),
        ),
        ({"countries": ("KEN",) * 301}, Problem("countries", "too-many", "300")),
    ],
)
def test_problems(values, problem):
    found = problems_of(Content(**{"title": "Wells", **values}), KNOWN)

    assert [
        dataclasses.replace(item, nearest=item.nearest[: len(problem.nearest)]) for item in found
    ] == [problem]


def test_an_end_in_the_year_of_the_start_is_no_problem():
    assert problems_of(Content(title="Wells", starts="2021-05-31", ends="2021"), KNOWN) == []


def test_read_json_says_what_has_a_wrong_shape_and_keeps_the_rest():
    content, problems = read_json(
        {
            "title": "Wells",
            "year": 2021,
            "kind": 7,
            "sdgs": "SDG4",
            "links": [{"url": "https://example.org"}, "x", {"url": 1}],
            "translations": {"fr": {"title": "Puits"}},
            "description": None,
        }
    )

    assert content == Content(
        title="Wells",
        links=(Link("https://example.org"),),
        translations={"fr": Translation("Puits")},
    )
    assert [(item.field, item.code) for item in problems] == [
        ("year", "unknown-field"),
        ("kind", "not-text"),
        ("sdgs", "not-a-list"),
        ("links.1", "not-an-object"),
        ("links.2.url", "not-text"),
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([*contents.FIELD_NAMES, "other"])


@given(JSON | st.dictionaries(FIELDS, JSON, max_size=6))
def test_any_json_is_read_and_checked_without_a_crash(given_json):
    content, problems = read_json(given_json)
    problems += problems_of(content, KNOWN)

    assert all(isinstance(item, Problem) for item in problems)
    if not content.title.strip():
        assert Problem("title", "empty") in problems


@given(st.dictionaries(FIELDS, JSON, max_size=6))
def test_what_was_read_is_stored_and_comes_back(given_json):
    content, _problems = read_json(given_json)

    assert to_json(from_json(to_json(content))) == to_json(content)


@given(st.text(alphabet=st.characters(codec=None) | st.sampled_from(string.printable)))
def test_the_quick_look_finds_every_text_with_refused_signs(text):
    assert has_refused_signs(text) == bool(refused_signs(text))
