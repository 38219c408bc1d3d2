"""The annexes of a draft as their template needs them: gaps, what was left out, documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rapporteur.reports.assembly import wording
from rapporteur.reports.assembly.draft import Draft, Gap

KINDS = ("action-line", "application", "theme", "region", "section", "contributor")


@dataclass(frozen=True, slots=True)
class GapKind:
    kind: str
    title: str
    sentence: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    heading: str
    name: str
    sources: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    label: str
    title: str
    date: date | None
    unfiled: int


def gap_words(kind: str) -> tuple[str, str]:
    """Return the heading and the sentence over the gaps of one kind."""
    return {
        "action-line": (
            _("Action lines"),
            _("The documents report nothing under these action lines:"),
        ),
        "application": (
            _("Applications"),
            _("The documents report nothing under these applications of action line C7:"),
        ),
        "theme": (_("Themes"), _("The documents report nothing on these themes:")),
        "region": (_("Regions"), _("The documents report nothing for these regions:")),
        "section": (
            _("Other headings"),
            _("The documents report nothing under these headings:"),
        ),
        "contributor": (
            _("Contributors"),
            _("The documents name these as contributors and report nothing of them:"),
        ),
    }[kind]


def gap_sentence(gap: Gap) -> str:
    """Return one gap as a sentence."""
    templates = {
        "action-line": _("Nothing was reported under the action line %(name)s."),
        "application": _("Nothing was reported under the application %(name)s."),
        "theme": _("Nothing was reported on the theme %(name)s."),
        "region": _("Nothing was reported for the region %(name)s."),
        "section": _("Nothing was reported under the heading %(name)s."),
        "contributor": _("%(name)s is a contributor of whom nothing was reported."),
    }
    return templates[gap.kind] % {"name": gap.name}


def left_out_rows(draft: Draft) -> list[LeftOutRow]:
    rows = []
    for section, item in draft.left_out:
        name = item.actor.name if item.actor else _("No organization named")
        sources = " ".join(wording.footnote(reference) for reference in item.references)
        rows.append(LeftOutRow(section.heading, name, sources))
    return rows


def annexes(draft: Draft) -> dict[str, Any]:
    """Return the context of ``reports/_annexes.html``, in the active language."""
    unfiled = {source.pk: len(paragraphs) for source, paragraphs in draft.unfiled}
    return {
        "draft": draft,
        "gap_kinds": [
            GapKind(kind, *gap_words(kind), tuple(gap for gap in draft.gaps if gap.kind == kind))
            for kind in KINDS
            if any(gap.kind == kind for gap in draft.gaps)
        ],
        "left_out": left_out_rows(draft),
        "documents": [
            DocumentRow(
                source.label,
                source.title if source.title not in source.label else "",
                source.date,
                unfiled.get(source.pk, 0),
            )
            for source in draft.sources
        ],
    }
