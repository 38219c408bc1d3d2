"""The policy table: who may do what, by URL, method, role and relation to the record.

Each room lists its rows in ``policy.py`` (a tuple ``ROWS``); ``table()`` gathers them. A URL
without a row is refused by ``middleware.PolicyTable`` and fails the test that walks the table
(``tests/test_policy.py``). The printed table is ``docs/reference/policy.md``.

A row answers in two steps. The middleware refuses roles that may never use the URL and method. The
room's query (``visible_…``) decides by relation: what a person may not know of is not found (404).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from django.apps import apps


class Role(StrEnum):
    """What somebody is to the platform. One person may hold several."""

    ANONYMOUS = "anonymous"
    CONTRIBUTOR = "contributor"
    FOCAL_POINT = "focal-point"
    FACILITATOR = "facilitator"
    JUROR = "juror"
    SECRETARIAT = "secretariat"
    ADMINISTRATOR = "administrator"
    SUSPENDED = "suspended"


class Relation(StrEnum):
    """How the record stands to the person who asks. ``ANY`` is a page about no single record."""

    ANY = "any"
    PUBLISHED = "published"
    OWN = "own"
    SAME_ORGANIZATION = "same organization"
    OTHERS = "other's"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


EVERYONE = frozenset(Role)
SIGNED_IN = EVERYONE - {Role.ANONYMOUS, Role.SUSPENDED}
STAFF = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Access:
    """Who may, and what the others are told.

    ``ok`` is the status of success (200 for a page, 302 for a form that was accepted).
    ``denied`` is what a signed-in person without the right gets: 403, or 404 where the existence of
    the record is itself private, or 410 for what was withdrawn. Anonymous visitors are sent to
    sign in (302) unless ``denied`` is 404 or 410; with ``sign_in`` then too, so that somebody whose
    session has ended comes back to what they were writing.
    """

    roles: frozenset[Role]
    ok: int = 200
    denied: int = 403
    sign_in: bool = False
    # What these two are told where it is something else: programs are not sent to sign in.
    anonymous: int | None = None
    suspended: int | None = None

    def status(self, role: Role) -> int:
        """Return the status that a person whose only role this is must get."""
        if role in self.roles:
            return self.ok
        told = {Role.ANONYMOUS: self.anonymous, Role.SUSPENDED: self.suspended}.get(role)
        if told is not None:
            return told
        if role is Role.ANONYMOUS and (self.denied == 403 or self.sign_in):
            return 302
        return self.denied


@dataclass(frozen=True)
class Row:
    """One URL name and method of the table, with its access for each relation that applies."""

    name: str
    method: str
    access: Mapping[Relation, Access]
    note: str = ""
    # False: the sign-in library refuses and redirects by itself; the middleware lets it.
    gate: bool = True

    @property
    def roles(self) -> frozenset[Role]:
        """Return every role that may use it under at least one relation."""
        return frozenset().union(*(access.roles for access in self.access.values()))

    @property
    def hidden(self) -> bool:
        """Return whether those who may not are always told that there is no such record."""
        return all(access.denied == 404 for access in self.access.values())

    @property
    def signs_in(self) -> bool:
        """Return whether anonymous visitors are sent to sign in whatever the others are told."""
        return any(access.sign_in for access in self.access.values())


def page(
    name: str,
    roles: frozenset[Role] = EVERYONE,
    *,
    relations: Mapping[Relation, Access] | None = None,
    ok: int = 200,
) -> Row:
    """Return the row of a page that is read (GET; HEAD and OPTIONS follow it)."""
    return Row(name, "GET", relations or {Relation.ANY: Access(roles, ok=ok)})


def act(
    name: str,
    roles: frozenset[Role],
    *,
    relations: Mapping[Relation, Access] | None = None,
    ok: int = 302,
    note: str = "",
) -> Row:
    """Return the row of something that people do (POST); success leads to a page (302)."""
    return Row(name, "POST", relations or {Relation.ANY: Access(roles, ok=ok)}, note)


# This room's own rows.
ROWS = (
    page("notices:stop"),
    act("notices:stop", EVERYONE, ok=200, note="The signed link is the right; no sign-in."),
)


@dataclass(frozen=True)
class Table:
    rows: Mapping[tuple[str, str], Row] = field(default_factory=dict)

    def find(self, name: str, method: str) -> Row | None:
        """Return the row for a URL name and method; HEAD is read as GET."""
        return self.rows.get((name, "GET" if method == "HEAD" else method))

    def methods(self, name: str) -> tuple[str, ...]:
        """Return the methods that the table knows for a URL name."""
        return tuple(sorted(method for row, method in self.rows if row == name))


def make_table(rows: Iterable[Row]) -> Table:
    """Return the table; raise ``ValueError`` where two rows claim one URL name and method."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row.name, row.method)
        if key in found:
            raise ValueError(f"Two policy rows for {row.method} {row.name!r}. Keep one.")
        found[key] = row
    return Table(found)


@cache
def table() -> Table:
    """Return the policy table of all installed rooms."""
    rows: list[Row] = []
    for config in apps.get_app_configs():
        if not config.name.startswith("rapporteur."):
            continue
        try:
            module = importlib.import_module(f"{config.name}.policy")
        except ModuleNotFoundError as error:
            if error.name != f"{config.name}.policy":
                raise
            continue
        rows.extend(getattr(module, "ROWS", ()))
    return make_table(rows)


def roles_of(person: object) -> frozenset[Role]:
    """Return the roles of a request's user: anonymous, suspended, or what the account holds."""
    if not getattr(person, "is_authenticated", False):
        return frozenset({Role.ANONYMOUS})
    return person.roles  # type: ignore[attr-defined]


def is_staff(person: object) -> bool:
    """Return whether the person is of the secretariat or an administrator, and may act as such.

    Whose role demands a second factor that is not set up yet reads what everyone reads.
    """
    return bool(roles_of(person) & STAFF) and not getattr(person, "needs_second_factor", False)
