"""Hand labels of real paragraphs, and the measures taken against them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapporteur.analysis.documents.model import Paragraph, ParsedDocument
from rapporteur.analysis.documents.parse import parse_document
from rapporteur.analysis.names import Names

_LABELS = Path(__file__).with_name("paragraphs.json")


@dataclass(frozen=True)
class Labelled:
    """One labelled paragraph beside the parsed one. ``organizations`` ``None``: not labelled."""

    file: str
    place: str
    paragraph: Paragraph
    organizations: list[str] | None
    figures: list[list[Any]]


def labelled_paragraphs(shared_data: Path, names: Names) -> list[Labelled]:
    """Parse the labelled documents and find the labelled paragraphs in them."""
    content = json.loads(_LABELS.read_text(encoding="utf-8"))
    return [
        item
        for document in content["documents"]
        for item in _of_document(document, shared_data, names)
    ]


def _of_document(document: dict[str, Any], shared_data: Path, names: Names) -> Iterator[Labelled]:
    file = document["file"]
    path = shared_data / "un_documents" / "reports" / file
    parsed = parse_document(path.read_bytes(), file_name=file, names=names)
    for label in document["paragraphs"]:
        place = str(label.get("number") or label["starts"])
        yield Labelled(
            file, place, _paragraph(parsed, label), label["organizations"], label["figures"]
        )


def _paragraph(parsed: ParsedDocument, label: dict[str, Any]) -> Paragraph:
    for paragraph in parsed.paragraphs:
        if "number" in label:
            if paragraph.number == label["number"]:
                return paragraph
        elif paragraph.text.lstrip("·•- ").startswith(label["starts"]):
            return paragraph
    raise AssertionError(f"The labelled paragraph is not there: {label}")
