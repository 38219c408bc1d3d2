"""Tokens: made on a page, shown once, never worth more than their account."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from rapporteur.api.models import ApiToken
from rapporteur.api.tokens.actions import MOST_LIVE, make_token
from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import NotAllowed, Refusal
from rapporteur.directory.models import Account
from rapporteur.register.models import Activity
from tests.factories.api import CONTENT, Program, make_program, make_secret
from tests.factories.register import make_activity, make_draft, make_person, make_secretariat

pytestmark = pytest.mark.django_db
FORM = {"name": "Nightly upload", "scope": "write", "days": "90"}


def test_a_token_is_shown_once_and_stored_as_a_digest_alone(client):
    keeper = make_person()
    client.force_login(keeper)

    made = client.post("/account/tokens", FORM)
    secret = made.context["secret"]
    later = client.get("/account/tokens")

    token = ApiToken.objects.get()
    assert secret in made.content.decode()
    assert len(secret) == 47
    assert secret not in later.content.decode()
    assert secret[:10] in later.content.decode()
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert (token.name, token.scope, token.account) == ("Nightly upload", "write", keeper)
    assert token.expires_at - token.made_at == timedelta(days=90)
    assert Program(secret).post("activities", {"content": CONTENT}).status_code == 201
    event = AuditEvent.objects.get(verb="api.token.made")
    assert (event.by, event.target_key) == (keeper, str(token.pk))
    assert event.details == {"scope": "write", "days": 90}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of our own
            assert secret not in repr(cursor.fetchall())


@pytest.mark.parametrize("change", [{"name": ""}, {"scope": "all"}, {"days": "3650"}])
def test_a_form_with_faults_makes_no_token(client, change):
    client.force_login(make_person())

    answer = client.post("/account/tokens", {**FORM, **change})

    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_revoking_ends_it_at_once(client):
    keeper = make_person()
    secret = make_secret(keeper)
    client.force_login(keeper)
    token = ApiToken.objects.get()

    answer = client.post(f"/account/tokens/{token.pk}/revoke")
    client.post(f"/account/tokens/{token.pk}/revoke")

    refused = Program(secret).get("activities")
    assert answer.status_code == 302
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert AuditEvent.objects.filter(verb="api.token.revoked").count() == 1


def test_nobody_revokes_another_s_token(client):
    make_secret(make_person())
    client.force_login(make_secretariat())

    answer = client.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke")

    assert answer.status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_an_expired_token_is_refused():
    secret = make_secret()
    ApiToken.objects.update(expires_at=timezone.now())

    assert Program(secret).get("activities").status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer x", "Basic dTpw", "Token x", "Bearer é", "\x00"]
)
def test_what_is_no_token_is_refused_even_for_reading(header):
    program = Program()

    answer = program.get("activities", Authorization=header)

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_session_counts_for_nothing(client):
    keeper = make_person()
    draft = make_draft(by=keeper)
    client.force_login(keeper)

    read = client.get(f"/api/v1/activities/{draft.activity_id}")
    written = client.post(
        "/api/v1/activities", {"content": CONTENT}, content_type="application/json"
    )

    assert (read.status_code, written.status_code) == (404, 401)
    assert "Cookie" not in written.headers["Vary"]
    assert "Set-Cookie" not in written.headers
    assert Activity.objects.count() == 1


def test_a_suspended_account_s_token_is_refused():
    keeper = make_person()
    program = make_program(keeper)
    make_activity()
    Account.objects.filter(pk=keeper.pk).update(suspended_at=timezone.now())

    for answer in (program.get("activities"), program.post("activities", {"content": CONTENT})):
        assert answer.status_code == 403
        assert answer.json()["detail"] == "This account is suspended; its tokens are refused."
    with pytest.raises(NotAllowed):
        make_token(account=keeper, name="A", scope="read", days=30, at=timezone.now())


def test_a_role_that_needs_a_second_factor_makes_and_uses_none_without(client):
    staff = make_secretariat()
    program = make_program(staff)
    draft = make_draft()
    path = f"activities/{draft.activity_id}"
    assert program.get(path).status_code == 200
    Authenticator.objects.filter(user=staff).delete()
    client.force_login(staff)

    assert program.get(path).status_code == 404
    assert program.post("activities", {"content": CONTENT}).status_code == 403
    assert client.post("/account/tokens", FORM).status_code == 403
    assert ApiToken.objects.count() == 1


def test_an_account_has_only_so_many_tokens():
    keeper = make_person()
    for _ in range(MOST_LIVE):
        make_secret(keeper)

    with pytest.raises(Refusal):
        make_secret(keeper)
    ApiToken.objects.filter(pk=ApiToken.objects.first().pk).update(revoked_at=timezone.now())
    make_secret(keeper)


def test_the_last_use_is_noted_to_the_hour():
    program = make_program()

    program.get("activities")
    first = ApiToken.objects.get().last_used_at
    program.get("activities")
    same = ApiToken.objects.get().last_used_at
    ApiToken.objects.update(last_used_at=first - timedelta(hours=2))
    program.get("activities")

    assert first is not None
    assert same == first
    assert ApiToken.objects.get().last_used_at > first - timedelta(hours=2)


def test_a_program_that_asks_too_often_waits(settings):
    settings.API_READS_A_MINUTE, settings.API_WRITES_A_MINUTE = 2, 1
    first, second = make_program(), make_program(make_person("another@example.org"))

    reads = [first.get("activities") for _ in range(3)]
    writes = [first.post("activities", {"content": CONTENT}) for _ in range(2)]

    assert [answer.status_code for answer in reads] == [200, 200, 429]
    assert [answer.status_code for answer in writes] == [201, 429]
    assert reads[-1].headers["Retry-After"] == "60"
    assert second.get("activities").status_code == 200
    assert [Program().get("activities").status_code for _ in range(3)] == [200, 200, 429]


def test_guesses_at_tokens_are_counted(settings):
    settings.API_READS_A_MINUTE = 2

    statuses = [Program(f"rpt_{number}").get("activities").status_code for number in range(3)]

    assert statuses == [401, 401, 429]
