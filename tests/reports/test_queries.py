"""What reports read from the database: published documents of the year, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.library.choices import GivenBy
from rapporteur.library.models import ParagraphConcept
from rapporteur.reports import queries
from rapporteur.reports.errors import NothingForYear, UnknownOutline
from rapporteur.reports.exports.as_json import draft_json
from tests.factories.directory import make_organization
from tests.factories.library import make_document, make_label, make_paragraph


def build(language="en", year=2024):
    return queries.draft_of(queries.find_outline("progress-report"), year, language=language)


def lines_of(draft):
    return [
        (section.key, paragraph.text, [note.text for note in paragraph.notes])
        for section, paragraph in draft.paragraphs
    ]


def test_the_draft_holds_what_is_filed_in_published_documents_of_the_year(record):
    assert lines_of(build()) == [
        ("key-trends", "“Wells matter.”", ["A/99/1, para. 2."]),
        ("key-trends", "“IWU dug nine of them.”", ["A/99/1, para. 2."]),
        ("africa", "RLO: activities were reported.", ["A/99/1, para. 5."]),
        (
            "organs",
            "E/RES/2099/3, Assessment of wells, was adopted on 23 July 2024 (Economic and Social "
            "Council).",
            ["E/RES/2099/3, paras. 1–2."],
        ),
        (
            "c2",
            "IWU: activities were reported, with the publication Facts & Wells <2024>. "
            "Further activities were reported.",
            ["A/99/1, para. 29.", "A/99/1, para. 28."],
        ),
        ("c2", "RLO: activities were reported.", ["A/99/1, para. 28."]),
        (
            "c2",
            "This figure was given: 170 economies (Index of wells, 2024).",
            ["A/99/1, para. 28."],
        ),
        (
            "c7-4",
            "IWU: activities were reported, with the publication Facts & Wells <2024>.",
            ["A/99/1, para. 29."],
        ),
    ]


def test_nothing_of_a_draft_or_a_withdrawn_document_is_in_it(record):
    written = draft_json(build()).decode()
    for word in ("HIDDEN", "Hidden Body", "Secret", "A/99/2", "A/99/3"):
        assert word not in written
    assert queries.years() == [2024]
    assert [row.documents for row in queries.available()] == [2]


def test_gaps_name_empty_lines_applications_themes_regions_and_silent_contributors(record):
    gaps = [(gap.kind, gap.code) for gap in build().gaps]
    assert [code for kind, code in gaps if kind == "action-line"] == [
        code for code in [f"C{n}" for n in range(1, 12)] if code not in ("C2", "C7")
    ]
    assert [code for kind, code in gaps if kind == "application"] == [
        f"C7.{n}" for n in range(1, 9) if n != 4
    ]
    assert [code for kind, code in gaps if kind == "theme"] == [
        "theme:financing",
        "theme:internet-governance",
        "theme:measuring",
    ]
    assert [code for kind, code in gaps if kind == "contributor"] == ["sila"]


def test_a_programs_suggestion_does_not_file_a_paragraph(record):
    paragraph = record.report.paragraphs.get(anchor="p90")
    ParagraphConcept.objects.create(
        paragraph=paragraph, concept=make_label("C9"), given_by=GivenBy.TEXT
    )
    draft = build()
    assert "c9" not in [section.key for section, _paragraph in draft.paragraphs]
    assert [[item.anchor for item in items] for _source, items in draft.unfiled] == [["p90"]]


def test_a_merged_organization_is_named_as_its_successor(record):
    old = make_organization("Old Wells Office", "OWO")
    new = make_organization("New Wells Office", "NWO")
    old.merged_into = new
    old.save()
    make_paragraph(record.report, 40, text="", concepts=["C4"], organizations=[old])
    assert ("c4", "NWO: activities were reported.", ["A/99/1, para. 40."]) in lines_of(build())


def test_headings_and_sentences_are_in_the_language_and_quotations_in_theirs(record):
    draft = build("fr")
    assert draft.language == "fr"
    assert [section.title for section in draft.sections[:2]] == [
        "Principales tendances",
        "Mise en œuvre et suivi au niveau régional",
    ]
    assert lines_of(draft)[0][1].strip("«»“” \xa0\u202f") == "Wells matter."


def test_the_same_record_gives_the_same_draft(record):
    assert draft_json(build()) == draft_json(build())


def test_a_year_without_material_and_an_unknown_outline_are_refused(record):
    make_document("A/RES/98/1", kind="resolution", year=2023)
    with pytest.raises(NothingForYear, match=r"reports on 2023.*have documents: 2024\."):
        build(year=2023)
    with pytest.raises(UnknownOutline, match=r"“yearly”\. Known outlines: progress-report"):
        queries.find_outline("yearly")


def test_the_number_of_queries_does_not_grow_with_the_record(record):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            build()
        return len(captured)

    before = count()
    for number in range(3):
        document = make_document(f"A/99/{50 + number}")
        for place in range(1, 4):
            make_paragraph(document, place, concepts=["C3"], organizations=[make_organization()])
    assert count() == before <= 13


def test_a_year_whose_documents_stand_under_no_concept_is_not_offered(record):
    make_paragraph(make_document("A/60/1", year=2005), 1, section_titles=["Key trends"])
    assert queries.years() == [2024]
    assert [row.year for row in queries.available()] == [2024]
