from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.common.models import AuditEvent
from rapporteur.library.actions import importing
from rapporteur.library.actions.importing import Result, year_of
from rapporteur.library.choices import DocumentState, GivenBy
from rapporteur.library.errors import FileRefused, NotInThisState
from rapporteur.library.models import (
    Document,
    Figure,
    Footnote,
    Paragraph,
    ParagraphConcept,
    Rendition,
    Statement,
    Version,
)
from rapporteur.search.models import Change
from tests.factories.directory import make_organization
from tests.factories.library import (
    AT,
    make_document,
    make_figure,
    make_label,
    make_paragraph,
    parsed_document,
    parsed_figure,
    parsed_operative,
    parsed_paragraph,
    store,
)

pytestmark = pytest.mark.django_db


def whole_report():
    return parsed_document(
        parsed_paragraph(
            1,
            "The Well Office (WO) opened 40 per cent of wells.",
            section=["I", "A"],
            titles=["Trends", "Wells"],
            concepts=["C2"],
            organizations=["WO", "Unheard Society"],
            publications=["State of Wells"],
            symbols=["70/125"],
            footnotes=[1],
            figures=[parsed_figure(40)],
            statements=[
                {
                    "text": "The Well Office (WO) opened 40 per cent of wells.",
                    "organizations": ["WO"],
                }
            ],
        ),
        parsed_paragraph(2, section=["II"], titles=["Findings"]),
        sections=(
            {"path": ["I"], "title": "Trends", "first": 1, "last": 1, "concepts": []},
            {"path": ["I", "A"], "title": "Wells", "first": 1, "last": 1, "concepts": ["C2"]},
            {"path": ["II"], "title": "Findings", "first": 2, "last": 2, "concepts": []},
        ),
        footnotes=(
            {
                "number": 1,
                "text": "See A/1/2.",
                "urls": [],
                "symbols": ["A/1/2"],
                "paragraph": "p1",
            },
        ),
        contributors=({"name": "Office for Made-up Wells", "acronym": "WO"},),
        symbol="A/80/62-E/2025/3",
        summary="Developments in 2024 are told.",
    )


def test_store_writes_everything_that_was_read():
    office = make_organization("Office for Made-up Wells")
    make_label("C2")

    outcome = store(whole_report())

    document = outcome.document
    assert outcome.result is Result.ADDED
    assert outcome.applied.unknown_organizations == ("Unheard Society",)
    assert (document.symbol, document.address) == ("A/80/62-E/2025/3", "A/80/62-E/2025/3")
    assert document.link == "https://docs.un.org/en/A/80/62"
    assert (document.date, document.year) == (date(2025, 1, 22), 2024)
    assert document.state == DocumentState.PUBLISHED
    assert [a.address for a in document.other_addresses.order_by("address")] == [
        "A/80/62",
        "E/2025/3",
    ]
    assert [(s.path, s.titles) for s in document.sections.all()] == [
        (["I"], ["Trends"]),
        (["I", "A"], ["Trends", "Wells"]),
        (["II"], ["Findings"]),
    ]
    assert list(document.contributors.all()) == [office]
    assert [note.text for note in document.notes.all()] == ["See A/1/2."]
    first, second = document.paragraphs.all()
    assert (first.anchor, first.number, first.section.titles) == ("p1", 1, ["Trends", "Wells"])
    assert (second.anchor, second.section.titles) == ("p2", ["Findings"])
    filing = first.filings.get()
    assert (filing.concept.code, filing.given_by) == ("C2", GivenBy.HEADING)
    assert [(m.printed, m.organization) for m in first.mentions.all()] == [
        ("WO", office),
        ("Unheard Society", None),
    ]
    assert [p.title for p in first.publications.all()] == ["State of Wells"]
    assert [c.symbol for c in first.citations.order_by("pk")] == ["A/RES/70/125", "A/1/2"]
    figure = first.figures.get()
    assert (figure.low, figure.high, figure.unit, figure.year, figure.quote) == (
        40,
        40,
        "per cent",
        2024,
        "40 per cent of wells",
    )
    assert [list(s.organizations.all()) for s in first.statements.all()] == [[office]]
    assert Rendition.objects.get().file_name == "made-up.txt"
    assert AuditEvent.objects.get().verb == "library.document.imported"
    assert {(c.kind, c.key) for c in Change.objects.all()} == {
        ("library.document", str(document.pk)),
        ("library.paragraph", str(first.pk)),
        ("library.paragraph", str(second.pk)),
    }


def test_store_keeps_subparagraphs_and_asks_of_a_resolution():
    ask = {
        "verb": "requests",
        "kind": "request",
        "addressees": ["the Secretary-General"],
        "action": "to open wells",
        "deadline": None,
    }
    operative = parsed_operative(
        23,
        asks=[ask],
        section="Taking stock",
        subparagraphs=[{"label": "(a)", "text": "To dig;", "asks": []}],
    )
    preamble = {"index": 1, "opening": "Recalling", "text": "Recalling wells,", "symbols": []}

    document = store(
        parsed_document(operative=(operative,), preamble=(preamble,), symbol="E/RES/2024/13")
    ).document

    before, ask_paragraph = document.paragraphs.all()
    assert (before.anchor, before.kind, before.number) == ("pp1", "preambular", None)
    assert (ask_paragraph.anchor, ask_paragraph.kind) == ("op23", "operative")
    assert ask_paragraph.section_titles == ["Taking stock"]
    assert ask_paragraph.reading == {
        "opening": "Requests",
        "kind": "request",
        "subparagraphs": [{"label": "(a)", "text": "To dig;", "asks": []}],
        "asks": [ask],
    }
    assert ask_paragraph.get_absolute_url() == "/documents/E/RES/2024/13#op23"


def test_store_the_same_file_again_changes_nothing():
    first = store(whole_report())
    changes, events = Change.objects.count(), AuditEvent.objects.count()

    again = store(whole_report(), at=AT + timedelta(days=1))

    assert again.result is Result.UNCHANGED
    assert again.document == first.document
    assert (Version.objects.count(), Rendition.objects.count()) == (1, 1)
    assert (Change.objects.count(), AuditEvent.objects.count()) == (changes, events)


def test_store_another_extraction_of_the_same_words_is_a_rendition():
    store(parsed_document(parsed_paragraph(1, "Wells were  dug\u00a0everywhere – deep.")))

    outcome = store(
        parsed_document(parsed_paragraph(1, "Wells were dug everywhere -- deep.")),
        file_name="made-up.docx",
    )

    assert outcome.result is Result.RENDITION
    assert [r.file_name for r in outcome.version.renditions.order_by("pk")] == [
        "made-up.txt",
        "made-up.docx",
    ]
    assert Version.objects.count() == 1


def test_store_another_cut_of_the_same_words_is_a_rendition():
    store(parsed_document(parsed_paragraph(1, "Wells were dug. And filled.")))

    outcome = store(
        parsed_document(parsed_paragraph(1, "Wells were dug."), parsed_paragraph(2, "And filled."))
    )

    assert outcome.result is Result.RENDITION


def test_store_other_words_is_a_new_version_and_paragraphs_survive():
    first = store(parsed_document(parsed_paragraph(1), parsed_paragraph(2)))
    kept = first.document.paragraphs.get(anchor="p1")

    outcome = store(parsed_document(parsed_paragraph(1, "Now 41 wells."), parsed_paragraph(3)))

    assert outcome.result is Result.NEW_VERSION
    assert [v.number for v in outcome.document.versions.all()] == [2, 1]
    document = Document.objects.get()
    assert document.current_version == outcome.version
    now = Paragraph.objects.get(pk=kept.pk)
    assert now.text == "Now 41 wells."
    assert document.paragraphs.get(anchor="p2").retired_at == AT
    assert document.paragraphs.get(anchor="p3").retired_at is None
    old = document.versions.get(number=1)
    assert [p["text"] for p in old.parsed["paragraphs"]] == [
        "The made-up body opened 1 wells of knowledge.",
        "The made-up body opened 2 wells of knowledge.",
    ]


def test_store_an_older_text_again_changes_nothing():
    old, new = parsed_document(parsed_paragraph(1, "Old.")), parsed_document()
    store(old)
    current = store(new).version

    outcome = store(old)

    assert outcome.result is Result.UNCHANGED
    assert outcome.document.current_version == current


def test_store_without_symbol_finds_the_document_by_title_and_date():
    held = make_document(
        "A/80/62-E/2025/3",
        title="Progress made in digging wells of knowledge",
        in_record=True,
    )

    outcome = store(parsed_document(title="Progress made in digging  Wells of Knowledge"))

    assert outcome.document == held
    assert outcome.document.symbol == "A/80/62-E/2025/3"


@pytest.mark.parametrize("symbol", ["A/80/62-E/2025/3", "A/80/62–E/2025/3", "E/2025/3"])
def test_store_finds_a_joint_symbol_by_its_halves(symbol):
    first = store(whole_report())

    outcome = store(parsed_document(title="Other title"), symbol=symbol)

    assert outcome.document == first.document


def test_store_gives_a_symbol_to_the_document_known_by_title():
    first = store(parsed_document())
    former = first.document.address

    outcome = store(parsed_document(parsed_paragraph(1, "More.")), symbol="A/80/62")

    assert outcome.document == first.document
    assert (outcome.document.symbol, outcome.document.address) == ("A/80/62", "A/80/62")
    assert [a.address for a in outcome.document.other_addresses.all()] == [former]


def test_store_another_date_is_another_document():
    store(parsed_document())

    outcome = store(parsed_document(date="2024-01-22"))

    assert outcome.result is Result.ADDED
    assert Document.objects.count() == 2


def test_text_joins_the_facts_of_the_record_and_leaves_them_alone():
    body = make_organization(acronym="WO")
    held = make_document("A/80/62", title="Progress", in_record=True)
    paragraph = make_paragraph(
        held, 1, text="", concepts=["C5"], organizations=[body], facts_checked_at=AT
    )
    make_figure(paragraph, 40, given_by=GivenBy.RECORD, subject="wells")
    make_label("C2")

    store(whole_report(), symbol="A/80/62")

    paragraph.refresh_from_db()
    assert paragraph.text == "The Well Office (WO) opened 40 per cent of wells."
    assert [f.concept.code for f in paragraph.filings.all()] == ["C5"]
    assert [m.organization for m in paragraph.mentions.all()] == [body]
    figure = paragraph.figures.get()
    assert (figure.subject, figure.quote, figure.given_by) == (
        "wells",
        "40 per cent of wells",
        GivenBy.RECORD,
    )
    assert [list(s.organizations.all()) for s in paragraph.statements.all()] == [[body]]
    assert ParagraphConcept.objects.count() == 1


def test_new_words_under_checked_facts_are_told():
    first = store(parsed_document())
    first.document.paragraphs.update(facts_checked_at=AT)

    outcome = store(parsed_document(parsed_paragraph(1, "Other words.")))

    assert outcome.applied.overtaken == ("p1",)


def test_upload_waits_where_readers_see_the_document():
    store(parsed_document())

    outcome = store(parsed_document(parsed_paragraph(1, "Other words.")), publish=False)

    assert outcome.result is Result.WAITING
    assert outcome.version.applied_at is None
    assert Paragraph.objects.get().text == "The made-up body opened 1 wells of knowledge."


def test_upload_of_a_new_document_is_a_draft_with_paragraphs():
    outcome = store(parsed_document(), publish=False)

    assert outcome.document.state == DocumentState.DRAFT
    assert outcome.document.paragraphs.count() == 1


def test_import_does_not_bring_back_what_was_withdrawn():
    document = store(parsed_document()).document
    Document.objects.filter(pk=document.pk).update(state=DocumentState.WITHDRAWN)

    with pytest.raises(NotInThisState):
        store(parsed_document(parsed_paragraph(1, "Other words.")))

    assert Version.objects.count() == 1


def test_a_document_without_paragraphs_is_refused_and_nothing_stays():
    parsed = parsed_document()
    parsed["paragraphs"] = []

    with pytest.raises(FileRefused):
        store(parsed)

    assert (Document.objects.count(), Rendition.objects.count(), AuditEvent.objects.count()) == (
        0,
        0,
        0,
    )


def test_a_failure_on_the_way_leaves_nothing(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(
        "rapporteur.library.actions.applying.write_statements",
        lambda *_args: (_ for _ in ()).throw(RuntimeError("cut")),
    )

    with pytest.raises(RuntimeError):
        store(whole_report())

    for model in (Document, Version, Rendition, Paragraph, Figure, Footnote, Statement, Change):
        assert model.objects.count() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_repeated_numbers_are_all_kept():
    document = store(
        parsed_document(parsed_paragraph(1, "One."), parsed_paragraph(1, "One again."))
    ).document

    assert [(p.anchor, p.text) for p in document.paragraphs.all()] == [
        ("p1", "One."),
        ("p1-2", "One again."),
    ]


def test_names_are_found_by_alias_and_two_names_are_one_mention():
    body = make_organization("Office for Made-up Wells", "WO", aliases=["Wells Bureau"])

    document = store(
        parsed_document(parsed_paragraph(1, organizations=["WO", "the Wells Bureau", "Nobody"]))
    ).document

    mentions = document.paragraphs.get().mentions.all()
    assert [(m.printed, m.organization) for m in mentions] == [("WO", body), ("Nobody", None)]


def test_characters_that_no_database_stores_are_left_out():
    document = store(parsed_document(parsed_paragraph(1, "Wells\x00 and \ud800 more."))).document

    assert document.paragraphs.get().text == "Wells and ? more."


def test_figures_beyond_the_column_are_left_out_and_ranges_kept():
    document = store(
        parsed_document(
            parsed_paragraph(1, figures=[parsed_figure(10**30), parsed_figure([2.5, 3])])
        )
    ).document

    assert [(f.low, f.high) for f in document.paragraphs.get().figures.all()] == [(2.5, 3)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"kind": "resolution"}, 2025),
        ({"kind": "report"}, 2024),
        ({"kind": "report", "summary": "In 2025 wells were dug."}, 2025),
        ({"kind": "report", "summary": "From 2005 and in 2003 on."}, 2024),
    ],
)
def test_year_of(facts, expected):
    assert year_of(facts, date(2025, 1, 22)) == expected


def test_import_costs_the_same_queries_whatever_the_length():
    store()
    counts = []
    for size in (1, 3):
        paragraphs = [
            parsed_paragraph(
                number, concepts=["C2"], figures=[parsed_figure()], symbols=["A/RES/70/1"]
            )
            for number in range(1, size + 1)
        ]
        with CaptureQueriesContext(connection) as queries:
            store(parsed_document(*paragraphs, title=f"Wells {size}"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


LONG = " ".join(f"word{number}" for number in range(400))


def test_another_format_with_a_slip_is_a_rendition_that_says_where():
    store(parsed_document(parsed_paragraph(1, f"{LONG} outline shared principles.")))

    outcome = store(
        parsed_document(parsed_paragraph(1, f"{LONG} outline solid shared principles.")),
        media_type="text/markdown",
    )

    assert (outcome.result, outcome.differences) == (Result.RENDITION, 1)
    rendition = outcome.version.renditions.get(media_type="text/markdown")
    assert rendition.differences == [{"anchor": "p1", "held": "", "here": "solid"}]


def test_the_same_format_with_one_other_word_is_a_version():
    store(parsed_document(parsed_paragraph(1, f"{LONG} outline shared principles.")))

    outcome = store(parsed_document(parsed_paragraph(1, f"{LONG} outline solid principles.")))

    assert outcome.result is Result.NEW_VERSION


def test_footnotes_cite_for_their_paragraph():
    note = {"number": 1, "text": "A/RES/79/194.", "symbols": ["A/RES/79/194"], "paragraph": "p1"}

    document = store(parsed_document(parsed_paragraph(1), footnotes=(note,))).document

    assert [c.symbol for c in document.paragraphs.get().citations.all()] == ["A/RES/79/194"]


def test_two_imports_at_once_make_one_document(monkeypatch):
    """Both looked before either stored: the constraint decides, and the second finds the first."""
    first = store(parsed_document(parsed_paragraph(1, "One."))).document
    answers = iter([None])
    find = importing.find_document
    monkeypatch.setattr(importing, "find_document", lambda *args: next(answers, find(*args)))

    outcome = store(parsed_document(parsed_paragraph(1, "One.")))

    assert outcome.document == first
    assert outcome.result is Result.UNCHANGED
