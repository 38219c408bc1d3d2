"""Made-up material for drafts: sources, paragraphs and who they name. No database."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from rapporteur.reports.assembly.material import (
    Actor,
    Material,
    Source,
    SourceParagraph,
    SourceStatement,
)
from rapporteur.reports.outlines import Outline, read_outline

_numbers = count(1)

SMALL_OUTLINE = """
code: small
limit: {limit}
titles: {{en: The wells of knowledge, fr: Les puits du savoir}}
names: {{en: Wells}}
sections:
  - {{key: trends, label: I, titles: {{en: Trends, fr: Tendances}}, headings: [trends]}}
  - key: lines
    label: II
    titles: {{en: Lines}}
    sections:
      - {{key: c1, label: A, kind: action-line, concepts: [C1], name: Governments}}
      - {{key: c2, label: B, kind: action-line, concepts: [C2], name: Infrastructure}}
  - {{key: organs, label: III, titles: {{en: Organs}}, headings: [organs], resolutions: true}}
"""


def make_outline(limit: int = 8500) -> Outline:
    """Return an outline of five headings, 17 words with its title."""
    return read_outline(SMALL_OUTLINE.format(limit=limit))


def make_actor(name: str = "ITU", **values: Any) -> Actor:
    return Actor(key=values.pop("key", name.lower()), name=name, **values)


def make_source(label: str = "A/99/1", **values: Any) -> Source:
    number = next(_numbers)
    return Source(
        **{
            "pk": number,
            "label": label,
            "title": "Wells dug in the year",
            "kind": "report",
            "date": date(2025, 1, 22),
            "url": f"/documents/{label}",
            **values,
        }
    )


def make_paragraph(number: int | None, source: Source, **values: Any) -> SourceParagraph:
    """Return a paragraph of a source; ``concepts`` and ``actors`` may be any iterable."""
    return SourceParagraph(
        **{
            "pk": next(_numbers),
            "source": source,
            "anchor": f"p{number}",
            "order": number or 0,
            "number": number,
            **values,
            "concepts": frozenset(values.get("concepts", ())),
            "actors": tuple(values.get("actors", ())),
        }
    )


def make_statements(*said: tuple[str, Actor | None]) -> tuple[SourceStatement, ...]:
    return tuple(
        SourceStatement(order, text, (actor,) if actor else ())
        for order, (text, actor) in enumerate(said)
    )


def make_material(*paragraphs: SourceParagraph, **values: Any) -> Material:
    sources = tuple(dict.fromkeys(paragraph.source for paragraph in paragraphs))
    return Material(**{"year": 2024, "sources": sources, "paragraphs": tuple(paragraphs), **values})
