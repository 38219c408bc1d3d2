"""The sign-in library's pages stand in the shell, and hold nothing that the policy refuses."""

import re

import pytest

from rapporteur.directory.models import Account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/"])
def test_entrance_pages_stand_in_the_shell(client, path):
    page = client.get(f"/account/{path}").content.decode()

    assert 'class="masthead"' in page
    assert page.count("<h1>") == 1
    assert '<label for="id_' in page


@pytest.mark.parametrize("path", ["2fa/", "2fa/totp/activate/", "email/", "password/change/"])
def test_pages_of_an_account_hold_nothing_that_the_content_policy_refuses(client, path):
    account = Account.objects.create_user("reader@example.org", "a long password 12")
    account.emailaddress_set.create(email=account.email, verified=True, primary=True)
    client.get("/account/login/")
    client.post(
        "/account/login/", {"login": "reader@example.org", "password": "a long password 12"}
    )
    response = client.get(f"/account/{path}")
    if response.status_code == 302:  # asks for the password again
        assert 'class="masthead"' in client.get(response.url).content.decode()
        client.post(response.url, {"password": "a long password 12"})
        response = client.get(f"/account/{path}")
    page = response.content.decode()

    assert response.status_code == 200, response.headers
    assert 'class="masthead"' in page
    assert " style=" not in page
    assert "data:image" not in page
    assert not re.search(r"\son[a-z]+=", page)
