"""The API's rows of the policy table.

Programs are known by their token: a token has the role of its account, and one of a suspended
account is refused (403). Who needs a token and sent none is told so (401).
"""

from rapporteur.common.policy import (
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

READERS = EVERYONE - {Role.SUSPENDED}
FOCAL = STAFF | {Role.FOCAL_POINT}
NOBODY: frozenset[Role] = frozenset()


def access(roles: frozenset[Role], *, ok: int = 200, denied: int = 403) -> Access:
    """Return who reads; ``denied`` is what is said to those who may not know of the record."""
    return Access(roles, ok=ok, denied=denied, anonymous=denied, suspended=403)


def writing(roles: frozenset[Role], *, ok: int = 200, denied: int = 403) -> Access:
    """Return who writes, with a token."""
    return Access(roles, ok=ok, denied=denied, anonymous=401, suspended=403)


def read(name: str) -> Row:
    return Row(name, "GET", {Relation.ANY: access(READERS)})


# An entry and what hangs on it.
BY_STATE = {
    Relation.PUBLISHED: access(READERS),
    Relation.OWN: access(SIGNED_IN, denied=404),
    Relation.DRAFT: access(STAFF, denied=404),
    Relation.WITHDRAWN: access(READERS, ok=410),
}
# Without a version that was published there is none to read, whoever asks.
PUBLIC_BY_STATE = {
    Relation.PUBLISHED: access(READERS),
    Relation.DRAFT: access(NOBODY, denied=404),
    Relation.WITHDRAWN: access(READERS, ok=410),
}
LISTS_BY_STATE = {
    Relation.PUBLISHED: access(READERS),
    Relation.DRAFT: access(STAFF, denied=404),
    Relation.WITHDRAWN: access(READERS, ok=410),
}
DOCUMENTS_BY_STATE = {
    Relation.PUBLISHED: access(READERS),
    Relation.DRAFT: access(NOBODY, denied=404),
    Relation.WITHDRAWN: access(READERS, ok=410),
}


def write(name: str, method: str = "POST", *, ok: int = 200) -> Row:
    """Return the row of what those who keep a published entry do to it."""
    return Row(
        name,
        method,
        {
            Relation.OWN: writing(SIGNED_IN, ok=ok),
            Relation.SAME_ORGANIZATION: writing(FOCAL, ok=ok),
            Relation.OTHERS: writing(STAFF, ok=ok),
            # Only what is published can be withdrawn, confirmed or followed up.
            Relation.DRAFT: writing(STAFF, ok=409, denied=404),
            Relation.WITHDRAWN: writing(SIGNED_IN, ok=410),
        },
    )


def write_open(name: str, method: str = "POST", *, ok: int = 200) -> Row:
    """Return the row of what those who keep an entry do to its open version."""
    return Row(
        name,
        method,
        {
            Relation.OWN: writing(SIGNED_IN, ok=ok),
            Relation.SAME_ORGANIZATION: writing(FOCAL, ok=ok, denied=404),
            Relation.DRAFT: writing(STAFF, ok=ok, denied=404),
            Relation.WITHDRAWN: writing(SIGNED_IN, ok=410),
        },
    )


ROWS = (
    page("programs:documentation"),
    page("programs:tokens", SIGNED_IN),
    act("programs:tokens", SIGNED_IN, ok=200, note="Shows the new token, once."),
    act(
        "programs:token-revoke",
        SIGNED_IN,
        relations={
            Relation.OWN: Access(SIGNED_IN, ok=302, denied=404),
            Relation.OTHERS: Access(NOBODY, denied=404),
        },
    ),
    read("api:description"),
    read("api:activities"),
    Row("api:activities", "POST", {Relation.ANY: writing(SIGNED_IN, ok=201)}),
    Row("api:activity", "GET", BY_STATE),
    write_open("api:activity", "PATCH"),
    write_open("api:submit"),
    write_open("api:open-version", "DELETE", ok=204),
    write("api:withdraw", ok=204),
    write("api:confirm"),
    Row("api:versions", "GET", LISTS_BY_STATE),
    Row("api:version", "GET", PUBLIC_BY_STATE),
    Row("api:follow-ups", "GET", LISTS_BY_STATE),
    write("api:follow-ups", ok=201),
    Row("api:follow-up", "GET", LISTS_BY_STATE),
    read("api:schemes"),
    read("api:scheme"),
    read("api:concepts"),
    read("api:concept"),
    read("api:organizations"),
    read("api:organization"),
    read("api:countries"),
    read("api:country"),
    read("api:documents"),
    Row("api:document", "GET", DOCUMENTS_BY_STATE),
    Row("api:paragraphs", "GET", DOCUMENTS_BY_STATE),
)
