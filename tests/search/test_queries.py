"""Finding, against a count of every record by hand."""

import random
from collections import Counter

import pytest
from django.db import connection, transaction

from rapporteur.search import actions, index, queries, words
from rapporteur.search.queries import Question

pytestmark = pytest.mark.django_db


def found_keys(text: str, **values) -> list[str]:
    found = queries.find(Question(text, **values), size=100)
    return [hit.held["key"] for hit in found.hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("report", {"a", "b"}),
        ("reports", {"a", "b"}),
        ('"reports"', {"b"}),
        ("broadband report", {"b"}),
        ("report -broadband", {"a"}),
        ("-report", {"c", "d", "e", "f", "g"}),
        ("developpement", {"c"}),
        ("DÉVELOPPEMENTS", {"c"}),
        ("الوثائق", {"d"}),
        ("وثائق", {"d"}),
        ("امه", {"d"}),
        ("社会", {"e"}),
        ("信息社会", {"e"}),
        ("社息", set()),
        ("峰", {"e"}),
        ("обществ", {"f"}),
        ("A/RES/70/125", {"g"}),
        ("70/125", {"g"}),
        ("125/70", set()),
        ('"annual report"', {"a"}),
        ('"report annual"', set()),
    ],
)
def test_words_find_their_records(shelf, text, expected):
    shelf.put("a", text="The annual report on health.")
    shelf.put("b", text="Several reports on broadband.")
    shelf.put("c", text="Le développement durable.", language="fr")
    shelf.put("d", text="جاء بالوثائقِ أُمَّة", language="ar")
    shelf.put("e", text="信息社会世界峰会", language="zh")
    shelf.put("f", text="Построение информационного общества", language="ru")
    shelf.put("g", text="Recalling A/RES/70/125 of 2015")
    actions.rebuild()

    assert set(found_keys(text)) == expected


def test_exact_form_stands_above_other_forms(shelf):
    shelf.put("a", text="report report report")
    shelf.put("b", text="A long text about many things in which reports are named only once.")
    actions.rebuild()

    assert found_keys("reports") == ["b", "a"]


def test_title_stands_above_text(shelf):
    shelf.put("a", title="Something", text="health of nations")
    shelf.put("b", title="Health", text="something of nations")
    actions.rebuild()

    assert found_keys("health") == ["b", "a"]


def test_newest_first(shelf):
    for key, year in (("a", 2003), ("b", 2025), ("c", None), ("d", 2015)):
        shelf.put(key, text="health", year=year)
    actions.rebuild()

    assert found_keys("health", sort="newest") == ["b", "d", "a", "c"]


def test_any_word_is_enough_when_asked(shelf):
    shelf.put("a", text="health")
    shelf.put("b", text="farming")
    actions.rebuild()

    assert found_keys("health farming") == []
    assert set(found_keys("health farming", any_word=True)) == {"a", "b"}


def test_record_that_is_not_public_is_found_by_nothing(shelf):
    shelf.put("a", text="secret words", facets={"topic": ["hidden"]}, year=1999, public=False)
    shelf.put("b", text="open words", facets={"topic": ["shown"]})
    actions.rebuild()

    found = queries.find(Question("words"))
    assert [hit.held["key"] for hit in found.hits] == ["b"]
    assert found.counts["topic"] == {"shown": 1}
    assert found.counts["year"] == {}
    assert found_keys("secret") == []


TOPICS, PLACES = ["C1", "C2", "C5", "C7.4"], ["africa", "asia", "europe"]
VOCABULARY = ["health", "broadband", "reports", "report", "skills", "farm", "farming", "data"]


def make_many(shelf, count: int) -> None:
    chance = random.Random(20260301)
    for number in range(count):
        shelf.put(
            f"{number:04}",
            text=" ".join(chance.choices(VOCABULARY, k=chance.randint(1, 6))),
            facets={
                "topic": chance.sample(TOPICS, chance.randint(0, 3)),
                "place": chance.sample(PLACES, chance.randint(0, 2)),
            },
            year=chance.choice([None, 2023, 2024, 2025]),
        )


def facet_values(entry, name: str) -> set[str]:
    if name == "year":
        return {str(entry.year)} if entry.year else set()
    if name == "kind":
        return {entry.kind}
    return set(entry.facets.get(name, ()))


def by_brute_force(shelf, wanted: list[str], chosen: dict, *, without: str = ""):
    """Return the records that hold every wanted word (by stem) and one of each choice."""
    stems = {words.stem(word, "en") for word in wanted}
    for entry in shelf.entries.values():
        text = f"{entry.title['en']} {entry.text.get('en', '')}"
        if not stems <= set(words.analyse(text, "en").stems):
            continue
        if all(
            facet_values(entry, name) & set(values)
            for name, values in chosen.items()
            if name != without
        ):
            yield entry


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ([], {}),
        (["health"], {}),
        (["reports", "data"], {}),
        (["health"], {"topic": ["C5"]}),
        (["farm"], {"topic": ["C5", "C1"], "place": ["asia"]}),
        (["farm"], {"topic": ["C5"], "year": ["2024", "2025"], "place": ["asia", "europe"]}),
        (["nothing"], {"topic": ["C5"]}),
        (["health"], {"topic": ["no such"]}),
    ],
)
def test_counts_are_those_of_brute_force(shelf, wanted, chosen):
    make_many(shelf, 400)
    actions.rebuild()

    found = queries.find(Question(" ".join(wanted), chosen))
    again = queries.find(Question(" ".join(wanted), chosen))

    assert found.count == len(list(by_brute_force(shelf, wanted, chosen)))
    for name in ("topic", "place", "year", "kind"):
        expected = Counter(
            value
            for entry in by_brute_force(shelf, wanted, chosen, without=name)
            for value in facet_values(entry, name)
        )
        assert found.counts[name] == dict(expected), name
    assert again.counts == found.counts


def test_pages_hold_every_hit_once(shelf):
    make_many(shelf, 130)
    actions.rebuild()

    pages = [queries.find(Question("health"), page=page) for page in range(1, 8)]
    keys = [hit.held["key"] for page in pages for hit in page.hits]

    assert len(keys) == len(set(keys)) == pages[0].count
    assert {hit.held["key"] for hit in queries.all_hits(Question("health"))} == set(keys)


def test_without_an_index_it_says_so(shelf):
    with pytest.raises(index.NoIndex):
        queries.find(Question("health"))
    assert queries.index_state().folder == ""
    assert connection.vendor in ("sqlite", "postgresql")
    assert not transaction.get_connection().needs_rollback
