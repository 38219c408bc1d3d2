import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.search import actions, index

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(shelf):
    shelf.put(
        "a",
        title="Health for all",
        text="A <b>bold</b> report on health",
        facets={"topic": ["C7.4"]},
        year=2024,
        note="A/80/62, para. 4",
    )
    shelf.put("b", title="Broadband", text="Reports on broadband", facets={"topic": ["C2"]})
    actions.rebuild()
    return shelf


def test_hits_are_marked_and_escaped(client, papers):
    page = client.get("/search?q=health").content.decode()

    assert "1 result for “health”" in page
    assert "<mark>Health</mark> for all" in page
    assert "&lt;b&gt;bold&lt;/b&gt; report on <mark>health</mark>" in page
    assert '<a href="/papers/a"' in page
    assert "A/80/62, para. 4" in page


def test_addresses_carry_the_reader_s_language(client, papers):
    assert '<a href="/ar/papers/a"' in client.get("/ar/search?q=health").content.decode()


def test_facet_narrows_and_is_taken_away_again(client, papers):
    page = client.get("/search?q=report&topic=C2")
    facet = next(item for item in page.context["facets"] if item.name == "topic")

    assert page.context["count"] == 1
    assert [(item.value, item.count, item.chosen) for item in facet.values] == [
        ("C2", 1, True),
        ("C7.4", 1, False),
    ]
    assert facet.values[0].url == "?q=report"
    assert facet.values[1].url == "?q=report&topic=C2&topic=C7.4"


def test_json_download_holds_every_hit(client, papers):
    response = client.get("/search?q=report&format=json")

    body = json.loads(response.content)
    assert body["count"] == 2
    assert {row["title"]: row["topic"] for row in body["rows"]} == {
        "Health for all": ["C7.4"],
        "Broadband": ["C2"],
    }


def test_csv_download_neutralises_formulas(client, shelf):
    shelf.put("a", title="=1+1", text="health")
    actions.rebuild()
    response = client.get("/search?q=health&format=csv")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["title"] for row in rows] == ["'=1+1"]


def test_without_an_index_the_page_says_how_to_build_it(client, shelf):
    for path in ("/search?q=health", "/search?q=health&format=json"):
        response = client.get(path)

        assert response.status_code == 200
        assert "rapporteur search rebuild" in response.content.decode()


def test_nothing_found_offers_ways_on(client, papers):
    page = client.get("/search?q=health+broadband&topic=C9").content.decode()

    assert "Nothing in the record matches." in page
    assert "?q=health+broadband&amp;topic=C9&amp;any=1" in page
    assert "?q=health+broadband&quot;" not in page


def test_page_beyond_the_end_is_the_last_page(client, papers):
    assert client.get("/search?q=report&page=99").context["page_number"] == 1


def test_page_asks_the_database_nothing_whatever_it_finds(client, shelf):
    counts = []
    for number in range(3):
        shelf.put(str(number), text="health")
        actions.rebuild()
        with CaptureQueriesContext(connection) as queries:
            client.get("/search?q=health")
        counts.append(len(queries))

    assert counts == [0, 0, 0]


def test_further_visit_weighs_less_than_25_kilobytes(client, shelf):
    import gzip

    for number in range(60):
        shelf.put(
            str(number), text="health " * 40, facets={"topic": [f"T{number}"]}, year=1990 + number
        )
    actions.rebuild()

    assert len(gzip.compress(client.get("/search?q=health").content)) < 14_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=60))
def test_nothing_typed_is_an_error(client, papers, text):
    assert client.get("/search", {"q": text}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999999999999"])
def test_strange_page_numbers_are_no_error(client, papers, page):
    assert client.get("/search", {"q": "health", "page": page}).status_code == 200


def test_unknown_facets_are_left_aside(client, papers):
    assert client.get("/search?q=report&nonsense=1&sort=nonsense").context["count"] == 2
    assert index.current_folder() is not None
