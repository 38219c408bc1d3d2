import json

import pytest

from rapporteur.library.models import Milestone
from tests.factories.directory import make_country, make_group_membership, make_organization
from tests.factories.library import (
    make_document,
    make_label,
    make_paragraph,
    parsed_document,
    parsed_paragraph,
    store,
)

pytestmark = pytest.mark.django_db


def rows(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return json.loads(response.content)["rows"]


@pytest.fixture
def reported():
    """ITU on C2 and C5 in 2024, UNESCO on C5; a resolution names ITU; nothing on C9."""
    itu = make_organization("International Telecommunication Union", "ITU")
    unesco = make_organization("Educational Organization", "UNESCO")
    silent = make_organization("Silent Office", "SO")
    for code in ("C2", "C5", "C9"):
        make_label(code)
    report = make_document("A/80/62", title="Report", year=2024)
    report.contributors.add(itu, silent)
    make_paragraph(report, 1, concepts=["C2"], organizations=[itu])
    make_paragraph(report, 2, concepts=["C5"], organizations=[itu, unesco])
    make_paragraph(report, 3, concepts=["C2", "C5"], organizations=[itu])
    make_paragraph(report, 4, organizations=[itu])
    resolution = make_document("E/RES/2024/13", kind="resolution", year=2024)
    make_paragraph(resolution, 1, concepts=["C5"], organizations=[itu], anchor="op1")
    earlier = make_document("A/79/62", title="Earlier", year=2023)
    make_paragraph(earlier, 1, concepts=["C5"], organizations=[unesco])
    return report


def test_a_newcomer_finds_what_an_organization_did_on_an_action_line(client, reported):
    path = "/paragraphs?organization=itu&concept=C5&year=2024&kind=reports"

    found = rows(client, path + "&format=json")

    assert [(row["document"], row["paragraph"], row["concepts"]) for row in found] == [
        ("A/80/62", 2, ["C5"]),
        ("A/80/62", 3, ["C2", "C5"]),
    ]
    html = client.get(path).content.decode()
    assert 'href="/documents/A/80/62/p2?in=document"' in html
    csv = b"".join(client.get(path + "&format=csv").streaming_content).decode()
    assert len(csv.splitlines()) == 3


def test_coverage_counts_paragraphs_and_shows_empty_cells(client, reported):
    body = rows(client, "/coverage?format=json")

    assert [list(row.values()) for row in body] == [
        ["International Telecommunication Union", 2, 2, 0, 1, 4],
        ["Educational Organization", 0, 1, 0, 0, 1],
        ["Silent Office", 0, 0, 0, 0, 0],
    ]
    assert list(body[0]) == ["organization", "C2", "C5", "C9", "elsewhere", "paragraphs"]
    html = client.get("/coverage").content.decode()
    assert "Who is reported on which action line, 2024" in html
    assert (
        'href="/paragraphs?organization=itu&amp;concept=C5&amp;kind=reports&amp;year=2024"' in html
    )
    assert "nothing known" in html


def test_each_cell_opens_a_list_of_as_many_rows(client, reported):
    slugs = {
        "International Telecommunication Union": "itu",
        "Educational Organization": "unesco",
    }
    for line in rows(client, "/coverage?format=json")[:2]:
        for code in ("C2", "C5"):
            query = f"organization={slugs[line['organization']]}&concept={code}"
            found = rows(client, f"/paragraphs?{query}&kind=reports&year=2024&format=json")
            assert len(found) == line[code]


def test_coverage_of_another_year(client, reported):
    body = rows(client, "/coverage?year=2023&format=json")

    assert [list(row.values()) for row in body] == [["Educational Organization", 0, 1, 0, 0, 1]]


def test_coverage_by_region_knows_commissions_and_countries(client):
    africa, asia = make_label("region:africa"), make_label("region:asia-pacific")
    make_label("C2")
    kenya = make_country("KEN")
    make_group_membership(kenya, africa)
    government = make_organization("Government of Kenya", country=kenya)
    escap = make_organization("Commission for Asia and the Pacific", "ESCAP")
    report = make_document("A/80/62", year=2024)
    make_paragraph(report, 1, concepts=["C2"], organizations=[government])
    make_paragraph(report, 2, concepts=["C2"], organizations=[escap, government])
    make_paragraph(report, 3, concepts=["region:africa"])

    body = rows(client, "/coverage?by=region&format=json")

    assert body == [
        {"region": africa.name, "C2": 2, "elsewhere": 1, "paragraphs": 3},
        {"region": asia.name, "C2": 1, "elsewhere": 0, "paragraphs": 1},
    ]
    found = rows(client, "/paragraphs?region=region:africa&kind=reports&year=2024&format=json")
    assert [row["paragraph"] for row in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("query", "symbols"),
    [
        ("", ["A/80/62", "E/RES/2024/13", "A/79/62"]),
        ("kind=resolution", ["E/RES/2024/13"]),
        ("year=2023", ["A/79/62"]),
        ("body=Council of Wells", ["E/RES/2024/13"]),
        ("state=draft", ["A/80/62", "E/RES/2024/13", "A/79/62"]),
    ],
)
def test_documents_are_filtered(client, query, symbols):
    make_document("A/80/62", title="A", year=2024)
    make_document(
        "E/RES/2024/13", title="B", year=2024, kind="resolution", bodies=["Council of Wells"]
    )
    make_document("A/79/62", title="C", year=2023)
    make_document("A/78/62", title="D", year=2022, state="draft")

    found = rows(client, f"/documents?{query}&format=json")

    assert [row["symbol"] for row in found] == symbols


def test_figures_and_publications_name_their_paragraph(client):
    store(
        parsed_document(
            parsed_paragraph(
                4,
                figures=[
                    {"value": 5400000000, "unit": "people", "subject": "online", "year": 2023}
                ],
                publications=["State of Wells"],
            ),
            symbol="A/99/1",
        )
    )

    figure = rows(client, "/figures?format=json")[0]
    publication = rows(client, "/publications?format=json")[0]

    assert (figure["low"], figure["unit"], figure["paragraph"]) == (5400000000, "people", 4)
    assert (publication["title"], publication["address"]) == (
        "State of Wells",
        "/documents/A/99/1#p4",
    )
    assert "5,400,000,000" in client.get("/figures").content.decode()


def test_milestones_show_counts_and_sources(client):
    report = make_document("A/80/62")
    Milestone.objects.create(
        slug="forum-2024",
        kind="forum",
        title="Forum 2024",
        year=2024,
        counts={"participants_at_least": 4000, "countries": 160},
        document=report,
        paragraph_anchor="p20",
    )

    html = client.get("/milestones").content.decode()

    assert "more than 4,000 participants" in html
    assert "160 countries" in html
    assert 'href="/documents/A/80/62/p20?in=document"' in html
