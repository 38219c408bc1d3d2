"""What is private stays so: in pages, lists, counts, downloads, search, panels, reports, errors.

A record is filled with what is public, every address is read, then with what is private, which
bears a word of its own. For those who may not see it every answer stays the same, to the letter.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from rapporteur.common import policy
from rapporteur.common.policy import STAFF, Role
from rapporteur.directory.choices import MembershipKind
from rapporteur.directory.models import Account, Membership, Organization
from rapporteur.library.actions.publishing import withdraw_document
from rapporteur.operations.documentation import addresses
from rapporteur.search import actions as search
from rapporteur.site.actions import report_error
from tests.factories.directory import make_country, make_facilitation, make_organization
from tests.factories.framework import make_concept
from tests.factories.library import (
    make_editor,
    make_label,
    parsed_document,
    parsed_figure,
    parsed_operative,
    parsed_paragraph,
    store,
)
from tests.policy.accounts import make_account

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, tzinfo=UTC)
# Words of private records, none of them a part of another or of a public one.
DRAFT, WITHDRAWN, WAITING = "Draftquokka", "Withdrawnwombat", "Waitingnumbat"
REPORTED, MAIL, PERSON = "Reportedbilby", "mailpotoroo", "Personquoll"
MARKERS = (DRAFT, WITHDRAWN, WAITING, REPORTED, MAIL, PERSON)
# A word that stands in each private text, and in one that is public.
ASKED = "wallaby"
TOKEN = re.compile(r'name="(?:csrfmiddlewaretoken|token)" value="[^"]*"')


def hidden_document(marker: str, symbol: str, **values):
    """Return a document with the marker in every text, which cites and names what is public."""
    parsed = parsed_document(
        parsed_paragraph(
            1,
            f"The {marker} {ASKED} of ITU dug in Kenya, as A/99/1 asks.",
            concepts=["C5"],
            titles=[f"Trends of {marker}"],
            footnotes=[1],
            organizations=["ITU", f"{marker} Office"],
            publications=[f"Book of {marker}"],
            symbols=["A/99/1"],
            statements=[{"text": f"{marker} {ASKED}", "organizations": ["ITU"]}],
            figures=[parsed_figure(77, subject=f"{marker} {ASKED}", quote=marker)],
        ),
        sections=({"path": ["I"], "title": f"Trends of {marker}", "first": 1, "last": 1},),
        footnotes=({"number": 1, "text": f"See {marker}.", "urls": [], "symbols": ["A/99/1"]},),
        contributors=({"name": "International Telecommunication Union", "acronym": "ITU"},),
        title=f"Title of {marker} {ASKED}",
        session=marker,
        agenda_item=marker,
        summary=f"{marker} {ASKED} in 2024",
        date="2025-01-22",
    )
    return store(parsed, symbol=symbol, data=marker.encode(), **values).document


@pytest.fixture
def record(settings, tmp_path):
    """Make the public record; return a function that adds the private one."""
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "files"
    for code in ("C5", "SDG9"):
        make_label(code)
    make_concept("region:africa")
    make_concept("theme:financing")
    country = make_country("KEN")
    itu = make_organization("International Telecommunication Union", "ITU", country=country)
    make_facilitation(itu, make_label("C5"))
    public = parsed_document(
        parsed_paragraph(1, f"The public {ASKED} of ITU.", concepts=["C5"], organizations=["ITU"]),
        parsed_paragraph(2, "A second paragraph.", figures=[parsed_figure(5)]),
        title="Public wells",
        symbol="A/99/1",
    )
    store(public)
    store(parsed_document(operative=(parsed_operative(1),), title="Asks", symbol="A/RES/99/2"))
    search.rebuild()

    def add_private() -> None:
        editor = make_editor()
        hidden_document(DRAFT, "A/98/1", publish=False)
        withdrawn = hidden_document(WITHDRAWN, "A/98/2")
        withdraw_document(document=withdrawn, by=editor, at=AT)
        # Another text of a published document, which waits.
        later = parsed_document(
            parsed_paragraph(
                1,
                f"The {WAITING} {ASKED} of ITU.",
                concepts=["C5"],
                organizations=["ITU", f"{WAITING} Office"],
                figures=[parsed_figure(78, subject=WAITING)],
                publications=[f"Book of {WAITING}"],
            ),
            title=f"Title of {WAITING}",
            symbol="A/99/1",
        )
        store(later, publish=False)
        report_error(
            token="t",
            text=f"{REPORTED} {ASKED}",
            subject=REPORTED,
            page="/documents/A/99/1",
            email=f"{MAIL}@example.org",
            at=AT,
        )
        for number, suspended in enumerate((None, AT)):
            person = Account.objects.create_user(
                f"{MAIL}{number}@example.org", name=f"{PERSON} {ASKED}", suspended_at=suspended
            )
            Membership.objects.create(
                account=person,
                organization=itu,
                kind=MembershipKind.FOCAL_POINT,
                asked_at=AT,
                confirmed_at=AT if number else None,
            )
        search.rebuild()

    return add_private


ARGUMENTS = {
    "framework:action-line": {"code": "C5"},
    "framework:goal": {"number": 9},
    "framework:cell": {"action_line": "C5", "number": 9},
    "framework:concept": {"scheme": "themes", "code": "theme:financing"},
    "framework:scheme": {"scheme": "action-lines"},
    "framework:scheme-file": {"scheme": "action-lines", "form": "ttl"},
    "framework:vocabularies-file": {"form": "csv"},
    "directory:organization": {"slug": "itu"},
    "directory:organization-edit": {"slug": "itu"},
    "directory:organization-merge": {"slug": "itu"},
    "directory:country": {"iso3": "KEN"},
    "directory:region": {"code": "region:africa"},
    "library:document": {"address": "A/99/1"},
    "library:document-json": {"address": "A/99/1"},
    "library:paragraph": {"address": "A/99/1", "anchor": "p1"},
    "library:version": {"address": "A/99/1", "number": 1},
    "search:search-save": {"scope": "search"},
    "notices:stop": {"token": "signed-by-nobody"},
    "api:concept": {"code": "C5"},
    "api:concepts": {"code": "action-lines"},
    "api:scheme": {"code": "action-lines"},
    "api:country": {"iso3": "KEN"},
    "api:organization": {"slug": "itu"},
    "register:archive-file": {"name": "2026-01-01", "file_name": "activities.csv.gz"},
    "reports:stocktaking": {"year": 2024},
    "reports:stocktaking-chart": {"year": 2024, "key": "began"},
    "reports:stocktaking-file": {"year": 2024, "form": "json"},
    "reports:report": {"outline": "progress-report", "year": 2024},
    "reports:download": {"outline": "progress-report", "year": 2024, "form": "json"},
}
# Of a private record itself, by number: below. Of the sign-in library: they show their own person.
OWN = ("account_", "mfa_", "directory:me")
BY_NUMBER = {
    "directory:account",
    "search:search-change",
    "library:draft",
    "library:document-facts",
    "library:paragraph-facts",
    "library:file",
    "error-report",
    "error-answer",
}
QUERIES = (
    "",
    f"?q={ASKED}",
    "?format=json",
    "?format=csv",
    f"?q={ASKED}&format=json",
    "?year=2024",
    "?state=draft",
    "?state=withdrawn&format=csv",
    "?document=A/98/1",
    "?document=A/98/2&format=json",
    "?organization=itu",
    "?concept=C5&sort=newest",
    "?by=region",
    "?sort=title",
)
FEW = (f"?q={ASKED}", "?format=json", f"?q={ASKED}&format=csv", "?state=draft")


def public_addresses(queries: tuple[str, ...] = QUERIES) -> list[str]:
    """Return every address that reads, with what it may be asked, but the private records' own."""
    found = []
    for name in sorted({name for _route, name in addresses()}):
        row = policy.table().find(name, "GET")
        routes = [route for route, other in addresses() if other == name]
        # Entries of the register by number have leak tests of their own, page by page.
        entry = name.startswith(("api:", "register:")) and all("<int:pk>" in r for r in routes)
        # So have calls and responses (tests/calls/test_leaks.py).
        entry = entry or (name.startswith("calls:") and all("<" in r for r in routes))
        if row is None or entry or name in BY_NUMBER or name.startswith(OWN):
            continue
        assert name in ARGUMENTS or any("<" not in route for route in routes), name
        path = reverse(name, kwargs=ARGUMENTS.get(name))
        found += [path + query for query in queries]
    documents = ("A/98/1", "A/98/2", "A/98/3")
    for address in documents:
        for path in ("", ".json", "/p1", "/versions/1", "?format=json", "/p1?format=json"):
            found.append(f"/documents/{address}{path}")
    found.append("/documents/A/99/1/versions/2")
    found += [f"/ar{path}" for path in ("/", "/documents", "/coverage", f"/search?q={ASKED}")]
    forms = ("html", "docx", "pdf")
    found += [f"/reports/progress-report/2024.{form}" for form in forms]
    return found


def body_of(response) -> str:
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return TOKEN.sub("", data.decode("utf-8", "replace"))


def test_nothing_private_changes_what_others_read(record):
    """No count, no order, no panel, no figure, no suggestion moves when private records come."""
    client = Client()
    before = {}
    for address in public_addresses():
        response = client.get(address)
        before[address] = (response.status_code, body_of(response))

    record()

    assert Account.objects.filter(name__contains=PERSON).count() == 2
    for address, (status, body) in before.items():
        response = client.get(address)
        if address.startswith("/documents/A/98/2"):
            # Its place stays: the page says that it was withdrawn, by its symbol.
            assert response.status_code == 410
            assert not any(marker in body_of(response) for marker in MARKERS), address
            continue
        assert response.status_code == status, address
        assert body_of(response) == body, address


ROLES = [role for role in Role if role not in STAFF]


@pytest.mark.parametrize("role", [*ROLES, "secretariat without its second factor"])
def test_no_role_but_the_secretariat_reads_what_is_private(record, role):
    record()
    client = Client()
    account = make_account(role) if isinstance(role, Role) else make_editor("poor@example.org")
    if account is not None:
        client.force_login(account)
    numbers = private_addresses()
    own = [reverse("directory:me"), reverse("account_email"), reverse("mfa_index")]

    for address in [*public_addresses(FEW), *numbers, *own]:
        response = client.get(address)
        text = body_of(response) + str(response.headers)
        found = [marker for marker in MARKERS if marker in text]
        if address.startswith("/errors/") and not address.endswith("answer"):
            # Whoever has its number reads what became of a report: not its text, nor who sent it.
            assert response.status_code == 200
        assert found == [], address
        if address in numbers and response.status_code == 200:
            assert address.startswith("/errors/"), address


def private_addresses() -> list[str]:
    from rapporteur.library.models import Document, Rendition
    from rapporteur.site.models import ErrorReport

    found = []
    for document in Document.objects.all():
        for name in ("library:draft", "library:document-facts"):
            found.append(reverse(name, args=[document.pk]))
        found.append(reverse("library:paragraph-facts", args=[document.pk, "p1"]))
    found += [reverse("library:file", args=[file.pk]) for file in Rendition.objects.all()]
    for account in Account.objects.filter(name__contains=PERSON):
        found.append(reverse("directory:account", args=[account.pk]))
    for report in ErrorReport.objects.all():
        found.append(reverse("error-report", args=[report.reference]))
        found.append(reverse("error-answer", args=[report.reference]))
    return found


def test_the_secretariat_reads_it_all_but_a_reporter_s_address(record):
    """The test above would pass on an empty record; what it looks for can be seen by some."""
    record()
    client = Client()
    client.force_login(make_account(Role.SECRETARIAT))
    seen: set[str] = set()
    for address in [*public_addresses(FEW), *private_addresses()]:
        text = body_of(client.get(address))
        seen |= {marker for marker in MARKERS if marker in text}
        assert f"{MAIL}@" not in text, address
        assert "scrypt$" not in text, address
        assert "md5$" not in text, address
    assert seen == set(MARKERS)


def test_a_draft_s_absence_is_the_same_as_any_absence(record):
    record()
    client = Client()
    there = client.get("/documents/A/98/1")
    nowhere = client.get("/documents/A/97/1")

    assert there.status_code == nowhere.status_code == 404
    shown = re.sub("A(/|%2F)9[78](/|%2F)1", "SYMBOL", body_of(there))
    assert shown == re.sub("A(/|%2F)9[78](/|%2F)1", "SYMBOL", body_of(nowhere))


def test_what_is_private_is_not_in_the_search_index(record):
    record()
    from rapporteur.search import index

    _opened, searcher = index.searcher()
    import tantivy

    everything = searcher.search(tantivy.Query.all_query(), limit=10_000).hits
    assert everything
    held = " ".join(str(searcher.doc(address).to_dict()) for _score, address in everything)
    assert not [marker for marker in MARKERS if marker.lower() in held.lower()]


def test_the_trail_holds_no_address_of_a_person(record, client):
    from rapporteur.common.models import AuditEvent

    record()
    trail = " ".join(str(event.details) for event in AuditEvent.objects.all())

    assert MAIL not in trail
    assert REPORTED not in trail


def test_a_refused_name_does_not_name_who_is_retired_or_private(record):
    """A public form tells nothing of accounts: who asks to join, who is a member."""
    record()
    client = Client()
    client.force_login(make_account(Role.CONTRIBUTOR))
    slug = Organization.objects.get(slug="itu").slug
    client.post(reverse("directory:membership-ask"), {"organization": slug})
    page = client.get("/account/me").content.decode()

    assert not [marker for marker in MARKERS if marker in page]
