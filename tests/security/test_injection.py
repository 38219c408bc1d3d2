"""Script injection: every payload through every field that takes text, to every output.

The pages are parsed and looked through for nodes, attributes and addresses that could act. What a
real browser makes of the same records is in ``tests/journeys/test_injection.py``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from urllib.parse import quote

import pytest
import rdflib
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from lxml import etree

from rapporteur.directory.models import Organization
from rapporteur.library.models import Document
from rapporteur.operations.documentation import addresses
from rapporteur.site.lists import FORMULA_STARTS
from rapporteur.site.models import ErrorReport
from tests.factories.framework import make_concept, make_scheme
from tests.factories.library import make_editor
from tests.policy.accounts import add_second_factor
from tests.security.markup import active_nodes, folded, text_of
from tests.security.payloads import BAD_ADDRESSES, PAYLOADS, REFUSED
from tests.security.records import (
    LANGUAGES,
    import_hostile_documents,
    organization_form,
    plant_document,
    tokens,
)

pytestmark = pytest.mark.django_db

# What a template engine would make of the payloads of that kind.
EVALUATED = str(7919 * 7919)


@pytest.fixture
def staff(client, settings, tmp_path):
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "files"
    account = make_editor(role="administrator")
    add_second_factor(account)
    client.force_login(account)
    return client


def check(response, *texts, status=(200,), styled=False):
    """Fail where a page holds what could act, or does not show the texts as they are."""
    assert response.status_code in status
    if response.status_code == 302:
        return ""
    page = response.content.decode()
    assert list(active_nodes(page, styled=styled)) == []
    assert EVALUATED not in page
    if texts:
        shown = text_of(page)
        for text in texts:
            assert folded(text) in shown
    return page


def every_list(client):
    """Yield (url, response as HTML pages, CSV text, JSON) of each address that is a list."""
    for route, name in addresses():
        if "<" in route or name.startswith(("account", "mfa")):
            continue
        url = reverse(name)
        page = client.get(url)
        if "text/html" not in page.headers.get("Content-Type", "") or page.status_code != 200:
            continue
        yield url, page


def streamed(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_organizations(staff):
    for number, payload in enumerate(PAYLOADS):
        body = organization_form(number, payload)
        added = staff.post("/organizations/add", body)
        assert added.status_code == 302, (payload, text_of(added.content.decode())[:600])
        url = added.headers["Location"]
        check(staff.get(url), body["name"], body["acronym"])
        edit = check(staff.get(f"{url}/edit"), body["name"])
        version = re.search(r'name="version" value="(\w+)"', edit).group(1)
        # The form again with the payload in every field, refused for its website.
        faulty = {**body, "website": payload, "version": version}
        if number % 2 == 0:
            check(staff.post(f"{url}/edit", faulty), body["name"], status=(302, 422))
        if number % 3 == 0:  # a conflict shows what is stored beside what was typed
            stale = {**body, "name": f"Zz{number} {payload}"[:300], "version": "x"}
            check(staff.post(f"{url}/edit", stale), status=(409,))
        data = staff.get(f"{url}?format=json").json()
        assert folded(data["name"]) == folded(body["name"])
    assert Organization.objects.count() == len(PAYLOADS)

    merge = reverse("directory:organization-merge", args=[Organization.objects.first().slug])
    for number, payload in enumerate(PAYLOADS):
        check(staff.get("/organizations/add", {"name": payload}))
        # Looking for it costs more: a part by each way.
        if number % 3 == 0:
            check(staff.get(merge, {"into": payload}), status=(200, 400))
        elif number % 3 == 1:
            check(staff.post(merge, {"into": payload}), status=(200, 400, 409))
    for page in range(1, 4):
        check(staff.get("/organizations", {"page": page}))
    for language in LANGUAGES:
        check(staff.get(f"/{language}/organizations"))
    check(staff.get("/account/me"))
    rows = list(csv.reader(io.StringIO(streamed(staff.get("/organizations?format=csv")).decode())))
    cells = [cell for row in rows for cell in row]
    assert len(rows) == len(PAYLOADS) + 1
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []
    listed = staff.get("/organizations?format=json").json()["rows"]
    stored = dict(Organization.objects.values_list("slug", "name"))
    assert {row["id"]: row["name"] for row in listed} == stored


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_addresses_that_act_are_refused(staff, address):
    body = {**organization_form(0, "x"), "website": address}
    check(staff.post("/organizations/add", body), status=(422,))
    document = plant_document(["x"])
    facts = {"title": "x", "kind": "report", "link": address}
    url = reverse("library:document-facts", args=[document.pk])
    check(staff.post(url, facts), status=(422,))
    assert not Organization.objects.exists()
    document.refresh_from_db()
    assert document.link == "https://docs.un.org/en/A/99/77"


def test_accounts(staff):
    for payload in PAYLOADS:
        name = payload[:150]
        assert staff.post("/account/me", {"name": name}).status_code == 302
        check(staff.get("/account/me"), name.strip())
        if len(payload) > 110:
            continue
        person = make_editor(role="juror")
        type(person).objects.filter(pk=person.pk).update(name=name)
        check(staff.get(reverse("directory:account", args=[person.pk])), name.strip())
    check(staff.get("/accounts"))
    check(staff.get("/accounts?page=2"))


def test_error_reports_and_their_mail(staff, django_capture_on_commit_callbacks):
    for number, payload in enumerate(PAYLOADS):
        typed = {
            "text": payload,
            "subject": payload[:300],
            "page": payload[:400],
            "email": "reader@example.org",
            "token": f"token-{number}",
        }
        if number % 10 == 0:
            faulty = staff.post("/report-an-error", {**typed, "email": payload})
            check(faulty, payload, status=(422,))
        check(staff.get("/report-an-error", {"page": payload, "about": payload}))
        cache.clear()  # the limit of reports an hour is not what is tried here
        sent = staff.post("/report-an-error", typed)
        assert sent.status_code == 302
        report = ErrorReport.objects.get(form_token=f"token-{number}")
        assert not report.page or report.page.startswith("/")
        answer_url = reverse("error-answer", args=[report.reference])
        check(staff.get(answer_url), payload, typed["subject"])
        with django_capture_on_commit_callbacks(execute=True):
            body = {"state": "corrected", "answer": payload}
            assert staff.post(answer_url, body).status_code == 302
        check(staff.get(sent.headers["Location"]), payload)
    for page in (1, 2, 3):
        check(staff.get("/errors", {"page": page}))
    assert len(mail.outbox) == len(PAYLOADS)
    for message, payload in zip(mail.outbox, PAYLOADS, strict=True):
        parsed = message.message()
        assert parsed.get_content_type() == "text/plain"
        assert not parsed.is_multipart()
        assert message.to == ["reader@example.org"]
        assert "\n" not in message.subject
        assert payload.strip() in message.body


def test_documents(staff):
    document = plant_document(PAYLOADS)
    url = document.get_absolute_url()
    everything = ""
    part = 1
    while True:
        response = staff.get(url, {"part": part})
        everything += check(response)
        if f"part={part + 1}" not in response.content.decode():
            break
        part += 1
    shown = text_of(everything)
    for payload in PAYLOADS:
        assert shown.count(folded(payload)) >= 2, payload  # its paragraph, its note or a name
    draft = reverse("library:draft", args=[document.pk])
    for page in (draft, f"{url}/versions/1"):
        check(staff.get(page))
    for anchor in ("p1", "p30", "p77", "p130"):
        check(staff.get(reverse("library:paragraph", args=[document.address, anchor])))
        facts = reverse("library:paragraph-facts", args=[document.pk, anchor])
        check(staff.get(facts))
    for path in ("/paragraphs", "/figures", "/publications", "/desk/names", "/documents"):
        for number in (1, 2, 3):
            response = staff.get(path, {"page": number})
            if response.status_code != 404:
                check(response)
    held = staff.get(reverse("library:document-json", args=[document.address])).json()
    assert [row["text"] for row in held["paragraphs"]] == PAYLOADS
    assert [row["text"] for row in held["footnotes"]] == PAYLOADS


def test_corrections_of_a_document(staff):
    document = plant_document(["x"])
    document_url = reverse("library:document-facts", args=[document.pk])
    paragraph_url = reverse("library:paragraph-facts", args=[document.pk, "p1"])
    names_url = reverse("library:unknown-names")
    for payload in PAYLOADS:
        facts = {"title": "x", "kind": "report", "symbol": payload[:80]}
        check(staff.post(document_url, facts), status=(422,))
    # Several payloads to a form, each on a line of its own where the field takes lines.
    for number in range(0, len(PAYLOADS), 5):
        some = [" ".join(payload.split()) for payload in PAYLOADS[number : number + 5]]
        facts = {
            "title": " ".join(some)[:600],
            "kind": "report",
            "session": some[0][:200],
            "agenda_item": " ".join(some)[:300],
        }
        assert staff.post(document_url, facts).status_code == 302
        document.refresh_from_db()
        check(staff.get(document.get_absolute_url()), facts["title"], facts["session"])
        words = {name: "\n".join(some) for name in ("organizations", "publications", "concepts")}
        faulty = {**words, "figures": words["concepts"]}
        check(staff.post(paragraph_url, faulty), *some, status=(422,))
        lines = [line.replace("|", " ") for line in some]
        words["concepts"] = ""
        words["figures"] = "\n".join(f"5 | {line[:100]} | {line} |" for line in lines)
        assert staff.post(paragraph_url, words).status_code == 302
        paragraph = reverse("library:paragraph", args=[document.address, "p1"])
        check(staff.get(paragraph), *some)
        new = {"printed": some[0][:300], "organization": some[1][:300]}
        check(staff.post(names_url, new), status=(302, 422))
        for url in ("/documents", "/figures", "/publications", "/desk", "/desk/names"):
            check(staff.get(url))


def test_documents_that_are_uploaded(staff):
    for url in import_hostile_documents(staff):
        page = check(staff.get(url))
        assert "ran=1" in page  # the hostile text stands there, as text


def test_parameters_of_every_list(staff):
    plant_document(PAYLOADS[:10])
    lists = list(every_list(staff))
    assert len(lists) > 20
    for position, (url, _page) in enumerate(lists):
        # A different tenth of the payloads for each list, all of them for the search.
        some = PAYLOADS if url == "/search" else PAYLOADS[position % 25 :: 25]
        for payload in some:
            query = dict.fromkeys(tokens(staff, url), payload)
            query.pop("format", None)
            check(staff.get(url, query), status=(200, 400))
            for form in ("csv", "json", payload)[:: 1 if url != "/search" else 2]:
                response = staff.get(url, {**query, "format": form})
                assert response.status_code in (200, 400)
                kind = response.headers["Content-Type"]
                if kind.startswith("text/html"):
                    check(response)
                else:
                    assert kind.split(";")[0] in ("text/csv", "application/json")
                    assert response.headers["Content-Disposition"].startswith("attachment")
                    streamed(response)
                    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_search_results(staff):
    from rapporteur.search import actions

    plant_document(PAYLOADS)
    for number, payload in enumerate(PAYLOADS):
        staff.post("/organizations/add", organization_form(number, payload))
    actions.rebuild()
    for word in ("script", "window", "ran", "alert", "Zq5", "img", "onerror", "javascript", "x"):
        page = check(staff.get("/search", {"q": word}))
        if word in ("script", "img", "onerror"):
            assert "<mark>" in page
        for number in (2, 3):
            check(staff.get("/search", {"q": word, "page": number}))
        json.loads(streamed(staff.get("/search", {"q": word, "format": "json"})))
    for payload in PAYLOADS:
        check(staff.get("/search", {"q": payload}))


def test_addresses_in_the_path(client):
    for payload in PAYLOADS:
        for start in ("", "documents/", "organizations/", "ar/organizations/", "action-lines/"):
            response = client.get(f"/{start}{quote(payload, safe='')}")
            if response.status_code in (301, 302):
                assert response.headers["Location"].startswith("/")
                continue
            check(response, status=(404, 400))


def test_vocabularies_come_back_as_they_are(client):
    scheme = make_scheme("themes", titles={"en": PAYLOADS[0]}, source=PAYLOADS[1])
    for number, payload in enumerate(PAYLOADS):
        make_concept(f"theme:made-{number}", names={"en": payload, "ar": payload}, source=payload)
    check(client.get("/vocabularies"))
    check(client.get(scheme.get_absolute_url()))
    for number in (0, 40, 80):
        check(client.get(f"/vocabularies/themes/theme:made-{number}"), status=(200, 404))
    for form, kind in (("ttl", "turtle"), ("jsonld", "json-ld")):
        response = client.get(
            reverse("framework:scheme-file", kwargs={"scheme": "themes", "form": form})
        )
        graph = rdflib.Graph().parse(data=streamed(response), format=kind)
        labels = {str(text) for text in graph.objects(None, rdflib.SKOS.prefLabel)}
        assert set(PAYLOADS) <= labels
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_reports_in_every_form(staff):
    document = plant_document(PAYLOADS, concepts=True)
    assert document.year == 2024
    check(staff.get("/reports/progress-report/2024"))
    from rapporteur.reports import queries
    from rapporteur.reports.exports.docx import draft_docx
    from rapporteur.reports.exports.html import draft_html
    from rapporteur.reports.exports.pdf import draft_pdf

    draft = queries.draft_of(queries.find_outline("progress-report"), 2024, language="en")
    written = draft_html(draft, standalone=True)
    assert list(active_nodes(written, styled=True)) == []
    assert EVALUATED not in written
    used = [payload for payload in PAYLOADS if folded(payload) in text_of(written)]
    assert len(used) > 60

    package = zipfile.ZipFile(io.BytesIO(draft_docx(draft)))
    for name in package.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(package.read(name))
        for relation in root.iter("{*}Relationship"):
            if relation.get("TargetMode") == "External":
                assert relation.get("Target").startswith(("https://", "http://"))
        for field in root.iter("{*}instrText", "{*}fldSimple"):
            words = (field.text or "") + (field.get(f"{{{field.nsmap['w']}}}instr") or "")
            assert not re.search(r"DDE|INCLUDE|javascript", words)
        assert not list(root.iter("{*}object", "{*}altChunk", "{*}control"))
    assert not [name for name in package.namelist() if "vbaProject" in name or "embed" in name]

    pdf = draft_pdf(draft)
    for dangerous in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
        assert dangerous not in inflated(pdf)
    assert b"javascript:" not in uris_of(pdf)


def inflated(pdf: bytes) -> bytes:
    """Return a PDF with its object streams unpacked; page contents, which hold text, left out."""
    parts = [re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)]
    for match in re.finditer(rb"/ObjStm.*?stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        parts.append(zlib.decompressobj().decompress(match.group(1)))
    return b"\n".join(parts)


def uris_of(pdf: bytes) -> bytes:
    return b"\n".join(re.findall(rb"/URI\s*\((.*?)\)", inflated(pdf)))


@pytest.mark.parametrize(("sign", "name"), REFUSED.items(), ids=REFUSED.values())
def test_signs_that_are_not_stored_are_refused_by_name(staff, sign, name):
    typed = f"Well{sign}Office"
    document = plant_document(["x"])
    pk = document.pk
    forms = [
        ("/organizations/add", {"name": typed, "kind": "other"}),
        ("/organizations/add", {"name": "Well", "kind": "other", "aliases": f"a\n{typed}"}),
        ("/account/me", {"name": typed}),
        ("/report-an-error", {"text": typed, "token": "t"}),
        ("/report-an-error", {"text": "t", "subject": typed, "token": "t"}),
        (reverse("library:document-facts", args=[pk]), {"title": typed, "kind": "report"}),
        (reverse("library:paragraph-facts", args=[pk, "p1"]), {"organizations": typed}),
        (reverse("library:paragraph-facts", args=[pk, "p1"]), {"publications": typed}),
        (reverse("library:unknown-names"), {"printed": "x", "name": typed}),
        (reverse("library:upload"), {"symbol": typed}),
    ]
    for url, body in forms:
        response = staff.post(url, body)
        page = response.content.decode()
        assert response.status_code == 422, url
        assert name in page or url == reverse("library:unknown-names"), url
    merge = reverse("directory:organization-merge", args=[make_organization_slug()])
    assert staff.post(merge, {"into": typed}).status_code in (200, 400)
    assert staff.get(merge, {"into": typed}).status_code in (200, 400)
    for url, _page in every_list(staff):
        query = {key: typed for key in tokens(staff, url) if key != "format"}
        assert staff.get(url, query).status_code in (200, 400), url
    document.refresh_from_db()
    assert document.title != typed
    assert Document.objects.count() == 1
    assert Organization.objects.count() == 1


def make_organization_slug() -> str:
    from tests.factories.directory import make_organization

    return make_organization("Union of walkers").slug
