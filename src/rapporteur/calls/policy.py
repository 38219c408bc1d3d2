"""The calls room's rows of the policy table."""

from __future__ import annotations

from rapporteur.common.policy import (
    EVERYONE,
    NOBODY,
    SIGNED_IN,
    STAFF,
    Access,
    Relation,
    Role,
    Row,
    act,
    page,
)

# Who stands behind an organization's response: its focal points.
FOCAL = frozenset({Role.FOCAL_POINT})
# A call that was never opened is the secretariat's: to the others there is none.
CALLS = {Relation.PUBLISHED: Access(EVERYONE), Relation.DRAFT: Access(STAFF, denied=404)}
# Responses are public as their senders agreed; the secretariat reads the others at its desk. One
# that was published and withdrawn says so to everybody.
RESPONSES = {
    Relation.PUBLISHED: Access(EVERYONE),
    Relation.DRAFT: Access(NOBODY, denied=404),
    Relation.WITHDRAWN: Access(EVERYONE, ok=410),
}
LISTS = {Relation.PUBLISHED: Access(EVERYONE), Relation.DRAFT: Access(NOBODY, denied=404)}


def written(ok: int) -> dict[Relation, Access]:
    """Return who may do something to a response: its writers; to others there is none.

    Anonymous visitors are sent to sign in, so that an ended session leads back to the page.
    """
    return {
        Relation.OWN: Access(SIGNED_IN, ok=ok, denied=404, sign_in=True),
        Relation.SAME_ORGANIZATION: Access(FOCAL, ok=ok, denied=404, sign_in=True),
        Relation.OTHERS: Access(NOBODY, ok=ok, denied=404, sign_in=True),
    }


def written_page(name: str) -> Row:
    return page(name, relations=written(200))


def written_act(name: str, *, note: str = "") -> Row:
    return act(name, SIGNED_IN, relations=written(302), note=note)


ROWS = (
    # Reading
    page("calls:calls"),
    page("calls:call", relations=CALLS),
    page("calls:questionnaire", relations=CALLS),
    page("calls:responses", relations=LISTS),
    page("calls:question", relations=LISTS),
    page("calls:response", relations=RESPONSES),
    # Answering
    page("calls:invited"),
    act("calls:invited", SIGNED_IN, note="The personal link is the right; one account takes it."),
    page("calls:join"),
    act("calls:join", SIGNED_IN, note="The link of the letter is the right; it works once."),
    page("calls:begin", SIGNED_IN),
    act("calls:begin", SIGNED_IN, note="Pressed twice, it begins one response."),
    page("calls:mine", SIGNED_IN),
    written_page("calls:check"),
    written_page("calls:section"),
    written_act("calls:section", note="Saves what was typed, whatever is wrong in it."),
    written_page("calls:file"),
    written_page("calls:fill"),
    act(
        "calls:fill",
        SIGNED_IN,
        relations=written(200),
        note="The page says what was taken over and what was not.",
    ),
    written_act("calls:send", note="Pressed twice, it sends once; each submission is kept."),
    written_page("calls:receipt"),
    written_page("calls:withdraw"),
    written_act("calls:withdraw"),
    written_page("calls:colleagues"),
    written_act("calls:colleagues"),
    written_act("calls:colleague-remove"),
    # The secretariat's desk
    page("calls:desk-calls", STAFF),
    page("calls:desk-new", STAFF),
    act("calls:desk-new", STAFF),
    page("calls:desk-call", STAFF),
    page("calls:desk-edit", STAFF),
    act("calls:desk-edit", STAFF, note="Of a call that was opened, it records an amendment."),
    page("calls:desk-questionnaire", STAFF),
    act("calls:desk-questionnaire", STAFF),
    page("calls:desk-extend", STAFF),
    act("calls:desk-extend", STAFF),
    act("calls:desk-act", STAFF, note="Opens, closes, publishes, archives, reminds."),
    page("calls:desk-invitations", STAFF),
    act("calls:desk-invitations", STAFF),
    act("calls:desk-renew", STAFF),
    page("calls:desk-printed", STAFF),
    page("calls:desk-responses", STAFF),
    page("calls:desk-enter", STAFF),
    act("calls:desk-enter", STAFF),
    page("calls:desk-response", STAFF),
    act("calls:desk-response", STAFF),
    page("calls:desk-file", STAFF),
    page("calls:desk-letter", STAFF),
    act("calls:desk-letter", STAFF),
)
