"""The respondent's way through the pages, from the call to the receipt."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rapporteur.calls.actions import inviting, keeping, responding
from rapporteur.calls.models import Response
from rapporteur.calls.questionnaire import Kind, Question, Section, to_json
from rapporteur.common import held_forms
from tests.factories.calls import (
    accept,
    make_call,
    make_member,
    make_questionnaire,
    make_response,
    publish,
    send,
)
from tests.factories.register import make_organization, make_person, make_secretariat

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def open_call(slug="wells", **values):
    """A call that is open by the clock of the machine: pages ask it."""
    return make_call(
        slug,
        **{
            "opens_at": NOW - timedelta(days=400),
            "closes_at": NOW + timedelta(days=30),
            **values,
        },
    )


def step(client, response, section, **typed):
    url = reverse("calls:section", args=[response.pk, section])
    page = client.get(url)
    data = {"seen": page.context["seen"], "asked": page.context["asked"], "then": "next"}
    return client.post(url, {**data, **typed})


def test_from_the_call_to_the_receipt(client):
    call = open_call()
    person = make_person("writer@example.org")
    client.force_login(person)
    begin = reverse("calls:begin", args=[call.slug])
    token = client.get(begin).context["form"].initial["token"]

    begun = client.post(
        begin, {"organization": "-", "name": "Open Wells", "language": "fr", "token": token}
    )
    response = Response.objects.get()
    first = step(client, response, "about", **{"q-contact": "me@example.org"})
    second = step(
        client,
        response,
        "wells",
        **{"q-progress": "Sept puits.\r\nEncore.", "q-depth": "deep", "q-number": "7"},
    )
    check = client.get(reverse("calls:check", args=[response.pk]))
    form = check.context["form"].initial
    sent = client.post(
        reverse("calls:send", args=[response.pk]),
        {"consent": "named", "token": form["token"], "seen": form["seen"]},
    )
    receipt = client.get(sent.url)

    response.refresh_from_db()
    assert begun.url == reverse("calls:section", args=[response.pk, "about"])
    assert first.url == reverse("calls:section", args=[response.pk, "wells"])
    assert second.url == reverse("calls:check", args=[response.pk])
    assert response.answers == {
        "contact": "me@example.org",
        "progress": "Sept puits.\nEncore.",
        "depth": "deep",
        "number": 7,
    }
    assert (response.state, response.language) == ("submitted", "fr")
    assert response.receipt in receipt.content.decode()
    assert response.receipt in client.get(reverse("calls:mine")).content.decode()


def test_what_is_wrong_is_shown_at_its_field_and_kept(client):
    response = make_response(open_call())
    client.force_login(response.account)

    page = step(client, response, "wells", **{"q-progress": "word " * 41, "q-number": "many"})

    body = page.content.decode()
    assert page.status_code == 422
    assert "“many” is no number" in body
    assert 'value="many"' in body
    assert "41 words" in body
    response.refresh_from_db()
    # What cannot be stored leaves what was there; the rest is kept.
    assert response.answers["number"] == 7
    assert response.answers["progress"].startswith("word word")


def test_an_answer_that_a_colleague_changed_meanwhile_stands_beside_what_was_typed(client):
    response = make_response(open_call())
    client.force_login(response.account)
    url = reverse("calls:section", args=[response.pk, "wells"])
    page = client.get(url)
    data = {"seen": page.context["seen"], "asked": page.context["asked"]}
    responding.save_answers(
        response=response,
        names=["progress"],
        answers={"progress": "A colleague's words."},
        seen=responding.mark_of(response.answers, ["progress"]),
        by=response.account,
        at=NOW,
    )

    conflict = client.post(url, {**data, "q-progress": "My words."})
    again = client.post(
        url, {"seen": conflict.context["seen"], "asked": data["asked"], "q-progress": "My words."}
    )

    body = conflict.content.decode()
    assert conflict.status_code == 409
    assert "My words." in body
    assert "A colleague&#x27;s words." in body
    assert again.status_code == 302
    response.refresh_from_db()
    assert response.answers["progress"] == "My words."


def test_a_call_that_closed_meanwhile_keeps_what_was_typed_on_the_page(client):
    response = make_response(open_call())
    client.force_login(response.account)
    url = reverse("calls:section", args=[response.pk, "wells"])
    page = client.get(url)
    keeping.close_call(call=response.call, by=make_secretariat(), at=NOW)

    late = client.post(
        url,
        {
            "seen": page.context["seen"],
            "asked": page.context["asked"],
            "q-progress": "Too late by a minute.",
        },
    )

    assert late.status_code == 409
    assert "Too late by a minute." in late.content.decode()
    assert client.get(url).url == reverse("calls:check", args=[response.pk])


def test_what_was_typed_is_held_over_an_expired_session(client):
    response = make_response(open_call())
    url = reverse("calls:section", args=[response.pk, "wells"])

    out = client.post(
        url,
        {
            held_forms.MARK: held_forms.mark_of(response.account),
            "asked": "progress depth number",
            "seen": "",
            "q-progress": "Typed at night.",
        },
    )
    client.force_login(response.account)
    page = client.get(url)

    assert out.url.startswith(reverse("account_login"))
    assert "Typed at night." in page.content.decode()
    assert "is not saved yet" in page.content.decode()


def test_send_refuses_what_changed_since_and_what_is_missing(client):
    response = make_response(open_call(), answers={"contact": "me"})
    client.force_login(response.account)
    url = reverse("calls:send", args=[response.pk])

    stale = client.post(url, {"consent": "named", "token": "a", "seen": "0"})
    missing = client.post(
        url, {"consent": "named", "token": "a", "seen": str(response.answers_number)}
    )
    silent = client.post(url, {"token": "a", "seen": str(response.answers_number)})

    assert (stale.status_code, missing.status_code, silent.status_code) == (409, 422, 422)
    assert "This question needs an answer." in missing.content.decode()
    assert "Choose whether your response may be published." in silent.content.decode()
    assert not response.versions.exists()


def test_a_personal_link_is_taken_up_once_and_no_longer_good_when_renewed(client):
    call = open_call(audience="open")
    staff = make_secretariat()
    inviting.invite(call=call, emails=["Invited@example.org"], by=staff, at=NOW)
    invitation = call.invitations.get()
    url = reverse("calls:invited", args=[invitation.token])

    anonymous = client.get(url)
    first, second = make_person("one@example.org"), make_person("two@example.org")
    client.force_login(first)
    taken = client.post(url)
    client.force_login(second)
    refused = client.post(url)
    inviting.renew_link(invitation=invitation, by=staff, at=NOW)

    assert "private, no-store" in anonymous.headers["Cache-Control"]
    assert taken.url == reverse("calls:begin", args=[call.slug])
    assert refused.status_code == 404
    assert client.get(url).status_code == 404
    invitation.refresh_from_db()
    assert invitation.accepted_by == first


def test_a_colleague_comes_with_a_link_that_works_once(client):
    response = make_response(open_call())
    client.force_login(response.account)
    client.post(reverse("calls:colleagues", args=[response.pk]), {"email": "colleague@example.org"})
    member = response.members.get()
    url = reverse("calls:join", args=[member.token])
    colleague, other = make_person("colleague@example.org"), make_person("other@example.org")

    client.force_login(colleague)
    joined = client.post(url)
    client.force_login(other)

    assert client.post(url).status_code == 404
    assert client.get(reverse("calls:check", args=[response.pk])).status_code == 404
    client.force_login(colleague)
    assert client.get(joined.url).status_code == 200


def test_who_has_begun_goes_on_from_any_device(client):
    call = open_call()
    response = make_response(call)
    client.force_login(response.account)

    page = client.get(reverse("calls:begin", args=[call.slug]))

    assert page.url == reverse("calls:check", args=[response.pk])
    assert "Go on with your response" in client.get(call.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["calls:responses", "calls:question", "calls:mine", "calls:calls"])
def test_lists_ask_the_same_number_of_queries_for_1_and_3_rows(
    client, name, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person = make_person("many@example.org")

    def page_of(rows, slug):
        call = make_call(slug)
        for number in range(rows):
            organization = make_organization(f"{slug}-{number}", f"Wells {slug} {number}")
            writer = make_member(organization)
            response = accept(send(make_response(call, by=writer, organization=organization)))
            Response.objects.filter(pk=response.pk).update(account=person)
        publish(call)
        args = {"calls:question": [slug, "progress"], "calls:responses": [slug]}.get(name, [])
        client.force_login(person)
        client.get(reverse(name, args=args))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=args)).status_code == 200
        return len(queries)

    assert page_of(1, "one") == page_of(3, "three")


def test_the_pages_of_a_response_cost_a_fixed_number_of_queries(
    client, django_assert_max_num_queries
):
    response = send(make_response(open_call()))
    client.force_login(response.account)
    for path, most in (
        (reverse("calls:check", args=[response.pk]), 14),
        (reverse("calls:section", args=[response.pk, "wells"]), 10),
        (reverse("calls:receipt", args=[response.pk]), 10),
    ):
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)


def test_a_form_that_was_filled_without_a_connection_is_taken_over(client):
    response = make_response(open_call(), answers={"office": "Office"})
    client.force_login(response.account)
    form = client.get(reverse("calls:questionnaire", args=[response.call.slug]), {"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(form.content))
    label = "What has been dug?"
    sheet, cell = next(
        (sheet, cell)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and label in cell.value
    )
    places = [(cell.row, cell.column + 1), (cell.row + 1, cell.column)]
    for row, column in places:
        if not isinstance(sheet.cell(row, column), openpyxl.cell.cell.MergedCell):
            sheet.cell(row, column).value = sheet.cell(row, column).value or "Nine wells."
    data = io.BytesIO()
    book.save(data)
    url = reverse("calls:fill", args=[response.pk])

    page = client.post(url, {"file": SimpleUploadedFile("form.xlsx", data.getvalue())})
    refused = client.post(url, {"file": SimpleUploadedFile("form.xlsx", b"no form")})

    response.refresh_from_db()
    assert page.status_code == 200
    assert refused.status_code == 422
    assert response.answers == {"office": "Office", "progress": "Nine wells."}


@pytest.mark.parametrize("form", ["docx", "xlsx", "xlsform"])
def test_the_questionnaire_is_given_as_files(client, form):
    page = client.get(reverse("calls:questionnaire", args=[open_call().slug]), {"format": form})

    assert page.content.startswith(b"PK")
    assert "attachment" in page.headers["Content-Disposition"]


def test_files_are_kept_with_the_answer_taken_away_and_kept_where_they_were_sent(client):
    documents = Question("documents", Kind.FILE, {"en": "Documents"}, types=("pdf",), many=True)
    asks = make_questionnaire()
    asks = replace(
        asks,
        sections=(*asks.sections, Section("closing", {"en": "Closing"}, questions=(documents,))),
    )
    response = make_response(open_call(questionnaire=to_json(asks)))
    client.force_login(response.account)

    def give(*files, **more):
        return step(client, response, "closing", **{"q-documents": list(files), **more})

    def answer():
        return [f["name"] for f in Response.objects.get().answers.get("documents", [])]

    good = SimpleUploadedFile("../wells.pdf", b"%PDF-1 wells")
    assert give(good, SimpleUploadedFile("well.exe", b"MZ")).status_code == 422
    assert answer() == ["wells.pdf"]
    response.refresh_from_db()
    send(response)
    assert give(SimpleUploadedFile("b.pdf", b"%PDF-1 b")).status_code == 302
    first, second = Response.objects.get().answers["documents"]
    remove = {"q-documents-remove": [first["sha256"], second["sha256"]]}
    assert give(**remove).status_code == 302

    assert answer() == []
    # The one that was sent stays for its submission.
    kept = response.attachments.get()
    assert kept.name == "wells.pdf"
    served = client.get(reverse("calls:file", args=[response.pk, kept.pk]))
    assert b"".join(served.streaming_content) == b"%PDF-1 wells"
    assert served.headers["Content-Type"] == "application/octet-stream"
    assert served.headers["Content-Disposition"].startswith("attachment")
