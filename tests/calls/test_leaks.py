"""Attempts to find in public what was not agreed to: each creates first what could leak."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rapporteur.calls import searchables
from rapporteur.calls.actions import responding
from rapporteur.calls.masking import masked, pattern_of
from rapporteur.calls.models import Response
from rapporteur.search import actions as search_actions
from tests.factories.calls import (
    AFTER,
    accept,
    close,
    make_call,
    make_member,
    make_response,
    publish,
    send,
)
from tests.factories.directory import make_country, make_group_membership, make_organization
from tests.factories.register import make_secretariat

pytestmark = pytest.mark.django_db

SECRETS = (
    "Hidden",
    "HWU",
    "hidden wells",
    "ada.secret@example.org",
    "Ada Secret",
    "Office of secrets",
    "Unsaid",
    "unsaid",
    "Kenya",
    "KEN",
    "Draftsman",
    "+254 700 000 111",
)


def organization(name, acronym):
    country = make_country("KEN") if not Response.objects.exists() else None
    return make_organization(name, acronym, country=country, aliases=(f"The {name} of old",))


@pytest.fixture
def published():
    """A call with a named, an anonymous, an unpublished, an unread and an unsent response."""
    call = make_call()
    hidden = organization("Hidden Wells Union", "HWU")
    make_group_membership(hidden.country)
    ada = make_member(hidden, "ada.secret@example.org")
    ada.name = "Ada Secret"
    ada.save()
    anonymous = make_response(
        call,
        by=ada,
        organization=hidden,
        answers={
            "contact": "+254 700 000 111",
            "office": "Office of secrets",
            "progress": (
                "We, the Hidden  Wells Union (HWU), once the hidden wells union of old, dug; ask "
                "Ada Secret (ada.secret@example.org, +254 700 000 111), Office of secrets."
            ),
            "number": 3,
        },
    )
    unsaid = make_organization("Unsaid Union", "UNSAID")
    quiet = make_response(
        call,
        by=make_member(unsaid, "unsaid@example.org"),
        organization=unsaid,
        answers={"progress": "Unsaid words."},
    )
    named = make_response(
        call,
        name="Open Wells",
        answers={
            "contact": "ada.secret@example.org",
            "office": "Open office",
            "progress": "Open wells; write to ada.secret@example.org or to Ada (at) example.org.",
        },
    )
    accept(send(anonymous, consent="anonymous"))
    accept(send(quiet, consent="none"))
    accept(send(named, consent="named"))
    send(make_response(call, name="Draftsman Unread", answers={"progress": "Draftsman one."}))
    make_response(call, name="Draftsman Unsent", answers={"progress": "Draftsman two."})
    publish(call)
    call.refresh_from_db()
    return call


def pages_of(call):
    responses = reverse("calls:responses", args=[call.slug])
    question = reverse("calls:question", args=[call.slug, "progress"])
    number = reverse("calls:question", args=[call.slug, "number"])
    office = reverse("calls:question", args=[call.slug, "office"])
    own = [row.get_absolute_url() for row in call.responses.filter(published_at__isnull=False)]
    lists = [reverse("calls:calls"), responses, question, number, office]
    files = [f"{page}?format={form}" for page in lists for form in ("csv", "json")]
    more = [
        reverse("home"),
        call.get_absolute_url(),
        reverse("calls:questionnaire", args=[call.slug]),
        f"{responses}?region=region:africa",
        f"{responses}?group=-",
    ]
    return [*lists, *files, *more, *own]


def body_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def test_nothing_that_was_not_agreed_to_is_on_any_public_page_or_in_a_file(client, published):
    for path in pages_of(published):
        response = client.get(path)
        body = body_of(response)
        assert response.status_code == 200, path
        found = [secret for secret in SECRETS if secret in body]
        assert found == [], path


def test_what_was_agreed_to_is_there(client, published):
    body = body_of(client.get(reverse("calls:question", args=[published.slug, "progress"])))

    assert "Open wells; write to […] or to […]." in body
    assert "We, the […] ([…]), once […], dug; ask […] ([…], […]), […]." in body


def test_responses_that_are_not_public_have_no_address(client, published):
    for person in (None, make_secretariat()):
        if person is not None:
            client.force_login(person)
        for row in published.responses.filter(published_at=None):
            assert client.get(row.get_absolute_url()).status_code == 404


def test_private_questions_have_no_page(client, published):
    for form in ("", "?format=csv", "?format=json"):
        path = reverse("calls:question", args=[published.slug, "contact"]) + form
        assert client.get(path).status_code == 404


def test_the_search_finds_what_is_public_and_nothing_else(client, published, settings, tmp_path):
    settings.SEARCH_INDEX = tmp_path / "index"
    search_actions.rebuild()
    found = {
        # The directory's own record of an organization is no secret, and of another kind.
        words: client.get(
            reverse("search:results"), {"q": words, "kind": "calls.response"}
        ).content.decode()
        for words in ("Open wells", "dug", "Hidden", "Unsaid", "Draftsman", "secret", "HWU")
    }
    accepted = published.responses.filter(state="accepted")
    own = {row.consent: row.get_absolute_url() for row in accepted}

    assert own["named"] in found["Open wells"]
    assert own["anonymous"] in found["dug"]
    for words, body in found.items():
        # What was searched for stands in the page's own field.
        body = body.replace(words, "")
        assert [secret for secret in SECRETS if secret in body] == [], words
        assert own["none"] not in body
        if words not in ("Open wells", "dug"):
            assert "/responses/" not in body, words


def test_every_entry_of_the_search_is_made_of_what_is_public(published):
    keys = [str(pk) for pk in published.responses.values_list("pk", flat=True)]

    entries = list(searchables.load_responses(keys))

    assert len(entries) == 2
    assert [secret for secret in SECRETS if secret in str(entries)] == []


def test_counts_tell_how_many_and_not_who(client, published):
    row = client.get(f"{reverse('calls:calls')}?format=json").json()["rows"][0]

    assert (row["responses_received"], row["responses_published"]) == (4, 2)


def test_nothing_is_public_before_it_is_published(client):
    call = make_call()
    response = accept(send(make_response(call, name="Open Wells")))
    paths = [
        reverse("calls:responses", args=[call.slug]),
        reverse("calls:question", args=[call.slug, "progress"]),
        response.get_absolute_url(),
    ]

    for _state in ("open", "closed"):
        assert [client.get(path).status_code for path in paths] == [404, 404, 404]
        assert "Open Wells" not in body_of(client.get(call.get_absolute_url()))
        close(call) if _state == "open" else None


def test_a_withdrawn_response_says_so_and_nothing_else(client, published):
    row = published.responses.get(respondent_name="Open Wells")
    responding.withdraw_response(response=row, by=row.account, at=AFTER)

    page = client.get(row.get_absolute_url())

    assert page.status_code == 410
    assert "Open" not in body_of(page).replace("Open calls", "")
    for path in pages_of(published):
        assert "Open wells" not in body_of(client.get(path)), path


def test_a_response_that_becomes_anonymous_loses_its_name(client):
    call = make_call()
    response = make_response(call, name="Open Wells")
    send(response, consent="named")
    accept(send(response, consent="anonymous"))
    publish(call)

    assert "Open Wells" not in body_of(client.get(response.get_absolute_url()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to a.b+c@ex-ample.co.ke.", "Write to […]."),
        ("a [at] example.org; a (at) example.org", "[…]; […]"),
        ("At 7 pm @ home, C7 and GITU", "At 7 pm @ home, C7 and GITU"),
        ("ITU and the situation", "[…] and the situation"),
        ("wells\nunion; Wells Unions", "[…]; Wells Unions"),
    ],
)
def test_masking_takes_out_addresses_and_whole_names(text, expected):
    assert masked(text, pattern_of(["ITU", "Wells Union", "a"])) == expected
