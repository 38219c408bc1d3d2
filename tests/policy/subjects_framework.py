"""Records for walking the framework's addresses."""

from __future__ import annotations

from typing import Any

from rapporteur.common.policy import Relation
from tests.factories.framework import make_concept


def action_line(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"code": make_concept("C5").code}


def goal(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"number": make_concept("SDG9").code.removeprefix("SDG")}


def cell(relation: Relation, account: Any | None) -> dict[str, Any]:
    make_concept("SDG9")
    return {"action_line": make_concept("C5").code, "number": 9}


def concept(relation: Relation, account: Any | None) -> dict[str, Any]:
    found = make_concept("theme:financing")
    return {"scheme": found.scheme.code, "code": found.code}


def scheme(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"scheme": make_concept("theme:financing").scheme.code}


SUBJECTS = {
    "framework:action-line": action_line,
    "framework:goal": goal,
    "framework:cell": cell,
    "framework:concept": concept,
    "framework:scheme": scheme,
    "framework:scheme-file": lambda relation, account: {**scheme(relation, account), "form": "ttl"},
    "framework:vocabularies-file": lambda relation, account: {"form": "csv"},
}
