import pytest

from rapporteur.library.actions.correcting import correct_paragraph
from rapporteur.library.actions.record import load_record
from rapporteur.library.choices import DocumentState, GivenBy
from rapporteur.library.facts import ParagraphFacts
from rapporteur.library.models import Document, Milestone, Paragraph, ParagraphConcept
from rapporteur.library.record_files import RecordFiles, read_record
from rapporteur.search.models import Change
from tests.factories.directory import make_organization
from tests.factories.library import (
    AT,
    make_editor,
    make_label,
    parsed_document,
    parsed_figure,
    parsed_paragraph,
    store,
)

pytestmark = pytest.mark.django_db


def files(**changes):
    rows = {
        "documents": [
            {
                "document": "A/99/1-E/2099/2",
                "symbol": "A/99/1-E/2099/2",
                "title": "Progress made in digging wells of knowledge",
                "date": "2025-01-22",
                "year": "2024",
                "kind": "report",
                "bodies": "General Assembly; Economic and Social Council",
                "session": "Ninety-ninth session",
                "link": "https://docs.un.org/en/A/99/1",
            }
        ],
        "sections": [
            {
                "document": "A/99/1-E/2099/2",
                "section": "1",
                "path": "III > (b)",
                "titles": "Work > Infrastructure (C2)",
            }
        ],
        "paragraphs": [
            {
                "document": "A/99/1-E/2099/2",
                "anchor": f"p{number}",
                "order": str(number),
                "number": str(number),
                "kind": "numbered",
                "section": "1",
                "checked": checked,
            }
            for number, checked in ((1, "yes"), (2, "no"))
        ],
        "actions": [
            {
                "document": "A/99/1-E/2099/2",
                "anchor": "p1",
                "organization": "wo",
                "printed": "WO",
                "concepts": "C2",
            },
            {
                "document": "A/99/1-E/2099/2",
                "anchor": "p2",
                "organization": "",
                "printed": "Nobody",
                "concepts": "C2",
            },
        ],
        "publications": [
            {"document": "A/99/1-E/2099/2", "anchor": "p1", "title": "State of Wells"}
        ],
        "figures": [
            {
                "document": "A/99/1-E/2099/2",
                "anchor": "p1",
                "low": "40",
                "high": "40",
                "unit": "per cent",
                "subject": "wells with water",
                "year": "2024",
            }
        ],
        "citations": [
            {
                "document": "A/99/1-E/2099/2",
                "anchor": "p1",
                "symbol": "A/RES/70/125",
                "paragraphs": "3;4",
            }
        ],
        "contributors": [
            {"document": "A/99/1-E/2099/2", "organization": "wo", "printed": "Well Office"}
        ],
        "milestones": [
            {
                "slug": "forum-2024",
                "kind": "forum",
                "title": "Forum of Wells 2024",
                "starts_on": "2024-05-27",
                "ends_on": "2024-05-31",
                "year": "2024",
                "place": "Geneva",
                "counts": "participants_at_least=4000;countries=160",
                "document": "A/99/1-E/2099/2",
                "anchor": "p1",
                "source": "",
                "source_link": "",
            }
        ],
    }
    return RecordFiles({**rows, **changes})


@pytest.fixture
def office():
    make_label("C2")
    return make_organization("Well Office", "WO")


def test_load_record_stores_facts_without_text(office):
    report = load_record(at=AT, files=files())

    assert report.refused == []
    document = Document.objects.get()
    assert (document.symbol, document.state, document.in_record) == (
        "A/99/1-E/2099/2",
        DocumentState.PUBLISHED,
        True,
    )
    assert document.bodies == ["General Assembly", "Economic and Social Council"]
    assert list(document.contributors.all()) == [office]
    checked, read = document.paragraphs.all()
    assert (checked.text, checked.checked_by, checked.facts_checked_at) == (
        "",
        GivenBy.RECORD,
        AT,
    )
    assert checked.section_titles == ["Work", "Infrastructure (C2)"]
    assert [(f.concept.code, f.given_by) for f in checked.filings.all()] == [("C2", GivenBy.RECORD)]
    assert [(m.organization, m.given_by) for m in checked.mentions.all()] == [
        (office, GivenBy.RECORD)
    ]
    figure = checked.figures.get()
    assert (figure.low, figure.subject, figure.quote) == (40, "wells with water", "")
    assert [(c.symbol, c.numbers) for c in checked.citations.all()] == [("A/RES/70/125", [3, 4])]
    assert (read.checked_by, read.facts_checked_at) == ("", None)
    assert [(m.printed, m.organization, m.given_by) for m in read.mentions.all()] == [
        ("Nobody", None, GivenBy.TEXT)
    ]
    assert Milestone.objects.get().counts == {"participants_at_least": 4000, "countries": 160}


def test_load_record_again_changes_nothing(office):
    load_record(at=AT, files=files())
    changes = Change.objects.count()

    report = load_record(at=AT, files=files())

    assert {name: (c.added, c.changed, c.retired) for name, c in report.files.items()} == {
        "documents.csv": (0, 0, 0),
        "contributors.csv": (0, 0, 0),
        "paragraphs.csv": (0, 0, 0),
        "milestones.csv": (0, 0, 0),
    }
    assert Change.objects.count() == changes


def test_load_record_follows_its_files_and_retires_what_left(office):
    make_label("C5")
    load_record(at=AT, files=files())
    first = dict(files().of("actions")[0], concepts="C5")

    report = load_record(
        at=AT, files=files(actions=[first], paragraphs=files().of("paragraphs")[:1])
    )

    paragraph = Paragraph.objects.get(anchor="p1")
    assert [f.concept.code for f in paragraph.filings.all()] == ["C5"]
    assert Paragraph.objects.get(anchor="p2").retired_at == AT
    counts = report.files["paragraphs.csv"]
    assert (counts.changed, counts.retired) == (1, 1)


def test_load_record_leaves_a_person_s_corrections_alone(office):
    make_label("C5")
    load_record(at=AT, files=files())
    paragraph = Paragraph.objects.get(anchor="p1")
    correct_paragraph(
        paragraph=paragraph, facts=ParagraphFacts(concepts=("C5",)), by=make_editor(), at=AT
    )
    Document.objects.update(title="Corrected", edited_at=AT)

    load_record(at=AT, files=files())

    assert [f.concept.code for f in paragraph.filings.all()] == ["C5"]
    assert Document.objects.get().title == "Corrected"


def test_import_brings_the_text_to_the_facts(office):
    load_record(at=AT, files=files())

    outcome = store(
        parsed_document(
            parsed_paragraph(1, "WO watered 40 per cent.", figures=[parsed_figure(40)]),
            parsed_paragraph(2, "Read anew.", organizations=["Somebody"]),
        )
    )

    document = Document.objects.get()
    assert outcome.document == document
    first, second = document.paragraphs.all()
    assert (first.text, first.figures.get().quote) == (
        "WO watered 40 per cent.",
        "40 per cent of wells",
    )
    assert first.mentions.get().organization == office
    assert [m.printed for m in second.mentions.all()] == ["Somebody"]
    report = load_record(at=AT, files=files())
    counts = report.files["paragraphs.csv"]
    assert (counts.added, counts.changed, counts.retired) == (0, 0, 0)
    assert document.paragraphs.get(anchor="p1").figures.get().quote == "40 per cent of wells"


def test_load_record_after_an_import_gives_checked_paragraphs_their_facts(office):
    store(parsed_document(parsed_paragraph(1, "WO."), parsed_paragraph(2, "Read.")))

    load_record(at=AT, files=files())

    document = Document.objects.get()
    assert (document.symbol, document.address) == ("A/99/1-E/2099/2", "A/99/1-E/2099/2")
    first, second = document.paragraphs.all()
    assert first.filings.get().given_by == GivenBy.RECORD
    assert second.filings.count() == 0


def test_load_record_says_what_it_does_not_know():
    report = load_record(at=AT, files=files())

    assert [(fault.place, str(fault.message)) for fault in report.refused] == [
        ("contributors.csv", "The directory has no organization “wo”."),
        ("actions.csv", "No vocabulary has the code “C2”."),
        ("actions.csv", "The directory has no organization “wo”."),
    ]
    assert ParagraphConcept.objects.count() == 0


def test_the_package_s_record_is_whole():
    record = read_record()
    documents = {row["document"] for row in record.of("documents")}

    assert len(documents) >= 20
    for name in ("sections", "paragraphs", "actions", "figures", "publications", "citations"):
        assert {row["document"] for row in record.of(name)} <= documents, name
    anchors = {(row["document"], row["anchor"]) for row in record.of("paragraphs")}
    for name in ("actions", "publications", "figures", "citations"):
        assert {(row["document"], row["anchor"]) for row in record.of(name)} <= anchors, name


def test_the_record_holds_no_sentence():
    """Facts, not sentences: nothing in the files reads like a sentence of a document."""
    record = read_record()
    texts = [row["title"] for row in record.of("publications")]
    texts += [row["subject"] for row in record.of("figures")]
    texts += [title for row in record.of("sections") for title in row["titles"].split(" > ")]

    assert [text for text in texts if len(text) > 180 or text.endswith((".", ";"))] == []
    assert [row["subject"] for row in record.of("figures") if len(row["subject"]) > 80] == []


def test_the_2024_report_is_checked_and_counted():
    record = read_record()
    report = [r for r in record.of("paragraphs") if r["document"] == "A/80/62-E/2025/3"]
    contributors = [r for r in record.of("contributors") if r["document"] == "A/80/62-E/2025/3"]
    codes = {
        code
        for row in record.of("actions")
        if row["document"] == "A/80/62-E/2025/3"
        for code in row["concepts"].split(";")
    }

    assert [int(row["number"]) for row in report] == list(range(1, 88))
    assert {row["checked"] for row in report} == {"yes"}
    assert len(contributors) == 31
    assert all(row["organization"] for row in contributors)
    leaves = {f"C{n}" for n in (*range(1, 7), 8, 9, 10, 11)} | {f"C7.{n}" for n in range(1, 9)}
    assert leaves <= codes
