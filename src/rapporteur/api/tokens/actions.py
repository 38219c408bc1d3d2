"""What people and programs do with tokens."""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rapporteur.api.models import ApiToken
from rapporteur.common.audit import record_event
from rapporteur.common.refusals import NotAllowed, Refusal
from rapporteur.directory.models import Account

logger = logging.getLogger(__name__)

PREFIX = "rpt_"
MOST_LIVE = 20
# How exact the time of the last use is: reading writes no more often than this.
USE_NOTED_EVERY = timedelta(hours=1)


def digest_of(secret: str) -> str:
    """Return the SHA-256 (hexadecimal) under which a token is stored."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def make_token(
    *, account: Account, name: str, scope: str, days: int, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token for the account; return it with its secret, which nobody can read again.

    Raises:
        NotAllowed: the account is suspended, or a role of it demands a second factor that is not
            set up.
        Refusal: the account has as many tokens as it may have.
    """
    # Locked, so that two at once do not pass the limit together.
    held = Account.objects.select_for_update().get(pk=account.pk)
    if held.suspended_at is not None:
        raise NotAllowed(_("This account is suspended; it can make no token."))
    if held.needs_second_factor:
        raise NotAllowed(
            _("Your role needs a second factor. Set it up first, then make the token.")
        )
    live = held.api_tokens.filter(revoked_at=None, expires_at__gt=at)
    if live.count() >= MOST_LIVE:
        raise Refusal(
            _("You have %(most)s tokens. Revoke one that is no longer used first.")
            % {"most": MOST_LIVE}
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=held,
        name=name,
        digest=digest_of(secret),
        begins=secret[:10],
        scope=scope,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record_event(
        "api.token.made", by=account, at=at, target=token, details={"scope": scope, "days": days}
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Account, at: datetime) -> None:
    """End a token at once. Revoked twice, it counts once.

    Raises:
        NotAllowed: it is another's.
    """
    if token.account_id != by.pk:
        raise NotAllowed(_("Only its owner revokes a token."))
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        record_event("api.token.revoked", by=by, at=at, target=token)


def note_use(token: ApiToken, *, at: datetime) -> None:
    """Note, to the hour, that the token was used; a database that cannot write stops no reading."""
    if token.last_used_at is not None and at - token.last_used_at < USE_NOTED_EVERY:
        return
    old = Q(last_used_at=None) | Q(last_used_at__lte=at - USE_NOTED_EVERY)
    try:
        ApiToken.objects.filter(old, pk=token.pk).update(last_used_at=at)
    except DatabaseError:
        logger.warning("The use of a token could not be noted", exc_info=True)
