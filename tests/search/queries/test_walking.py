import pytest

from rapporteur.search import actions, queries, registry
from rapporteur.search.queries import Question, walking

pytestmark = pytest.mark.django_db(transaction=True)


def put_many(shelf, count):
    for number in range(1, count + 1):
        shelf.put(str(number), text="health" if number % 3 else "farming")
    actions.rebuild()


def test_every_key_comes_once_in_order(shelf, monkeypatch):
    put_many(shelf, 100)
    monkeypatch.setattr(walking, "STRIDE", 7)

    keys = list(queries.all_keys(Question("health"), kind="paper"))

    assert keys == [str(number) for number in range(1, 101) if number % 3]
    assert len(list(queries.all_keys(Question(), kind="paper"))) == 100
    assert list(queries.all_keys(Question(), kind="note")) == []


def test_what_is_walked_through_stays_as_it_was(shelf, monkeypatch):
    put_many(shelf, 20)
    monkeypatch.setattr(walking, "STRIDE", 5)

    keys = queries.all_keys(Question(), kind="paper")
    first = next(keys)
    shelf.put("21")
    del shelf.entries["20"]
    actions.rebuild()

    assert [first, *keys] == [str(number) for number in range(1, 21)]


def test_keys_that_are_no_numbers_are_walked_through_too(shelf, monkeypatch):
    monkeypatch.setattr(walking, "STRIDE", 2)
    for key in ("a", "b", "7", "é", "007"):
        shelf.put(key)
    actions.rebuild()

    assert sorted(queries.all_keys(Question(), kind="paper")) == ["007", "7", "a", "b", "é"]


def test_key_with_several_entries_comes_once(shelf, monkeypatch):
    monkeypatch.setattr(walking, "STRIDE", 2)

    def load(keys):
        for key in keys:
            for part in range(5):
                yield registry.Entry("part", key, {"en": f"Part {part}"}, f"/parts/{key}#{part}")

    registry.add_searchable("part", label="Parts", load=load, all_keys=lambda: ["1", "2", "3"])
    actions.rebuild()

    assert list(queries.all_keys(Question(), kind="part")) == ["1", "2", "3"]
