"""Signing up, confirming, the second factor, and what an outsider can find out: nothing."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from rapporteur.directory.models import Account
from rapporteur.operations.addresses import confirm_email
from tests.policy.accounts import add_second_factor

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-password-1"


def make_secretariat():
    account = Account.objects.create_user("staff@example.org", PASSWORD)
    confirm_email(account)
    account.grants.create(role="secretariat", granted_at="2026-01-01T00:00Z")
    return account


def test_sign_up_needs_the_address_to_be_confirmed(client):
    client.post(reverse("account_signup"), {"email": "New@Example.org", "password1": PASSWORD})

    assert "_auth_user_id" not in client.session
    link = re.search(r"http://\S+/confirm-email/\S+", mail.outbox[0].body).group()
    client.post(link.replace("http://testserver", ""))
    client.post(reverse("account_login"), {"login": "new@example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(Account.objects.get().pk)
    assert Account.objects.get().email == "new@example.org"


def test_wrong_password_and_unknown_address_answer_alike(client):
    account = Account.objects.create_user("known@example.org", PASSWORD)
    confirm_email(account)

    answers = []
    for email in ("known@example.org", "unknown@example.org"):
        response = client.post(
            reverse("account_login"), {"login": email, "password": "wrong-password-2"}
        )
        text = response.content.decode().replace(email, "")
        answers.append((response.status_code, re.sub(r'value="[^"]*"', "", text)))

    assert answers[0] == answers[1]


def test_sign_up_with_a_known_address_tells_its_owner_alone(client):
    account = Account.objects.create_user("known@example.org", PASSWORD)
    confirm_email(account)

    known = client.post(
        reverse("account_signup"), {"email": "known@example.org", "password1": PASSWORD}
    )
    unknown = client.post(
        reverse("account_signup"), {"email": "unknown@example.org", "password1": PASSWORD}
    )

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert Account.objects.count() == 2


def test_the_secretariat_needs_a_second_factor_before_it_acts(client):
    account = make_secretariat()
    client.force_login(account)

    before = client.get(reverse("desk"))
    add_second_factor(account)
    after = client.get(reverse("desk"))

    assert (before.status_code, after.status_code) == (403, 200)
    assert "Set up a second factor first" in before.content.decode()


def test_the_secretariat_reads_public_pages_without_a_second_factor(client):
    client.force_login(make_secretariat())

    assert client.get(reverse("home")).status_code == 200


def test_a_second_factor_is_asked_for_at_sign_in(client):
    account = make_secretariat()
    add_second_factor(account)

    response = client.post(
        reverse("account_login"), {"login": "staff@example.org", "password": PASSWORD}
    )

    assert response.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def test_demonstration_alone_waives_the_second_factor():
    assert settings.SECOND_FACTOR_ROLES == ("juror", "secretariat", "administrator")
