"""Rows of the policy table for the keepers' pages and the secretariat's desk."""

from __future__ import annotations

from rapporteur.common.policy import SIGNED_IN, STAFF, Access, Relation, Role, Row, act, page

FOCAL = STAFF | {Role.FOCAL_POINT}


def kept(ok: int) -> dict[Relation, Access]:
    """Return who may do something to an entry: its keepers; to others there is none.

    Anonymous visitors are sent to sign in, so that an ended session leads back to the page.
    """
    return {
        Relation.OWN: Access(SIGNED_IN, ok=ok, denied=404, sign_in=True),
        Relation.SAME_ORGANIZATION: Access(FOCAL, ok=ok, denied=404, sign_in=True),
        Relation.OTHERS: Access(STAFF, ok=ok, denied=404, sign_in=True),
    }


def kept_page(name: str) -> Row:
    return page(name, relations=kept(200))


def kept_act(name: str, *, note: str = "") -> Row:
    return act(name, SIGNED_IN, relations=kept(302), note=note)


ROWS = (
    page("register:new", SIGNED_IN),
    act("register:new", SIGNED_IN, note="Pressed twice, it begins one draft."),
    act("register:suggestions", SIGNED_IN, ok=200, note="Stores nothing; the text is too long."),
    page("register:mine", SIGNED_IN),
    page("register:organization-propose", SIGNED_IN),
    act("register:organization-propose", SIGNED_IN),
    kept_page("register:edit"),
    kept_act("register:edit", note="Begins a change, or goes on with the one that is open."),
    kept_page("register:step"),
    kept_act("register:step"),
    kept_page("register:check"),
    kept_act("register:send"),
    kept_page("register:receipt"),
    kept_act("register:take-back"),
    kept_page("register:confirm"),
    kept_act("register:confirm"),
    kept_page("register:follow-up"),
    kept_act("register:follow-up"),
    kept_page("register:withdraw"),
    kept_act("register:withdraw"),
    kept_page("register:discard"),
    kept_act("register:discard"),
    kept_page("register:photograph-add"),
    kept_act("register:photograph-add"),
    kept_act("register:photograph-remove"),
    page("register:desk", STAFF),
    page("register:desk-version", STAFF),
    act("register:desk-publish", STAFF),
    act("register:desk-return", STAFF),
    page("register:desk-follow-up", STAFF),
    act("register:desk-follow-up", STAFF),
    page("register:desk-photographs", STAFF),
    act("register:desk-photograph", STAFF),
    page("register:desk-merge", STAFF),
    act("register:desk-merge", STAFF),
    act("register:desk-restore", STAFF),
    page("register:desk-organizations", STAFF),
    page("register:desk-organization", STAFF),
    act("register:desk-organization", STAFF),
)
