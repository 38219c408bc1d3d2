"""What the search knows of calls: those that were opened, and responses as far as public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapporteur.calls.choices import PUBLIC_STATES
from rapporteur.calls.masking import texts_in
from rapporteur.calls.models import Call, Response
from rapporteur.calls.queries.published import PublicResponse, public_responses, published_rows
from rapporteur.calls.questionnaire import Kind
from rapporteur.search.actions import note_changes
from rapporteur.search.registry import Entry, add_searchable

CALL, RESPONSE = "calls.call", "calls.response"
WORDS = (Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.MATRIX)


def load_calls(keys: Sequence[str]) -> Iterable[Entry]:
    """Return the entries of these calls (ids). One query."""
    for call in Call.objects.filter(pk__in=keys).order_by("pk"):
        yield Entry(
            kind=CALL,
            key=str(call.pk),
            title=call.titles or {"und": call.slug},
            text=call.purposes,
            url=f"/calls/{call.slug}",
            year=call.opens_at.year,
            updated=call.changed_at,
            public=call.state in PUBLIC_STATES,
        )


def call_keys() -> Iterable[str]:
    return map(str, Call.objects.order_by("pk").values_list("pk", flat=True))


def load_responses(keys: Sequence[str]) -> Iterable[Entry]:
    """Return the entries of these responses (ids) that are public, as they are. Four queries.

    They are made of ``PublicResponse`` alone: what is not in it cannot be found.
    """
    rows = published_rows().filter(pk__in=keys)
    found = list(rows)
    by_slug = {row.slug: row for row in found}
    for response in public_responses(rows):
        row = by_slug.get(response.slug)
        if row is not None:
            yield entry_of(str(row.pk), response, row.call)


def entry_of(key: str, response: PublicResponse, call: Call) -> Entry:
    language = response.language.split("-")[0]
    words = [
        text
        for question in call.asks.questions()
        if question.kind in WORDS
        for text in texts_in(response.answers.get(question.name))
    ]
    titles: Mapping[str, str] = {language: response.name} if response.name else call.titles
    facets: dict[str, Any] = {}
    if response.organization:
        facets["organization"] = [response.organization]
    if response.regions:
        facets["region"] = [region.code for region in response.regions]
    return Entry(
        kind=RESPONSE,
        key=key,
        title=titles,
        text={language: "\n".join(words)},
        url=f"/calls/{response.call}/responses/{response.slug}",
        facets=facets,
        year=call.closes_at.year,
        note=call.title if response.name else response.slug,
        # The time of sending would tell of an anonymous one who it is from.
        updated=call.published_at,
    )


def response_keys() -> Iterable[str]:
    return map(str, published_rows().order_by("pk").values_list("pk", flat=True))


def note_call(call: Call) -> None:
    """Note, in the current transaction, that a call changed."""
    note_changes(CALL, [call.pk])


def note_responses(responses: Iterable[Response]) -> None:
    """Note, in the current transaction, that what is public of responses changed."""
    note_changes(RESPONSE, [response.pk for response in responses])


def register() -> None:
    add_searchable(CALL, label=_("Calls"), load=load_calls, all_keys=call_keys, order=36, weight=2)
    add_searchable(
        RESPONSE,
        label=_("Responses to calls"),
        load=load_responses,
        all_keys=response_keys,
        order=37,
    )
