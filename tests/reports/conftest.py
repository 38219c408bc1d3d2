"""A small record to build reports from: one report, one resolution, one draft, one withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from rapporteur.library.choices import DocumentKind, DocumentState, GivenBy, ParagraphKind
from rapporteur.library.models import Document, Publication, Statement
from tests.factories.directory import make_organization
from tests.factories.library import make_document, make_figure, make_paragraph


@dataclass
class Record:
    report: Document
    resolution: Document
    draft: Document
    withdrawn: Document


@pytest.fixture
def record(db, settings, tmp_path) -> Record:
    """Return documents that report on 2024; files that are built go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    itu = make_organization("International Wells Union", "IWU")
    unesco = make_organization("Ropes and Letters Organization", "RLO")
    quiet = make_organization("Silent Association", "SILA")
    report = make_document("A/99/1", title="Wells dug in the year", date=date(2025, 1, 22))
    report.contributors.add(itu, quiet)
    trends = make_paragraph(
        report, 2, section_titles=["Key trends"], section_path=["I"], organizations=[itu]
    )
    for order, text in enumerate(["Wells matter.", "IWU dug nine of them."]):
        statement = Statement.objects.create(paragraph=trends, order=order, text=text)
        if order:
            statement.organizations.add(itu)
    make_paragraph(report, 5, text="", concepts=["region:africa"], organizations=[unesco])
    lines = make_paragraph(report, 28, text="", concepts=["C2"], organizations=[itu, unesco])
    make_figure(lines, 170, unit="economies", subject="Index of wells")
    works = make_paragraph(report, 29, text="", concepts=["C2", "C7.4"], organizations=[itu])
    Publication.objects.create(
        paragraph=works, title="Facts & Wells <2024>", order=1, given_by=GivenBy.RECORD
    )
    make_paragraph(report, 90, text="", section_titles=["Ropes"], organizations=[unesco])
    resolution = make_document(
        "E/RES/2099/3",
        kind=DocumentKind.RESOLUTION,
        title="Assessment of wells",
        date=date(2024, 7, 23),
        bodies=["Economic and Social Council"],
    )
    for number in (1, 2):
        make_paragraph(
            resolution,
            number,
            anchor=f"op{number}",
            kind=ParagraphKind.OPERATIVE,
            concepts=["C2"],
            organizations=[unesco],
        )
    hidden = make_organization("Hidden Body", "HIDDEN")
    others = []
    for symbol, state in (
        ("A/99/2", DocumentState.DRAFT),
        ("A/99/3", DocumentState.WITHDRAWN),
    ):
        document = make_document(symbol, title=f"Secret {symbol}", state=state)
        document.contributors.add(hidden)
        make_paragraph(document, 1, text="", concepts=["C5"], organizations=[hidden])
        others.append(document)
    return Record(report, resolution, *others)
