from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.library import searchables
from rapporteur.library.choices import DocumentState, GivenBy
from rapporteur.library.models import ParagraphConcept, ParagraphOrganization
from rapporteur.search import actions, queries
from rapporteur.search.models import Change
from rapporteur.search.queries import Question
from tests.factories.directory import make_organization
from tests.factories.framework import make_concept
from tests.factories.library import make_document, make_figure, make_paragraph

pytestmark = pytest.mark.django_db


def name(paragraph, organization):
    ParagraphOrganization.objects.create(
        paragraph=paragraph,
        organization=organization,
        printed=organization.name,
        given_by=GivenBy.RECORD,
    )


def load_one(paragraph):
    return next(iter(searchables.load_paragraphs([str(paragraph.pk)])))


def test_paragraph_is_found_by_its_text_place_and_facts():
    document = make_document("A/99/1", year=2024, state=DocumentState.PUBLISHED)
    paragraph = make_paragraph(
        document, 28, text="The union opened wells.", section_titles=["Trends", "Security"]
    )
    ParagraphConcept.objects.create(
        paragraph=paragraph, concept=make_concept("C5"), given_by=GivenBy.HEADING
    )
    name(paragraph, make_organization("Made-up Union", "MUU"))

    entry = load_one(paragraph)
    assert (entry.title, entry.text) == ({"en": "Security"}, {"en": "The union opened wells."})
    assert (entry.note, entry.year, entry.public) == ("A/99/1 ¶ 28", 2024, True)
    assert entry.facets == {"action-line": ["C5"], "organization": ["muu"]}
    assert entry.url == f"/documents/A/99/1/{paragraph.anchor}"


def test_paragraph_without_text_is_found_by_its_facts():
    paragraph = make_paragraph(make_document("A/99/1"), 3, text="")
    name(paragraph, make_organization("Made-up Union"))
    make_figure(paragraph, subject="people without a connection")

    assert load_one(paragraph).text == {"en": "Made-up Union · people without a connection"}


@pytest.mark.parametrize("state", [DocumentState.DRAFT, DocumentState.WITHDRAWN])
def test_what_is_not_published_is_not_public(state):
    document = make_document("A/99/1", state=state)
    paragraph = make_paragraph(document, 1, text="Secret")

    assert not load_one(paragraph).public
    assert [entry.public for entry in searchables.load_documents([str(document.pk)])] == [False]


def test_retired_paragraph_is_not_public():
    paragraph = make_paragraph(
        make_document("A/99/1"), 1, retired_at=datetime(2026, 1, 1, tzinfo=UTC)
    )

    assert not load_one(paragraph).public


def test_one_and_three_cost_the_same_queries():
    document = make_document("A/99/1")
    paragraphs = [make_paragraph(document, number) for number in (1, 2, 3)]
    for paragraph in paragraphs:
        name(paragraph, make_organization())
        ParagraphConcept.objects.create(
            paragraph=paragraph, concept=make_concept(), given_by=GivenBy.HEADING
        )
    counts = []
    for some in (paragraphs[:1], paragraphs):
        with CaptureQueriesContext(connection) as asked:
            list(searchables.load_paragraphs([str(paragraph.pk) for paragraph in some]))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_merge_notes_the_paragraphs_that_name_either():
    source, target = make_organization("One"), make_organization("Two")
    document = make_document("A/99/1")
    paragraphs = [make_paragraph(document, number) for number in (1, 2, 3)]
    name(paragraphs[0], source)
    name(paragraphs[1], target)
    Change.objects.all().delete()

    list(searchables.note_merged_mentions(source, target, True))
    before = Change.objects.count()
    list(searchables.note_merged_mentions(source, target, False))

    assert before == 0
    assert set(Change.objects.values_list("kind", "key")) == {
        ("library.paragraph", str(paragraph.pk)) for paragraph in paragraphs[:2]
    }


def test_every_room_is_found_through_the_index(settings, tmp_path):
    settings.SEARCH_INDEX = tmp_path / "index"
    make_concept("C5", names={"en": "Confidence and security"})
    make_organization("Security Union")
    document = make_document("A/99/1", title="On security", state=DocumentState.PUBLISHED)
    make_paragraph(document, 1, text="Security grew.")
    make_paragraph(make_document("A/99/2", state=DocumentState.DRAFT), 1, text="Security secret")
    actions.rebuild()

    found = queries.find(Question("security"))
    assert found.counts["kind"] == {
        "framework.concept": 1,
        "directory.organization": 1,
        "library.document": 1,
        "library.paragraph": 1,
    }
