"""What a program does to activities for its account."""

from __future__ import annotations

import pytest

from rapporteur.api.choices import Scope
from rapporteur.common.models import AuditEvent
from rapporteur.register.actions import publishing
from rapporteur.register.models import Activity, ActivityContact, FollowUp, Version
from tests.factories.api import CONTENT, Program, make_program
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


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_make_a_draft():
    keeper = make_person()
    program = make_program(keeper)

    answer = program.post(
        "activities",
        {"content": CONTENT, "contact": {"name": "Ms Well", "email": "well@example.org"}},
    )

    activity = Activity.objects.get()
    version = activity.versions.get()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"http://testserver/api/v1/activities/{activity.pk}"
    assert answer.json() == program.get(f"activities/{activity.pk}").json()
    assert answer.headers["ETag"] == program.tag(f"activities/{activity.pk}")
    assert answer.json()["state"] == "draft"
    assert answer.json()["content"] == CONTENT
    assert (version.state, version.origin, version.made_by) == ("draft", "api", keeper)
    assert (activity.contact.name, activity.contact.email) == ("Ms Well", "well@example.org")
    assert b"example.org" not in answer.content.replace(b"testserver", b"")
    assert verbs()[-2:] == ["register.activity.begun", "register.contact.changed"]


def test_make_and_send():
    answer = make_program().post(
        "activities", {"content": CONTENT, "submit": True, "note": "From our list."}
    )

    version = Version.objects.get()
    assert answer.json()["open_version"]["state"] == "submitted"
    assert (version.state, version.note) == ("submitted", "From our list.")
    assert verbs()[-2:] == ["register.activity.begun", "register.version.submitted"]


def test_nothing_is_stored_of_what_is_refused():
    make_framework()
    bad = {**CONTENT, "countries": ["XXX"]}

    answer = make_program().post("activities", {"content": bad, "contact": {"name": "N"}})

    assert answer.status_code == 422
    assert not Activity.objects.exists()
    assert not ActivityContact.objects.exists()
    assert verbs() == ["api.token.made"]


def test_text_is_stored_composed():
    make_program().post("activities", {"content": {"title": "Cafe\u0301"}})

    assert Activity.objects.get().title == "Caf\u00e9"


def test_a_change_is_merged_into_what_is_published():
    keeper = make_person()
    activity = make_activity(by=keeper)
    program = make_program(keeper)
    path = f"activities/{activity.pk}"

    answer = program.send(
        "PATCH",
        path,
        {"content": {"status": "completed", "countries": None}, "submit": True},
        content_type="application/merge-patch+json",
        If_Match=program.tag(path),
    )

    version = Version.objects.get(number=2)
    before = Version.objects.get(number=1)
    expected = {**before.content, "status": "completed"}
    del expected["countries"]
    assert answer.status_code == 200
    assert (version.content, version.state, version.base) == (expected, "submitted", 1)
    assert answer.json()["content"] == before.content
    assert answer.json()["open_version"]["content"] == expected
    assert Program().get(path).json()["content"]["status"] == "running"


def test_a_change_goes_on_with_the_open_version():
    keeper = make_person()
    draft = make_draft(by=keeper)
    program = make_program(keeper)
    path = f"activities/{draft.activity_id}"

    first = program.send("PATCH", path, {"content": {"title": "B"}}, If_Match=program.tag(path))
    second = program.send(
        "PATCH", path, {"content": {"kind": "website"}}, If_Match=first.headers["ETag"]
    )

    held = draft.activity.versions.get()
    assert second.status_code == 200
    assert (held.content["title"], held.content["kind"]) == ("B", "website")


def test_a_change_is_for_the_state_that_was_read():
    keeper = make_person()
    activity = make_activity(by=keeper)
    program = make_program(keeper)
    path = f"activities/{activity.pk}"
    tag = program.tag(path)
    packed = program.get(path, Accept_Encoding="gzip").headers["ETag"]

    missing = program.send("PATCH", path, {"content": {"title": "B"}})
    first = program.send("PATCH", path, {"content": {"title": "B"}}, If_Match=packed)
    stale = program.send("PATCH", path, {"content": {"title": "C"}}, If_Match=tag)
    weak = program.send(
        "PATCH", path, {"content": {"title": "C"}}, If_Match="W/" + first.headers["ETag"]
    )

    assert [missing.status_code, first.status_code] == [428, 200]
    assert [stale.status_code, weak.status_code] == [412, 412]
    assert Version.objects.get(number=2).content["title"] == "B"


def test_a_change_that_leaves_something_wrong_is_refused_whole():
    keeper = make_person()
    activity = make_activity(by=keeper)
    program = make_program(keeper)

    answer = program.send(
        "PATCH",
        f"activities/{activity.pk}",
        {"content": {"ends": "2019"}, "contact": {"name": "N"}},
        If_Match="*",
    )

    assert answer.status_code == 422
    assert [row["field"] for row in answer.json()["errors"]] == ["content.ends"]
    assert Version.objects.count() == 1
    assert not ActivityContact.objects.exists()


def test_a_contact_is_written_alone_and_taken_away():
    keeper = make_person()
    activity = make_activity(by=keeper)
    program = make_program(keeper)
    path = f"activities/{activity.pk}"

    program.send("PATCH", path, {"contact": {"phone": "555"}}, If_Match="*")
    held = ActivityContact.objects.get().phone
    program.send("PATCH", path, {"contact": None}, If_Match="*")

    assert held == "555"
    assert not ActivityContact.objects.exists()
    assert Version.objects.count() == 1


def test_send_what_is_open():
    keeper = make_person()
    draft = make_draft(by=keeper)
    program = make_program(keeper)
    path = f"activities/{draft.activity_id}/submit"

    first = program.post(path, {"note": "Please."})
    again = program.post(path, {})

    assert first.json()["open_version"]["state"] == "submitted"
    assert again.content == first.content
    assert verbs().count("register.version.submitted") == 1


def test_nothing_open_is_nothing_to_send_or_throw_away():
    keeper = make_person()
    activity = make_activity(by=keeper)
    program = make_program(keeper)
    path = f"activities/{activity.pk}"

    sent = program.post(f"{path}/submit", {})
    thrown = program.send("DELETE", f"{path}/open-version", If_Match="*")

    assert (sent.status_code, thrown.status_code) == (409, 409)
    assert sent.json()["detail"] == "Nothing was changed, so there is nothing to send."


def test_a_change_that_changes_nothing_is_not_sent():
    keeper = make_person()
    activity = make_activity(by=keeper)

    answer = make_program(keeper).send(
        "PATCH",
        f"activities/{activity.pk}",
        {"content": {"kind": "project"}, "submit": True},
        If_Match="*",
    )

    assert answer.status_code == 409
    assert Version.objects.count() == 1


def test_throw_a_draft_away():
    keeper = make_person()
    draft = make_draft(by=keeper)
    program = make_program(keeper)
    path = f"activities/{draft.activity_id}"

    missing = program.send("DELETE", f"{path}/open-version")
    answer = program.send("DELETE", f"{path}/open-version", If_Match=program.tag(path))

    assert (missing.status_code, answer.status_code, answer.content) == (428, 204, b"")
    assert not Activity.objects.exists()
    assert program.get(path).status_code == 404


def test_withdraw():
    keeper = make_person()
    activity = make_activity(by=keeper)
    program = make_program(keeper)
    path = f"activities/{activity.pk}"

    missing = program.post(f"{path}/withdraw", {"reason": "Ended."})
    empty = program.post(f"{path}/withdraw", {"reason": " "}, If_Match="*")
    answer = program.post(f"{path}/withdraw", {"reason": "Ended."}, If_Match=program.tag(path))
    again = program.post(f"{path}/withdraw", {"reason": "Ended."}, If_Match="*")

    assert [missing.status_code, empty.status_code] == [428, 422]
    assert [answer.status_code, again.status_code] == [204, 410]
    activity.refresh_from_db()
    assert (activity.state, activity.withdrawn_reason) == ("withdrawn", "Ended.")


def test_numbers_that_no_database_holds_are_not_found():
    program = make_program(make_person())
    path = "activities/2666882899729501640458240"

    answers = [
        program.post(f"{path}/withdraw", {"reason": "Ended."}, If_Match="*"),
        program.post(f"{path}/submit", {}),
        program.send("DELETE", f"{path}/open-version", If_Match="*"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_confirm():
    keeper = make_person()
    activity = make_activity(by=keeper)
    Activity.objects.filter(pk=activity.pk).update(confirmed_at=None, stale_on="2026-01-01")
    program = make_program(keeper)

    answer = program.post(f"activities/{activity.pk}/confirm")
    of_draft = program.post(f"activities/{make_draft(by=keeper).activity_id}/confirm")
    with_body = program.post(f"activities/{activity.pk}/confirm", {"sure": True})

    assert (answer.status_code, answer.json()["standing"]) == (200, "verified")
    assert (of_draft.status_code, with_body.status_code) == (409, 422)
    assert of_draft.json()["detail"] == "Only a published entry can be confirmed."


def test_follow_up():
    keeper = make_person()
    activity = make_activity(by=keeper)
    program = make_program(keeper)
    path = f"activities/{activity.pk}/follow-ups"

    answer = program.post(
        path,
        {
            "year": 2025,
            "text": "Forty schools more.",
            "status": "completed",
            "results": [{"kind": "beneficiaries", "text": "pupils", "value": "1200"}],
        },
    )
    wrong = program.post(path, {"year": 1900, "results": [{"kind": "x"}], "status": "y"})

    report = FollowUp.objects.get()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"http://testserver/api/v1/{path}/{report.pk}"
    assert answer.json() == program.get(f"{path}/{report.pk}").json()
    assert report.results == [{"kind": "beneficiaries", "text": "pupils", "value": "1200"}]
    assert {row["field"] for row in wrong.json()["errors"]} == {
        "year",
        "text",
        "status",
        "results.0.kind",
    }


def test_a_focal_point_writes_what_its_organization_keeps():
    organization = make_organization()
    activity = make_activity(organization="Wells Union", organization_slug=organization.slug)
    program = make_program(make_focal_point(organization))

    answer = program.send(
        "PATCH", f"activities/{activity.pk}", {"content": {"title": "B"}}, If_Match="*"
    )

    assert answer.status_code == 200


def test_another_s_entry_is_read_and_not_written():
    activity, draft = make_activity(), make_draft()
    program = make_program(make_person("another@example.org"))

    changed = program.send(
        "PATCH", f"activities/{activity.pk}", {"content": {"title": "B"}}, If_Match="*"
    )
    hidden = program.send(
        "PATCH", f"activities/{draft.activity_id}", {"content": {"title": "B"}}, If_Match="*"
    )

    assert (changed.status_code, hidden.status_code) == (403, 404)
    assert changed.json()["detail"].startswith("Only the person who entered this activity")
    assert Version.objects.filter(content__title="B").count() == 0


def test_a_version_published_meanwhile_is_another_state():
    keeper = make_person()
    version = make_submitted(by=keeper)
    program = make_program(keeper)
    path = f"activities/{version.activity_id}"
    tag = program.tag(path)
    publishing.publish(version=version, by=make_secretariat(), at=AT)

    answer = program.send("PATCH", path, {"content": {"title": "B"}}, If_Match=tag)

    assert answer.status_code == 412


def test_a_token_that_reads_does_not_write():
    keeper = make_person()
    draft = make_draft(by=keeper)
    program = make_program(keeper, scope=Scope.READ)

    read = program.get(f"activities/{draft.activity_id}")
    written = program.post("activities", {"content": CONTENT})

    assert (read.status_code, written.status_code) == (200, 403)
    assert written.headers["WWW-Authenticate"] == (
        'Bearer error="insufficient_scope", scope="write"'
    )
    assert Activity.objects.count() == 1
