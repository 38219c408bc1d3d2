"""The shell's rows of the policy table."""

from rapporteur.common.policy import EVERYONE, STAFF, act, page

ROWS = (
    page("home"),
    page("about"),
    page("healthz"),
    page("robots"),
    page("security-txt"),
    page("desk", STAFF),
    page("report-error"),
    act("report-error", EVERYONE, note="Limited to 10 an hour from one visitor."),
    page("error-reports", STAFF),
    page("error-report"),
    page("error-answer", STAFF),
    act("error-answer", STAFF),
    act("error-send", STAFF, note="Sends again an answer that could not be sent."),
)
