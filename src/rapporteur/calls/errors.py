"""What the calls refuse, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.common.refusals import Conflict, Fault, FaultyInput, NotAllowed, Refusal


class CallNotOpen(Refusal):
    """Responses are taken between the opening and the closing time only."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "The call takes no responses now. What you wrote is kept; if the call is extended, "
                "you can go on. The call's page says until when it was open and whom to ask."
            )
        )


class NotAsked(NotAllowed):
    """The call is not for this person or organization."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "This call is not addressed to you. Its page says who may answer. If you have a "
                "personal link, open it while you are signed in."
            )
        )


class AlreadyAnswered(Conflict):
    """The organization (or person) has a response to this call."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "There is already a response to this call from the same organization or person. "
                "Ask a colleague of yours to invite you to it, or withdraw it first."
            )
        )


class ResponseMoved(Conflict):
    """The response is in another state than the person saw."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "This response was sent, decided or withdrawn meanwhile, on another page or by "
                "somebody else. Look at it as it is now before you go on."
            )
        )


class AnswersChanged(Conflict):
    """Somebody saved other answers to the same questions since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "These questions were answered meanwhile, on another page or by a colleague. "
                "Nothing is lost: what you typed stands in the fields, what is stored stands "
                "beside it."
            )
        )


class NotRespondent(NotAllowed):
    """The person does not write this response."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "Only those who write this response, focal points of its organization or the "
                "secretariat may do that."
            )
        )


class NotSecretariat(NotAllowed):
    """Only the secretariat keeps calls."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Only the secretariat may do that."))


class CallMoved(Conflict):
    """The call is in another state than the person saw."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "The call was opened, closed or published meanwhile, or is in a state in which "
                "this cannot be done. Look at it as it is now before you go on."
            )
        )


class RulesFrozen(Conflict):
    """The rules of a call that was opened change by a recorded amendment only."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "The call has been opened, so its rules and questions stay as they are. Record an "
                "amendment with its reason instead."
            )
        )


class LinkNotGood(Refusal):
    """A personal link that is not known, was replaced or was taken back."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "This link is not good any more, or was copied in part. Copy it whole from the "
                "letter, or ask the secretariat for a new one."
            )
        )


class FaultyCall(FaultyInput):
    """A call that cannot be opened as it is; each fault says which part and how to mend it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("The call cannot be opened yet. Mend these first."), tuple(faults))


class FaultyAnswers(FaultyInput):
    """Answers that cannot be sent as they are; nothing was sent, everything is kept."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("The response cannot be sent yet. Mend these first."), tuple(faults))
