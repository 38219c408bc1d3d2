from datetime import date, timedelta

import pytest

from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import NotAllowed, Refusal
from rapporteur.register import errors
from rapporteur.register.actions import drafting, following, merging, publishing
from rapporteur.register.choices import ActivityState, Standing, VersionState
from rapporteur.register.content import Problem
from rapporteur.register.models import Activity, ActivityConcept, Version
from rapporteur.search.models import Change
from tests.factories.register import (
    AT,
    make_activity,
    make_content,
    make_draft,
    make_focal_point,
    make_organization,
    make_person,
    make_secretariat,
    make_submitted,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def verbs():
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_begin_activity_makes_a_draft_with_one_version():
    version = make_draft(title="Wells")

    activity = version.activity
    assert (activity.state, activity.title, version.number, version.state) == (
        ActivityState.DRAFT,
        "Wells",
        1,
        VersionState.DRAFT,
    )
    assert Change.objects.count() == 0


def test_submit_refuses_what_has_no_title_and_keeps_the_draft():
    version = make_draft(title="")

    with pytest.raises(errors.FaultyContent) as refused:
        drafting.submit(version=version, by=make_person(), at=LATER)

    assert refused.value.problems == (Problem("title", "empty"),)
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT


def test_submit_twice_counts_once():
    version = make_submitted()

    again = drafting.submit(version=version, by=make_person(), at=LATER)

    assert again.submitted_at == AT
    assert verbs().count("register.version.submitted") == 1


def test_publish_projects_the_content_and_confirms_it():
    make_organization()
    activity = make_activity(organization="Wells Union", organization_slug="wells-union")

    assert activity.state == ActivityState.PUBLISHED
    assert activity.organization.slug == "wells-union"
    assert (activity.start_year, activity.kind) == (2021, "project")
    assert activity.confirmed_at == AT
    assert activity.stale_on == date(2028, 1, 1)
    labels = ActivityConcept.objects.filter(activity=activity).order_by("concept__code")
    assert list(labels.values_list("concept__code", "given_by")) == [
        ("C7.4", "person"),
        ("SDG4", "person"),
    ]
    assert list(activity.places.values_list("country__iso3", flat=True)) == ["KEN"]
    assert list(Change.objects.values_list("kind", "key")) == [
        ("register.activity", str(activity.pk))
    ]


def test_publish_is_the_secretariat_s():
    version = make_submitted()

    with pytest.raises(NotAllowed):
        publishing.publish(version=version, by=make_person(), at=LATER)

    assert Activity.objects.get().state == ActivityState.DRAFT


def test_publish_twice_is_refused():
    version = make_submitted()
    publishing.publish(version=version, by=make_secretariat(), at=LATER)

    with pytest.raises(errors.VersionMoved):
        publishing.publish(version=version, by=make_secretariat(), at=LATER)


def test_a_change_makes_the_next_version_and_keeps_the_first():
    activity = make_activity()
    version = drafting.begin_change(activity=activity, by=make_person(), at=LATER)
    changed = make_content(title="School wells, mapped")
    drafting.save_draft(version=version, content=changed, by=make_person(), at=LATER)
    activity.refresh_from_db()
    assert activity.title == "School wells online"
    drafting.submit(version=version, by=make_person(), at=LATER)

    published = publishing.publish(version=version, by=make_secretariat(), at=LATER)

    assert published.title == "School wells, mapped"
    assert list(Version.objects.values_list("number", "state", "base")) == [
        (1, VersionState.SUPERSEDED, 0),
        (2, VersionState.PUBLISHED, 1),
    ]
    assert Version.objects.get(number=1).says.title == "School wells online"


def test_begin_change_twice_returns_the_open_version():
    activity = make_activity()

    first = drafting.begin_change(activity=activity, by=make_person(), at=LATER)
    second = drafting.begin_change(activity=activity, by=make_secretariat(), at=LATER)

    assert first == second


def test_a_change_without_a_change_is_not_sent():
    activity = make_activity()
    version = drafting.begin_change(activity=activity, by=make_person(), at=LATER)

    with pytest.raises(Refusal, match="Nothing was changed"):
        drafting.submit(version=version, by=make_person(), at=LATER)


def test_return_needs_a_reason_and_a_returned_version_can_be_sent_again():
    version = make_submitted()
    with pytest.raises(Refusal, match="Say what"):
        publishing.return_version(version=version, reason=" ", by=make_secretariat(), at=LATER)
    returned = publishing.return_version(
        version=version, reason="Which schools?", by=make_secretariat(), at=LATER
    )
    assert (returned.state, returned.reason) == (VersionState.RETURNED, "Which schools?")

    again = drafting.submit(version=returned, by=make_person(), at=LATER)

    assert again.state == VersionState.SUBMITTED


def test_a_stranger_changes_nothing():
    activity = make_activity()
    stranger = make_person("stranger@example.org")

    for act in (
        lambda: drafting.begin_change(activity=activity, by=stranger, at=LATER),
        lambda: publishing.withdraw(activity=activity, reason="x", by=stranger, at=LATER),
        lambda: following.confirm(activity=activity, by=stranger, at=LATER),
    ):
        with pytest.raises(errors.NotKeeper):
            act()


def test_a_focal_point_keeps_its_organization_s_entries():
    organization = make_organization()
    activity = make_activity(organization="Wells Union", organization_slug="wells-union")
    focal = make_focal_point(organization)

    version = drafting.begin_change(activity=activity, by=focal, at=LATER)

    assert version.number == 2


def test_withdraw_takes_labels_away_and_restore_puts_them_back():
    activity = make_activity()

    withdrawn = publishing.withdraw(
        activity=activity, reason="It ended.", by=make_person(), at=LATER
    )
    assert (withdrawn.state, withdrawn.withdrawn_reason) == (ActivityState.WITHDRAWN, "It ended.")
    assert withdrawn.labels.count() == 0
    restored = publishing.restore(activity=activity, by=make_secretariat(), at=LATER)

    assert restored.state == ActivityState.PUBLISHED
    assert restored.labels.count() == 2


def test_discard_of_a_first_draft_leaves_nothing():
    version = make_draft()

    drafting.discard(version=version, by=make_person(), at=LATER)

    assert (Activity.objects.count(), Version.objects.count()) == (0, 0)


def test_confirm_makes_a_stale_entry_verified():
    activity = make_activity()
    then = AT + timedelta(days=1000)
    assert activity.standing(on=then.date()) == Standing.STALE

    confirmed = following.confirm(activity=activity, by=make_person(), at=then)

    assert confirmed.standing(on=then.date()) == Standing.VERIFIED


def test_merge_redirects_keeps_histories_and_what_was_merged_before():
    kept, duplicate, older = (make_activity(title=title) for title in ("A", "B", "C"))
    merging.merge(source=older, target=duplicate, by=make_secretariat(), at=LATER)

    merging.merge(source=duplicate, target=kept, by=make_secretariat(), at=LATER)

    merged = Activity.objects.filter(state=ActivityState.MERGED).order_by("title")
    assert [(row.title, row.merged_into) for row in merged] == [("B", kept), ("C", kept)]
    assert [row.versions.count() for row in merged] == [1, 1]


def test_merge_refuses_itself_and_what_is_not_published():
    kept = make_activity()
    draft = make_draft(title="Other").activity

    for source in (kept, draft):
        with pytest.raises(errors.CannotMergeActivities):
            merging.merge(source=source, target=kept, by=make_secretariat(), at=LATER)


def test_report_twice_is_one_and_published_it_confirms():
    activity = make_activity()
    values = {"activity": activity, "token": "t", "year": 2027, "text": "Ten more wells."}
    first = following.report(**values, by=make_person(), at=LATER)
    second = following.report(**values, by=make_person(), at=LATER)
    assert first == second

    following.decide_follow_up(follow_up=first, publish=True, by=make_secretariat(), at=LATER)

    activity.refresh_from_db()
    assert activity.confirmed_at == LATER


def test_an_entry_of_a_merged_organization_counts_under_the_one_that_stays():
    merged = make_organization()
    merged.merged_into = make_organization("water-union", "Water Union")
    merged.save()

    activity = make_activity(organization="Wells Union", organization_slug="wells-union")

    assert activity.organization.slug == "water-union"
