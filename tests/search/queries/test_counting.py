"""Whatever is asked, counts and results are those of looking at every record by hand."""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.search import actions, queries, registry, words
from rapporteur.search.queries import Question, counting
from rapporteur.search.queries.counting import FIRST_VALUES

pytestmark = pytest.mark.django_db(transaction=True)

VOCABULARY = ["health", "broadband", "reports", "report", "skills", "farm", "farming", "Économie"]
TOPICS, PLACES = ["C1", "C2", "C5", "C7.4"], ["africa", "asia", "europe"]
KINDS = ["paper", "note"]
YEARS = [None, 2019, 2020, 2024, 2025]


@pytest.fixture
def records(shelf):
    """240 records of two kinds, in an index of several parts."""
    registry.add_searchable(
        "note", label="Notes", load=shelf.load, all_keys=list, order=2, weight=4
    )
    actions.rebuild()
    chance = random.Random(20261129)
    for number in range(1, 241):
        shelf.put(
            str(number),
            kind=chance.choice(KINDS),
            title=" ".join(chance.choices(VOCABULARY, k=2)),
            text=" ".join(chance.choices(VOCABULARY, k=chance.randint(0, 5))),
            facets={
                "topic": chance.sample(TOPICS, chance.randint(0, 3)),
                "place": chance.sample(PLACES, chance.randint(0, 2)),
            },
            year=chance.choice(YEARS),
        )
        if number % 60 == 0:
            for entry in list(shelf.entries.values())[number - 60 :]:
                actions.note_change(entry.kind, entry.key)
    return Records(shelf.entries.values())


class Records(list):
    def __repr__(self) -> str:
        return f"{len(self)} records"


def stems(text):
    return words.analyse(text, "en").stems


def folded(text):
    return words.analyse(text, "en").words


def texts_of(entry):
    return [*entry.title.values(), *entry.text.values()]


def holds(entry, part):
    """Return whether a record holds a word in any form, or a phrase as it stands."""
    if not part.startswith('"'):
        return any(stems(part)[0] in stems(text) for text in texts_of(entry))
    row = folded(part)
    return any(
        folded(text)[place : place + len(row)] == row
        for text in texts_of(entry)
        for place in range(len(folded(text)))
    )


def values_of(entry, name):
    if name == "kind":
        return {entry.kind}
    if name == "year":
        return {str(entry.year)} if entry.year else set()
    return set(entry.facets.get(name, ()))


def found_by_hand(records, parts, question, *, without=""):
    for entry in records:
        wanted = [holds(entry, part) for part in parts if not part.startswith("-")]
        unwanted = [holds(entry, part[1:]) for part in parts if part.startswith("-")]
        first, last = question.years
        if any(unwanted) or not (not wanted or all(wanted)):
            continue
        if question.kinds and entry.kind not in question.kinds:
            continue
        bound = question.years != (None, None) and without != "year"
        if bound and not (entry.year and (first or 0) <= entry.year <= (last or 9999)):
            continue
        if all(
            values_of(entry, name) & set(values)
            for name, values in question.chosen.items()
            if values and name != without
        ):
            yield entry


PARTS = st.lists(
    st.sampled_from(
        [*VOCABULARY, '"health reports"', '"farm farming"', "-skills", '-"report"', "economie"]
    ),
    max_size=3,
    unique=True,
)
QUESTIONS = st.tuples(
    PARTS,
    st.fixed_dictionaries(
        {},
        optional={
            "topic": st.lists(st.sampled_from([*TOPICS, "none such"]), max_size=2, unique=True),
            "place": st.lists(st.sampled_from(PLACES), max_size=2, unique=True),
            "kind": st.lists(st.sampled_from(KINDS), max_size=2, unique=True),
        },
    ),
    st.sampled_from([(), (), ("paper",), ("paper", "note")]),
    st.sampled_from([(None, None), (None, None), (2020, None), (2019, 2020), (None, 2024)]),
    st.sampled_from(["best", "newest", "updated"]),
)


@pytest.fixture(params=[1, 10_000_000], ids=["two threads", "one thread"])
def large(request, monkeypatch):
    monkeypatch.setattr(counting, "LARGE", request.param)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(asked=QUESTIONS)
def test_everything_is_as_counted_by_hand(records, large, asked):
    parts, chosen, kinds, years, sort = asked
    question = Question(" ".join(parts), chosen, sort=sort, kinds=kinds, years=years)

    found = queries.find(question, size=400)
    expected = {(entry.kind, entry.key) for entry in found_by_hand(records, parts, question)}

    assert {(hit.held["kind"], hit.held["key"]) for hit in found.hits} == expected
    assert found.count == len(found.hits) == len(expected) == queries.count(question)
    for name in ("topic", "place", "kind", "year"):
        by_hand = Counter(
            value
            for entry in found_by_hand(records, parts, question, without=name)
            for value in values_of(entry, name)
        )
        assert found.counts[name] == dict(by_hand), name
    for kind in KINDS:
        keys = [key for found_kind, key in expected if found_kind == kind]
        if not (kinds and kind not in kinds):
            assert list(queries.all_keys(question, kind=kind)) == sorted(keys, key=int)


def test_counts_of_some_facets_are_those_of_the_page(records):
    question = Question("health", {"topic": ("C5",)})

    found = queries.find(question)

    assert queries.counts(question, ["topic", "year"]) == {
        "topic": found.counts["topic"],
        "year": found.counts["year"],
    }
    assert queries.counts(question, ["nonsense"]) == {}


def test_counts_follow_a_change(shelf):
    shelf.put("1", facets={"topic": ["C5"]})
    actions.rebuild()
    before = queries.counts(Question(), ["topic"])
    shelf.put("2", facets={"topic": ["C5", "C1"]})
    actions.follow()
    unchanged = queries.counts(Question(), ["topic"])
    actions.rebuild()

    assert before == unchanged == {"topic": {"C5": 1}}
    assert queries.counts(Question(), ["topic"]) == {"topic": {"C5": 2, "C1": 1}}


def test_facet_with_very_many_values_gives_those_with_most_records(shelf):
    registry.add_facet("maker", label="Maker", many=True)
    for number in range(1, 91):
        shelf.put(str(number), text="health", facets={"maker": [f"maker {number:03}"]})
    for number in range(91, 96):
        shelf.put(str(number), text="health", facets={"maker": ["maker 090"]})
    actions.rebuild()

    some = queries.find(Question("health")).counts["maker"]
    more = queries.find(Question("health"), more="maker").counts["maker"]
    chosen = queries.find(Question("health", {"maker": ["maker 077"]})).counts["maker"]

    assert len(some) == FIRST_VALUES
    assert some["maker 090"] == 6
    assert len(more) == len(queries.counts(Question("health"), ["maker"])["maker"]) == 90
    assert chosen["maker 077"] == 1


def test_record_of_several_years_counts_in_each(shelf):
    shelf.put("1", year=2025, years=(2023, 2024, 2025))
    shelf.put("2", year=2023)
    actions.rebuild()

    found = queries.find(Question(sort="newest"))
    assert found.counts["year"] == {"2023": 2, "2024": 1, "2025": 1}
    assert [hit.held["key"] for hit in found.hits] == ["1", "2"]
    assert queries.count(Question(years=(2024, 2024))) == 1
