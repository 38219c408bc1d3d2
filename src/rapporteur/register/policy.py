"""The register room's rows of the policy table."""

from rapporteur.common.policy import EVERYONE, SIGNED_IN, STAFF, Access, Relation, Role, act, page
from rapporteur.register.views.keeping.policy import ROWS as KEEPING_ROWS

# Who stands behind an organization's entries: its focal points, and the secretariat.
FOCAL = STAFF | {Role.FOCAL_POINT}
# An activity that was never published is its keepers' and the secretariat's: to the others there is
# none. One that was withdrawn says so to everybody.
UNPUBLISHED = {
    Relation.DRAFT: Access(STAFF, denied=404),
    Relation.OWN: Access(SIGNED_IN, denied=404),
    Relation.SAME_ORGANIZATION: Access(FOCAL, denied=404),
}
BY_STATE = {
    Relation.PUBLISHED: Access(EVERYONE),
    **UNPUBLISHED,
    Relation.WITHDRAWN: Access(EVERYONE, ok=410),
}
# The words of what was withdrawn stay the secretariat's and the keepers' (not walked) to read.
VERSIONS = {
    Relation.PUBLISHED: Access(EVERYONE),
    **UNPUBLISHED,
    Relation.WITHDRAWN: Access(STAFF, denied=410),
}
# A picture is public with its activity.
PICTURES = {
    Relation.PUBLISHED: Access(EVERYONE),
    **UNPUBLISHED,
    Relation.WITHDRAWN: Access(STAFF, denied=404),
}

ROWS = (
    # Reading
    page("register:activities"),
    page("register:feed"),
    page("register:definitions"),
    page("register:statistics"),
    page("register:table"),
    page("register:map"),
    page("register:timeline"),
    page("register:activity", relations=BY_STATE),
    page("register:activity-data", relations=VERSIONS),
    page("register:version", relations=VERSIONS),
    page("register:photograph", relations=PICTURES),
    # In and out as files
    page("register:import", STAFF),
    act("register:import", STAFF),
    page("register:import-job", STAFF),
    act("register:import-columns", STAFF),
    act("register:import-run", STAFF),
    page("register:import-refused", STAFF),
    page("register:archive"),
    page("register:archive-file"),
    # Keeping and deciding
    *KEEPING_ROWS,
)
