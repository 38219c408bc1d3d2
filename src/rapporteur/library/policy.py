"""The library room's rows of the policy table."""

from rapporteur.common.policy import EVERYONE, STAFF, Access, Relation, act, page

# A draft is the secretariat's own; what was withdrawn says so.
BY_STATE = {
    Relation.PUBLISHED: Access(EVERYONE),
    Relation.DRAFT: Access(STAFF, denied=404),
    Relation.WITHDRAWN: Access(STAFF, denied=410),
}

ROWS = (
    page("library:documents"),
    page("library:document", relations=BY_STATE),
    page("library:document-json", relations=BY_STATE),
    page("library:paragraph", relations=BY_STATE),
    page("library:version", relations=BY_STATE),
    page("library:paragraphs"),
    page("library:figures"),
    page("library:publications"),
    page("library:milestones"),
    page("library:coverage"),
    page("library:upload", STAFF),
    act("library:upload", STAFF),
    page("library:draft", STAFF),
    page("library:document-facts", STAFF),
    act("library:document-facts", STAFF),
    page("library:paragraph-facts", STAFF),
    act("library:paragraph-facts", STAFF),
    act("library:publish", STAFF),
    act("library:withdraw", STAFF),
    act("library:discard", STAFF),
    page("library:file", STAFF),
    page("library:unknown-names", STAFF),
    act("library:unknown-names", STAFF),
)
