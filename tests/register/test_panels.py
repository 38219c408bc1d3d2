"""What the register shows on other rooms' pages: exact counts, and nothing that is not public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rapporteur.directory.models import Country, GroupMembership
from rapporteur.framework.columns import action_line_columns
from rapporteur.framework.models import Concept
from rapporteur.framework.queries import Cell
from rapporteur.register import panels
from rapporteur.register.actions import drafting, merging, publishing
from rapporteur.register.content import Partner
from tests.factories.register import (
    AT,
    make_activity,
    make_draft,
    make_framework,
    make_organization,
    make_person,
    make_secretariat,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
UNION = {"organization": "Wells Union", "organization_slug": "wells-union"}


def concept(code):
    return Concept.objects.select_related("scheme").get(code=code)


def make_every_state(**values):
    """Make what must not show beside one activity that does; return the latter."""
    make_organization()
    shown = make_activity(title="Shown", **values)
    make_draft(title="Draft", **values)
    make_withdrawn(title="Withdrawn", **values)
    duplicate = make_activity(title="Duplicate", **values)
    merging.merge(source=duplicate, target=shown, by=make_secretariat(), at=AT)
    return shown


def told(context):
    found = context["found"]
    return found.count, [row.title for row in found.latest], found.query


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("C7.4", "action-line=C7.4"),
        ("C7", "action-line=C7"),
        ("SDG4", "sdg=SDG4"),
        ("SDG4.1", ""),
        ("GDC-11a", ""),
        ("target-group:women", ""),
        ("region:africa", "region=region:africa"),
        ("itu-region:africa", "itu-region=itu-region:africa"),
        ("stakeholder:governments", "stakeholder-group=stakeholder:governments"),
    ],
)
def test_a_concept_s_page_counts_published_entries_alone(rf, code, query):
    make_every_state(
        sdgs=("SDG4", "SDG4.1"),
        compact=("GDC-11a",),
        target_groups=("target-group:women",),
        regions=("region:africa", "itu-region:africa"),
        stakeholder_group="stakeholder:governments",
    )

    assert told(panels.on_concept(rf.get("/"), concept(code))) == (1, ["Shown"], query)


def test_a_concept_of_another_vocabulary_or_without_entries_shows_nothing(rf):
    make_activity()

    assert panels.on_concept(rf.get("/"), concept("SDG9")) is None
    assert panels.on_concept(rf.get("/"), concept("stakeholder:governments")) is None


def test_an_entry_under_two_applications_counts_once_under_their_action_line(rf):
    make_activity(action_lines=("C7.4", "C7.7"))
    make_activity(title="Other", action_lines=("C7.7", "C7"))

    counted = panels.on_concept(rf.get("/"), concept("C7"))["found"]

    assert counted.count == 2
    assert [row.title for row in counted.latest] == ["Other", "School wells online"]
    column = next(item for item in action_line_columns() if item.key == "activities")
    lines = [concept(code) for code in ("C3", "C7", "C7.4", "C7.7")]
    found = column.fill(rf.get("/"), lines)
    assert [found.get(line.pk) for line in lines] == [None, 2, 1, 2]


def test_a_region_counts_its_countries_of_now_and_what_names_the_region_once(rf):
    make_framework()
    africa, kenya = concept("region:africa"), Country.objects.get(iso3="KEN")
    GroupMembership.objects.create(country=kenya, concept=africa, source="test")
    GroupMembership.objects.create(
        country=Country.objects.get(iso3="NAM"),
        concept=africa,
        source="test",
        until=timezone.localdate() - timedelta(days=1),
    )
    make_activity(title="In Kenya")
    make_activity(title="Both ways", regions=("region:africa",))
    make_activity(title="Named", countries=(), coverage="regional", regions=("region:africa",))
    make_activity(title="In what left", countries=("NAM",))

    found = panels.on_concept(rf.get("/"), africa)["found"]

    assert found.count == 3
    assert [row.title for row in found.latest] == ["Named", "Both ways", "In Kenya"]


def test_an_organization_s_page_tells_its_own_and_its_partnerships(rf):
    shown = make_every_state(**UNION)
    make_activity(title="Of others", partners=(Partner("Wells Union", "wells-union"),))

    found = panels.on_organization(rf.get("/"), shown.organization)

    assert (found["own"].count, [row.title for row in found["own"].latest]) == (1, ["Shown"])
    assert found["own"].query == "organization=wells-union"
    assert (found["partner"].count, [row.title for row in found["partner"].latest]) == (
        1,
        ["Of others"],
    )


def test_an_organization_without_entries_shows_nothing(rf):
    assert panels.on_organization(rf.get("/"), make_organization()) is None


def test_a_country_s_page_counts_published_entries_alone(rf):
    make_every_state()

    found = panels.on_country(rf.get("/"), Country.objects.get(iso3="KEN"))

    assert told(found) == (1, ["Shown"], "country=KEN")


def test_a_cell_counts_what_stands_under_both(rf):
    make_every_state(action_lines=("C7.4",), sdgs=("SDG4.1",))
    make_activity(title="Line alone", sdgs=("SDG9",))
    cell = Cell(concept("C7"), concept("SDG4"), ())

    assert told(panels.on_cell(rf.get("/"), cell)) == (1, ["Shown"], "action-line=C7&sdg=SDG4")
    assert panels.on_cell(rf.get("/"), Cell(concept("C3"), concept("SDG4"), ())) is None


def test_the_home_page_counts_live_entries_and_says_what_that_is(client):
    make_every_state()

    page = client.get("/").content.decode()

    figure = panels.entries_figure(None)
    assert (figure["value"], figure["url"]) == (1, "/activities")
    assert figure["source_url"] == "/activities/definitions#live"
    assert "Shown" in page
    assert not any(title in page for title in ("Draft", "Withdrawn", "Duplicate"))


def test_a_change_is_counted_at_once():
    activity = make_activity()
    assert panels.entries_figure(None)["value"] == 1
    make_activity(title="Second")
    assert panels.entries_figure(None)["value"] == 2

    publishing.withdraw(activity=activity, reason="Over.", by=make_secretariat(), at=AT)

    assert panels.entries_figure(None)["value"] == 1


def test_the_account_s_page_counts_what_the_person_keeps(client):
    person = make_person()
    make_draft()
    make_activity(title="Published")
    make_draft(title="Of somebody else", by=make_person("other@example.org"))
    client.force_login(person)

    assert "You keep 2 activities in the register." in client.get("/account/me").content.decode()


def test_panels_cost_the_same_with_one_and_with_three(rf, django_assert_num_queries):
    make_organization()
    make_activity(**UNION)
    organization = make_organization()
    records = [
        (panels.on_concept, concept("C7")),
        (panels.on_organization, organization),
        (panels.on_country, Country.objects.get(iso3="KEN")),
        (panels.on_home, None),
    ]

    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        costs = []
        for fill, record in records:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                fill(rf.get("/"), record)
            costs.append(len(captured))
        return costs

    with_one = cost()
    make_activity(title="Second", **UNION)
    make_activity(title="Third", **UNION)

    assert cost() == with_one


def test_panels_say_the_same_with_an_index_and_of_many(rf, indexed, monkeypatch):
    make_every_state(sdgs=("SDG4.1",), regions=("region:africa",))
    records = [concept(code) for code in ("C7", "C7.4", "SDG4", "SDG4.1", "region:africa")]
    cell = Cell(concept("C7"), concept("SDG4"), ())

    def shown():
        found = [panels.on_concept(rf.get("/"), record) for record in records]
        return [told(item) for item in [*found, panels.on_cell(rf.get("/"), cell)]]

    counted = shown()
    indexed()
    monkeypatch.setattr("rapporteur.register.queries.panels.MANY", 0)

    assert shown() == counted
    assert [count for count, _titles, _query in counted] == [1] * 6


def test_a_change_that_waits_is_counted_as_the_published_words_are(rf):
    activity = make_activity(action_lines=("C3",))
    version = drafting.begin_change(activity=activity, by=make_person(), at=AT)
    from tests.factories.register import make_content

    drafting.save_draft(
        version=version, content=make_content(action_lines=("C4",)), by=make_person(), at=AT
    )

    assert panels.on_concept(rf.get("/"), concept("C4")) is None
    assert panels.on_concept(rf.get("/"), concept("C3"))["found"].count == 1
