"""Requests with an idempotency key."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from rapporteur.api.models import IdempotencyKey
from rapporteur.api.once import forget_old_keys
from rapporteur.common.models import AuditEvent
from rapporteur.register.models import Activity, FollowUp
from tests.factories.api import CONTENT, Program, make_program, make_secret
from tests.factories.register import make_activity, make_person

BODY = {"content": CONTENT, "submit": True}


@pytest.mark.django_db
def test_the_same_key_has_one_effect_and_the_same_answer():
    program = make_program()

    first = program.post("activities", BODY, Idempotency_Key="k1")
    again = program.post("activities", BODY, Idempotency_Key="k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    for name in ("Location", "ETag", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Activity.objects.count() == 1
    assert AuditEvent.objects.filter(verb="register.activity.begun").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "body"),
    [("activities", {"content": {"title": "Other"}}), ("activities/{}/follow-ups", BODY)],
)
def test_the_same_key_on_another_request_is_refused(path, body):
    keeper = make_person()
    activity = make_activity(by=keeper)
    program = make_program(keeper)
    program.post("activities", BODY, Idempotency_Key="k1")
    if "{}" in path:
        body = {"year": 2025, "text": "A"}

    answer = program.post(path.format(activity.pk), body, Idempotency_Key="k1")

    assert answer.status_code == 422
    assert [(row["field"], row["code"]) for row in answer.json()["errors"]] == [
        ("Idempotency-Key", "key-used")
    ]
    assert Activity.objects.count() == 2
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_a_key_is_its_account_s_and_any_of_its_tokens_has_it():
    keeper = make_person()
    first = make_program(keeper).post("activities", BODY, Idempotency_Key="k1")
    other = make_program(make_person("another@example.org"))

    again = make_program(keeper).post("activities", BODY, Idempotency_Key="k1")
    theirs = other.post("activities", BODY, Idempotency_Key="k1")

    assert again.content == first.content
    assert theirs.json()["id"] != first.json()["id"]


@pytest.mark.django_db
def test_a_refusal_is_not_kept():
    program = make_program()

    refused = program.post("activities", {"content": {}}, Idempotency_Key="k1")
    accepted = program.post("activities", BODY, Idempotency_Key="k1")

    assert (refused.status_code, accepted.status_code) == (422, 201)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", " ", "a b", "\t", "é", "k" * 201])
def test_what_is_no_key(key):
    answer = make_program().post("activities", BODY, Idempotency_Key=key)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "not-a-key"
    assert not Activity.objects.exists()


@pytest.mark.django_db
def test_keys_are_kept_for_two_days_and_three_at_most():
    program = make_program()
    program.post("activities", BODY, Idempotency_Key="k1")
    now = timezone.now()

    IdempotencyKey.objects.update(made_at=now - timedelta(hours=47))
    assert forget_old_keys(at=now) == 0
    IdempotencyKey.objects.update(made_at=now - timedelta(hours=71))
    program.post("activities", BODY, Idempotency_Key="k1")
    assert Activity.objects.count() == 1
    IdempotencyKey.objects.update(made_at=now - timedelta(hours=73))
    program.post("activities", BODY, Idempotency_Key="k1")
    assert Activity.objects.count() == 2
    IdempotencyKey.objects.update(made_at=now - timedelta(hours=49))
    assert forget_old_keys(at=now) == 1


@pytest.mark.django_db(transaction=True)
def test_what_breaks_in_the_middle_leaves_neither_effect_nor_key(monkeypatch):
    program = make_program()

    def fail(*args, **kwargs):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("rapporteur.api.operations.writing.answered", fail)
        broken = Program(raise_request_exception=False)
        broken.headers = program.headers
        answer = broken.post("activities", BODY, Idempotency_Key="k1")

    assert answer.status_code == 500
    assert not Activity.objects.exists()
    assert not IdempotencyKey.objects.exists()
    assert program.post("activities", BODY, Idempotency_Key="k1").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_many_at_once_with_one_key_have_one_effect():
    secret = make_secret()
    many = 6
    barrier, answers = threading.Barrier(many), []

    def send() -> None:
        try:
            barrier.wait()
            answers.append(Program(secret).post("activities", BODY, Idempotency_Key="k1"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * many
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert Activity.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_that_change_one_state_change_it_once():
    keeper = make_person()
    activity = make_activity(by=keeper)
    secret = make_secret(keeper)
    path = f"activities/{activity.pk}"
    tag = Program(secret).tag(path)
    many = 5
    barrier, statuses = threading.Barrier(many), []

    def send(number: int) -> None:
        try:
            barrier.wait()
            body = {"content": {"title": f"Title {number}"}}
            statuses.append(Program(secret).send("PATCH", path, body, If_Match=tag).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200, *[412] * (many - 1)]
    assert activity.versions.count() == 2
