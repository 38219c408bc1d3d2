"""Every page that is read, in a real browser: accessible, and as wide as the screen.

The addresses are those of the policy table, with the records that its walk makes.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rapporteur.common import policy
from rapporteur.common.policy import Role
from tests.journeys.browser import DESK, PHONE, check_accessibility, check_width
from tests.policy.accounts import make_account
from tests.policy.test_walk import SUBJECTS

pytestmark = pytest.mark.django_db(transaction=True)

ADMINISTRATOR = Role.ADMINISTRATOR
READ = [
    pytest.param(row, relation, id=f"{row.name} {relation}")
    for row in policy.table().rows.values()
    for relation, access in row.access.items()
    if row.method == "GET" and access.status(ADMINISTRATOR) == 200
]


@pytest.mark.parametrize(("row", "relation"), READ)
def test_page_is_accessible_and_fits(new_page, live_server, row, relation):
    account = make_account(ADMINISTRATOR)
    client = Client()
    client.force_login(account)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }
    kwargs = SUBJECTS[row.name](relation, account) if row.name in SUBJECTS else {}

    for language, viewport in (("en", DESK), ("ar", PHONE)):
        page = new_page(viewport=viewport)
        page.context.add_cookies([cookie])
        with translation.override(language):
            address = reverse(row.name, kwargs=kwargs)
        if "text/html" not in client.get(address).headers["Content-Type"]:
            continue  # a file is taken away, not shown
        assert page.goto(address).status == 200
        check_accessibility(page)
        check_width(page)
