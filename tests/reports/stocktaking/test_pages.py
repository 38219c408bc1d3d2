"""The pages of the register's reports: to read, to take away, to build, and what leads to them."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.common.models import AuditEvent
from rapporteur.common.policy import Role
from rapporteur.search.actions import note_change
from tests.factories.register import make_activity, make_secretariat
from tests.policy.accounts import make_account
from tests.reports.stocktaking.conftest import moment, put

PAGE = "/reports/stocktaking-report/2025"


@pytest.fixture
def secretariat(client, register):
    account = make_secretariat()
    client.force_login(account)
    return account


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_report_is_read_with_charts_tables_and_stories(client, register):
    text = text_of(client, PAGE)
    assert "On 31 December 2025 the register held 2 entries." in text
    assert text.count('<figure class="chart">') == 11
    assert text.count('<details class="chart-table">') == 11
    assert text.count("<svg") == 0
    assert f'src="{PAGE}/charts/action-lines.svg"' in text
    assert f'srcset="{PAGE}/charts/action-lines.svg?width=narrow"' in text
    assert f'<a href="/activities/{register.radio.pk}/versions/1">Entry' in text
    assert "The radio &lt;told&gt; when a well ran dry &amp; where." in text
    assert len(gzip.compress(text.encode())) < 25_000


def test_it_reads_from_right_to_left_in_arabic(client, register):
    text = text_of(client, f"/ar{PAGE}?region=africa")
    assert 'dir="rtl"' in text
    assert f"/ar{PAGE}/charts/entered.svg?region=region%3Aafrica&amp;width=narrow" in text


def test_more_entries_ask_no_more_queries(client, register):
    def asked(address):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            text_of(client, address)
        return len(queries)

    asked(PAGE)  # which country belongs where is kept
    few = [asked(PAGE), asked(f"{PAGE}?region=africa")]
    for number in range(3):
        activity = make_activity(title=f"Another {number}", success_story="Told.")
        put(activity, published_at=moment(2025))
    assert [asked(PAGE), asked(f"{PAGE}?region=africa")] == few
    assert max(few) <= 13


def test_a_chart_is_a_picture_of_the_same_counts(client, register):
    for query in ("", "?width=narrow", "?region=africa&width=narrow"):
        response = client.get(f"{PAGE}/charts/action-lines.svg{query}")
        assert response["Content-Type"] == "image/svg+xml"
        assert b"Name of C7.4" in response.content
    unknown = client.get(f"{PAGE}/charts/elsewhere.svg")
    assert unknown.status_code == 404
    assert "It has: entered, action-lines" in unknown.content.decode()


def test_a_change_shows_at_once(client, register):
    assert "2 entries" in text_of(client, PAGE)
    put(make_activity(title="Late"), published_at=moment(2025))
    assert "3 entries" in text_of(client, PAGE)


def test_the_counts_of_a_large_register_are_kept_for_an_hour(client, register, monkeypatch):
    monkeypatch.setattr("rapporteur.reports.stocktaking.queries.LARGE", 3)
    assert "2 entries" in text_of(client, PAGE)
    put(make_activity(title="Late"), published_at=moment(2025))
    assert "2 entries" in text_of(client, PAGE)
    cache.clear()
    assert "3 entries" in text_of(client, PAGE)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/reports/stocktaking-report/1999", 404, "Years that can be: 20"),
        ("/reports/stocktaking-report/9999", 404, "Years that can be: 20"),
        ("/reports/stocktaking-report/99999999999999999999", 404, "Years that can be: 20"),
        (f"{PAGE}?region=atlantis", 404, "Allowed: africa, europe, itu-region:africa."),
        (f"{PAGE}?region=%00%ff%3Cscript%3E", 404, "Allowed: africa"),
        (f"{PAGE}?theme=x", 404, "cannot be narrowed by “theme”"),
        (f"{PAGE}?q=radio", 503, "rapporteur search rebuild"),
        (f"{PAGE}.json?q=radio", 503, "rapporteur search rebuild"),
        (f"{PAGE}/charts/entered.svg?region=x", 404, "Allowed: africa"),
        (f"{PAGE}.odt", 404, "does not say which form"),
    ],
)
def test_refusals_say_what_can_be_asked(client, register, address, status, words):
    response = client.get(address)
    assert response.status_code == status
    assert words in response.content.decode()
    assert b"<script>" not in response.content


def test_an_empty_register_has_no_report(client, db):
    response = client.get(PAGE)
    assert response.status_code == 404
    assert "holds no published entry yet" in response.content.decode()
    assert "nothing to take stock of" in text_of(client, "/reports")


def test_the_year_without_an_entry_yet_has_a_report_of_the_years_before(client, register):
    # The clinic alone was published in 2026; without it the running year still has its report.
    put(register.clinic, published_at=moment(2025))
    assert "No entry was published in 2026." in text_of(client, "/reports/stocktaking-report/2026")


def test_the_list_leads_to_years_and_regions(client, register):
    text = text_of(client, "/reports")
    for year in (2024, 2025, 2026):
        assert f'href="/reports/stocktaking-report/{year}"' in text
    assert f'href="{PAGE}?region=region%3Aafrica">Name of region:africa<' in text
    assert f'href="{PAGE}?itu-region=itu-region%3Aafrica">Name of itu-region:africa (ITU)<' in text


def test_a_search_of_the_activities_leads_to_its_report_and_others_do_not(client, index):
    text = text_of(client, "/activities?q=radio&action-line=C7.4&sort=newest&page=1")
    address = re.search(r'href="([^"]+)"[^>]*>Report of this search<', text)[1]
    report = text_of(client, address.replace("&amp;", "&"))
    assert re.match(r"/reports/stocktaking-report/20\d\d\?q=radio&amp;action-line=C7\.4$", address)
    assert "the register held 1 entry of this report." in report
    assert '<meta name="robots" content="noindex">' in report
    assert "Report of this search" not in text_of(client, "/search?q=radio")


def test_files_of_a_part_are_of_that_part(client, register):
    response = client.get(f"{PAGE}.json?region=africa")
    values = json.loads(response.content)
    assert (values["entries"], values["query"]) == (1, "?region=region%3Aafrica")
    assert re.fullmatch(
        r'attachment; filename="stocktaking-report-2025-en-[0-9a-f]{12}.json"',
        response["Content-Disposition"],
    )
    assert client.get(f"{PAGE}.html")["Content-Disposition"] == (
        'attachment; filename="stocktaking-report-2025-en.html"'
    )


def test_what_the_secretariat_builds_is_had_until_the_register_changes(
    client, register, secretariat, settings
):
    folder = settings.MEDIA_ROOT / "reports"
    assert client.get(f"{PAGE}.docx").status_code == 409
    assert 'name="form" value="docx"' in text_of(client, PAGE)
    for address in (PAGE, f"{PAGE}?region=africa"):
        response = client.post(address, {"form": "docx"})
        assert response.status_code == 302
        assert response["Location"] == address.replace("=africa", "=region%3Aafrica")
    events = AuditEvent.objects.filter(verb="reports.report.built").order_by("pk")
    assert [event.details["scope"] for event in events] == ["", "?region=region%3Aafrica"]
    assert events[0].by_id == secretariat.pk
    client.logout()
    assert client.get(f"{PAGE}.docx").content[:2] == b"PK"
    assert client.get(f"{PAGE}.docx?region=africa").content[:2] == b"PK"
    assert f'href="{PAGE}.docx"' in text_of(client, PAGE)
    before = {path.name for path in folder.iterdir()}
    assert len(before) == 2

    put(make_activity(title="Late", countries=()), published_at=moment(2025))
    note_change("register.activity", str(register.radio.pk))
    assert client.get(f"{PAGE}.docx").status_code == 409
    assert client.get(f"{PAGE}.docx?region=africa").content[:2] == b"PK"
    client.force_login(secretariat)
    client.post(PAGE, {"form": "docx"})
    after = {path.name for path in folder.iterdir()}
    # The older file of the same report is gone, that of the region is not.
    assert len(after) == 2
    assert len(after & before) == 1


def test_others_cannot_build(client, register):
    assert client.post(PAGE, {"form": "docx"}).status_code == 302
    client.force_login(make_account(Role.FACILITATOR))
    assert client.post(PAGE, {"form": "docx"}).status_code == 403
    assert not AuditEvent.objects.filter(verb="reports.report.built").exists()


def test_an_unknown_form_is_not_built(client, secretariat):
    assert client.post(PAGE, {"form": "odt"}).status_code == 404


def test_the_desk_leads_to_it(client, secretariat):
    assert "Take stock of the register" in text_of(client, "/desk")
