import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef

from rapporteur.framework import columns
from rapporteur.framework.columns import ActionLineColumn, add_action_line_column
from tests.factories.framework import make_concept, make_mapping, make_scheme

pytestmark = pytest.mark.django_db


def page(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return response.content.decode()


def rows_of(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def matrix():
    """Two leaves and a parent against two goals, one of them with a target."""
    lines = {code: make_concept(code) for code in ("C1", "C7")}
    lines["C7.4"] = make_concept("C7.4", names={"en": "E-health", "fr": "Cybersanté"})
    goals = {code: make_concept(code) for code in ("SDG3", "SDG9")}
    goals["SDG3.d"] = make_concept("SDG3.d", broader=goals["SDG3"])
    make_mapping(lines["C7.4"], goals["SDG3.d"], rationale="Registers <b>warn</b> early.")
    make_mapping(lines["C7.4"], goals["SDG3"])
    # The source prints a target of Goal 3 in the column of Goal 9.
    make_mapping(lines["C1"], goals["SDG3.d"], cell=goals["SDG9"])
    return {**lines, **goals}


def test_a_concept_has_one_address(client, matrix):
    theme = make_concept("theme:financing")

    assert matrix["C7.4"].get_absolute_url() == "/action-lines/C7.4"
    assert matrix["SDG3.d"].get_absolute_url() == "/sdgs/3.d"
    assert theme.get_absolute_url() == "/vocabularies/themes/theme:financing"
    moved = client.get("/vocabularies/action-lines/C7.4")
    assert (moved.status_code, moved["Location"]) == (301, "/action-lines/C7.4")


@pytest.mark.parametrize(
    "path",
    [
        "/action-lines/C99",
        "/action-lines/SDG3",
        "/sdgs/99",
        "/matrix/C1/99",
        "/matrix/C99/3",
        "/vocabularies/none",
        "/vocabularies/none.ttl",
        "/vocabularies/themes/C1",
        "/vocabularies/themes.exe",
    ],
)
def test_what_does_not_exist_is_not_found(client, matrix, path):
    assert client.get(path).status_code == 404


def test_an_action_line_says_which_goals_it_serves_and_why(client, matrix):
    text = page(client, "/action-lines/C7.4")

    assert "E-health" in text
    assert "Registers &lt;b&gt;warn&lt;/b&gt; early." in text
    assert 'href="/sdgs/3.d"' in text
    assert 'id="link-SDG3.d-SDG3-1"' in text
    assert "Cybersanté" in text


def test_names_are_shown_in_the_readers_language(client, matrix):
    assert '<h1><span class="code">C7.4</span> Cybersanté</h1>' in page(
        client, "/fr/action-lines/C7.4"
    )


def test_a_retired_concept_says_so_and_leaves_the_lists(client, matrix):
    old = make_concept("C12", retired_at="2026-03-01T12:00Z")

    assert "retired on" in page(client, old.get_absolute_url())
    assert "C12" not in page(client, "/action-lines")
    assert "C12" not in page(client, "/matrix")


def test_a_goal_shows_targets_with_the_lines_of_its_column(client, matrix):
    assert 'href="/action-lines/C1"' in page(client, "/sdgs/9")
    text = page(client, "/sdgs/3")
    assert 'href="/action-lines/C7.4"' in text
    assert 'href="/sdgs/3.d"' in text
    # The link printed under Goal 9 is not in the column of Goal 3.
    assert 'href="/action-lines/C1"' not in text
    assert 'href="/action-lines/C1"' in page(client, "/sdgs/3.d")


def test_the_matrix_is_a_table_with_headers_and_totals(client, matrix):
    text = page(client, "/matrix")

    assert "2 cells of the matrix hold 3 links: 2 to targets, 1 to goals as a whole." in text
    assert text.count('scope="row"') == 2 + 2
    assert text.count('scope="col"') == 1 + 2 + 2
    assert 'href="/matrix/C7.4/3"' in text
    assert 'href="/matrix/C1/9"' in text
    # C7 stands as its applications.
    assert 'href="/action-lines/C7"' not in text


def test_an_empty_matrix_says_how_to_load_it(client):
    assert "not loaded yet" in page(client, "/matrix")


def test_a_cell_gives_its_reasons(client, matrix):
    assert "Registers &lt;b&gt;warn" in page(client, "/matrix/C7.4/3")
    assert "The matrix holds no link here." in page(client, "/matrix/C1/3")


def test_matrix_file_has_a_row_for_each_link(client, matrix):
    rows = rows_of(client.get("/matrix.csv"))

    assert [(row["action_line"], row["cell"], row["concept"], row["level"]) for row in rows] == [
        ("C1", "SDG9", "SDG3.d", "target"),
        ("C7.4", "SDG3", "SDG3", "goal"),
        ("C7.4", "SDG3", "SDG3.d", "target"),
    ]
    assert json.loads(client.get("/matrix?format=json").content)["count"] == 3


def test_action_lines_show_columns_that_rooms_add(client, matrix, monkeypatch):
    monkeypatch.setattr(columns, "_columns", {})
    add_action_line_column(
        ActionLineColumn("reported", "Reported", 1, lambda request, lines: {matrix["C1"].pk: 3})
    )

    assert '<span class="dot-count">3</span>' in page(client, "/action-lines")
    rows = rows_of(client.get("/action-lines?format=csv"))
    assert [(row["code"], row["goals"], row["links"], row["reported"]) for row in rows] == [
        ("C1", "1", "1", "3"),
        ("C7", "1", "2", ""),
        ("C7.4", "1", "2", ""),
    ]


def test_goals_count_their_columns(client, matrix):
    rows = json.loads(client.get("/sdgs?format=json").content)["rows"]

    assert [(row["code"], row["action_lines"], row["links"]) for row in rows] == [
        ("SDG3", 1, 2),
        ("SDG9", 1, 1),
    ]


def test_a_vocabulary_is_a_list_with_a_filter(client, matrix):
    assert "Sustainable Development Goals" in page(client, "/vocabularies")
    rows = rows_of(client.get("/vocabularies/sdg?under=SDG3&format=csv"))
    assert [(row["code"], row["broader"], row["scheme"]) for row in rows] == [
        ("SDG3.d", "SDG3", "sdg")
    ]
    assert rows_of(client.get("/vocabularies/action-lines.csv"))[2]["name_fr"] == "Cybersanté"


@pytest.mark.parametrize(
    ("form", "media_type", "parser"),
    [("ttl", "text/turtle", "turtle"), ("jsonld", "application/ld+json", "json-ld")],
)
def test_vocabularies_are_published_as_skos(client, matrix, form, media_type, parser):
    make_concept("C12", retired_at="2026-03-01T12:00Z")
    matrix["C7.4"].short_names = {"en": "Health", "fr": "Cybersanté"}
    matrix["C7.4"].save()

    # The graph is the same whatever the language of the address.
    responses = [client.get(f"{prefix}/vocabularies.{form}") for prefix in ("", "/ar")]

    graphs = [Graph().parse(data=response.content, format=parser) for response in responses]
    graph = graphs[0]
    assert responses[0]["Content-Type"] == f"{media_type}; charset=utf-8"
    assert set(graph) == set(graphs[1])
    base = "http://testserver"
    health = URIRef(f"{base}/action-lines/C7.4")
    risk = URIRef(f"{base}/sdgs/3.d")
    scheme = URIRef(f"{base}/vocabularies/action-lines")
    assert set(graph.objects(health, SKOS.prefLabel)) == {
        Literal("E-health", lang="en"),
        Literal("Cybersanté", lang="fr"),
    }
    assert set(graph.objects(health, SKOS.altLabel)) == {Literal("Health", lang="en")}
    assert set(graph.objects(health, SKOS.broader)) == {URIRef(f"{base}/action-lines/C7")}
    assert (URIRef(f"{base}/action-lines/C1"), SKOS.topConceptOf, scheme) in graph
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    assert (health, SKOS.relatedMatch, risk) in graph
    statement = URIRef(f"{base}/action-lines/C7.4#link-SDG3.d-SDG3-1")
    assert (statement, RDF.object, risk) in graph
    assert (statement, SKOS.note, Literal("Registers <b>warn</b> early.", lang="en")) in graph
    assert (URIRef(f"{base}/action-lines/C12"), OWL.deprecated, Literal(True)) in graph


def test_one_vocabulary_is_a_file_of_its_own(client, matrix):
    graph = Graph().parse(data=client.get("/vocabularies/sdg.ttl").content, format="turtle")

    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == 3
    assert not set(graph.subjects(RDF.type, RDF.Statement))


@pytest.mark.parametrize(
    "path",
    [
        "/action-lines",
        "/action-lines/C7.4",
        "/sdgs",
        "/sdgs/3",
        "/sdgs/3.d",
        "/matrix",
        "/matrix/C7.4/3",
        "/vocabularies",
        "/vocabularies/sdg",
        "/vocabularies.ttl",
        "/vocabularies.csv",
        "/matrix.csv",
        "/action-lines?format=csv",
    ],
)
def test_pages_take_as_many_queries_for_few_rows_as_for_many(client, matrix, path):
    def count():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
            assert response.status_code == 200
            b"".join(response)
        return len(queries)

    count()
    few = count()
    make_scheme("themes")
    for number in (1, 2, 3):
        target = make_concept(f"SDG3.{number}", broader=matrix["SDG3"])
        line = make_concept(f"C{number + 1}")
        make_mapping(matrix["C7.4"], target)
        make_mapping(line, target)
        make_concept()

    assert count() == few


def test_every_address_of_the_room_reverses():
    assert reverse("framework:cell", args=["C7.4", 3]) == "/matrix/C7.4/3"
    assert reverse("framework:scheme-file", args=["sdg", "ttl"]) == "/vocabularies/sdg.ttl"
