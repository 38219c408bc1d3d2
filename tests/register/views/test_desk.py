"""The secretariat reads what waits and decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from rapporteur.common.notices.models import Notice
from rapporteur.directory.models import Membership, Organization
from rapporteur.operations.addresses import confirm_email
from rapporteur.register.actions import drafting, following, proposing
from rapporteur.register.choices import ActivityState, FollowUpState, VersionState
from rapporteur.register.models import Activity, OrganizationProposal, Version
from tests.factories.directory import make_organization as make_named_organization
from tests.factories.register import (
    AT,
    make_activity,
    make_content,
    make_draft,
    make_person,
    make_secretariat,
    make_submitted,
    make_withdrawn,
)
from tests.factories.register_pictures import picture_file

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def desk(client):
    person = make_secretariat()
    client.force_login(person)
    return person


@pytest.fixture
def author():
    person = make_person()
    confirm_email(person)
    return person


def changed(activity, by, **values):
    """Return a change of an entry, sent."""
    version = drafting.begin_change(activity=activity, by=by, at=LATER)
    drafting.save_draft(version=version, content=make_content(**values), by=by, at=LATER)
    return drafting.submit(version=version, by=by, at=LATER, note="Counted anew.")


def test_the_longest_waiting_stands_first(client, desk):
    make_submitted(title="Second", at=LATER)
    make_submitted(title="First", at=AT)

    rows = client.get(reverse("register:desk") + "?format=json").json()["rows"]

    assert [row["title"] for row in rows] == ["First", "Second"]


def test_a_change_stands_beside_what_is_published(client, desk, author):
    version = changed(make_activity(by=author), author, title="School wells, mapped")

    html = client.get(reverse("register:desk-version", args=[version.pk])).content.decode()

    assert "Counted anew." in html
    assert "<ins>" in html
    assert "<del>" in html


def test_publish_tells_the_author(
    client, desk, author, mailoutbox, django_capture_on_commit_callbacks
):
    version = make_submitted(by=author)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("register:desk-publish", args=[version.pk]), {"digest": version.digest}
        )

    assert answer.headers["Location"] == reverse("register:desk")
    assert Activity.objects.get().state == ActivityState.PUBLISHED
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([author.email], "Published: School wells online")
    ]


def test_return_tells_the_reason_in_the_language_of_the_text(
    client, desk, author, mailoutbox, django_capture_on_commit_callbacks
):
    version = make_submitted(by=author, language="fr", title="Puits")
    url = reverse("register:desk-return", args=[version.pk])
    assert client.post(url, {"digest": version.digest, "reason": ""}).status_code == 422
    assert Version.objects.get().state == VersionState.SUBMITTED

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"digest": version.digest, "reason": "Quelles écoles ?"})

    assert Version.objects.get().reason == "Quelles écoles ?"
    assert Notice.objects.get().language == "fr"
    assert "Quelles écoles ?" in mailoutbox[0].body
    assert f"/fr/activities/{version.activity_id}/check" in mailoutbox[0].body


def test_what_was_changed_since_it_was_read_is_not_published(client, desk, author):
    version = make_submitted(by=author)
    seen = version.digest
    drafting.save_draft(
        version=version, content=make_content(title="Other words"), by=author, at=LATER
    )
    drafting.submit(version=version, by=author, at=LATER)

    for name in ("register:desk-publish", "register:desk-return"):
        answer = client.post(reverse(name, args=[version.pk]), {"digest": seen, "reason": "No."})
        assert answer.status_code == 409
        assert "no longer waiting as you saw it" in answer.content.decode()

    assert Version.objects.get().state == VersionState.SUBMITTED
    assert not Notice.objects.exists()


def test_decided_twice_is_decided_once(client, desk, author):
    version = make_submitted(by=author)
    url = reverse("register:desk-publish", args=[version.pk])

    answers = [client.post(url, {"digest": version.digest}).status_code for _time in range(2)]

    assert answers == [302, 409]
    assert Notice.objects.count() == 1


def test_a_page_of_what_was_decided_says_so(client, desk, author):
    version = make_submitted(by=author)
    client.post(reverse("register:desk-publish", args=[version.pk]), {"digest": version.digest})

    answer = client.get(reverse("register:desk-version", args=[version.pk]))

    assert answer.status_code == 409


def test_a_follow_up_is_published_and_confirms(client, desk, author):
    activity = make_activity(by=author)
    report = following.report(
        activity=activity, token="t", year=2026, text="Ten more.", by=author, at=LATER
    )
    url = reverse("register:desk-follow-up", args=[report.pk])
    assert client.post(url, {"decision": "return", "reason": ""}).status_code == 422

    client.post(url, {"decision": "publish"})

    report.refresh_from_db()
    activity.refresh_from_db()
    assert (report.state, activity.confirmed_at) == (FollowUpState.PUBLISHED, LATER)
    assert client.post(url, {"decision": "publish"}).status_code == 409


def test_merge_shows_both_and_redirects(client, desk):
    kept, duplicate = make_activity(title="Kept"), make_activity(title="Duplicate")
    url = reverse("register:desk-merge")
    html = client.get(f"{url}?source={duplicate.pk}&target={kept.pk}").content.decode()
    assert "<del>" in html
    assert "Kept" in html

    answer = client.post(url, {"source": duplicate.pk, "target": kept.pk})

    assert answer.headers["Location"] == kept.get_absolute_url()
    moved = client.get(duplicate.get_absolute_url())
    assert (moved.status_code, moved.headers["Location"]) == (301, kept.get_absolute_url())


@pytest.mark.parametrize("number", ["", "0", "abc", "9" * 40, "²"])
def test_merge_says_which_number_is_wrong(client, desk, number):
    kept = make_activity()

    answer = client.post(reverse("register:desk-merge"), {"source": number, "target": str(kept.pk)})

    assert answer.status_code == 422
    assert Activity.objects.get().state == ActivityState.PUBLISHED


def test_restore_puts_it_back(client, desk):
    activity = make_withdrawn()

    client.post(reverse("register:desk-restore", args=[activity.pk]))

    activity.refresh_from_db()
    assert activity.state == ActivityState.PUBLISHED


def propose(author, name="Rain Watchers"):
    return proposing.propose_organization(
        name=name, kind="civil-society", country="", website="", by=author, at=AT
    )


def test_a_proposal_is_accepted_and_its_entries_are_linked(client, desk, author):
    published = make_activity(by=author, organization="Rain Watchers")
    writing = changed(published, author, title="Wells, again", organization="Rain watchers")
    draft = make_draft(by=author, title="Drafted", organization="RAIN-WATCHERS")
    proposal = propose(author)

    answer = client.post(
        reverse("register:desk-organization", args=[proposal.pk]),
        {"decision": "accept", "name": "Rain Watchers", "kind": "civil-society"},
    )

    assert answer.status_code == 302
    organization = Organization.objects.get(slug="rain-watchers")
    assert Membership.objects.get().account == author
    published.refresh_from_db()
    draft.refresh_from_db()
    writing.refresh_from_db()
    assert published.organization == organization
    assert [(v.number, v.state, v.base) for v in published.versions.order_by("number")] == [
        (1, "superseded", 0),
        (2, "published", 1),
        (3, "submitted", 2),
    ]
    assert published.published_version.says.organization_slug == "rain-watchers"
    assert writing.says.organization_slug == "rain-watchers"
    assert draft.activity.organization == organization
    # What was written before can be published after.
    client.post(reverse("register:desk-publish", args=[writing.pk]), {"digest": writing.digest})
    published.refresh_from_db()
    assert (published.title, published.organization) == ("Wells, again", organization)


def test_a_proposal_is_matched(client, desk, author):
    organization = make_named_organization("Watchers of Rain")
    published = make_activity(by=author, organization="Rain Watchers")
    proposal = propose(author)

    client.post(
        reverse("register:desk-organization", args=[proposal.pk]),
        {"decision": "match", "organization": organization.slug},
    )

    published.refresh_from_db()
    proposal.refresh_from_db()
    assert (published.organization, proposal.state) == (organization, "matched")
    assert published.published_version.says.organization == "Watchers of Rain"


def test_a_proposal_is_refused_with_a_reason_and_decided_once(client, desk, author):
    proposal = propose(author)
    url = reverse("register:desk-organization", args=[proposal.pk])
    assert client.post(url, {"decision": "refuse", "reason": ""}).status_code == 422

    answers = [
        client.post(url, {"decision": "refuse", "reason": "Not known."}).status_code
        for _time in range(2)
    ]

    assert answers == [302, 409]
    assert OrganizationProposal.objects.get().reason == "Not known."
    assert Notice.objects.get().letter["opening"][1] == "Not known."


def test_a_name_that_the_directory_has_is_shown_at_its_field(client, desk, author):
    proposal = propose(author)
    make_named_organization("Rain Watchers")

    answer = client.post(
        reverse("register:desk-organization", args=[proposal.pk]),
        {"decision": "accept", "name": "Rain Watchers", "kind": "other"},
    )

    assert answer.status_code == 422
    assert "is a name of Rain Watchers" in answer.content.decode()
    assert OrganizationProposal.objects.get().state == "open"


def test_one_proposal_is_open_for_a_name(author):
    first = propose(author)
    second = propose(make_person("second@example.org"), name="RAIN watchers")

    assert first == second


def test_a_photograph_of_a_published_entry_waits_and_is_shown(client, desk, author):
    from rapporteur.register.actions.photographs import add_photograph

    activity = make_activity(by=author)
    photograph = add_photograph(
        activity=activity,
        data=picture_file(),
        alternatives={"en": "A well."},
        consent=True,
        by=author,
        at=AT,
    )
    client.logout()
    assert client.get(photograph.get_absolute_url()).status_code == 404
    client.force_login(desk)
    assert "A well." in client.get(reverse("register:desk-photographs")).content.decode()

    client.post(reverse("register:desk-photograph", args=[photograph.pk]), {"decision": "approve"})

    client.logout()
    assert client.get(photograph.get_absolute_url()).status_code == 200
    whole, small = (
        len(b"".join(client.get(url).streaming_content))
        for url in (photograph.get_absolute_url(), photograph.small_url)
    )
    assert (whole, small) == (photograph.file.size, photograph.small.size)


def test_the_desk_shows_what_waits(client, desk, author):
    make_submitted(by=author)
    propose(author)

    html = client.get(reverse("desk")).content.decode()

    assert "1 entry waits to be read" in html
    assert "1 organization is proposed" in html


def test_the_queue_costs_as_many_queries_with_three_rows(client, desk, author):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_submitted(by=author, title="One")
    client.get(reverse("register:desk"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("register:desk"))
    make_submitted(by=author, title="Two")
    make_submitted(by=author, title="Three")
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("register:desk"))

    assert len(three) == len(one)
