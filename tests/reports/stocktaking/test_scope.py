"""What a report is narrowed to: read as the search page reads it, and refused by name."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.reports.errors import NoSearchIndex, UnknownScope
from rapporteur.reports.stocktaking.scope import asked_of, keys_of, query_of, words_of
from rapporteur.search.queries import Question

pytestmark = pytest.mark.usefixtures("register")


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("", ""),
        ("?", ""),
        ("region=", ""),
        ("region=africa", "?region=region%3Aafrica"),
        ("region= Africa", "?region=region%3Aafrica"),
        ("region=region:africa", "?region=region%3Aafrica"),
        ("region=itu-region:africa", "?itu-region=itu-region%3Aafrica"),
        ("sdg=SDG9&sdg=SDG4", "?sdg=SDG4&sdg=SDG9"),
        ("q=radio&sort=newest&page=3&format=csv&lang=ar&width=narrow", "?q=radio"),
        ("https://example.org/ar/activities?q=a%3Fb&country=KEN", "?q=a%3Fb&country=KEN"),
        ("/activities?from=2019&to=2024&any=1", "?from=2019&to=2024&any=1"),
        ("q=what?", "?q=what%3F"),
        ("action-line=C7&activity-kind=project", "?action-line=C7&activity-kind=project"),
    ],
)
def test_each_way_of_asking_has_one_query_string(asked, query):
    found = query_of(asked_of(asked))
    assert found == query
    assert query_of(asked_of(found)) == query


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("region=atlantis", "“atlantis”. Allowed: africa, europe, itu-region:africa."),
        ("region=C3", "“c3”. Allowed: africa, europe, itu-region:africa."),
        ("region=itu-region:mars", "“itu-region:mars”. Allowed: africa, europe, itu-region:af"),
        ("region=%00'; DROP TABLE", "“'; drop table”. Allowed: africa"),
        ("region=%3Cscript%3E", "“<script>”. Allowed: africa"),
        ("region=" + "a" * 300, "a…”. Allowed: africa"),
        ("sdg=SDG4.1", "“SDG4.1”. Allowed: SDG4, SDG9."),
        ("action-line=C99", "“C99”. Allowed: C3, C4, C7, C7.4, C7.7."),
        ("activity-kind=party", "“party”. Allowed: project, programme"),
        ("country=XXX", "“XXX”. Allowed: KEN, FJI, …."),
        ("from=soon", "“soon”. Allowed: 2005, 2006, …."),
        ("year=20245", "“20245”. Allowed: 2005"),
        ("schools", "“schools”. Write it as the address of its search page has it"),
        ("%%%=&&&", "“%%%”. Write it"),
        ("theme=x", "“theme”. Write it"),
        ("organization=" + "o" * 101, "oooo…”. Write it"),
        ("organization=a%00b", "“a b”. Write it"),
        ("&".join(f"organization=o{number}" for number in range(21)), "Write it"),
        ("&".join(f"x{number}=1" for number in range(2000)), "Write it"),
    ],
)
def test_what_the_register_does_not_know_is_refused_by_name(asked, words):
    with pytest.raises(UnknownScope) as refused:
        asked_of(asked)
    assert words in str(refused.value)
    assert refused.value.status == 404


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80) | st.text(alphabet="q=&?%region:0af\x00\udc80+; ", max_size=60))
def test_nothing_that_is_asked_is_an_error(register, asked):
    try:
        question = asked_of(asked)
    except UnknownScope:
        return
    assert asked_of(query_of(question)) == question


def test_what_narrows_is_told_in_words():
    question = asked_of("q=radio%0A  waves&region=africa&from=2019&to=2024&organization=nobody")
    assert words_of(question) == [
        "“radio waves”",
        "nobody",
        "Name of region:africa",
        "begun in 2019 or later",
        "begun in 2024 or before",
    ]


def test_words_find_entries_in_the_index_and_are_refused_without_one(register):
    assert keys_of(Question()) is None
    with pytest.raises(NoSearchIndex, match="rapporteur search rebuild"):
        keys_of(Question(text="radio"))


def test_words_are_those_of_the_search_page(register, index):
    assert keys_of(asked_of("q=radio")) == {register.radio.pk}
    assert keys_of(asked_of("q=radio library")) == set()
    found = keys_of(asked_of("q=radio library&any=1"))
    assert found == {register.radio.pk, register.handbook.pk}
