"""Letters and files that came by mail, entered by the secretariat as responses like any other."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rapporteur.calls.actions.keeping import held
from rapporteur.calls.actions.responding import held_response, keep_submission
from rapporteur.calls.choices import OPEN_STATES, CallState, Origin, ResponseState
from rapporteur.calls.errors import AlreadyAnswered, ResponseMoved
from rapporteur.calls.models import Call, Passage, Response
from rapporteur.calls.numbers import make_slug
from rapporteur.calls.questionnaire import Kind
from rapporteur.calls.questionnaire.model import TEXT_KINDS
from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Refusal
from rapporteur.directory.models import Account, Country, Organization
from rapporteur.framework.models import Concept

ENTERABLE = (*OPEN_STATES, CallState.CLOSED, CallState.PUBLISHED)
LETTER_SIGNS_AT_MOST = 500_000


@transaction.atomic
def enter_letter(
    *,
    call: Call,
    text: str,
    organization: Organization | None,
    name: str = "",
    group: Concept | None = None,
    country: Country | None = None,
    language: str = "en",
    note: str = "",
    form_token: str,
    by: Account,
    at: datetime,
) -> Response:
    """Begin a response from the text of a letter; the same form twice begins one.

    ``note`` says how it came (a mail of such a day). It may come in after closing.

    Raises:
        Refusal: there is no text, too much of it, or nobody whose it is.
        AlreadyAnswered: the organization has a response.
        NotSecretariat, CallMoved: see ``keeping.held``.
    """
    kept = held(call, by=by, states=ENTERABLE)
    begun = Response.objects.filter(form_token=form_token, call=kept).first()
    if begun is not None:
        return begun
    if not text.strip():
        raise Refusal(_("Paste the text of the letter."))
    if len(text) > LETTER_SIGNS_AT_MOST:
        raise Refusal(
            _("The text has %(count)s characters, at most %(limit)s are taken. Enter it in parts.")
            % {"count": len(text), "limit": LETTER_SIGNS_AT_MOST}
        )
    if organization is None and not name.strip():
        raise Refusal(_("Say whose letter it is: choose an organization, or write the name."))
    try:
        with transaction.atomic():
            response = Response.objects.create(
                call=kept,
                organization=organization,
                respondent_name="" if organization else name.strip(),
                stakeholder_group=organization.stakeholder_group if organization else group,
                country=organization.country if organization else country,
                origin=Origin.LETTER,
                sole=kept.one_per_organization,
                language=language,
                letter_text=text.replace("\r\n", "\n"),
                letter_note=note.strip(),
                slug=make_slug(),
                form_token=form_token,
                started_at=at,
                saved_at=at,
            )
    except IntegrityError as error:
        raise AlreadyAnswered from error
    record_event("calls.response.entered", by=by, at=at, target=response)
    return response


@transaction.atomic
def assign_passage(
    *, response: Response, question: str, text: str, by: Account, at: datetime
) -> Passage:
    """Assign a passage of the letter to a question; the question's answer is its passages in order.

    ``text`` is copied from the letter; blanks and line ends may differ. The first stretch that
    reads so and is not assigned to the question yet is taken.

    Raises:
        Refusal: the letter has no such passage, or the question takes no text.
        NotRespondent, ResponseMoved, CallNotOpen: see ``responding.held_response``.
    """
    call, letter = held_response(response, by=by, at=at, late=True)
    asked = call.asks.question(question)
    if asked is None or asked.kind not in TEXT_KINDS:
        raise Refusal(_("Passages answer questions that take a text. Choose one of these."))
    taken = set(letter.passages.filter(question=question).values_list("start", flat=True))
    span = find_stretch(letter.letter_text, text, taken)
    if span is None:
        raise Refusal(_("The letter has no such passage. Copy it from the text of the letter."))
    start, end = span
    passage = Passage.objects.create(
        response=letter,
        question=question,
        start=start,
        end=end,
        text=letter.letter_text[start:end],
        given_by=by,
        given_at=at,
    )
    write_answers(letter, at=at)
    record_event("calls.passage.assigned", by=by, at=at, target=letter)
    return passage


@transaction.atomic
def remove_passage(*, passage: Passage, by: Account, at: datetime) -> None:
    """Take a passage from its question again."""
    _call, letter = held_response(passage.response, by=by, at=at, late=True)
    question = passage.question
    passage.delete()
    letter.answers.pop(question, None)
    write_answers(letter, at=at)
    record_event("calls.passage.removed", by=by, at=at, target=letter)


def find_stretch(text: str, wanted: str, taken: set[int]) -> tuple[int, int] | None:
    """Return where a passage stands in a text, whatever its blanks; ``None`` where it does not."""
    words = wanted.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    for match in pattern.finditer(text):
        if match.start() not in taken:
            return match.span()
    return None


def write_answers(letter: Response, *, at: datetime) -> None:
    """Make the answers of a letter from its passages, in the order of the letter."""
    parts: dict[str, list[str]] = defaultdict(list)
    for passage in letter.passages.order_by("start"):
        parts[passage.question].append(passage.text)
    answers = dict(letter.answers)
    for question, texts in parts.items():
        asked = letter.call.asks.question(question)
        between = "\n\n" if asked is not None and asked.kind is Kind.LONG_TEXT else " "
        answers[question] = between.join(texts)
    letter.answers, letter.saved_at = answers, at
    letter.answers_number += 1
    letter.save()


@transaction.atomic
def submit_letter(
    *, response: Response, consent: str, form_token: str, by: Account, at: datetime
) -> Response:
    """Let an entered letter count, equal to the others; what it does not answer stays open.

    ``consent`` is what its sender agreed to. It waits to be read like the others.

    Raises:
        Refusal: nothing is assigned to a question, or the call does not offer that consent.
        NotRespondent, ResponseMoved: see ``responding.held_response``.
    """
    call, letter = held_response(response, by=by, at=at, late=True)
    if letter.origin == Origin.PAGE:
        raise ResponseMoved
    if letter.versions.filter(form_token=form_token).exists():
        return letter
    if consent not in call.consents:
        raise Refusal(_("Choose what the sender agreed to, among what the call offers."))
    if not letter.answers:
        raise Refusal(_("Assign at least one passage to a question first."))
    return keep_submission(
        letter,
        consent=consent,
        form_token=form_token,
        state=ResponseState.SUBMITTED,
        by=by,
        at=at,
    )
