import pytest

from rapporteur.search import actions, index, queries

pytestmark = pytest.mark.django_db


def test_what_shares_the_rare_words_is_alike(shelf):
    for number in range(1, 200):
        shelf.put(str(number), title=f"Digital project {number}", text="access for all people")
    shelf.put("500", title="Telecentres for beekeepers", text="honey prices over text messages")
    shelf.put("501", title="Beekeepers", text="digital access for all people")
    actions.rebuild()

    found = queries.similar(
        "A telecentre project: telecentres give beekeepers the price of honey", kind="paper"
    )

    assert [(item.key, item.score > 0.5) for item in found[:2]] == [("500", True), ("501", False)]
    assert found[0].held["title"] == {"en": "Telecentres for beekeepers"}


def test_the_same_text_scores_one(shelf):
    shelf.put("1", title="Telecentres", text="honey prices")
    shelf.put("2", title="Something", text="else")
    actions.rebuild()

    found = queries.similar("Telecentres honey prices", kind="paper")

    assert [(item.key, item.score) for item in found] == [("1", 1.0)]


def test_other_kinds_and_nothing_typed_find_nothing(shelf):
    shelf.put("1", title="Telecentres")
    actions.rebuild()

    assert queries.similar("telecentres", kind="note") == []
    assert queries.similar("", kind="paper") == []
    assert queries.similar("*** ((", kind="paper") == []
    assert queries.similar("nowhere", kind="paper") == []


def test_without_an_index_it_says_so(shelf):
    with pytest.raises(index.NoIndex):
        queries.similar("telecentres", kind="paper")
