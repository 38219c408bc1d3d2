"""What holds for every address: headers, tokens of forms, reading changes nothing, no way out."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from rapporteur.common import policy
from rapporteur.common.models import AuditEvent
from rapporteur.common.policy import Relation, Role
from rapporteur.operations.documentation import addresses
from rapporteur.search import actions as search
from tests.policy.accounts import make_account
from tests.policy.test_walk import BODIES, SUBJECTS

pytestmark = pytest.mark.django_db

ROWS = list(policy.table().rows.values())
READ = sorted({row.name for row in ROWS if row.method == "GET"})
WRITTEN = sorted({row.name for row in ROWS if row.method == "POST"})
# Programs send a token of their own in a header; a session's cookie counts for nothing there.
FORMS = [name for name in WRITTEN if not name.startswith("api:")]


def urls(account, names):
    """Yield (name, url, its arguments) of each address, its record made and taken back after."""
    for name in names:
        made = transaction.savepoint()
        row = policy.table().find(name, "GET") or policy.table().find(name, "POST")
        relation = next(iter(row.access))
        kwargs = SUBJECTS[name](relation, account) if name in SUBJECTS else {}
        yield name, reverse(name, kwargs=kwargs), kwargs
        transaction.savepoint_rollback(made)


def check_headers(response, where):
    headers = response.headers
    directives = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    if headers["Content-Type"] == "image/svg+xml":
        # A chart served as a picture: only its one style gets through, by its digest.
        check_picture(directives, where)
        return
    assert directives["default-src"] == "'self'", where
    assert directives["script-src"] == directives["style-src"] == "'self'", where
    assert directives["object-src"] == directives["base-uri"] == "'none'", where
    assert directives["frame-ancestors"] == "'none'", where
    assert directives["form-action"] == "'self'", where
    assert headers["X-Frame-Options"] == "DENY", where
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin", where
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert "camera=()" in headers["Permissions-Policy"], where


def check_picture(directives, where):
    assert directives["default-src"] == directives["form-action"] == "'none'", where
    assert directives["base-uri"] == directives["frame-ancestors"] == "'none'", where
    assert directives["style-src"].startswith("'sha256-"), where
    assert "script-src" not in directives, where


@pytest.mark.parametrize("role", [Role.ANONYMOUS, Role.ADMINISTRATOR])
def test_every_answer_bears_the_headers(client, role):
    account = make_account(role)
    if account is not None:
        client.force_login(account)
    for name, url, _kwargs in urls(account, READ):
        response = client.get(url)
        check_headers(response, url)
        # The API does not read the session: nobody is signed in there by a cookie.
        if account is not None and response.status_code != 301 and not name.startswith("api:"):
            assert response.headers["Cache-Control"] == "private, no-store", url
        for key in ("Set-Cookie", "Server", "X-Powered-By"):
            assert key not in response.headers, url


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/no-such-page", 404),
        ("/static/no-such-file.css", 404),
        ("/healthz", 200),
        ("/ar", 301),
        ("/documents/A/1/../../../etc/passwd", 404),
    ],
)
def test_other_answers_bear_the_headers_too(client, path, status):
    response = client.get(path)

    assert response.status_code in (status, 302)
    check_headers(response, path)


def test_answers_to_what_went_wrong_bear_the_headers(client, monkeypatch):
    check_headers(client.get("/", headers={"host": "evil.example"}), "a foreign host")
    check_headers(client.delete("/"), "an unknown method")
    check_headers(Client(enforce_csrf_checks=True).post("/report-an-error"), "no token")
    from rapporteur.site.views.pages import About

    def fail(self, request):
        raise RuntimeError("a fault of ours: secret words")

    monkeypatch.setattr(About, "get", fail)
    client.raise_request_exception = False
    response = client.get("/about")
    assert response.status_code == 500
    assert "secret words" not in response.content.decode()
    check_headers(response, "a fault")


def test_a_foreign_host_is_refused_and_not_repeated(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    # A proxy's word for the host is not taken from the visitor.
    page = client.get("/organizations?format=json", headers={"x-forwarded-host": "evil.example"})
    assert b"evil.example" not in page.content


# Mail programs post to it without a session or a form (RFC 8058): what it may do is in its link.
SIGNED_LINK = "notices:stop"


def test_every_form_needs_its_token():
    client = Client(enforce_csrf_checks=True)
    account = make_account(Role.ADMINISTRATOR)
    client.force_login(account)
    tried = 0
    for name, url, kwargs in urls(account, [row for row in FORMS if row != SIGNED_LINK]):
        body = BODIES[name](kwargs) if name in BODIES else {}
        made = counts()
        response = client.post(url, body)
        assert response.status_code == 403, name
        assert counts() == made, name
        tried += 1
    assert tried == len(FORMS) - 1 > 30


# Reading may keep a session (its messages, the way back after signing in): nothing else.
UNWATCHED = {"sessions.session"}


def counts() -> dict[str, int]:
    return {
        model._meta.label_lower: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label_lower not in UNWATCHED
    }


def contents() -> str:
    """Return all rows of all tables but the sessions' as text."""
    rows = {
        model._meta.label_lower: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label_lower not in UNWATCHED
    }
    return json.dumps(rows, default=str, sort_keys=True)


@pytest.mark.parametrize("role", [Role.ANONYMOUS, Role.CONTRIBUTOR, Role.ADMINISTRATOR])
def test_reading_changes_nothing(client, role):
    account = make_account(role)
    if account is not None:
        client.force_login(account)
        type(account).objects.filter(pk=account.pk).update(last_login=None)
    for _name, url, _kwargs in urls(account, READ):
        before, events = contents(), AuditEvent.objects.count()
        for query in ("", "?format=json", "?q=well&page=2&year=2024&next=/desk"):
            client.get(f"{url}{query}")
        client.head(url)
        client.options(url)
        assert AuditEvent.objects.count() == events, url
        assert contents() == before, url


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "http:evil.example",
    "https:/evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "\thttps://evil.example/",
    "/%09/evil.example/",
    "//evil.example%2f..",
    "https://evil。example/",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_way_leads_elsewhere(client, target):
    account = make_account(Role.CONTRIBUTOR)
    signed_in = Client()
    signed_in.force_login(account)
    form = {"login": "contributor@example.org", "password": "walking-the-table-1"}
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    answers = [
        client.post(reverse("account_login"), {**form, "next": target}),
        Client().get(reverse("account_login"), {"next": target}),
        signed_in.get(reverse("account_login"), {"next": target}),
        signed_in.post(reverse("account_logout"), {"next": target}),
        client.get(reverse("account_signup"), {"next": target}),
        client.get("/organizations", {"next": target}),
        client.get(f"/ar{target if target.startswith('/') else '/' + target}"),
        client.get(target if target.startswith("/") else f"/{target}"),
    ]
    assert answers[0].status_code == 302
    for answer in answers:
        location = answer.headers.get("Location", "/")
        assert location.startswith("/"), location
        assert not location.startswith(("//", "/\\")), location
        page = answer.content.decode()
        # An escaped tab stays a part of the path.
        if not target.startswith("/%09"):
            assert f'href="{target}' not in page
            assert f'action="{target}' not in page
    report = client.get("/report-an-error", {"page": target}).content.decode()
    if not target.startswith("/%09"):
        assert f'value="{target}"' not in report


def test_a_redirect_to_sign_in_comes_back_to_this_site(client):
    response = client.get("//evil.example/../desk")
    assert response.headers.get("Location", "/").startswith("/")
    assert not response.headers.get("Location", "/").startswith("//")


def test_numbers_too_large_for_a_page_or_a_database(client, settings, tmp_path):
    settings.SEARCH_INDEX = tmp_path / "index"
    search.rebuild()
    huge = "9" * 5000
    account = make_account(Role.ADMINISTRATOR)
    client.force_login(account)
    for _route, name in addresses():
        if "<" in _route:
            continue
        for key in ("page", "year", "part", "number"):
            for value in (huge, "9" * 30, "-1", "٢٠٢٤", "1e9", "0x10", "²"):
                response = client.get(reverse(name), {key: value})
                assert response.status_code < 500, (name, key, value[:10])
    for path in (
        "/desk/documents/{}",
        "/accounts/{}",
        "/account/searches/{}",
        "/desk/documents/files/{}",
        "/reports/progress-report/{}",
        "/reports/progress-report/{}.json",
        "/sdgs/{}",
        "/matrix/C1/{}",
        "/documents/A/RES/1/1/versions/{}",
    ):
        for value in (huge, "9" * 30, "9" * 19):
            assert client.get(path.format(value)).status_code in (302, 404, 422, 400), path


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "rapporteur.config.settings.production",
    "SECRET_KEY": "k" * 25 + "0123456789-abcdefghij-KLMNOPQ-zyxwvu",
    "ALLOWED_HOSTS": "record.example.org",
    "PYTHONWARNINGS": "ignore",
}


def in_production(tmp_path, program, **more):
    """Run a program in a process of its own with the settings of production; return its output."""
    environment = {
        **{
            key: value
            for key, value in os.environ.items()
            if "DATABASE" not in key and key != "DJANGO_ALLOW_ASYNC_UNSAFE"
        },
        **PRODUCTION,
        "RAPPORTEUR_HOME": str(tmp_path),
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_deployment_check_is_clean(tmp_path):
    program = """
import django; django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""
    assert "no issues" in in_production(tmp_path, program)


def test_production_s_cookies_limits_and_transport(tmp_path):
    program = """
import json
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.contrib.auth import get_user_model
from allauth.account import app_settings as account
from allauth.account.models import EmailAddress
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
person = get_user_model().objects.create_user("a@example.org", "walking-the-table-1")
EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
https = dict(headers={"host": "record.example.org"}, secure=True)
form = {"login": "a@example.org", "password": "walking-the-table-1"}
first = Client().get("/account/login/", **https)
plain = Client().get("/", headers={"host": "record.example.org"})
# One browser keeps its cookies: the session's key must be another after signing in.
client = Client()
client.get("/account/login/", {"next": "/"}, **https)
before = {k: v.value for k, v in client.cookies.items()}
entered = client.post("/account/login/", form, **https)
cookies = {name: dict(morsel) | {"value": morsel.value} for name, morsel in client.cookies.items()}
statuses = []
for attempt in range(40):
    wrong = {"login": "a@example.org", "password": f"wrong-{attempt}"}
    statuses.append(Client().post("/account/login/", wrong, **https).status_code)
    last = Client().post("/account/login/", wrong, **https).content.decode()
from django.templatetags.static import static
style = Client().get(static("site/rapporteur.css"), **https)
reset = "/account/password/reset/"
resets = [
    Client().post(reset, {"email": f"x{n}@example.org"}, **https).status_code for n in range(40)
]
from allauth.core.internal.httpkit import get_client_ip
from django.test import RequestFactory
forwarded = {"x-forwarded-for": "6.6.6.6, 192.0.2.7"}
spoofed = get_client_ip(RequestFactory().get("/", headers=forwarded))
print(json.dumps({
    "limits": {k: str(v) for k, v in account.RATE_LIMITS.items()},
    "hsts": first.headers.get("Strict-Transport-Security"),
    "plain": [plain.status_code, plain.headers.get("Location")],
    "cookies": cookies, "before": before, "entered": entered.status_code,
    "style": [style.status_code, dict(style.headers)], "last": last,
    "statuses": statuses, "resets": resets, "spoofed": spoofed,
    "text": (entered.content or b"").decode()[:200],
    "debug": settings.DEBUG, "demonstration": settings.DEMONSTRATION,
}))
"""
    found = json.loads(in_production(tmp_path, program).splitlines()[-1])

    assert found["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert found["plain"] == [301, "https://record.example.org/"]
    assert found["entered"] == 302, found["text"]
    assert set(found["cookies"]) == {"__Host-session", "__Host-csrf"}
    for name, cookie in found["cookies"].items():
        assert (cookie["secure"], cookie["httponly"]) == (True, True), name
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", ""), name
    session = found["cookies"]["__Host-session"]["value"]
    assert session != found["before"].get("__Host-session")
    assert found["cookies"]["__Host-csrf"]["value"] != found["before"]["__Host-csrf"]
    assert (found["debug"], found["demonstration"]) == (False, False)
    assert {"login", "login_failed", "reset_password", "signup"} <= set(found["limits"])
    assert 429 in found["statuses"] or "Too many failed login attempts" in found["last"]
    status, headers = found["style"]
    assert status == 200
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"] == found["hsts"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert 429 in found["resets"]
    assert found["spoofed"] == "192.0.2.7"


def test_a_draft_needs_the_second_factor_that_its_reader_owes(client):
    from allauth.mfa.models import Authenticator

    account = make_account(Role.SECRETARIAT)
    kwargs = SUBJECTS["library:document"](Relation.DRAFT, account)
    url = reverse("library:document", kwargs=kwargs)
    client.force_login(account)
    assert client.get(url).status_code == 200

    Authenticator.objects.all().delete()

    assert client.get(url).status_code == 404
    assert client.get(reverse("library:document-json", kwargs=kwargs)).status_code == 404


def test_who_asks_to_join_is_not_shown_without_the_second_factor_that_is_owed(client):
    from allauth.mfa.models import Authenticator

    account = make_account(Role.SECRETARIAT)
    SUBJECTS["directory:membership-confirm"](Relation.OTHERS, account)
    client.force_login(account)
    assert "other@example.org" in client.get("/account/me").content.decode()

    Authenticator.objects.all().delete()

    assert "other@example.org" not in client.get("/account/me").content.decode()


def test_a_session_s_key_changes_at_sign_in_and_ends_at_sign_out(client):
    make_account(Role.CONTRIBUTOR)
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    form = {"login": "contributor@example.org", "password": "walking-the-table-1"}

    assert client.post(reverse("account_login"), form).status_code == 302

    assert client.session.session_key != planted
    kept = client.session.session_key
    client.post(reverse("account_logout"))
    again = Client()
    again.cookies["session"] = kept
    assert again.get("/account/me").status_code == 302


def test_a_password_is_reset_once_with_one_link(client, mailoutbox):
    import re

    account = make_account(Role.CONTRIBUTOR)
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    other = Client()
    other.force_login(account)
    client.post(reverse("account_reset_password"), {"email": account.email})
    link = re.search(r"https?://testserver(/\S+)", mailoutbox[0].body).group(1)
    form = client.get(link).headers["Location"]

    changed = client.post(
        form, {"password1": "another-long-word-7", "password2": "another-long-word-7"}
    )

    assert changed.status_code == 302
    assert other.get("/account/me").status_code == 302, "the sessions of before have ended"
    second = Client()
    page = second.get(link, follow=True)
    assert "password1" not in page.content.decode()
    account.refresh_from_db()
    assert account.check_password("another-long-word-7")
    # Nor does a link lead where the host header says.
    mailoutbox.clear()
    client.post(
        reverse("account_reset_password"),
        {"email": account.email},
        headers={"x-forwarded-host": "evil.example"},
    )
    assert "evil.example" not in mailoutbox[0].body


def test_the_limit_counts_the_address_that_the_proxy_wrote(settings):
    from rapporteur.site.limits import client_address

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = RequestFactory().get("/", headers={"x-forwarded-for": "6.6.6.6, 192.0.2.7"})
    assert client_address(request) == "192.0.2.7"
    settings.SECURE_PROXY_SSL_HEADER = None
    assert client_address(request) == "127.0.0.1"


def test_a_form_sent_again_with_other_words_is_not_taken_for_the_first(client):
    from rapporteur.site.models import ErrorReport

    first = client.post("/report-an-error", {"text": "Wrong year.", "token": "one"})
    again = client.post("/report-an-error", {"text": "Wrong year.", "token": "one"})
    other = client.post("/report-an-error", {"text": "Wrong place.", "token": "one"})

    assert first.headers["Location"] == again.headers["Location"]
    assert other.status_code == 422
    page = other.content.decode()
    assert "Wrong place." in page
    assert 'value="one"' not in page
    assert ErrorReport.objects.get().text == "Wrong year."
