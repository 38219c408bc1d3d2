from dataclasses import replace
from datetime import date

import pytest

from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import Conflict
from rapporteur.library.actions.correcting import (
    assign_name,
    assign_new_organization,
    correct_paragraph,
    keep_correction,
)
from rapporteur.library.actions.publishing import (
    DocumentFacts,
    correct_document,
    discard_draft,
    publish_document,
    withdraw_document,
)
from rapporteur.library.choices import DocumentState, GivenBy
from rapporteur.library.errors import NotInThisState, SymbolRefused
from rapporteur.library.facts import FigureFacts, ParagraphFacts
from rapporteur.library.models import Document, ParagraphOrganization, Version
from tests.factories.directory import make_organization
from tests.factories.library import (
    AT,
    make_document,
    make_editor,
    make_label,
    parsed_document,
    parsed_figure,
    parsed_paragraph,
    store,
)

pytestmark = pytest.mark.django_db

FACTS = DocumentFacts(
    kind="report",
    title="Wells",
    symbol="",
    date=date(2025, 1, 22),
    year=2024,
    session="",
    agenda_item="",
    link="",
)


def verbs():
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_publish_a_draft():
    editor = make_editor()
    document = store(publish=False).document

    publish_document(document=document, by=editor, at=AT)

    document.refresh_from_db()
    assert document.state == DocumentState.PUBLISHED
    assert verbs() == ["library.document.imported", "library.document.published"]


def test_publish_twice_is_refused():
    document = store().document

    with pytest.raises(NotInThisState):
        publish_document(document=document, by=make_editor(), at=AT)


def test_publish_makes_the_text_that_waits_the_document_s_with_its_corrections():
    make_label("C5")
    document = store(parsed_document(parsed_paragraph(1, "Old."))).document
    store(parsed_document(parsed_paragraph(1, "New.")), publish=False)
    keep_correction(
        document=document,
        anchor="p1",
        facts=ParagraphFacts(concepts=("C5",)),
        by=make_editor(),
        at=AT,
    )
    before = document.paragraphs.get()
    assert (before.text, before.filings.count()) == ("Old.", 0)

    publish_document(document=document, by=make_editor(), at=AT)

    paragraph = document.paragraphs.get()
    assert paragraph.text == "New."
    assert [(f.concept.code, f.given_by) for f in paragraph.filings.all()] == [
        ("C5", GivenBy.PERSON)
    ]


def test_withdraw_and_publish_again():
    document = store().document

    withdraw_document(document=document, by=make_editor(), at=AT)

    document.refresh_from_db()
    assert document.state == DocumentState.WITHDRAWN
    with pytest.raises(NotInThisState):
        withdraw_document(document=document, by=make_editor(), at=AT)
    publish_document(document=document, by=make_editor(), at=AT)
    document.refresh_from_db()
    assert document.state == DocumentState.PUBLISHED


def test_discard_a_draft_takes_the_document():
    document = store(publish=False).document

    assert discard_draft(document=document, by=make_editor(), at=AT)

    assert (Document.objects.count(), Version.objects.count()) == (0, 0)


def test_discard_a_waiting_text_leaves_the_document():
    document = store().document
    store(parsed_document(parsed_paragraph(1, "New.")), publish=False)

    assert not discard_draft(document=document, by=make_editor(), at=AT)

    assert [v.number for v in document.versions.all()] == [1]
    with pytest.raises(NotInThisState):
        discard_draft(document=document, by=make_editor(), at=AT)


def test_correct_document_gives_a_symbol_and_keeps_the_old_address():
    document = store().document
    former = document.address

    correct_document(
        document=document, facts=replace(FACTS, symbol="A/99/7"), by=make_editor(), at=AT
    )

    document.refresh_from_db()
    assert (document.symbol, document.address, document.title) == ("A/99/7", "A/99/7", "Wells")
    assert document.edited_at == AT
    assert [o.address for o in document.other_addresses.all()] == [former]


def test_correct_document_refuses_a_taken_symbol_and_a_bad_one():
    make_document("A/99/7")
    document = store().document

    with pytest.raises(Conflict):
        correct_document(
            document=document, facts=replace(FACTS, symbol="A/99/7"), by=make_editor(), at=AT
        )
    with pytest.raises(SymbolRefused):
        correct_document(
            document=document, facts=replace(FACTS, symbol="wells"), by=make_editor(), at=AT
        )

    document.refresh_from_db()
    assert document.symbol is None


def test_correct_paragraph_replaces_what_is_said_and_keeps_who_said_the_rest():
    office = make_organization("Well Office", "WO")
    make_label("C2")
    make_label("C5")
    document = store(
        parsed_document(
            parsed_paragraph(
                1,
                concepts=["C2"],
                organizations=["WO", "Nobody"],
                publications=["State of Wells"],
                figures=[parsed_figure(40), parsed_figure(7)],
                statements=[{"text": "WO dug.", "organizations": ["WO"]}],
            )
        )
    ).document
    paragraph = document.paragraphs.get()

    correct_paragraph(
        paragraph=paragraph,
        facts=ParagraphFacts(
            concepts=("C2", "C5"),
            organizations=("Somebody",),
            publications=("State of Wells", "Well Atlas"),
            figures=(
                FigureFacts("40", "40", "per cent", "wells with water", 2024),
                FigureFacts("7", "9", "wells", "wells dug", None),
            ),
        ),
        by=make_editor(),
        at=AT,
    )

    paragraph.refresh_from_db()
    assert (paragraph.facts_checked_at, paragraph.checked_by) == (AT, GivenBy.PERSON)
    assert {f.concept.code: f.given_by for f in paragraph.filings.all()} == {
        "C2": GivenBy.HEADING,
        "C5": GivenBy.PERSON,
    }
    assert [(m.printed, m.organization) for m in paragraph.mentions.all()] == [("Somebody", None)]
    assert {p.title: p.given_by for p in paragraph.publications.all()} == {
        "State of Wells": GivenBy.TEXT,
        "Well Atlas": GivenBy.PERSON,
    }
    assert [(f.low, f.high, f.given_by, f.quote) for f in paragraph.figures.all()] == [
        (40, 40, GivenBy.TEXT, "40 per cent of wells"),
        (7, 9, GivenBy.PERSON, ""),
    ]
    assert office.statements.count() == 0


def test_an_import_leaves_a_person_s_correction_alone():
    make_label("C5")
    document = store(parsed_document(parsed_paragraph(1, "Old.", organizations=["A"]))).document
    correct_paragraph(
        paragraph=document.paragraphs.get(),
        facts=ParagraphFacts(concepts=("C5",)),
        by=make_editor(),
        at=AT,
    )

    outcome = store(parsed_document(parsed_paragraph(1, "New.", organizations=["B"])))

    paragraph = document.paragraphs.get()
    assert paragraph.text == "New."
    assert [f.concept.code for f in paragraph.filings.all()] == ["C5"]
    assert paragraph.mentions.count() == 0
    assert outcome.applied.overtaken == ("p1",)


def test_assign_name_resolves_every_mention_and_the_next_import():
    office = make_organization("Well Office", "WO")
    document = store(
        parsed_document(
            parsed_paragraph(1, organizations=["Bureau of Wells"]),
            parsed_paragraph(2, organizations=["Bureau of Wells", "WO"]),
        )
    ).document

    resolved = assign_name(printed="Bureau of Wells", organization=office, by=make_editor(), at=AT)

    assert resolved == 2
    assert ParagraphOrganization.objects.filter(organization=None).count() == 0
    assert [p.mentions.get().organization for p in document.paragraphs.all()] == [office, office]
    later = store(
        parsed_document(parsed_paragraph(1, organizations=["Bureau of Wells"]), date=None)
    )
    assert later.document.paragraphs.get().mentions.get().organization == office


def test_assign_new_organization_adds_it():
    store(parsed_document(parsed_paragraph(1, organizations=["Bureau of Wells"])))

    assign_new_organization(
        printed="Bureau of Wells", name="Bureau of Wells", acronym="BW", by=make_editor(), at=AT
    )

    mention = ParagraphOrganization.objects.get()
    assert (mention.organization.name, mention.organization.acronym) == ("Bureau of Wells", "BW")
