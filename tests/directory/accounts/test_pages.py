"""The pages of accounts, as the people who use them meet them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from rapporteur.directory.models import Account, Membership, Organization, RoleGrant
from tests.policy.accounts import add_second_factor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def sign_in(client, name, role=None):
    account = Account.objects.create_user(f"{name}@example.org", None)
    if role:
        RoleGrant.objects.create(account=account, role=role, granted_at=AT)
        add_second_factor(account)
    client.force_login(account)
    return account


def ask(name, organization):
    person = Account.objects.create_user(f"{name}@example.org", None)
    return Membership.objects.create(account=person, organization=organization, asked_at=AT)


def test_the_desk_counts_the_people_who_ask_to_join(client):
    sign_in(client, "staff", "secretariat")
    union = Organization.objects.create(slug="union", name="Union")
    for name in ("one", "two", "three"):
        ask(name, union)

    assert "3 people ask to join an organization" in client.get(reverse("desk")).content.decode()


def test_a_name_too_long_is_refused_and_kept_in_the_field(client):
    account = sign_in(client, "person")
    typed = "x" * 151

    response = client.post(reverse("directory:me"), {"name": typed})

    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode()
    account.refresh_from_db()
    assert account.name == ""


def test_the_list_of_accounts_is_taken_away_without_passwords(client):
    sign_in(client, "staff", "secretariat")

    text = client.get(reverse("directory:accounts") + "?format=json").json()

    assert text["count"] == 1
    assert sorted(text["rows"][0]) == ["email", "name", "organizations", "roles", "suspended_at"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_accounts_costs_the_same_for_1_and_3(client, django_assert_num_queries, people):
    sign_in(client, "staff", "secretariat")
    union = Organization.objects.create(slug="union", name="Union")
    for number in range(people):
        ask(f"person-{number}", union)

    with django_assert_num_queries(10):
        client.get(reverse("directory:accounts"))
