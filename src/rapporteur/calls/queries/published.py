"""What everybody may read of responses. Nothing else leaves this room for public pages and files.

A public response is a value without the row behind it: pages, downloads, the search and upper rooms
read these, so that what is not in them cannot leak.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from rapporteur.calls.choices import READ_STATES, Consent, ResponseState
from rapporteur.calls.masking import masked, pattern_of, texts_in
from rapporteur.calls.models import Call, Response
from rapporteur.calls.questionnaire import Kind
from rapporteur.directory.models import GroupMembership, OrganizationName
from rapporteur.framework.models import Concept

REGIONS = "regions"
# Answers of these say whose a response is.
TELLING_KINDS = frozenset({Kind.ORGANIZATION, Kind.COUNTRY})
# Public addresses are texts; this one is asked for in filters.
NOT_SAID = "-"


@dataclass(frozen=True)
class PublicResponse:
    """One response as everybody may read it.

    ``name`` is empty where it is published without it; so are then ``organization`` (slug),
    ``country`` (ISO 3166-1 alpha-3) and ``regions``. ``group`` is a stakeholder group, ``None``
    where not known. ``answers`` are those that may be published, in the order of the questionnaire.
    """

    call: str
    slug: str
    name: str
    organization: str
    organization_url: str
    group: Concept | None
    country: str
    country_name: str
    regions: tuple[Concept, ...]
    language: str
    sent_on: date | None
    answers: Mapping[str, Any]

    @property
    def is_anonymous(self) -> bool:
        return not self.name

    def get_absolute_url(self) -> str:
        return reverse("calls:response", args=[self.call, self.slug])


def published_rows(call: Call | None = None) -> QuerySet[Response]:
    """Return the rows of which something is public, by their public address.

    The order tells nothing of who came first.
    """
    rows = Response.objects.filter(
        state=ResponseState.ACCEPTED,
        published_at__isnull=False,
        consent__in=(Consent.NAMED, Consent.ANONYMOUS),
        call__state__in=READ_STATES,
    )
    if call is not None:
        rows = rows.filter(call=call)
    related = rows.select_related(
        "call",
        "organization",
        "stakeholder_group__scheme",
        "country",
        "published_version",
        "account",
    )
    return related.order_by("slug")


def public_responses(rows: QuerySet[Response]) -> list[PublicResponse]:
    """Return the public responses of rows of ``published_rows``. Three queries."""
    found = list(rows)
    regions = regions_by_country({row.country_id for row in found if row.country_id})
    names: dict[int, list[str]] = defaultdict(list)
    hidden = {row.organization_id for row in found if row.consent == Consent.ANONYMOUS}
    if hidden:
        texts = OrganizationName.objects.filter(organization__in=hidden)
        for pk, text in texts.values_list("organization_id", "text"):
            names[pk].append(text)
    return [
        public_one(row, regions=regions, names=names.get(row.organization_id or 0, ()))
        for row in found
    ]


def regions_by_country(countries: Iterable[int]) -> Mapping[int, tuple[Concept, ...]]:
    """Return the regions of each country (ids), as they stand today. One query."""
    found: dict[int, list[Concept]] = defaultdict(list)
    rows = GroupMembership.objects.filter(
        country__in=list(countries), concept__scheme__code=REGIONS, until=None
    )
    for row in rows.select_related("concept__scheme").order_by("concept__order", "concept__code"):
        found[row.country_id].append(row.concept)
    return {pk: tuple(regions) for pk, regions in found.items()}


def public_one(
    row: Response, *, regions: Mapping[int, tuple[Concept, ...]], names: Sequence[str]
) -> PublicResponse:
    """Return what is public of one row; ``names`` are those of its organization."""
    version = row.published_version
    assert version is not None  # noqa: S101 - ``published_rows``, and a constraint
    anonymous = version.consent != Consent.NAMED or row.consent != Consent.NAMED
    organization, country = row.organization, row.country
    if anonymous:
        organization = country = None
    return PublicResponse(
        call=row.call.slug,
        slug=row.slug,
        name="" if anonymous else row.name,
        organization=organization.slug if organization else "",
        organization_url=organization.get_absolute_url() if organization else "",
        group=row.stakeholder_group,
        country=country.iso3 if country else "",
        country_name=country.name if country else "",
        regions=regions.get(row.country_id or 0, ()) if country else (),
        language=version.language,
        sent_on=None if anonymous else version.submitted_at.date(),
        answers=public_answers(row, version.answers, anonymous=anonymous, names=names),
    )


def public_answers(
    row: Response, answers: Mapping[str, Any], *, anonymous: bool, names: Sequence[str]
) -> dict[str, Any]:
    """Return the answers that may be published, without addresses and, if so, without names.

    What was answered to a question that is kept private is taken out of the other answers, too.
    """
    private = set(row.call.private_questions)
    if anonymous:
        private |= set(row.call.identifying_questions)
    secret = [text for name in private for text in texts_in(answers.get(name)) if len(text) < 200]
    if anonymous:
        secret += [*names, row.respondent_name]
        secret += [text for text in (row.organization and row.organization.name,) if text]
        if row.account is not None:
            secret += [row.account.name, row.account.email]
    pattern = pattern_of(secret)
    shown: dict[str, Any] = {}
    for question in row.call.asks.questions():
        if question.name not in answers or question.name in private:
            continue
        # Files are not read by programs that take personal data out: they are never public.
        if question.kind is Kind.FILE or (anonymous and question.kind in TELLING_KINDS):
            continue
        value = answers[question.name]
        # Names of choices and codes are the questionnaire's, not the respondent's.
        free = question.kind in (Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.MATRIX)
        shown[question.name] = masked(value, pattern) if free else masked(value, None)
    return shown


@dataclass(frozen=True)
class Tally:
    """How many came in and how many can be read; and how many of these by group and region.

    Anonymous responses stand under no region. Regions overlap, so their counts do not add up.
    """

    received: int
    published: int
    groups: tuple[tuple[Concept | None, int], ...]
    regions: tuple[tuple[Concept, int], ...]


def tally_of(call: Call, responses: Sequence[PublicResponse]) -> Tally:
    """Return the figures of a call. One query."""
    received = call.responses.filter(submitted_at__isnull=False)
    groups = Counter(response.group for response in responses)
    regions = Counter(region for response in responses for region in response.regions)
    return Tally(
        received=received.exclude(state=ResponseState.WITHDRAWN).count(),
        published=len(responses),
        groups=tuple(sorted(groups.items(), key=lambda item: (-item[1], str(item[0])))),
        regions=tuple(sorted(regions.items(), key=lambda item: (-item[1], str(item[0])))),
    )
