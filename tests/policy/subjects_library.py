"""Records and bodies with which the policy test walks the library's addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rapporteur.common.policy import Relation
from rapporteur.library.choices import DocumentState
from rapporteur.library.models import Document, Rendition
from tests.factories.library import make_file, parsed_document, parsed_paragraph, store

STATES = {
    Relation.PUBLISHED: DocumentState.PUBLISHED,
    Relation.DRAFT: DocumentState.DRAFT,
    Relation.WITHDRAWN: DocumentState.WITHDRAWN,
}


def make_in(relation: Relation) -> Document:
    """Return a document with text in the state that the relation names."""
    document = store(parsed_document(parsed_paragraph(1)), symbol="A/99/1").document
    document.state = STATES.get(relation, DocumentState.PUBLISHED)
    document.save()
    return document


def by_address(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"address": make_in(relation).address}


def by_pk(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": make_in(relation).pk}


def of_file(relation: Relation, account: Any | None) -> dict[str, Any]:
    make_in(relation)
    return {"pk": Rendition.objects.get().pk}


SUBJECTS: dict[str, Callable[[Relation, Any | None], dict[str, Any]]] = {
    "library:document": by_address,
    "library:document-json": by_address,
    "library:paragraph": lambda relation, account: {
        **by_address(relation, account),
        "anchor": "p1",
    },
    "library:version": lambda relation, account: {**by_address(relation, account), "number": 1},
    "library:draft": by_pk,
    "library:document-facts": by_pk,
    "library:paragraph-facts": lambda relation, account: {
        **by_pk(relation, account),
        "anchor": "p1",
    },
    "library:publish": by_pk,
    "library:withdraw": by_pk,
    "library:discard": by_pk,
    "library:file": of_file,
}

BODIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "library:upload": lambda kwargs: {"file": make_file()},
    "library:document-facts": lambda kwargs: {"title": "Wells", "kind": "report"},
    "library:paragraph-facts": lambda kwargs: {"organizations": "Well Office"},
    "library:unknown-names": lambda kwargs: {"printed": "WO", "name": "Well Office"},
}
