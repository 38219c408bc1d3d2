"""Calls, who was invited, what they answered."""

from rapporteur.calls.models.calls import RULES, Amendment, Call, Extension
from rapporteur.calls.models.inviting import Invitation
from rapporteur.calls.models.letters import CallLetter
from rapporteur.calls.models.responses import (
    Attachment,
    Passage,
    Response,
    ResponseMember,
    ResponseVersion,
)

__all__ = [
    "RULES",
    "Amendment",
    "Attachment",
    "Call",
    "CallLetter",
    "Extension",
    "Invitation",
    "Passage",
    "Response",
    "ResponseMember",
    "ResponseVersion",
]
