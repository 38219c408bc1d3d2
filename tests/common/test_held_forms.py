from datetime import UTC, datetime

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from rapporteur.common import held_forms
from rapporteur.directory.models import Account

pytestmark = pytest.mark.django_db
PATH = "/activities/7/withdraw"


@pytest.fixture
def person():
    return Account.objects.create_user("keeper@example.org", None)


class Session(dict):
    """A session that is a dictionary, as far as held forms ask."""


def request_of(user, data=None, *, session=None, path=PATH):
    factory = RequestFactory()
    request = factory.get(path) if data is None else factory.post(path, data)
    request.user = user
    request.session = Session() if session is None else session
    return request


def anonymous():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def typed(person, **more):
    return {"reason": "It ended.", held_forms.MARK: held_forms.mark_of(person), **more}


def test_what_was_typed_is_held_and_given_back_to_its_writer(person):
    request = request_of(anonymous(), typed(person, tags=["a", "b"], csrfmiddlewaretoken="x"))
    assert held_forms.hold(request) is True

    back = held_forms.held(request_of(person, session=request.session))

    assert dict(back.lists()) == {"reason": ["It ended."], "tags": ["a", "b"]}


def test_nobody_else_gets_it(person):
    request = request_of(anonymous(), typed(person))
    held_forms.hold(request)
    other = Account.objects.create_user("other@example.org", None)

    assert held_forms.held(request_of(other, session=request.session)) is None
    assert held_forms.held(request_of(person, session=request.session)) is not None


def test_it_is_held_for_its_own_address_alone(person):
    request = request_of(anonymous(), typed(person))
    held_forms.hold(request)

    elsewhere = request_of(person, session=request.session, path="/activities/8/withdraw")

    assert held_forms.held(elsewhere) is None


@pytest.mark.parametrize("mark", ["", "1", "1:abc", "x" * 500])
def test_without_a_mark_of_ours_nothing_is_held(person, mark):
    request = request_of(anonymous(), {"reason": "x", held_forms.MARK: mark})

    assert held_forms.hold(request) is False
    assert request.session == {}


def test_another_account_s_page_is_not_held_for_who_is_signed_in(person):
    other = Account.objects.create_user("other@example.org", None)

    assert held_forms.hold(request_of(other, typed(person))) is False


def test_what_is_too_large_is_not_held(person):
    request = request_of(anonymous(), typed(person, text="x" * held_forms.MOST_BYTES))

    assert held_forms.hold(request) is False


def test_passwords_are_not_held(person):
    request = request_of(anonymous(), typed(person, password="secret", new_password1="secret"))

    held_forms.hold(request)

    assert request.session[held_forms.KEY][PATH]["fields"] == {"reason": ["It ended."]}


def test_after_an_hour_it_is_gone(person, monkeypatch):
    request = request_of(anonymous(), typed(person))
    held_forms.hold(request)
    later = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
    monkeypatch.setattr(held_forms.time, "time", lambda: later)

    assert held_forms.held(request_of(person, session=request.session)) is None
    assert request.session[held_forms.KEY] == {}


def test_three_forms_are_held_the_oldest_goes(person):
    session = Session()
    paths = [f"/activities/{number}/withdraw" for number in range(4)]
    for path in paths:
        held_forms.hold(request_of(anonymous(), typed(person), session=session, path=path))

    assert list(session[held_forms.KEY]) == paths[1:]


def test_forget_drops_it(person):
    request = request_of(anonymous(), typed(person))
    held_forms.hold(request)

    held_forms.forget(request)

    assert request.session[held_forms.KEY] == {}


def test_a_stale_token_keeps_what_was_typed_and_leads_back(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    path = reverse("register:organization-propose")

    refused = client.post(path, {"name": "Rain Watchers", **typed(person)})

    assert refused.status_code == 403
    assert f'<a class="main-act" href="{path}"' in refused.content.decode()
    assert 'value="Rain Watchers"' in client.get(path).content.decode()


def test_a_stale_token_of_somebody_else_s_page_keeps_nothing(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.create_user("other@example.org", None))
    path = reverse("register:organization-propose")

    refused = client.post(path, {"name": "Planted", **typed(person)})

    assert refused.status_code == 403
    assert f'<a class="main-act" href="{path}"' not in refused.content.decode()
    assert "Planted" not in client.get(path).content.decode()
