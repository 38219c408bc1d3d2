"""Writing an entry through the pages, step by step, as a person would."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from rapporteur.directory.choices import MembershipKind
from rapporteur.directory.models import Membership
from rapporteur.register.actions import drafting, publishing, stepping
from rapporteur.register.choices import ActivityState, VersionState
from rapporteur.register.content import Link, Result
from rapporteur.register.models import Activity, ActivityContact, OrganizationProposal, Version
from tests.factories.directory import make_organization as make_named_organization
from tests.factories.register import (
    AT,
    make_activity,
    make_draft,
    make_focal_point,
    make_framework,
    make_organization,
    make_person,
    make_secretariat,
    make_submitted,
)

pytestmark = pytest.mark.django_db
PASSWORD = "keeping-the-register-1"


@pytest.fixture
def keeper(client):
    person = make_person()
    client.force_login(person)
    return person


def hidden(html: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def step_url(version, step="text"):
    return reverse("register:step", args=[version.activity_id, step])


def rows(name, *values, total=None):
    """Return the form fields of a list of rows."""
    data = {
        f"{name}-TOTAL_FORMS": str(total or len(values)),
        f"{name}-INITIAL_FORMS": "0",
    }
    for place, row in enumerate(values):
        data |= {f"{name}-{place}-{field}": value for field, value in row.items()}
    return data


def save(client, version, step, data):
    """Load a step, fill it and send it; return the answer."""
    url = step_url(version, step)
    html = client.get(url).content.decode()
    seen = {"seen": hidden(html, "seen"), "written_by": hidden(html, "written_by")}
    return client.post(url, {**seen, **data})


def test_from_begin_to_receipt(client, keeper):
    make_framework()
    begun = client.post(reverse("register:new"))
    version = Version.objects.get()
    assert begun.headers["Location"] == step_url(version)

    after_text = save(
        client,
        version,
        "text",
        {"title": "School wells", "description": "Wells.", "language": "en"},
    )
    assert after_text.headers["Location"] == step_url(version, "organization")
    save(client, version, "organization", {"partners": "Well Guild\n\nRain Watchers"})
    save(
        client,
        version,
        "place",
        {
            "kind": "project",
            "status": "running",
            "starts": "2021",
            "coverage": "countries",
            "regions": ["region:africa"],
            **rows("countries", {"country": "kenya"}, {"country": "NAM"}, {"country": ""}),
        },
    )
    save(
        client,
        version,
        "labels",
        {"action_lines": ["C7.4", "C3"], "sdgs": ["SDG4.1"], "technologies": "maps\nsensors"},
    )
    save(
        client,
        version,
        "results",
        rows(
            "results",
            {"kind": "beneficiaries", "text": "Pupils", "value": "1 250", "unit": "people"},
            {"kind": "result", "text": ""},
            {"kind": "result", "text": "A map", "year": "2024"},
        ),
    )
    save(
        client,
        version,
        "contact",
        {
            "name": "A. Keeper",
            "email": "ask@example.org",
            "phone": "",
            **rows("links", {"url": "example.org/wells", "label": "The map"}),
        },
    )
    last = save(
        client,
        version,
        "story",
        {
            "success_story": "It rained.",
            **rows("translations", {"language": "fr", "title": "Puits", "description": ""}),
        },
    )
    assert last.headers["Location"] == reverse("register:check", args=[version.activity_id])

    says = Version.objects.get().says
    assert says.title == "School wells"
    assert [partner.name for partner in says.partners] == ["Well Guild", "Rain Watchers"]
    assert (says.countries, says.regions) == (("KEN", "NAM"), ("region:africa",))
    assert (says.action_lines, says.sdgs) == (("C3", "C7.4"), ("SDG4.1",))
    assert says.technologies == ("maps", "sensors")
    assert says.results == (
        Result("beneficiaries", "Pupils", "1250", "people"),
        Result("result", "A map", year=2024),
    )
    assert says.links == (Link("https://example.org/wells", "The map"),)
    assert says.translations["fr"].title == "Puits"
    contact = ActivityContact.objects.get()
    assert (contact.name, contact.email) == ("A. Keeper", "ask@example.org")

    check = client.get(last.headers["Location"]).content.decode()
    assert "Kenya" in check
    assert "Organization</a>" in check  # not said yet, with the way to say it
    sent = client.post(
        reverse("register:send", args=[version.activity_id]), {"digest": hidden(check, "digest")}
    )
    receipt = client.get(sent.headers["Location"]).content.decode()
    assert f"{version.activity_id}-1" in receipt
    assert Version.objects.get().state == VersionState.SUBMITTED


def test_begin_pressed_twice_begins_one_draft(client, keeper):
    first = client.post(reverse("register:new"))
    second = client.post(reverse("register:new"))

    assert first.headers["Location"] == second.headers["Location"]
    assert Activity.objects.count() == 1


def test_a_step_sent_twice_is_saved_once(client, keeper):
    version = make_draft(by=keeper)
    html = client.get(step_url(version)).content.decode()
    data = {"seen": hidden(html, "seen"), "title": "Changed", "language": "en"}

    answers = [client.post(step_url(version), data).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert Version.objects.get().says.title == "Changed"


def test_what_does_not_fit_is_shown_again_and_the_rest_saved(client, keeper):
    version = make_draft(by=keeper)
    answer = save(
        client,
        version,
        "results",
        rows(
            "results",
            {"kind": "result", "text": "Wells", "value": "twelve", "year": "20x4"},
            {"kind": "result", "text": "Maps", "value": "3"},
        ),
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="twelve"' in html
    assert 'value="20x4"' in html
    assert 'href="#id_results-0-value"' in html
    assert 'href="#id_results-0-year"' in html
    stored = Version.objects.get().says.results
    assert [row.text for row in stored] == ["Wells", "Maps"]
    assert [row.year for row in stored] == [0, 0]


def test_a_title_that_is_too_long_stays_on_the_page_and_the_text_is_saved(client, keeper):
    version = make_draft(by=keeper, title="Short")
    answer = save(
        client, version, "text", {"title": "x" * 301, "description": "New text.", "language": "en"}
    )

    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()
    says = Version.objects.get().says
    assert (says.title, says.description) == ("Short", "New text.")


def test_signs_that_no_text_holds_are_named_and_not_stored(client, keeper):
    version = make_draft(by=keeper, title="Short")
    answer = save(
        client, version, "text", {"title": "Wells\x00", "description": "New.", "language": "en"}
    )

    assert answer.status_code == 422
    assert "U+0000" in answer.content.decode()
    assert Version.objects.get().says.title == "Short"


def test_an_unknown_country_names_the_nearest(client, keeper):
    version = make_draft(by=keeper)
    answer = save(
        client,
        version,
        "place",
        {"coverage": "countries", **rows("countries", {"country": "Kenia"})},
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "“Kenia” is no country or area of the list. Nearest: Kenya." in html
    assert 'value="Kenia"' in html


def test_two_people_on_one_step_lose_nothing(client, keeper):
    organization = make_organization()
    version = make_draft(by=keeper, organization="Wells Union", organization_slug="wells-union")
    other = Client()
    other.force_login(make_focal_point(organization))
    url = step_url(version)
    mine = client.get(url).content.decode()
    theirs = other.get(url).content.decode()
    other.post(url, {"seen": hidden(theirs, "seen"), "title": "Theirs", "language": "en"})

    refused = client.post(url, {"seen": hidden(mine, "seen"), "title": "Mine", "language": "en"})

    html = refused.content.decode()
    assert refused.status_code == 409
    assert 'value="Mine"' in html
    assert "Theirs" in html
    assert Version.objects.get().says.title == "Theirs"
    again = client.post(url, {"seen": hidden(html, "seen"), "title": "Mine", "language": "en"})
    assert again.status_code == 302
    assert Version.objects.get().says.title == "Mine"


def test_two_people_on_different_steps_do_not_meet(client, keeper):
    version = make_draft(by=keeper)
    html = client.get(step_url(version)).content.decode()
    save(client, version, "story", {"success_story": "It rained.", **rows("translations")})

    saved = client.post(
        step_url(version), {"seen": hidden(html, "seen"), "title": "Mine", "language": "en"}
    )

    assert saved.status_code == 302
    says = Version.objects.get().says
    assert (says.title, says.success_story) == ("Mine", "It rained.")


def test_what_was_sent_meanwhile_is_taken_back_with_the_words_on_the_page(client, keeper):
    version = make_draft(by=keeper)
    html = client.get(step_url(version)).content.decode()
    drafting.submit(version=version, by=keeper, at=AT)
    data = {"seen": hidden(html, "seen"), "title": "Later words", "language": "en"}

    refused = client.post(step_url(version), data)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert 'value="Later words"' in page
    assert Version.objects.get().state == VersionState.SUBMITTED
    taken = client.post(
        step_url(version), {**data, "seen": hidden(page, "seen"), "take-back": "yes"}
    )
    assert taken.status_code == 302
    stored = Version.objects.get()
    assert (stored.state, stored.says.title) == (VersionState.DRAFT, "Later words")


def test_what_was_published_meanwhile_becomes_a_change(client, keeper):
    version = make_draft(by=keeper)
    html = client.get(step_url(version)).content.decode()
    sent = drafting.submit(version=version, by=keeper, at=AT)
    publishing.publish(version=sent, by=make_secretariat(), at=AT)
    data = {"seen": hidden(html, "seen"), "title": "Later words", "language": "en"}

    refused = client.post(step_url(version), data)
    page = refused.content.decode()
    again = client.post(
        step_url(version), {**data, "seen": hidden(page, "seen"), "take-back": "yes"}
    )

    assert (refused.status_code, again.status_code) == (409, 302)
    assert Version.objects.get(number=2).says.title == "Later words"
    assert Activity.objects.get().title == "School wells online"


def test_an_ended_session_comes_back_to_the_form_with_its_content(keeper):
    from rapporteur.operations.addresses import confirm_email

    confirm_email(keeper)
    client = Client()
    login = reverse("account_login")
    client.post(login, {"login": keeper.email, "password": PASSWORD})
    version = make_draft(by=keeper, title="Stored")
    html = client.get(step_url(version)).content.decode()
    data = {
        "seen": hidden(html, "seen"),
        "written_by": hidden(html, "written_by"),
        "title": "Typed for an hour",
        "description": "Long words.",
        "language": "en",
    }
    client.cookies.pop("session")

    sent = client.post(step_url(version), data)
    assert sent.status_code == 302
    assert sent.headers["Location"] == f"{login}?next={step_url(version)}"
    back = client.post(
        login,
        {"login": keeper.email, "password": PASSWORD, "next": step_url(version)},
    )

    assert back.headers["Location"] == step_url(version)
    page = client.get(step_url(version)).content.decode()
    assert 'value="Typed for an hour"' in page
    assert "Long words." in page
    assert "Your session had ended" in page
    assert Version.objects.get().says.title == "Stored"
    saved = client.post(step_url(version), {**data, "seen": hidden(page, "seen")})
    assert saved.status_code == 302
    assert Version.objects.get().says.title == "Typed for an hour"
    assert "Your session had ended" not in client.get(step_url(version)).content.decode()


def test_another_account_does_not_see_what_was_typed(keeper):
    organization = make_organization()
    version = make_draft(by=keeper, organization="Wells Union", organization_slug="wells-union")
    other = make_focal_point(organization)
    client = Client()
    client.force_login(keeper)
    html = client.get(step_url(version)).content.decode()
    client.cookies.pop("session")
    client.post(
        step_url(version), {"written_by": hidden(html, "written_by"), "title": "Private words"}
    )
    client.force_login(other)

    page = client.get(step_url(version)).content.decode()

    assert "Private words" not in page


def test_an_organization_of_the_directory_is_linked(client, keeper):
    make_named_organization("Wells Union")
    version = make_draft(by=keeper)

    answer = save(client, version, "organization", {"organization": "wells union"})

    says = Version.objects.get().says
    assert answer.headers["Location"] == step_url(version, "place")
    assert (says.organization, says.organization_slug) == ("Wells Union", "wells-union")


def test_an_unknown_organization_is_proposed(client, keeper):
    make_named_organization("Wells Union")
    version = make_draft(by=keeper)
    asked = save(client, version, "organization", {"organization": "Rain Watchers of Lund"})
    assert asked.headers["Location"] == step_url(version, "organization") + "#which"

    answer = save(
        client,
        version,
        "organization",
        {
            "organization": "Rain Watchers of Lund",
            "organization_is": "propose",
            "proposed_kind": "civil-society",
            "proposed_country": "KEN",
            "proposed_website": "https://rain.example.org",
        },
    )

    assert answer.headers["Location"] == step_url(version, "place")
    made = OrganizationProposal.objects.get()
    assert (made.name, made.kind, made.country.iso3, made.proposed_by) == (
        "Rain Watchers of Lund",
        "civil-society",
        "KEN",
        keeper,
    )


def test_a_near_organization_is_offered_and_taken(client, keeper):
    make_named_organization("Wells Union")
    version = make_draft(by=keeper)
    save(client, version, "organization", {"organization": "Wels Union"})
    html = client.get(step_url(version, "organization")).content.decode()
    assert 'value="wells-union"' in html

    save(
        client,
        version,
        "organization",
        {"organization": "Wels Union", "organization_is": "wells-union"},
    )

    assert Version.objects.get().says.organization_slug == "wells-union"


def test_add_another_row_saves_and_comes_back(client, keeper):
    version = make_draft(by=keeper)

    answer = save(
        client,
        version,
        "results",
        {**rows("results", {"kind": "result", "text": "Wells"}), "then": "more-results"},
    )

    assert answer.headers["Location"] == step_url(version, "results") + "#row-results-1"
    html = client.get(step_url(version, "results")).content.decode()
    assert 'id="row-results-1"' in html


def test_sending_what_has_no_title_says_so(client, keeper):
    version = make_draft(by=keeper, title="")

    answer = client.post(reverse("register:send", args=[version.activity_id]))

    assert answer.status_code == 422
    assert "Title: This is empty; it is needed." in answer.content.decode()
    assert Version.objects.get().state == VersionState.DRAFT


def test_sent_twice_leads_to_one_receipt(client, keeper):
    version = make_draft(by=keeper)
    url = reverse("register:send", args=[version.activity_id])

    answers = [client.post(url).headers["Location"] for _time in range(2)]

    assert answers == [reverse("register:receipt", args=[version.activity_id])] * 2


def test_what_somebody_else_changed_since_is_not_sent(client, keeper):
    version = make_draft(by=keeper)
    url = reverse("register:send", args=[version.activity_id])
    seen = version.digest
    stepping.save_step(
        version=version,
        fields=("title",),
        change=lambda content: content.__class__(title="Changed"),
        seen=stepping.mark_of_step(version.says, ("title",), None),
        by=keeper,
        at=AT,
    )

    answer = client.post(url, {"digest": seen})

    assert answer.status_code == 409
    assert Version.objects.get().state == VersionState.DRAFT


def test_a_change_of_a_published_entry_shows_what_changes(client, keeper):
    activity = make_activity(by=keeper)
    client.post(reverse("register:edit", args=[activity.pk]))
    version = Version.objects.get(number=2)
    save(client, version, "text", {"title": "School wells, mapped", "language": "en"})

    html = client.get(reverse("register:check", args=[activity.pk])).content.decode()

    assert "What you change in the published entry" in html
    assert "<ins>" in html


def test_take_back_makes_it_a_draft(client, keeper):
    version = make_submitted(by=keeper)

    client.post(reverse("register:take-back", args=[version.activity_id]))

    assert Version.objects.get().state == VersionState.DRAFT


def test_discard_throws_the_draft_away(client, keeper):
    version = make_draft(by=keeper)

    client.post(reverse("register:discard", args=[version.activity_id]))

    assert not Activity.objects.exists()


def test_a_stranger_finds_no_page_of_it(client):
    version = make_draft()
    activity = make_activity(title="Published")
    client.force_login(make_person("stranger@example.org"))

    for name, pk in (
        ("register:check", version.activity_id),
        ("register:edit", activity.pk),
        ("register:confirm", activity.pk),
        ("register:withdraw", activity.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404


def test_a_member_who_is_no_focal_point_finds_no_page_of_it(client):
    organization = make_organization()
    version = make_draft(organization="Wells Union", organization_slug="wells-union")
    member = make_person("member@example.org")
    Membership.objects.create(
        account=member,
        organization=organization,
        kind=MembershipKind.MEMBER,
        asked_at=AT,
        confirmed_at=AT,
    )
    client.force_login(member)

    assert client.get(step_url(version)).status_code == 404


def test_the_contact_shows_to_nobody_else(client, keeper):
    version = make_draft(by=keeper)
    drafting.set_contact(
        activity=version.activity,
        name="A. Keeper",
        email="private@example.org",
        phone="",
        by=keeper,
        at=AT,
    )
    sent = drafting.submit(version=version, by=keeper, at=AT)
    activity = publishing.publish(version=sent, by=make_secretariat(), at=AT)
    assert "private@example.org" in client.get(
        reverse("register:edit", args=[activity.pk])
    ).content.decode() or client.get(step_url(version, "contact"))
    client.logout()

    for url in (activity.get_absolute_url(), f"{activity.get_absolute_url()}.jsonld"):
        assert "private@example.org" not in client.get(url).content.decode()


def test_confirm_and_withdraw(client, keeper):
    activity = make_activity(by=keeper)

    client.post(reverse("register:confirm", args=[activity.pk]))
    activity.refresh_from_db()
    assert activity.confirmed_by == keeper
    refused = client.post(reverse("register:withdraw", args=[activity.pk]), {"reason": " "})
    assert refused.status_code == 422
    client.post(reverse("register:withdraw", args=[activity.pk]), {"reason": "It ended."})

    activity.refresh_from_db()
    assert (activity.state, activity.withdrawn_reason) == (ActivityState.WITHDRAWN, "It ended.")


def test_follow_up_keeps_its_rows_and_counts_once(client, keeper):
    activity = make_activity(by=keeper)
    url = reverse("register:follow-up", args=[activity.pk])
    token = hidden(client.get(url).content.decode(), "token")
    data = {
        "year": "2025",
        "text": "Ten more wells.",
        "status": "completed",
        "language": "en",
        "token": token,
        **rows("results", {"kind": "result", "text": "Wells", "value": "10"}),
    }

    assert [client.post(url, data).status_code for _time in range(2)] == [302, 302]

    report = activity.follow_ups.get()
    assert report.results == [{"kind": "result", "text": "Wells", "value": "10"}]
    other = client.post(url, {**data, "text": "Twelve more wells."})
    assert other.status_code == 422
    assert "Twelve more wells." in other.content.decode()


def test_follow_up_of_a_year_to_come_is_refused(client, keeper):
    activity = make_activity(by=keeper)
    url = reverse("register:follow-up", args=[activity.pk])

    answer = client.post(url, {"year": "2099", "text": "Dreams.", "token": "t", **rows("results")})

    assert answer.status_code == 422
    assert "Dreams." in answer.content.decode()
    assert not activity.follow_ups.exists()


def test_mine_lists_what_waits_first(client, keeper):
    make_draft(by=keeper, title="A draft")
    make_activity(by=keeper, title="Fresh")
    stale = make_activity(by=keeper, title="Old")
    Activity.objects.filter(pk=stale.pk).update(stale_on="2020-01-01")
    returned = make_submitted(by=keeper, title="Back")
    publishing.return_version(version=returned, reason="Which?", by=make_secretariat(), at=AT)
    make_activity(by=make_person("stranger@example.org"), title="Another's")

    html = client.get(reverse("register:mine") + "?format=json").json()

    assert [(row["title"], row["state"]) for row in html["rows"]] == [
        ("Back", "returned"),
        ("Old", "stale"),
        ("A draft", "draft"),
        ("Fresh", "published"),
    ]


def test_mine_costs_as_many_queries_with_three_rows(client, keeper, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_activity(by=keeper, title="One")
    client.get(reverse("register:mine"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("register:mine"))
    make_activity(by=keeper, title="Two")
    make_draft(by=keeper, title="Three")

    with django_assert_num_queries(len(one)):
        client.get(reverse("register:mine"))


def test_the_account_page_tells_what_waits(client, keeper):
    returned = make_submitted(by=keeper)
    publishing.return_version(version=returned, reason="Which?", by=make_secretariat(), at=AT)

    html = client.get(reverse("directory:me")).content.decode()

    assert "1 entry waits for you" in html
    assert reverse("register:organization-propose") in html
