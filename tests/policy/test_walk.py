"""Walk every address x method x role x relation, and hold each answer against the policy table.

A room says in ``subjects_<room>.py`` how to make the record of an address in a relation
(``SUBJECTS``) and, for what is sent, a body that succeeds (``BODIES``). Addresses for programs name
in ``REQUESTS`` how one asks them: nobody signs in, the account is in the request itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import pytest
from django.urls import reverse

import tests.policy
from rapporteur.common import policy
from rapporteur.common.policy import Role
from rapporteur.operations.documentation import addresses
from tests.policy.accounts import make_account

pytestmark = pytest.mark.django_db

SUBJECTS: dict[str, Callable] = {}
BODIES: dict[str, Callable] = {}
REQUESTS: dict[str, Callable] = {}
for module in pkgutil.iter_modules(tests.policy.__path__):
    if module.name.startswith("subjects_"):
        loaded = importlib.import_module(f"tests.policy.{module.name}")
        SUBJECTS.update(getattr(loaded, "SUBJECTS", {}))
        BODIES.update(getattr(loaded, "BODIES", {}))
        REQUESTS.update(getattr(loaded, "REQUESTS", {}))

NAMES = sorted({name for _route, name in addresses()})
ROUTES: dict[str, list[str]] = {}
for route, name in addresses():
    ROUTES.setdefault(name, []).append(route)
CASES = [
    pytest.param(row, relation, role, id=f"{row.name} {row.method} {relation} {role}")
    for row in policy.table().rows.values()
    for relation in row.access
    for role in Role
]


@pytest.mark.parametrize("name", NAMES)
def test_every_address_has_a_row(name):
    assert policy.table().methods(name), f"{name} has no row in its room's policy.py"


def test_every_row_has_an_address():
    assert sorted({name for name, _method in policy.table().rows} - set(NAMES)) == []


def test_every_address_with_arguments_has_a_subject():
    with_arguments = {name for name, routes in ROUTES.items() if all("<" in r for r in routes)}
    gated = {row.name for row in policy.table().rows.values() if row.gate}

    assert sorted((with_arguments & gated) - set(SUBJECTS)) == []


@pytest.mark.parametrize(("row", "relation", "role"), CASES)
def test_the_answer_is_the_table_s(client, row, relation, role):
    account = make_account(role)
    name = row.name
    if account is not None and name not in REQUESTS:
        client.force_login(account)
    kwargs = SUBJECTS[name](relation, account) if name in SUBJECTS else {}
    url = reverse(name, kwargs=kwargs)
    body = BODIES[name](kwargs) if name in BODIES else {}
    expected = row.access[relation].status(role)

    if name in REQUESTS:
        response = client.generic(row.method, url, **REQUESTS[name](row.method, account))
    else:
        response = client.post(url, body) if row.method == "POST" else client.get(url)

    assert response.status_code == expected
    if (
        expected == 302
        and role is Role.ANONYMOUS
        and row.gate
        and role not in row.access[relation].roles
    ):
        assert response.headers["Location"].startswith(reverse("account_login"))
