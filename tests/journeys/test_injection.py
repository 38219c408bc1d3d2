"""Hostile records in a real browser: nothing runs, nothing is reported, nothing is fetched."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from rapporteur.library.models import Document
from rapporteur.search import actions as search
from tests.factories.library import make_editor
from tests.policy.accounts import add_second_factor
from tests.security.payloads import PAYLOADS
from tests.security.records import import_hostile_documents, organization_form, plant_document

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hostile(settings, tmp_path):
    """Fill the record with every payload; return (client of the secretariat, pages to look at)."""
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "files"
    account = make_editor(role="administrator")
    add_second_factor(account)
    type(account).objects.filter(pk=account.pk).update(name=PAYLOADS[0])
    client = Client()
    client.force_login(account)
    document = plant_document(PAYLOADS, concepts=True)
    organization = ""
    # A handful of organizations in a hundred names each is quicker than a hundred organizations.
    for number in range(0, len(PAYLOADS), 10):
        some = PAYLOADS[number : number + 10]
        body = organization_form(number, some[0])
        body["aliases"] = "\n".join(
            f"Zx{number}{place} {' '.join(payload.replace(';', ' ').split())}"[:300]
            for place, payload in enumerate(some)
        )
        organization = client.post("/organizations/add", body).headers["Location"]
    everything = "\n".join(PAYLOADS)[:4000]
    typed = {"text": everything, "subject": PAYLOADS[20], "page": "/", "token": "t"}
    report = client.post("/report-an-error", typed).headers["Location"]
    answer = reverse("error-answer", args=[report.split("/")[-1]])
    uploaded = import_hostile_documents(client)
    search.rebuild()
    pages = [
        "/",
        document.get_absolute_url(),
        f"{document.get_absolute_url()}?part=2",
        reverse("library:paragraph", args=[document.address, "p21"]),
        reverse("library:paragraph-facts", args=[document.pk, "p21"]),
        reverse("library:draft", args=[document.pk]),
        f"{document.get_absolute_url()}/versions/1",
        *uploaded,
        "/documents",
        "/paragraphs",
        "/figures",
        "/publications",
        "/coverage",
        "/desk/names",
        "/organizations",
        organization,
        f"{organization}/edit",
        f"{organization}/merge?into=%3Cscript%3E",
        "/ar/organizations",
        "/search?q=script",
        "/search?q=onerror",
        "/search?q=%22%3E%3Cscript%3Ewindow.ran%3D1%3C%2Fscript%3E",
        report,
        answer,
        "/errors",
        "/report-an-error?page=/%22%3E%3Cscript%3E&about=%22%3E%3Csvg%20onload%3Dwindow.ran%3D1%3E",
        "/account/me",
        "/accounts",
        "/reports/progress-report/2024",
        "/no-such-page/%3Cscript%3Ewindow.ran=1%3C/script%3E",
    ]
    return client, pages


def test_nothing_runs(new_page, live_server, hostile):
    client, pages = hostile
    assert Document.objects.count() == 4
    page = new_page()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    dialogs, foreign = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(live_server.url) else foreign.append(request.url)
        ),
    )
    for address in pages:
        answer = page.goto(address)
        assert answer.status in (200, 404), address
        found = page.evaluate(
            """() => ({
                ran: 'ran' in window,
                acting: [...document.querySelectorAll('*')].filter(node =>
                    [...node.attributes].some(a => /^on|^style$|^srcdoc$/i.test(a.name)
                        || /^\\s*(javascript|data|vbscript):/i.test(a.value)
                            && /^(href|src|action|formaction|data|xlink:href)$/i.test(a.name))
                    || /^(iframe|object|embed|svg|math|base|style|template)$/i.test(node.tagName)
                ).map(node => node.outerHTML.slice(0, 200)),
            })"""
        )
        assert not found["ran"], address
        assert found["acting"] == [], address
        # No page was left for another: the base address and the refresh of a payload do nothing.
        assert page.evaluate("document.baseURI").startswith(live_server.url), address
    assert dialogs == []
    assert foreign == []


def test_the_report_s_file_runs_nothing(new_page, tmp_path):
    plant_document(PAYLOADS, concepts=True)
    answer = Client().get(reverse("reports:download", args=["progress-report", 2024, "html"]))
    file = tmp_path / "report.html"
    file.write_bytes(answer.content)
    page = new_page()
    foreign = []
    page.on("request", lambda request: foreign.append(request.url))

    page.goto(file.as_uri())

    # Opened from a disk there is no policy to hold anything back: there is nothing to hold back.
    assert page.evaluate("'ran' in window") is False
    assert (
        page.evaluate("document.querySelectorAll('script, img, iframe, svg, [style]').length") == 0
    )
    assert foreign == [file.as_uri()]
