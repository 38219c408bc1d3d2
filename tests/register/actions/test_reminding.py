from __future__ import annotations

from datetime import timedelta

import pytest

from rapporteur.common.notices.models import Notice
from rapporteur.directory.models import Account
from rapporteur.operations.addresses import confirm_email
from rapporteur.register.actions import following
from rapporteur.register.actions.reminding import Asked, ask_keepers, note_turned
from rapporteur.register.models import Activity, Reminder
from rapporteur.search.models import Change
from tests.factories.register import (
    AT,
    make_activity,
    make_focal_point,
    make_organization,
    make_person,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
# Entries published at AT are stale from 2028-01-01 on.
STALE = AT + timedelta(days=731)
BEFORE = AT + timedelta(days=700)


@pytest.fixture
def keeper():
    person = make_person()
    confirm_email(person)
    return person


def told():
    """Return (address, titles of the entries) of every mail to be sent."""
    notices = Notice.objects.filter(kind="register.stale").order_by("account__email")
    return [
        (notice.account.email, [item["title"] for item in notice.letter["items"]])
        for notice in notices
    ]


def test_one_mail_names_all_entries_of_a_keeper(keeper):
    make_activity(by=keeper, title="First")
    make_activity(by=keeper, title="Second")

    asked = ask_keepers(at=STALE)

    assert asked == Asked(due=2, asked=2, mails=1, without_keeper=0)
    assert told() == [("keeper@example.org", ["First", "Second"])]


def test_each_entry_is_linked_to_its_page_of_confirmation(keeper):
    activity = make_activity(by=keeper)

    ask_keepers(at=STALE)

    (item,) = Notice.objects.get().letter["items"]
    assert item["url"].endswith(f"/activities/{activity.pk}/confirm")


def test_nobody_is_asked_before_the_day_or_twice(keeper):
    make_activity(by=keeper)

    assert ask_keepers(at=BEFORE).due == 0
    assert ask_keepers(at=STALE).asked == 1
    assert ask_keepers(at=STALE + timedelta(days=30)) == Asked(0, 0, 0, 0)
    assert Notice.objects.count() == 1


def test_confirmed_and_stale_again_it_is_asked_again(keeper):
    activity = make_activity(by=keeper)
    ask_keepers(at=STALE)
    following.confirm(activity=activity, by=keeper, at=STALE)

    assert ask_keepers(at=STALE + timedelta(days=10)).due == 0
    assert ask_keepers(at=STALE + timedelta(days=731)).asked == 1
    assert Reminder.objects.count() == 2


def test_a_dry_run_counts_and_tells_nobody(keeper):
    make_activity(by=keeper)

    assert ask_keepers(at=STALE, dry_run=True) == Asked(1, 1, 1, 0)
    assert not Notice.objects.exists()
    assert not Reminder.objects.exists()


def test_where_the_person_is_gone_the_focal_points_are_asked(keeper):
    organization = make_organization()
    for email in ("one@example.org", "two@example.org"):
        confirm_email(make_focal_point(organization, email))
    values = {"organization": "Wells Union", "organization_slug": "wells-union"}
    gone = make_person("gone@example.org")
    make_activity(by=gone, title="Of somebody gone", **values)
    gone.delete()
    suspended = make_person("suspended@example.org")
    confirm_email(suspended)
    make_activity(by=suspended, title="Of somebody suspended", **values)
    Account.objects.filter(pk=suspended.pk).update(suspended_at=AT)

    asked = ask_keepers(at=STALE)

    both = ["Of somebody gone", "Of somebody suspended"]
    assert asked == Asked(due=2, asked=2, mails=2, without_keeper=0)
    assert told() == [("one@example.org", both), ("two@example.org", both)]


def test_an_entry_of_nobody_is_counted_and_asked_for_later(keeper):
    make_activity(by=keeper)
    Activity.objects.update(entered_by=None)

    assert ask_keepers(at=STALE) == Asked(due=1, asked=0, mails=0, without_keeper=1)
    Activity.objects.update(entered_by=keeper)
    assert ask_keepers(at=STALE).asked == 1


def test_an_address_that_nobody_confirmed_is_not_written_to():
    make_activity(by=make_person())

    assert ask_keepers(at=STALE).without_keeper == 1


def test_what_was_withdrawn_is_not_asked_for(keeper):
    make_withdrawn(by=keeper)

    assert ask_keepers(at=STALE).due == 0


def test_the_letter_is_in_the_language_of_most_entries(keeper):
    make_activity(by=keeper, language="fr", title="Puits")
    make_activity(by=keeper, language="fr", title="Fontaines")
    make_activity(by=keeper, language="en", title="Wells")

    ask_keepers(at=STALE)

    assert Notice.objects.get().language == "fr"


def test_what_turned_stale_is_noted_for_the_index(keeper):
    turned = make_activity(by=keeper, title="Turned")
    later = make_activity(by=keeper, title="Later", at=AT + timedelta(days=100))
    Change.objects.all().delete()

    assert note_turned(at=STALE, since=STALE - timedelta(days=7)) == 1

    assert list(Change.objects.values_list("kind", "key")) == [
        ("register.activity", str(turned.pk))
    ]
    assert later.stale_on > STALE.date()


def test_what_turned_longer_ago_is_not_noted_again(keeper):
    make_activity(by=keeper)
    Change.objects.all().delete()

    assert note_turned(at=STALE + timedelta(days=30), since=STALE + timedelta(days=23)) == 0
    assert not Change.objects.exists()
