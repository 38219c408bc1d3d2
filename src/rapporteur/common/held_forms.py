"""What somebody typed into a form whose session had ended: held until they have signed in again.

A page that wants it puts ``mark_of(account)`` into its form, in a field named ``MARK``. The mark
says, signed, whose page it was. A form that comes in with it and without a session (or with a stale
token) is not carried out; its fields are put into the session, which outlives signing in, and the
page of the same address asks for them (``held``). Nobody but the account of the mark gets them.

Neither files nor passwords are held, and nothing for longer than an hour.
"""

from __future__ import annotations

import time
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

MARK = "written_by"
SALT = "rapporteur.held-forms"
# A page may lie open for a while before it is sent.
MARK_SECONDS = 30 * 24 * 3600
HELD_SECONDS = 3600
MOST_BYTES = 300_000
# Forms of one session, for who writes in several windows.
MOST_FORMS = 3
KEY = "held_forms"


def mark_of(account: Any) -> str:
    """Return the signed mark that a form of this account's page bears."""
    return signing.TimestampSigner(salt=SALT).sign(str(account.pk))


def account_of(mark: str) -> int | None:
    """Return the number of the account whose page bore the mark, ``None`` for no mark of ours."""
    try:
        return int(signing.TimestampSigner(salt=SALT).unsign(mark, max_age=MARK_SECONDS))
    except (signing.BadSignature, ValueError):
        return None


def hold(request: HttpRequest) -> bool:
    """Hold the fields of a form that cannot be carried out now; return whether they are held.

    They are not where the form bears no mark, or another account's than the one signed in, or is
    larger than a session should be.
    """
    if request.method != "POST":
        return False
    account = account_of(request.POST.get(MARK, ""))
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    if account is None or (signed_in and user is not None and user.pk != account):
        return False
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in (MARK, "csrfmiddlewaretoken") and "password" not in name
    }
    size = sum(
        len(name.encode()) + sum(len(value.encode("utf-8", "replace")) for value in values)
        for name, values in fields.items()
    )
    if size > MOST_BYTES:
        return False
    forms = {
        path: form for path, form in request.session.get(KEY, {}).items() if path != request.path
    }
    for path in list(forms)[: max(0, len(forms) - MOST_FORMS + 1)]:
        del forms[path]
    forms[request.path] = {"account": account, "at": int(time.time()), "fields": fields}
    request.session[KEY] = forms
    return True


def held(request: HttpRequest) -> QueryDict | None:
    """Return what is held for this address and the person signed in; ``None``: nothing is.

    It stays held (a page may be loaded twice) until ``forget`` or the hour is over.
    """
    form = request.session.get(KEY, {}).get(request.path)
    if form is None or form["account"] != request.user.pk:
        return None
    if form["at"] + HELD_SECONDS < time.time():
        forget(request)
        return None
    fields = QueryDict(mutable=True)
    for name, values in form["fields"].items():
        fields.setlist(name, values)
    return fields


def forget(request: HttpRequest) -> None:
    """Drop what is held for this address: it was sent again, or is nobody's any more."""
    forms = request.session.get(KEY, {})
    if request.path in forms:
        request.session[KEY] = {path: form for path, form in forms.items() if path != request.path}
