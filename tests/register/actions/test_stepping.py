"""Steps saved by two at once, on both databases: no word is lost, nothing is doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rapporteur.register.actions import deciding, drafting, proposing, stepping
from rapporteur.register.actions.photographs import add_photograph
from rapporteur.register.content import Content
from rapporteur.register.errors import StepChanged, VersionMoved
from rapporteur.register.models import Activity, OrganizationProposal, Photograph, Version
from tests.factories.register import AT, make_draft, make_person, make_secretariat, make_submitted
from tests.factories.register_pictures import picture_file
from tests.security.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AT + timedelta(hours=1)
TITLE, STORY = ("title",), ("success_story",)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SEARCH_INDEX = tmp_path / "index"


def save(version, fields, value, *, seen=None, by=None):
    """Save one field of a step as a page would that saw the content ``seen``."""
    content = version.says if seen is None else seen
    return stepping.save_step(
        version=version,
        fields=fields,
        change=lambda stored: replace(stored, **{fields[0]: value}),
        seen=stepping.mark_of_step(content, fields, None),
        by=by or make_person(),
        at=LATER,
    )


def test_of_two_who_save_one_step_at_once_one_is_told():
    version = make_draft(title="First")
    person = make_person()

    results = at_once(
        lambda: save(version, TITLE, "Mine", by=person),
        lambda: save(version, TITLE, "Theirs", by=person),
    )

    told = [result for result in results if isinstance(result, StepChanged)]
    stored = [result for result in results if isinstance(result, Version)]
    assert (len(told), len(stored)) == (1, 1)
    assert Version.objects.get().says.title == stored[0].says.title


def test_two_who_save_two_steps_at_once_both_keep_theirs():
    version = make_draft(title="First")
    person = make_person()

    results = at_once(
        lambda: save(version, TITLE, "New title", by=person),
        lambda: save(version, STORY, "It rained.", by=person),
    )

    assert all(isinstance(result, Version) for result in results)
    says = Version.objects.get().says
    assert (says.title, says.success_story) == ("New title", "It rained.")


def test_the_same_words_twice_are_no_conflict():
    version = make_draft(title="First")
    person = make_person()

    results = at_once(*[lambda: save(version, TITLE, "Second", by=person)] * 3)

    assert all(isinstance(result, Version) for result in results)
    assert Version.objects.get().says.title == "Second"


def test_begin_at_once_begins_one():
    person = make_person()

    results = at_once(*[lambda: stepping.begin_once(by=person, at=AT)] * 3)

    assert len({result.pk for result in results}) == 1
    assert Activity.objects.count() == 1


def test_a_draft_with_a_word_in_it_is_not_begun_again():
    person = make_person()
    first = stepping.begin_once(by=person, at=AT)
    save(first, TITLE, "A word", by=person)

    second = stepping.begin_once(by=person, at=AT)

    assert second.pk != first.pk


def test_a_version_that_waits_is_not_written_on():
    version = make_submitted()

    with pytest.raises(VersionMoved):
        save(version, TITLE, "Later")

    assert Version.objects.get().submitted_at == AT


def test_the_contact_counts_among_what_was_seen():
    version = make_draft()
    person = make_person()
    contact = {"name": "A. Keeper", "email": "", "phone": ""}
    values = {"version": version, "fields": ("links",), "by": person, "at": LATER}
    seen = stepping.mark_of_step(version.says, ("links",), stepping.NO_CONTACT)
    unchanged = {"change": lambda content: content, "seen": seen}
    stepping.save_step(**values, **unchanged, contact=contact)

    with pytest.raises(StepChanged):
        stepping.save_step(**values, **unchanged, contact={**contact, "name": "B. Keeper"})

    assert stepping.contact_of(version.activity) == contact


def test_published_and_taken_back_at_once_is_one_of_the_two():
    version = make_submitted()
    person, desk = make_person(), make_secretariat()

    results = at_once(
        lambda: deciding.publish_seen(version=version, digest=version.digest, by=desk, at=LATER),
        lambda: stepping.take_back(version=version, by=person, at=LATER),
    )

    moved = [result for result in results if isinstance(result, VersionMoved)]
    assert len(moved) == 1, results
    assert Version.objects.get().state in ("published", "draft")


def test_proposed_at_once_is_one_proposal():
    people = [make_person(f"{name}@example.org") for name in ("one", "two", "three")]

    at_once(
        *[
            lambda person=person: proposing.propose_organization(
                name="Rain Watchers", kind="other", country="", website="", by=person, at=AT
            )
            for person in people
        ]
    )

    assert OrganizationProposal.objects.count() == 1


def test_one_photograph_added_at_once_is_one(tmp_path):
    activity = make_draft().activity
    person = make_person()
    data = picture_file()

    results = at_once(
        *[
            lambda: add_photograph(
                activity=activity,
                data=data,
                alternatives={"en": "A well."},
                consent=True,
                by=person,
                at=AT,
            )
        ]
        * 3
    )

    assert len({result.pk for result in results}) == 1
    assert Photograph.objects.count() == 1
    assert len(list(tmp_path.rglob("*.jpg"))) == 2


def test_an_empty_content_has_the_mark_of_an_empty_draft():
    version = stepping.begin_once(by=make_person(), at=AT)

    assert version.digest == drafting.digest_of({})
    assert version.says == Content()
