"""Two at once: the same act by two people, or twice by one, has one effect."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import close_old_connections, connections

from rapporteur.common.audit import record_event, verify_trail
from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import Refusal
from rapporteur.directory.accounts.actions import ask_membership, withdraw_role
from rapporteur.directory.actions.merging import merge_organizations
from rapporteur.directory.actions.organizations import (
    OrganizationDetails,
    add_organization,
    edit_organization,
    version_of,
)
from rapporteur.directory.models import (
    Account,
    Membership,
    Organization,
    OrganizationName,
    RoleGrant,
)
from rapporteur.library.actions.correcting import assign_name
from rapporteur.library.actions.publishing import discard_draft, publish_document
from rapporteur.library.models import Document, ParagraphOrganization, Rendition, Version
from rapporteur.site.actions import answer_report, report_error
from rapporteur.site.models import ErrorReport
from tests.factories.directory import make_organization
from tests.factories.library import (
    make_editor,
    parsed_document,
    parsed_operative,
    parsed_paragraph,
    store,
)

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 3, 2, tzinfo=UTC)
ROUNDS = 3


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SEARCH_INDEX = tmp_path / "index"


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at one moment, each with a connection of its own; return results or exceptions."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        close_old_connections()
        start.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "two writers wait for each other"
    return results


def no_faults(results: list[Any]) -> None:
    """Fail for what is neither a result nor a refusal that a person can read."""
    faults = [
        item for item in results if isinstance(item, Exception) and not isinstance(item, Refusal)
    ]
    assert faults == []


def events(verb: str) -> int:
    return AuditEvent.objects.filter(verb=verb).count()


def test_one_document_imported_twice():
    for number in range(ROUNDS):
        parsed = parsed_document(parsed_paragraph(1), symbol=f"A/99/{number + 1}")
        results = at_once(*[lambda p=parsed: store(p)] * 2)
        no_faults(results)
    assert Document.objects.count() == ROUNDS
    assert Version.objects.count() == ROUNDS
    assert Rendition.objects.count() == ROUNDS
    assert events("library.document.imported") == ROUNDS


def test_one_document_without_a_symbol_imported_twice():
    parsed = parsed_document(parsed_paragraph(1))
    no_faults(at_once(*[lambda: store(parsed)] * 3))
    assert (Document.objects.count(), Version.objects.count()) == (1, 1)


def test_two_texts_of_one_document():
    store(parsed_document(parsed_paragraph(1, "Old."), symbol="A/99/1"))
    texts = [
        parsed_document(parsed_paragraph(1, f"New text {number}."), symbol="A/99/1")
        for number in range(2)
    ]
    results = at_once(*[lambda p=parsed: store(p) for parsed in texts])
    no_faults(results)
    document = Document.objects.get()
    assert sorted(document.versions.values_list("number", flat=True)) == [1, 2, 3]
    current = document.current_version
    assert current is not None
    assert current.number == 3
    assert document.paragraphs.get().text == current.parsed["paragraphs"][0]["text"]


def test_two_documents_at_one_time():
    both = [
        parsed_document(operative=(parsed_operative(1),), symbol=f"A/RES/99/{number}")
        for number in (1, 2)
    ]
    no_faults(at_once(*[lambda p=parsed: store(p) for parsed in both]))
    assert Document.objects.count() == 2


def test_one_document_published_twice():
    editor = make_editor()
    document = store(publish=False).document
    results = at_once(*[lambda: publish_document(document=document, by=editor, at=AT)] * 3)
    no_faults(results)
    assert sum(isinstance(item, Refusal) for item in results) == 2
    assert events("library.document.published") == 1


def test_published_and_thrown_away_at_once():
    editor = make_editor()
    document = store(publish=False).document
    results = at_once(
        lambda: publish_document(document=document, by=editor, at=AT),
        lambda: discard_draft(document=document, by=editor, at=AT),
    )
    done = [item for item in results if not isinstance(item, Exception)]
    assert len(done) == 1
    left = Document.objects.filter(pk=document.pk).first()
    assert (left is None) == (events("library.draft.discarded") == 1)


def test_one_error_reported_twice():
    def report() -> ErrorReport:
        return report_error(token="one", text="Wrong year.", at=AT)

    results = at_once(*[report] * 4)
    no_faults(results)
    assert ErrorReport.objects.count() == 1
    assert len({item.pk for item in results}) == 1
    assert events("site.error.reported") == 1


def test_one_error_answered_by_two(mailoutbox):
    report = report_error(token="one", text="Wrong.", email="reader@example.org", at=AT)
    editors = [make_editor(), make_editor()]
    results = at_once(
        *[
            lambda by=editor: answer_report(
                report=report, state="corrected", answer=f"By {by.pk}", by=by, at=AT, link="/"
            )
            for editor in editors
        ]
    )
    no_faults(results)
    assert sum(isinstance(item, Refusal) for item in results) == 1
    assert len(mailoutbox) == 1
    assert events("site.error.answered") == 1


def test_one_organization_merged_twice_and_into_each_other():
    editor = make_editor()
    source, target = make_organization("First union"), make_organization("Second union")

    versions = version_of(source), version_of(target)

    def again(first, second, marks):
        return merge_organizations(source=first, target=second, versions=marks, by=editor, at=AT)

    results = at_once(
        lambda: again(source, target, versions),
        lambda: again(source, target, versions),
        lambda: again(target, source, versions[::-1]),
    )
    no_faults(results)
    assert sum(not isinstance(item, Exception) for item in results) == 1
    assert Organization.objects.filter(merged_into__isnull=False).count() == 1


def test_one_name_added_by_two():
    editor = make_editor()
    for number in range(ROUNDS):
        details = OrganizationDetails(name=f"Union {number}", aliases=(f"U-{number}",))
        results = at_once(*[lambda d=details: add_organization(details=d, by=editor, at=AT)] * 2)
        no_faults(results)
        assert sum(isinstance(item, Refusal) for item in results) == 1
    assert Organization.objects.count() == ROUNDS
    keys = list(OrganizationName.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == 2 * ROUNDS


def test_one_spelling_given_to_two_organizations():
    editor = make_editor()
    pair = [make_organization("First union"), make_organization("Second union")]
    marks = [version_of(organization) for organization in pair]
    results = at_once(
        *[
            lambda o=organization, v=mark: edit_organization(
                organization=o,
                details=OrganizationDetails(name=o.name, aliases=("The Well",)),
                version=v,
                by=editor,
                at=AT,
            )
            for organization, mark in zip(pair, marks, strict=True)
        ]
    )
    no_faults(results)
    assert OrganizationName.objects.filter(key="well").count() == 1
    assert sum(isinstance(item, Refusal) for item in results) == 1


def test_one_organization_corrected_by_two():
    editor = make_editor()
    organization = make_organization("First union")
    mark = version_of(organization)
    results = at_once(
        *[
            lambda n=name: edit_organization(
                organization=organization,
                details=OrganizationDetails(name=n),
                version=mark,
                by=editor,
                at=AT,
            )
            for name in ("Union of wells", "Union of pipes")
        ]
    )
    no_faults(results)
    assert sum(isinstance(item, Refusal) for item in results) == 1
    assert events("directory.organization.edited") == 1


def test_one_printed_name_assigned_twice():
    editor = make_editor()
    parsed = parsed_document(parsed_paragraph(1, organizations=["Well Office"]))
    store(parsed)
    union = make_organization("Union")
    results = at_once(
        *[lambda: assign_name(printed="Well Office", organization=union, by=editor, at=AT)] * 2
    )
    no_faults(results)
    assert ParagraphOrganization.objects.filter(organization=union).count() == 1
    assert OrganizationName.objects.filter(key="welloffice").count() == 1


def test_one_membership_asked_for_twice():
    person = Account.objects.create_user("a@example.org")
    union = make_organization("Union")
    results = at_once(*[lambda: ask_membership(account=person, organization=union, at=AT)] * 3)
    no_faults(results)
    assert Membership.objects.count() == 1
    assert events("directory.membership.asked") == 1


def test_two_administrators_cannot_take_each_other_s_role():
    first, second = make_editor(role="administrator"), make_editor(role="administrator")
    pairs = [(first, second), (second, first)]
    results = at_once(
        *[
            lambda who=who, whose=whose: withdraw_role(
                grant=RoleGrant.objects.get(account=whose), by=who, at=AT
            )
            for who, whose in pairs
        ]
    )
    no_faults(results)
    assert RoleGrant.objects.filter(role="administrator").count() >= 1


def test_the_trail_holds_with_many_writers():
    acts = [lambda n=number: record_event(f"test.{n}", by=None, at=AT) for number in range(6)]
    no_faults(at_once(*acts))
    report = verify_trail()
    assert (report.rows, report.broken_at) == (6, None)
