"""Schemathesis against the API: every check, in every phase, over HTTP.

The greatest sizes are left out of the document, since values of them take minutes to make;
``test_problems`` tries those. By hand, longer: ``API_FUZZ_SECONDS=900 pytest -s
tests/api/test_fuzzing.py``.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

import requests
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from rapporteur.common.texts import refused_signs
from tests.factories.api import make_secret
from tests.factories.library import parsed_document, parsed_paragraph, store
from tests.factories.register import make_activity, make_framework, make_organization, make_person

# What a record's state may answer to data that are well formed, beside the library's own list.
STATES = ["410", "412"]
POSITIVE = ["2xx", "3xx", "401", "403", "404", "409", "429", *STATES]
NEGATIVE = ["400", "401", "403", "404", "405", "409", "415", "422", "428", "429", *STATES]
MISSING = ["400", "401", "403", "404", "415", "422", "428"]
NUMBERS = itertools.count()


@dataclass
class Outcome:
    """``cases`` requests were judged; ``failures`` are in words; ``ran`` counts cases by phase."""

    cases: int = 0
    failures: list[str] = field(default_factory=list)
    ran: dict[str, int] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)


def seed() -> str:
    """Make some of every kind of record; return the secret of a token that may write."""
    make_framework()
    make_organization()
    keeper = make_person()
    for number in range(3):
        make_activity(by=keeper, title=f"Wells {number}")
    stored = store(parsed_document(parsed_paragraph(1), parsed_paragraph(2)), symbol="A/99/1")
    stored.document.state = "published"
    stored.document.save()
    return make_secret(keeper)


def config_of(secret: str, *, examples: int, seconds: int, seed_number: int | None) -> Any:
    known: dict[str, Any] = {
        "max-time": seconds,
        "cache": {"enabled": False},
        "auth": {"openapi": {"Bearer": {"bearer": secret}}},
        "generation": {"max-examples": examples, "database": "none"},
        "phases": {"stateful": {"max-steps": 6}},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": POSITIVE},
            "negative_data_rejection": {"expected-statuses": NEGATIVE},
            "missing_required_header": {"expected-statuses": MISSING},
        },
    }
    if seed_number is not None:
        known["seed"] = seed_number
    return SchemathesisConfig.from_dict(known)


def without_signs(value: Any) -> Any:
    if isinstance(value, str):
        kept = "".join(sign for sign in value if sign not in refused_signs(value))
        return kept if kept.strip() or not value.strip() else "-"
    if isinstance(value, list):
        return [without_signs(item) for item in value]
    if isinstance(value, dict):
        return {name: without_signs(item) for name, item in value.items()}
    return value


def make_whole(body: Any) -> Any:
    """Keep the three rules that the schema does not say: see ``rapporteur.api.inputs``."""
    body = without_signs(body)
    content = body.get("content") if isinstance(body, dict) else None
    if not isinstance(content, dict):
        return body
    first, last = content.get("starts"), content.get("ends")
    if isinstance(first, str) and isinstance(last, str) and first and last < first[: len(last)]:
        content = {**content, "ends": first}
    translations = content.get("translations")
    if isinstance(translations, dict) and content.get("language") in translations:
        content = {**content, "language": None}
    return {**body, "content": content}


@schemathesis.hook
def before_call(context: Any, case: Any, **kwargs: Any) -> None:
    """Let data that are well formed have their effect: a new key each time, the state as it is."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    case.body = make_whole(case.body)
    headers = case.headers or {}
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = f"{len(headers['Idempotency-Key'])}-{next(NUMBERS)}"
    if "If-Match" in headers and next(NUMBERS) % 2:
        headers["If-Match"] = "*"


def without_bounds(value: Any) -> Any:
    """Return the document without the greatest sizes, whose values take minutes to make."""
    if isinstance(value, dict):
        return {
            name: without_bounds(item)
            for name, item in value.items()
            if not (name in ("maxItems", "maxLength") and isinstance(item, int) and item >= 100)
        }
    if isinstance(value, list):
        return [without_bounds(item) for item in value]
    return value


def run(
    server: str, secret: str, *, examples: int, seconds: int, seed_number: int | None = None
) -> Outcome:
    """Run all phases and return what came of them."""
    config = config_of(secret, examples=examples, seconds=seconds, seed_number=seed_number)
    document = requests.get(f"{server}/api/v1/openapi.json", timeout=30).json()
    schema = schemathesis.openapi.from_dict(without_bounds(document), config=config)
    schema.config.update(base_url=server)
    outcome = Outcome()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            take(event, outcome)
        elif isinstance(event, (events.NonFatalError, events.FatalError)):
            outcome.failures.append(f"error: {getattr(event, 'value', event)!r}")
    return outcome


def take(event: events.ScenarioFinished, outcome: Outcome) -> None:
    recorder = event.recorder
    phase = event.phase.value
    for case_id, checks in recorder.checks.items():
        outcome.cases += 1
        outcome.ran[phase] = outcome.ran.get(phase, 0) + 1
        for check in checks:
            outcome.checks[check.name] = outcome.checks.get(check.name, 0) + 1
            if check.status is Status.FAILURE:
                outcome.failures.append(said(recorder, case_id, check, phase))


def said(recorder: Any, case_id: str, check: Any, phase: str) -> str:
    case = recorder.cases[case_id].value
    interaction = recorder.interactions.get(case_id)
    response = getattr(interaction, "response", None)
    status = getattr(response, "status_code", "?")
    answer = getattr(response, "content", b"") or b""
    info = check.failure_info.failure if check.failure_info else ""
    return (
        f"{phase} {check.name}: {case.method} {case.formatted_path} -> {status}\n"
        f"  {info}\n  query {case.query} headers {dict(case.headers or {})}\n"
        f"  body {case.body!r:.1500}\n  answer {answer[:600]!r}"
    )
