import csv
import io
import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.search import actions, index, queries, registry
from rapporteur.search.queries import Question
from rapporteur.search.views import Export, Results, address, question_of

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


class PaperPage(Results):
    """A room's own page of results."""

    kinds = ("paper",)
    facets = ("place", "year")
    sort = "updated"
    exports = {
        "keys": Export(
            "Keys",
            lambda request, view, question: HttpResponse(
                " ".join(queries.all_keys(question, kind=view.kinds[0]))
            ),
        )
    }

    def heading(self, question, count):
        return f"{count} papers"

    def row(self, shown, *, prefix):
        return format_html("<li>{}: {}</li>", shown.hit.held["shown"]["place"], shown.title)

    def more_context(self, request, question, found):
        return {"picture": f"/map.svg{address(question, sort=self.sort)}"}


@pytest.fixture
def paper_page(shelf, rf):
    shelf.put("1", title="Health", facets={"place": ["asia"]}, year=2024, shown={"place": "Asia"})
    shelf.put("2", title="Broadband", facets={"place": ["africa"]}, shown={"place": "Africa"})
    registry.add_searchable("note", label="Notes", load=shelf.load, all_keys=lambda: ["3"])
    shelf.put("3", kind="note", title="Health", facets={"place": ["europe"], "topic": ["C1"]})
    actions.rebuild()

    def page(query):
        request = rf.get("/papers", QUERY_STRING=query)
        request.user = AnonymousUser()
        request.session = {}
        return PaperPage.as_view()(request).content.decode()

    return page


def test_page_of_a_room_shows_its_kind_in_its_own_way(paper_page):
    page = paper_page("q=health&kind=note")

    assert "<h1>1 papers</h1>" in page
    assert "<li>Asia: <mark>Health</mark></li>" in page
    assert 'id="facet-place"' in page
    assert 'id="facet-topic"' not in page
    assert "europe" not in page
    assert 'href="?q=health&amp;format=keys" download' in page
    assert "Kinds of record" not in page


def test_page_of_a_room_has_its_own_order_and_downloads(paper_page):
    assert paper_page("format=keys") == "1 2"
    assert paper_page("format=keys&place=africa") == "2"
    assert "<strong>last changed</strong>" in paper_page("")
    assert 'href="?sort=newest"' in paper_page("")
    assert "?q=health&amp;sort=best" in paper_page("q=health")


def test_years_bound_what_is_found(client, papers):
    assert client.get("/search?from=2024&to=2024").context["count"] == 1
    assert client.get("/search?from=2025").context["count"] == 0
    assert client.get("/search?from=202&to=x").context["count"] == 2
    page = client.get("/search?from=2020&q=health&sort=newest")
    topic = next(item for item in page.context["facets"] if item.name == "topic")
    assert topic.values[0].url == "?q=health&topic=C7.4&from=2020&sort=newest"


@given(
    text=st.text(max_size=20),
    chosen=st.dictionaries(
        st.sampled_from(["topic", "place"]),
        st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=3, unique=True),
        max_size=2,
    ),
    sort=st.sampled_from(["best", "newest", "updated"]),
    any_word=st.booleans(),
    years=st.sampled_from([(None, None), (2000, None), (1999, 2020)]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_address_holds_the_whole_question(shelf, rf, text, chosen, sort, any_word, years):
    registry.add_facet("topic", label="Topic")
    question = Question(text.strip(), chosen, sort, any_word, years=years)

    query = address(question).removeprefix("?")
    read = question_of(rf.get("/search", QUERY_STRING=query))

    assert read.text == question.text
    assert read.subject == question.subject
    assert read.sort == sort


def test_facet_with_very_many_values_shows_the_first_and_offers_more(client, shelf):
    registry.add_facet("maker", label="Maker", many=True)
    for number in range(1, 61):
        shelf.put(str(number), text="health", facets={"maker": [f"maker {number:02}"]})
    actions.rebuild()

    page = client.get("/search?q=health&maker=maker+55").content.decode()
    more = client.get("/search?q=health&more=maker").content.decode()

    assert "More values" in page
    assert "maker 55" in page
    assert "maker 40" not in page
    assert "maker 40" in more
    assert "More values" not in more


def test_page_with_every_facet_of_the_register_is_light(client, shelf):
    import gzip

    names = [f"facet-{letter}" for letter in "abcdefghijklm"]
    for name in names:
        registry.add_facet(name, label=f"The facet {name}")
    for number in range(200):
        values = {
            name: [f"{name} value number {number % (30 + place)}"]
            for place, name in enumerate(names)
        }
        shelf.put(
            str(number),
            text="health words of a longer text " * 20,
            facets=values,
            year=1990 + number % 40,
        )
    actions.rebuild()

    content = client.get("/search?q=health").content
    assert content.count(b'<li><a href="?q=health') >= 14 * 10
    assert len(gzip.compress(content)) < 14_000
