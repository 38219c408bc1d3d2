"""Calls, for readers and for the secretariat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from rapporteur.calls.choices import OPEN_STATES, PUBLIC_STATES, CallState, ResponseState
from rapporteur.calls.models import Call
from rapporteur.calls.questionnaire import Kind, Known, Questionnaire
from rapporteur.calls.questionnaire.offline import CodeNames
from rapporteur.calls.questionnaire.offline.places import COUNTRIES
from rapporteur.directory.models import Country, Organization
from rapporteur.framework.models import Concept

# Sent, and not withdrawn.
CAME_IN = Q(responses__submitted_at__isnull=False) & ~Q(responses__state=ResponseState.WITHDRAWN)


def public_calls() -> QuerySet[Call]:
    """Return the calls that everybody may know of, the last closing first.

    Each carries ``received`` and ``published`` (ints): responses that came in, and those of them
    that can be read.
    """
    return with_counts(Call.objects.filter(state__in=PUBLIC_STATES)).order_by("-closes_at", "-pk")


def all_calls() -> QuerySet[Call]:
    """Return every call with counts as ``public_calls``, the newest first."""
    return with_counts(Call.objects.all()).order_by("-made_at", "-pk")


def with_counts(calls: QuerySet[Call]) -> QuerySet[Call]:
    return calls.annotate(
        received=Count("responses", filter=CAME_IN),
        published=Count("responses", filter=Q(responses__published_at__isnull=False)),
    )


def due_to_close(*, at: datetime) -> QuerySet[Call]:
    """Return the calls whose closing time has come and whose state does not say so yet."""
    return Call.objects.filter(state__in=OPEN_STATES, closes_at__lte=at).order_by("closes_at", "pk")


def state_counts() -> Mapping[str, int]:
    """Return how many calls are in each state; a state without any has no key. One query."""
    rows = Call.objects.order_by().values_list("state").annotate(n=Count("pk"))
    return {CallState(state).value: count for state, count in rows}


def known_for(questionnaire: Questionnaire) -> Known:
    """Return the codes that answers may name: only what the questionnaire asks for is read.

    At most three queries.
    """
    kinds = {question.kind for question in questionnaire.questions()}
    countries: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()
    concepts: dict[str, set[str]] = {}
    if Kind.COUNTRY in kinds:
        rows = Country.objects.filter(retired_at=None)
        countries = frozenset(rows.values_list("iso3", flat=True))
    if Kind.ORGANIZATION in kinds:
        known = Organization.objects.filter(retired_at=None, merged_into=None)
        organizations = frozenset(known.values_list("slug", flat=True))
    schemes = {question.scheme for question in questionnaire.questions() if question.scheme}
    if schemes:
        rows_of = Concept.objects.filter(retired_at=None, scheme__code__in=schemes)
        for scheme, code in rows_of.values_list("scheme__code", "code"):
            concepts.setdefault(scheme, set()).add(code)
    return Known(
        countries=countries,
        concepts={scheme: frozenset(codes) for scheme, codes in concepts.items()},
        organizations=organizations,
    )


def code_names_for(questionnaire: Questionnaire) -> CodeNames:
    """Return the names of codes that forms without a connection offer. At most two queries."""
    names: dict[str, dict[str, dict[str, str]]] = {}
    if any(question.kind is Kind.COUNTRY for question in questionnaire.questions()):
        countries = Country.objects.filter(retired_at=None).order_by("iso3")
        names[COUNTRIES] = {row.iso3: questionnaire_keys(row.names) for row in countries}
    schemes = {question.scheme for question in questionnaire.questions() if question.scheme}
    if schemes:
        rows = Concept.objects.filter(retired_at=None, scheme__code__in=schemes)
        for scheme, code, texts in rows.values_list("scheme__code", "code", "names"):
            names.setdefault(scheme, {})[code] = questionnaire_keys(texts)
    return CodeNames(names)


def questionnaire_keys(texts: Mapping[str, str]) -> dict[str, str]:
    """Return names by the codes that questionnaires use (``zh-hans``, elsewhere ``zh``)."""
    return {"zh-hans" if code == "zh" else code: text for code, text in texts.items()}
