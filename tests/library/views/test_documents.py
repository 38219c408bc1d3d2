import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.library.choices import DocumentState
from rapporteur.library.models import Document
from tests.factories.directory import make_organization
from tests.factories.library import (
    make_document,
    make_editor,
    make_figure,
    make_label,
    make_paragraph,
    parsed_document,
    parsed_figure,
    parsed_operative,
    parsed_paragraph,
    store,
)
from tests.policy.accounts import add_second_factor

pytestmark = pytest.mark.django_db

ASK = {
    "verb": "requests",
    "kind": "request",
    "addressees": ["the Well Office"],
    "action": "to dig",
    "deadline": "every year",
}


def page(client, path, **headers):
    response = client.get(path, **headers)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def resolution(**values):
    return store(
        parsed_document(
            operative=(
                parsed_operative(
                    1,
                    "Requests the Well Office to dig, as resolution 70/125 asks;",
                    asks=[ASK],
                    symbols=["70/125"],
                    organizations=["WO"],
                    footnotes=[1],
                    figures=[parsed_figure([2, 3])],
                    section="Taking stock",
                    titles=["Taking stock"],
                    path=["Taking stock"],
                ),
            ),
            preamble=({"index": 1, "opening": "Recalling", "text": "Recalling wells,"},),
            footnotes=(
                {"number": 1, "text": "See https://example.org/a.", "urls": [], "symbols": []},
            ),
            symbol="E/RES/2024/13",
            **values,
        )
    ).document


def test_a_document_reads_like_the_document_with_its_margin(client):
    make_organization("Well Office", "WO")
    make_document("A/RES/70/125")
    resolution()

    html = page(client, "/documents/E/RES/2024/13")

    assert '<div class="edition-row" id="op1">' in html
    assert '<a class="edition-number" href="/documents/E/RES/2024/13/op1">1.</a>' in html
    assert "<em>Requests</em> the Well Office to dig" in html
    assert '<a href="/documents/A/RES/70/125">70/125</a>' in html
    assert '<a class="note-mark" href="#fn1">1</a>' in html
    assert '<li id="fn1" value="1" lang="en">See <a href="https://example.org/a"' in html
    assert 'href="#op1" aria-label="Back to the paragraph"' in html
    assert '<h2 lang="en">Taking stock</h2>' in html
    assert "the Well Office<br>When: every year" in html
    assert '<a href="/organizations/wo">WO</a>' in html
    assert "<b>2 to 3</b>" in html


def test_a_document_says_where_it_is_cited_and_a_paragraph_too(client):
    store(parsed_document(operative=(parsed_operative(3),), symbol="A/RES/70/125"))
    store(
        parsed_document(
            parsed_paragraph(9, "As paragraph 3 of resolution 70/125 asks.", symbols=["70/125"]),
            symbol="A/80/62",
        )
    )

    html = page(client, "/documents/A/RES/70/125")
    paragraph = page(client, "/documents/A/RES/70/125/op3")

    assert "Where it is cited" in html
    assert '<dt>Cited in</dt><dd><a href="/documents/A/80/62/p9?in=document">' in html
    assert "A/80/62, para. 9" in paragraph


def test_a_document_without_text_shows_its_facts_and_the_official_link(client):
    make_label("C5")
    document = make_document("A/80/62", link="https://docs.un.org/en/A/80/62")
    make_figure(make_paragraph(document, 7, text="", concepts=["C5"]), 12)

    html = page(client, "/documents/A/80/62")

    assert "The text is not held here: what the record knows" in html
    assert 'href="https://docs.un.org/en/A/80/62"' in html
    assert 'id="p7"' in html
    assert "<b>12</b>" in html


def test_a_long_document_is_cut_into_parts_and_every_anchor_still_leads_somewhere(client):
    words = "Wells of knowledge were dug in many villages. " * 40
    store(
        parsed_document(
            *(
                parsed_paragraph(n, f"{n} {words}", section=[str(n // 20)], titles=[f"S{n // 20}"])
                for n in range(1, 101)
            ),
            symbol="A/99/1",
        )
    )

    first = page(client, "/documents/A/99/1")
    led = client.get("/documents/A/99/1/p90?in=document")

    assert 'class="edition-row" id="p1"' in first
    assert 'class="edition-row" id="p90"' not in first
    assert '<a id="p90" href="/documents/A/99/1/p90?in=document">90</a>' in first
    assert led.status_code == 302
    part = led.headers["Location"].removesuffix("#p90")
    assert 'class="edition-row" id="p90"' in page(client, part)


def test_half_a_symbol_and_a_former_address_lead_to_the_document(client):
    store(parsed_document(symbol="A/80/62-E/2025/3"))

    assert client.get("/documents/E/2025/3").headers["Location"] == "/documents/A/80/62-E/2025/3"
    assert (
        client.get("/documents/A/80/62/p1").headers["Location"] == "/documents/A/80/62-E/2025/3/p1"
    )


@pytest.mark.parametrize(
    ("state", "status"), [(DocumentState.DRAFT, 404), (DocumentState.WITHDRAWN, 410)]
)
def test_what_readers_may_not_see(client, state, status):
    document = resolution()
    Document.objects.filter(pk=document.pk).update(state=state)
    paths = [
        "/documents/E/RES/2024/13",
        "/documents/E/RES/2024/13.json",
        "/documents/E/RES/2024/13?format=json",
        "/documents/E/RES/2024/13/op1",
        "/documents/E/RES/2024/13/versions/1",
    ]

    assert [client.get(path).status_code for path in paths] == [status] * 5
    lists = ["/documents", "/paragraphs", "/figures", "/publications", "/coverage"]
    assert not any("to dig" in page(client, path) for path in lists)
    assert "E/RES/2024/13" not in page(client, "/documents?format=json")
    editor = make_editor()
    add_second_factor(editor)
    client.force_login(editor)
    assert [client.get(path).status_code for path in paths] == [200] * 5


def test_earlier_words_stay_at_their_version(client):
    store(parsed_document(parsed_paragraph(1, "Old words."), symbol="A/99/1"))
    store(parsed_document(parsed_paragraph(1, "New words."), symbol="A/99/1"))

    assert "Old words." in page(client, "/documents/A/99/1/versions/1")
    assert "New words." in page(client, "/documents/A/99/1")
    assert 'href="/documents/A/99/1/versions/1"' in page(client, "/documents/A/99/1")


def test_a_text_that_waits_is_the_secretariat_s_alone(client):
    store(parsed_document(parsed_paragraph(1, "Old words."), symbol="A/99/1"))
    store(parsed_document(parsed_paragraph(1, "New words."), symbol="A/99/1"), publish=False)

    assert client.get("/documents/A/99/1/versions/2").status_code == 404
    assert "New words." not in page(client, "/documents/A/99/1")


def test_json_has_the_text_the_facts_and_who_gave_them(client):
    make_organization("Well Office", "WO")
    resolution()

    body = json.loads(page(client, "/documents/E/RES/2024/13.json"))

    assert body["symbol"] == "E/RES/2024/13"
    assert [item["anchor"] for item in body["paragraphs"]] == ["pp1", "op1"]
    paragraph = body["paragraphs"][1]
    assert paragraph["url"] == "http://testserver/documents/E/RES/2024/13#op1"
    assert paragraph["asks"] == [ASK]
    assert paragraph["figures"][0]["value"] == [2, 3]
    assert paragraph["organizations"] == [
        {"printed": "WO", "slug": "wo", "given_by": "text"},
    ]


def test_scripts_in_texts_and_titles_are_shown_as_text(client):
    evil = "<script>alert(1)</script>"
    store(
        parsed_document(
            parsed_paragraph(
                1,
                evil,
                titles=[evil],
                section=[evil],
                organizations=[evil],
                publications=[evil],
                figures=[parsed_figure(1, subject=evil, unit=evil)],
            ),
            title=evil,
            symbol="A/99/1",
            summary=evil,
            footnotes=({"number": 1, "text": evil, "urls": [], "symbols": []},),
        )
    )

    for path in (
        "/documents/A/99/1",
        "/documents/A/99/1/p1",
        "/documents/A/99/1/versions/1",
        "/documents",
        "/paragraphs",
        "/figures",
        "/publications",
    ):
        assert "<script>" not in page(client, path), path


@pytest.mark.parametrize(
    "path",
    ["/documents", "/documents/A/99/1", "/paragraphs", "/figures", "/publications", "/coverage"],
)
def test_pages_cost_the_same_queries_with_one_row_and_with_three(client, path):
    counts = []
    make_label("C2")
    for size in (1, 3):
        for number in range(1, size + 1):
            make_organization(f"Office {size} {number}", f"WO{size}{number}")
        store(
            parsed_document(
                *(
                    parsed_paragraph(
                        number,
                        f"{size} {number}",
                        concepts=["C2"],
                        organizations=[f"WO{size}{number}"],
                        publications=[f"P{number}"],
                        figures=[parsed_figure()],
                        symbols=["A/RES/70/1"],
                    )
                    for number in range(1, size + 1)
                ),
                symbol="A/99/1",
            )
        )
        store(parsed_document(parsed_paragraph(1, f"{size}"), symbol=f"A/98/{size}"))
        with CaptureQueriesContext(connection) as queries:
            page(client, path)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_each_paragraph_leads_to_a_report_of_its_own_errors(client):
    paragraph = make_paragraph(make_document("A/99/7"), number=2)
    make_figure(paragraph)

    text = client.get("/documents/A/99/7").content.decode()

    assert 'href="/report-an-error?page=%2Fdocuments%2FA%2F99%2F7%2Fp2"' in text
