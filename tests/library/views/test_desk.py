import pytest

from rapporteur.library.choices import DocumentState
from rapporteur.library.models import Document, ParagraphOrganization, Rendition, Version
from tests.factories.directory import make_organization
from tests.factories.library import (
    REPORT_TEXT,
    make_editor,
    make_file,
    make_label,
    parsed_document,
    parsed_paragraph,
    store,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    account = make_editor()
    from tests.policy.accounts import add_second_factor

    add_second_factor(account)
    client.force_login(account)
    return account


def test_upload_read_correct_publish(client, editor):
    make_label("C2")
    make_label("C5")
    make_organization("International Telecommunication Union", "ITU")

    uploaded = client.post("/desk/documents/new", {"file": make_file()})
    document = Document.objects.get()
    assert uploaded.headers["Location"] == f"/desk/documents/{document.pk}"
    assert document.state == DocumentState.DRAFT
    draft = client.get(uploaded.headers["Location"]).content.decode()
    assert "ITU laid pipes of knowledge to 12 schools." in draft
    assert "Not in the directory" in draft

    corrected = client.post(
        f"/desk/documents/{document.pk}/paragraphs/p3",
        {
            "concepts": "C2\nC5",
            "organizations": "ITU\nWell Society",
            "figures": "12 | schools | schools with pipes | 2024",
        },
    )
    assert corrected.headers["Location"] == f"/desk/documents/{document.pk}#p3"
    paragraph = document.paragraphs.get(anchor="p3")
    assert sorted(f.concept.code for f in paragraph.filings.all()) == ["C2", "C5"]
    assert [m.printed for m in paragraph.mentions.all()] == ["ITU", "Well Society"]
    assert paragraph.figures.get().subject == "schools with pipes"

    client.post(f"/desk/documents/{document.pk}/publish")
    client.logout()
    html = client.get(document.get_absolute_url()).content.decode()
    assert "laid pipes of knowledge" in html


def test_a_retried_upload_makes_one_document(client, editor):
    for _attempt in range(2):
        client.post("/desk/documents/new", {"file": make_file()})

    assert (Document.objects.count(), Version.objects.count(), Rendition.objects.count()) == (
        1,
        1,
        1,
    )


def test_a_refused_upload_keeps_what_was_typed_and_stores_nothing(client, editor):
    response = client.post(
        "/desk/documents/new",
        {"file": make_file("milk, eggs, bread"), "symbol": "A/99/1", "kind": "report"},
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="A/99/1"' in html
    assert '<option value="report" selected>' in html
    assert Document.objects.count() == 0


def test_a_faulty_symbol_is_refused_before_the_file_is_read(client, editor):
    response = client.post("/desk/documents/new", {"file": make_file(), "symbol": "wells"})

    assert response.status_code == 422
    assert "Write the symbol as on the document" in response.content.decode()
    assert Document.objects.count() == 0


def test_a_file_over_the_limit_is_refused(client, editor, settings):
    settings.DOCUMENT_MAX_BYTES = 100

    response = client.post("/desk/documents/new", {"file": make_file()})

    assert response.status_code == 413
    assert "The file is larger than" in response.content.decode()


def test_faulty_labels_are_told_and_kept(client, editor):
    document = store(publish=False).document

    response = client.post(
        f"/desk/documents/{document.pk}/paragraphs/p1",
        {"concepts": "C99", "organizations": "Well Society", "figures": "many | wells"},
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "No vocabulary has these codes: C99." in html
    assert "Line 1 is no figure: many | wells" in html
    assert "Well Society" in html
    assert document.paragraphs.get().facts_checked_at is None


def test_warnings_stand_beside_their_paragraph(client, editor):
    warnings = (
        {"code": "paragraph-gap", "message": "Number 2 is missing.", "paragraph": 3, "line": 4},
        {"code": "left-over", "message": "A line fits nowhere.", "paragraph": None, "text": "xyz"},
    )
    document = store(
        parsed_document(parsed_paragraph(1), parsed_paragraph(3), warnings=warnings), publish=False
    ).document

    html = client.get(f"/desk/documents/{document.pk}").content.decode()

    beside = html[html.index('id="p3"') :]
    assert "Number 2 is missing." in beside
    assert "A line fits nowhere." in html[: html.index('id="p1"')]
    assert "xyz" in html


def test_a_waiting_text_shows_what_changed_and_is_published(client, editor):
    document = store(parsed_document(parsed_paragraph(1, "Old."), parsed_paragraph(2))).document
    store(parsed_document(parsed_paragraph(1, "New."), parsed_paragraph(3)), publish=False)

    html = client.get(f"/desk/documents/{document.pk}").content.decode()
    assert "Changed words" in html
    assert "New paragraph" in html
    assert "1 paragraph that readers see is not in this text." in html
    assert "New." not in client.get(document.get_absolute_url()).content.decode()

    client.post(f"/desk/documents/{document.pk}/publish")

    assert "New." in client.get(document.get_absolute_url()).content.decode()


def test_withdraw_and_discard(client, editor):
    published = store().document
    draft = store(parsed_document(date="2020-01-01"), publish=False).document

    client.post(f"/desk/documents/{published.pk}/withdraw")
    gone = client.post(f"/desk/documents/{draft.pk}/discard")

    published.refresh_from_db()
    assert published.state == DocumentState.WITHDRAWN
    assert gone.headers["Location"] == "/documents"
    assert not Document.objects.filter(pk=draft.pk).exists()


def test_a_refused_act_is_said_on_the_draft_s_page(client, editor):
    document = store().document

    response = client.post(f"/desk/documents/{document.pk}/publish", follow=True)

    assert "is published already." in response.content.decode()


def test_facts_of_the_document_are_corrected(client, editor):
    document = store(publish=False).document

    client.post(
        f"/desk/documents/{document.pk}/facts",
        {
            "title": "Wells",
            "symbol": "A/99/1",
            "kind": "report",
            "date": "2025-02-03",
            "year": "2024",
        },
    )

    document.refresh_from_db()
    assert (document.title, document.symbol, str(document.date)) == (
        "Wells",
        "A/99/1",
        "2025-02-03",
    )


def test_unknown_names_are_given_their_organization(client, editor):
    office = make_organization("Well Office", "WO")
    store(parsed_document(parsed_paragraph(1, organizations=["Bureau of Wells", "Well Club"])))

    html = client.get("/desk/names").content.decode()
    assert "2 names" in html
    faulty = client.post("/desk/names", {"printed": "Bureau of Wells", "organization": "Nobody"})
    assert faulty.status_code == 422
    client.post("/desk/names", {"printed": "Bureau of Wells", "organization": "WO"})
    client.post("/desk/names", {"printed": "Well Club", "name": "Well Club"})

    mentions = ParagraphOrganization.objects.order_by("order")
    assert [str(m.organization) for m in mentions] == ["Well Office", "Well Club"]
    assert mentions[0].organization == office


def test_the_file_is_given_back_as_it_came_to_the_secretariat_alone(client, editor):
    client.post("/desk/documents/new", {"file": make_file()})
    rendition = Rendition.objects.get()

    response = client.get(f"/desk/documents/files/{rendition.pk}")

    assert b"".join(response.streaming_content) == REPORT_TEXT.encode()
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert 'attachment; filename="wells.txt"' in response.headers["Content-Disposition"]
    client.logout()
    assert client.get(f"/desk/documents/files/{rendition.pk}").status_code == 302
