"""The pages of the reports, their files, and the secretariat's building."""

import json
import re

import pytest

from rapporteur.common.models import AuditEvent
from rapporteur.common.policy import Role
from rapporteur.library.choices import DocumentState
from tests.policy.accounts import make_account

PAGE = "/reports/progress-report/2024"


@pytest.fixture
def secretariat(client, db):
    account = make_account(Role.SECRETARIAT)
    client.force_login(account)
    return account


def build(client, form="docx", **values):
    return client.post(
        "/reports/build",
        {
            "outline": "progress-report",
            "year": "2024",
            "language": "en",
            "form": form,
            **values,
        },
    )


def test_the_list_tells_outlines_and_years_and_can_be_taken_away(client, record):
    text = client.get("/reports").content.decode()
    assert 'href="/reports/progress-report/2024"' in text
    assert "2 documents" in text
    rows = json.loads(client.get("/reports?format=json").content)["rows"]
    assert rows == [
        {
            "outline": "progress-report",
            "year": 2024,
            "documents": 2,
            "paragraphs": 3,
            "organizations": 2,
            "limit": 8500,
        }
    ]


def test_an_empty_record_says_what_to_do(client, db):
    text = client.get("/reports").content.decode()
    assert "Load the record, or import a document and publish it." in text
    assert client.get(PAGE).status_code == 404


def test_the_draft_is_read_with_its_sources_beside_each_paragraph(client, record):
    response = client.get(PAGE)
    text = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'<div class="edition-row" id="para-(\d+)"', text) == list("12345678")
    assert text.count('role="doc-noteref"') == text.count('role="doc-footnote"') == 9
    assert '<a href="/documents/A/99/1#p28">A/99/1, para. 28.</a>' in text
    assert "<cite>Facts &amp; Wells &lt;2024&gt;</cite>" in text
    for heading in ("(a)", "(k)", "(C7.8)", "IV. Findings and suggestions"):
        assert heading in text
    assert "Nothing was reported under this action line." in text


def test_the_draft_reads_from_right_to_left_in_arabic(client, record):
    text = client.get("/ar/reports/progress-report/2024").content.decode()
    assert 'dir="rtl"' in text
    assert re.search(r'<span class="quote" lang="en" dir="ltr">.Wells matter\..</span>', text)


def test_json_and_html_are_had_at_once_and_other_forms_when_they_are_built(client, record):
    values = json.loads(client.get(f"{PAGE}.json").content)
    assert len(values["paragraphs"]) == 8
    assert client.get(f"{PAGE}.html")["Content-Disposition"] == (
        'attachment; filename="progress-report-2024-en.html"'
    )
    refused = client.get(f"{PAGE}.docx")
    assert refused.status_code == 409
    assert "The secretariat builds it" in refused.content.decode()
    assert client.get(f"{PAGE}.odt").status_code == 404


def test_what_the_secretariat_builds_everybody_takes_away_until_the_record_changes(
    client, record, secretariat
):
    response = build(client)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    event = AuditEvent.objects.get(verb="reports.report.built")
    assert event.by_id == secretariat.pk
    assert event.details["form"] == "docx"
    client.logout()
    file = client.get(f"{PAGE}.docx")
    assert file.status_code == 200
    assert file.content[:2] == b"PK"
    assert f'href="{PAGE}.docx"' in client.get(PAGE).content.decode()
    record.resolution.state = DocumentState.WITHDRAWN
    record.resolution.save()
    assert client.get(f"{PAGE}.docx").status_code == 409


def test_building_again_removes_the_files_of_earlier_states(client, record, secretariat, settings):
    build(client)
    before = sorted(path.name for path in (settings.MEDIA_ROOT / "reports").iterdir())
    build(client)
    assert sorted(path.name for path in (settings.MEDIA_ROOT / "reports").iterdir()) == before
    record.resolution.state = DocumentState.WITHDRAWN
    record.resolution.save()
    build(client)
    after = [path.name for path in (settings.MEDIA_ROOT / "reports").iterdir()]
    assert len(after) == 1
    assert after != before


def test_the_build_page_keeps_what_was_chosen_and_says_what_is_wrong(client, record, secretariat):
    assert client.get("/reports/build?form=pdf").status_code == 200
    refused = build(client, year="1999", language="fr")
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "The report was not built" in text
    assert '<option value="fr" selected>' in text


def test_others_cannot_build(client, record):
    assert build(client).status_code == 302
    client.force_login(make_account(Role.FACILITATOR))
    assert build(client).status_code == 403
    assert not AuditEvent.objects.filter(verb="reports.report.built").exists()


def test_a_missing_library_is_said_on_the_page(client, record, secretariat, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    refused = build(client, form="pdf")
    assert refused.status_code == 503
    assert "A PDF needs the library Pango" in refused.content.decode()


def test_a_paragraph_knows_the_reports_that_cite_it_and_asks_no_more_for_the_next(
    rf, record, django_assert_max_num_queries
):
    from rapporteur.reports.presenting import cited_in

    request = rf.get("/")
    first = record.report.paragraphs.select_related("document").get(anchor="p28")
    last = record.report.paragraphs.select_related("document").get(anchor="p90")
    found = cited_in(request, first)["reports"]
    assert [
        (section.key, paragraph.number) for report in found for section, paragraph in report.places
    ] == [("c2", 5), ("c2", 6), ("c2", 7)]
    with django_assert_max_num_queries(0):
        assert cited_in(request, last) is None
    hidden = record.draft.paragraphs.select_related("document").get()
    assert cited_in(request, hidden) is None
