"""Rows of the policy table for accounts, and for the sign-in library's own addresses."""

from rapporteur.common.policy import (
    ADMINISTRATORS,
    EVERYONE,
    SIGNED_IN,
    STAFF,
    Access,
    Relation,
    Role,
    Row,
    act,
    page,
)

ENTRANCE = frozenset({Role.ANONYMOUS})
ACCOUNT_HOLDERS = EVERYONE - {Role.ANONYMOUS}
FOCAL = STAFF | {Role.FOCAL_POINT}


def library(
    name: str, roles: frozenset[Role], *, get: int = 200, post: int | None = None
) -> tuple[Row, ...]:
    """Return the rows of a page of the sign-in library, which answers those it is not for itself.

    ``post`` is the status of an empty form: shown again (200), or carried out (302); ``None``:
    nothing can be sent. 302 is also its way to ask for the password again first.
    """
    rows = [Row(name, "GET", {Relation.ANY: Access(roles, ok=get, denied=302)}, gate=False)]
    if post is not None:
        rows.append(
            Row(name, "POST", {Relation.ANY: Access(roles, ok=post, denied=302)}, gate=False)
        )
    return tuple(rows)


ROWS = (
    page("directory:me", SIGNED_IN),
    act("directory:me", SIGNED_IN),
    act("directory:membership-ask", SIGNED_IN),
    act(
        "directory:membership-confirm",
        SIGNED_IN,
        relations={
            Relation.OWN: Access(frozenset(), denied=404),
            Relation.SAME_ORGANIZATION: Access(FOCAL, ok=302, denied=404),
            Relation.OTHERS: Access(STAFF, ok=302, denied=404),
        },
        note="A focal point admits members of its organization; the secretariat everybody.",
    ),
    act(
        "directory:membership-end",
        SIGNED_IN,
        relations={
            Relation.OWN: Access(SIGNED_IN, ok=302, denied=404),
            Relation.SAME_ORGANIZATION: Access(FOCAL, ok=302, denied=404),
            Relation.OTHERS: Access(STAFF, ok=302, denied=404),
        },
    ),
    page("directory:accounts", STAFF),
    page("directory:account", STAFF),
    act("directory:role-grant", ADMINISTRATORS),
    act("directory:role-withdraw", ADMINISTRATORS),
    act("directory:account-suspend", ADMINISTRATORS),
    act("directory:account-reinstate", ADMINISTRATORS),
    *library("account_login", ENTRANCE, post=200),
    *library("account_signup", ENTRANCE, post=200),
    *library("account_logout", ACCOUNT_HOLDERS, post=302),
    *library("account_inactive", EVERYONE),
    *library("account_reauthenticate", ACCOUNT_HOLDERS, post=200),
    *library("account_email", ACCOUNT_HOLDERS, post=302),
    *library("account_email_verification_sent", EVERYONE),
    *library("account_confirm_email", EVERYONE, post=404),
    *library("account_change_password", ACCOUNT_HOLDERS, post=200),
    *library("account_set_password", ACCOUNT_HOLDERS, get=302, post=302),
    *library("account_reset_password", EVERYONE, post=200),
    *library("account_reset_password_done", EVERYONE),
    *library("account_reset_password_from_key", EVERYONE, post=200),
    *library("account_reset_password_from_key_done", EVERYONE),
    *library("account_confirm_login_code", EVERYONE, get=302, post=302),
    *library("mfa_index", ACCOUNT_HOLDERS),
    *library("mfa_authenticate", ENTRANCE, get=302, post=302),
    *library("mfa_reauthenticate", ACCOUNT_HOLDERS, post=200),
    *library("mfa_activate_totp", ACCOUNT_HOLDERS, get=302, post=302),
    *library("mfa_deactivate_totp", ACCOUNT_HOLDERS, get=302, post=302),
    # 404: an account that has made no recovery codes has none to show.
    *library("mfa_view_recovery_codes", ACCOUNT_HOLDERS, get=404),
    *library("mfa_generate_recovery_codes", ACCOUNT_HOLDERS, get=302, post=302),
    *library("mfa_download_recovery_codes", ACCOUNT_HOLDERS, get=404),
    *library("mfa_list_webauthn", ACCOUNT_HOLDERS),
    *library("mfa_add_webauthn", ACCOUNT_HOLDERS, get=302, post=302),
    *library("mfa_reauthenticate_webauthn", ACCOUNT_HOLDERS, get=302, post=302),
    *library("mfa_remove_webauthn", ACCOUNT_HOLDERS, get=302, post=302),
    *library("mfa_edit_webauthn", ACCOUNT_HOLDERS, get=302, post=302),
    *library("mfa_login_webauthn", ENTRANCE, get=302, post=302),
)
