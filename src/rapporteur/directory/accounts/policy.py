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


def both(name: str, roles: frozenset[Role], *, get: int = 200, post: int = 200) -> tuple[Row, Row]:
    """Return the rows of a form of the sign-in library; an empty post shows the form again."""
    return page(name, roles, ok=get), act(name, roles, ok=post)


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
            Relation.OWN: Access(SIGNED_IN, ok=302),
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
)
