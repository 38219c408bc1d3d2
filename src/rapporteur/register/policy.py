"""The register room's rows of the policy table."""

from rapporteur.common.policy import EVERYONE, STAFF, Access, Relation, Role, page

FOCAL = STAFF | {Role.FOCAL_POINT}
# An activity that was never published is its keepers' and the secretariat's.
BY_STATE = {
    Relation.PUBLISHED: Access(EVERYONE),
    Relation.DRAFT: Access(STAFF, denied=404),
    Relation.WITHDRAWN: Access(EVERYONE, ok=410),
}

ROWS = (
    page("register:activities"),
    page("register:activity", relations=BY_STATE),
)
