"""Rows of the policy table for saved searches, which are private to their account."""

from rapporteur.common.policy import NOBODY, SIGNED_IN, Access, Relation, act, page


def own(ok: int) -> dict[Relation, Access]:
    """Return the access to what only its owner may know of."""
    return {
        Relation.OWN: Access(SIGNED_IN, ok=ok, denied=404),
        Relation.OTHERS: Access(NOBODY, denied=404),
    }


ROWS = (
    page("search:feed"),
    page("search:saved-searches", SIGNED_IN),
    page("search:search-save", SIGNED_IN),
    act("search:search-save", SIGNED_IN),
    page("search:search-change", relations=own(200)),
    act("search:search-change", SIGNED_IN, relations=own(302)),
    act("search:search-open", SIGNED_IN, relations=own(302)),
    act("search:search-delete", SIGNED_IN, relations=own(302)),
)
