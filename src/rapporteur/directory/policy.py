"""The directory room's rows of the policy table."""

from rapporteur.common.policy import STAFF, act, page
from rapporteur.directory.accounts.policy import ROWS as ACCOUNT_ROWS

ROWS = (
    *ACCOUNT_ROWS,
    page("directory:organizations"),
    page("directory:organization"),
    page("directory:organization-add", STAFF),
    act("directory:organization-add", STAFF),
    page("directory:organization-edit", STAFF),
    act("directory:organization-edit", STAFF),
    page("directory:organization-merge", STAFF),
    act(
        "directory:organization-merge",
        STAFF,
        note="Moves every reference of one organization to another.",
    ),
    page("directory:countries"),
    page("directory:country"),
    page("directory:regions"),
    page("directory:region"),
)
