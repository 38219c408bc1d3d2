from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import FaultyInput
from rapporteur.directory.actions.loading import load_pack
from rapporteur.directory.models import (
    Affiliation,
    Country,
    Facilitation,
    GroupMembership,
    Organization,
    OrganizationName,
)
from rapporteur.directory.queries import find_organization, organizations_by_key
from rapporteur.framework.models import Concept, ConceptScheme, Mapping
from rapporteur.framework.queries import leaves_of, matrix
from tests.factories.directory import make_organization
from tests.factories.pack import rows_of, write_pack

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)
ORGANIZATIONS = "directory/organizations.csv"


def load(folder, *, at=NOON, **options):
    """Load a folder; return {file: (added, changed, unchanged, retired, refused)}."""
    counts = load_pack(
        at=at,
        framework_folder=folder / "framework",
        directory_folder=folder / "directory",
        **options,
    )
    return {count.file: tuple(count.figures.values()) for count in counts}


def test_load_stores_every_file_and_counts_it(tmp_path):
    counts = load(write_pack(tmp_path))

    assert counts == {
        "schemes.csv": (4, 0, 0, 0, 0),
        "action-lines.csv": (3, 0, 0, 0, 0),
        "sdg.csv": (3, 0, 0, 0, 0),
        "regions.csv": (1, 0, 0, 0, 0),
        # Two commitments and the goals named beside them: two, and both.
        "compact.csv": (6, 0, 0, 0, 0),
        "matrix.csv": (4, 0, 0, 0, 0),
        "countries.csv": (2, 0, 0, 0, 0),
        "country_groups.csv": (2, 0, 0, 0, 0),
        "organizations.csv": (3, 0, 0, 0, 0),
        "facilitation.csv": (2, 0, 0, 0, 0),
    }
    health = Concept.objects.get(code="C7.4")
    assert (health.broader.code, health.scheme.code) == ("C7", "action-lines")
    assert health.names == {"en": "E-health", "fr": "Cybersanté"}
    assert health.short_names == {"en": "Health"}
    in_cell = Mapping.objects.filter(source_concept__code="C1", cell__code="SDG9")
    assert [
        (mapping.target_concept.code, mapping.place, mapping.rationale)
        for mapping in in_cell.order_by("pk")
    ] == [
        ("SDG9", 1, "Plans bring cables."),
        ("SDG3.d", 1, "Cables carry warnings."),
        ("SDG9", 2, "Plans bring cables twice."),
    ]
    assert Country.objects.get(iso3="KEN").aliases == ["Republic of Kenya"]
    assert Organization.objects.get(slug="amani").country.iso3 == "KEN"
    affiliation = Affiliation.objects.get()
    assert (affiliation.organization.slug, affiliation.body.slug) == ("itu", "ungis")
    assert affiliation.source == "Members"


def test_load_again_changes_nothing(tmp_path):
    folder = write_pack(tmp_path)
    load(folder)
    events = AuditEvent.objects.count()

    again = load(folder, at=LATER)

    assert {
        (added, changed, retired, refused)
        for added, changed, _unchanged, retired, refused in again.values()
    } == {(0, 0, 0, 0)}
    assert again["organizations.csv"] == (0, 0, 3, 0, 0)
    assert AuditEvent.objects.count() == events == 1


def test_load_records_one_event_with_the_counts(tmp_path):
    load(write_pack(tmp_path))

    event = AuditEvent.objects.get()
    assert event.verb == "framework.pack.loaded"
    assert event.details["matrix.csv"] == {
        "added": 4, "changed": 0, "unchanged": 0, "retired": 0, "refused": 0
    }  # fmt: skip


def test_dry_run_counts_the_same_and_stores_nothing(tmp_path):
    folder = write_pack(tmp_path)

    dry = load(folder, dry_run=True)

    assert not ConceptScheme.objects.exists()
    assert not Organization.objects.exists()
    assert not AuditEvent.objects.exists()
    assert dry == load(folder)


def test_what_the_files_lost_is_retired_and_comes_back(tmp_path):
    folder = write_pack(tmp_path)
    load(folder)
    write_pack(
        folder,
        action_lines=rows_of("framework/action-lines.csv")[:2],
        matrix=rows_of("framework/matrix.csv")[1:2],
        countries=rows_of("directory/countries.csv")[:1],
        country_groups=rows_of("directory/country_groups.csv")[:1],
        organizations=rows_of(ORGANIZATIONS)[:2],
        facilitation=rows_of("directory/facilitation.csv")[:1],
    )

    fewer = load(folder, at=LATER)

    assert fewer["action-lines.csv"] == (0, 0, 2, 1, 0)
    assert fewer["matrix.csv"] == (0, 0, 1, 3, 0)
    assert fewer["countries.csv"] == (0, 0, 1, 1, 0)
    assert fewer["country_groups.csv"] == (0, 0, 1, 1, 0)
    assert fewer["organizations.csv"] == (0, 0, 2, 1, 0)
    assert fewer["facilitation.csv"] == (0, 0, 1, 1, 0)
    assert Concept.objects.get(code="C7.4").retired_at == LATER
    assert Country.objects.get(iso3="EGY").retired_at == LATER
    assert Organization.objects.get(slug="amani").retired_at == LATER
    assert find_organization("Amani") is None
    assert Mapping.objects.filter(retired_at=LATER).count() == 3
    assert (GroupMembership.objects.count(), Facilitation.objects.count()) == (1, 1)

    back = load(write_pack(folder), at=LATER)

    assert back["action-lines.csv"] == (0, 1, 2, 0, 0)
    assert back["organizations.csv"] == (0, 1, 2, 0, 0)
    assert not Concept.objects.exclude(retired_at=None).exists()
    assert find_organization("amani foundation").slug == "amani"


def test_an_organization_counts_as_changed_when_only_a_name_is_new(tmp_path):
    folder = write_pack(tmp_path)
    load(folder)
    rows = rows_of(ORGANIZATIONS)
    rows[2] = (*rows[2][:6], "Amani;Amani Trust", *rows[2][7:])

    counts = load(write_pack(folder, organizations=rows))

    assert counts["organizations.csv"] == (0, 1, 2, 0, 0)
    assert find_organization("AMANI-TRUST").slug == "amani"


def test_what_a_person_edited_is_left_alone(tmp_path):
    folder = write_pack(tmp_path)
    load(folder)
    Organization.objects.filter(slug="itu").update(name="Our own name", edited_at=NOON)
    OrganizationName.objects.filter(organization__slug="itu", text="T-Union").delete()

    counts = load(folder, at=LATER)

    assert counts["organizations.csv"] == (0, 0, 3, 0, 0)
    assert Organization.objects.get(slug="itu").name == "Our own name"
    assert not OrganizationName.objects.filter(text="T-Union").exists()
    assert Facilitation.objects.filter(organization__slug="itu").count() == 2


def test_a_row_of_a_merged_organization_leads_to_where_it_was_merged(tmp_path):
    folder = write_pack(tmp_path)
    load(folder)
    ours = make_organization("World Telecoms", edited_at=NOON)
    OrganizationName.objects.filter(organization__slug="itu").update(organization=ours)
    Organization.objects.filter(slug="itu").update(merged_into=ours, edited_at=NOON)

    load(folder, at=LATER)

    merged = Organization.objects.get(slug="itu")
    assert (merged.merged_into, merged.retired_at) == (ours, None)
    assert set(Facilitation.objects.values_list("organization__slug", flat=True)) == {
        "world-telecoms"
    }
    assert find_organization("ITU") == ours


def test_a_row_whose_name_a_person_added_stands_for_that_organization(tmp_path):
    added = make_organization("Amani foundation", slug="amani-by-hand", edited_at=NOON)

    counts = load(write_pack(tmp_path))

    assert counts["organizations.csv"] == (2, 0, 0, 0, 1)
    assert not Organization.objects.filter(slug="amani").exists()
    assert find_organization("Amani Foundation") == added


def test_a_spelling_that_two_rows_claim_goes_to_the_name(tmp_path):
    rows = rows_of(ORGANIZATIONS)
    rows[0] = (*rows[0][:6], "Amani Foundation;UNGIS", *rows[0][7:])

    counts = load(write_pack(tmp_path, organizations=rows))

    assert counts["organizations.csv"] == (3, 0, 0, 0, 2)
    assert find_organization("Amani Foundation").slug == "amani"
    assert find_organization("ungis").slug == "ungis"


def test_a_name_may_move_from_one_organization_to_another(tmp_path):
    folder = write_pack(tmp_path)
    load(folder)
    rows = rows_of(ORGANIZATIONS)
    rows[0] = (*rows[0][:6], "ITU office", *rows[0][7:])
    rows[1] = (*rows[1][:6], "T-Union", *rows[1][7:])

    load(write_pack(folder, organizations=rows))

    assert find_organization("T-Union").slug == "ungis"
    assert OrganizationName.objects.filter(key="tunion").count() == 1


def test_bad_rows_are_named_and_nothing_is_stored(tmp_path):
    concepts = rows_of("framework/action-lines.csv")
    concepts[1] = ("C1", "C9", "first", "", "", "", "A plan")
    organizations = rows_of(ORGANIZATIONS)
    organizations[0] = (
        "itu",
        "ITU",
        "Telecom Union",
        "",
        "company",
        "XXX",
        "",
        "",
        "perhaps",
        "",
        "A list",
    )
    organizations[1] = ("ungis", "UNGIS", "Telecom union", "", "coalition", "", "", "", "", "", "")
    groups = [("KEN", "region:mars", "1963", "", "", "A list", "mail:someone")]
    folder = write_pack(
        tmp_path, action_lines=concepts, organizations=organizations, country_groups=groups
    )
    (folder / "directory" / "facilitation.csv").unlink()

    with pytest.raises(FaultyInput) as refusal:
        load(folder)

    assert [(str(fault.place), str(fault.message)) for fault in refusal.value.faults] == [
        ("action-lines.csv, row 3, column “broader”", "“C9” is not known."),
        ("action-lines.csv, row 3, column “code”", "“C1” stands here a second time."),
        ("action-lines.csv, row 3, column “name_en”", "The cell is empty and must not be."),
        ("action-lines.csv, row 3, column “order”", "“first” is not a whole number."),
        ("action-lines.csv, row 4, column “broader”", "“C7” is not known."),
        ("country_groups.csv, row 2, column “group”", "“region:mars” is not known."),
        (
            "country_groups.csv, row 2, column “since”",
            "“1963” is not a date. Expected a form like 2015-12-16.",
        ),
        (
            "country_groups.csv, row 2, column “source_link”",
            "“mail:someone” is not an address of the web (https://…).",
        ),
        ("facilitation.csv", "The file is not there."),
        ("organizations.csv, row 2, column “country”", "“XXX” is not known."),
        (
            "organizations.csv, row 2, column “kind”",
            "“company” is not one of the values of this column.",
        ),
        (
            "organizations.csv, row 2, column “ungis”",
            "“perhaps” is not one of the values of this column.",
        ),
        ("organizations.csv, row 2, column “ungis_source”", "The cell is empty and must not be."),
        (
            "organizations.csv, row 3, column “name”",
            "“Telecom union” is already a name of another organization.",
        ),
        ("organizations.csv, row 3, column “source”", "The cell is empty and must not be."),
    ]  # fmt: skip
    assert not ConceptScheme.objects.exists()
    assert not AuditEvent.objects.exists()


def test_what_no_address_or_column_can_hold_is_refused(tmp_path):
    concepts = [("C 1/2", "", "1", "x", "", "", "A plan")]
    organizations = [("Itu_Geneva", "A" * 41, "x" * 301, "", "other", "", *[""] * 4, "s" * 301)]
    countries = [("Ken", "K1", "40", "Kenya", "", "")]
    folder = write_pack(
        tmp_path,
        action_lines=concepts,
        matrix=[],
        organizations=organizations,
        countries=countries,
        country_groups=[],
        facilitation=[],
    )

    with pytest.raises(FaultyInput) as refusal:
        load(folder)

    assert {str(fault.place) for fault in refusal.value.faults} == {
        "action-lines.csv, row 2, column “code”",
        "countries.csv, row 2, column “iso2”",
        "countries.csv, row 2, column “iso3”",
        "countries.csv, row 2, column “m49”",
        "organizations.csv, row 2, column “acronym”",
        "organizations.csv, row 2, column “name”",
        "organizations.csv, row 2, column “slug”",
        "organizations.csv, row 2, column “source”",
    }


def test_load_takes_a_fixed_number_of_queries(tmp_path, django_assert_max_num_queries):
    with django_assert_max_num_queries(90):
        load_pack(at=NOON)
    with django_assert_max_num_queries(25):
        load_pack(at=NOON)


def test_command_prints_the_counts_and_names_the_faults(tmp_path, capsys):
    folder = write_pack(tmp_path)

    call_command("framework", "load", "--data", str(folder))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["added", "changed", "unchanged", "retired", "refused"]
    assert lines[-1].split() == ["total", "30", "0", "0", "0", "0"]
    (folder / "framework" / "sdg.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError) as error:
        call_command("framework", "load", "--data", str(folder))
    assert error.value.returncode == 2
    assert "sdg.csv: The file is not CSV in UTF-8." in capsys.readouterr().err


def test_keys_lead_to_organizations_in_one_query(tmp_path, django_assert_num_queries):
    load(write_pack(tmp_path))
    pk = Organization.objects.get(slug="itu").pk

    with django_assert_num_queries(1):
        keys = organizations_by_key()

    assert {key for key, value in keys.items() if value == pk} == {
        "itu", "telecomunion", "uniontelecom", "tunion", "ituoffice", "telegraphunion"
    }  # fmt: skip


def test_the_package_s_own_pack_loads_whole():
    counts = load_pack(at=NOON)

    assert [reason for count in counts for reason in count.refused] == []
    grid = matrix()
    assert (len(grid.rows), len(grid.goals)) == (18, 17)
    assert (grid.filled, grid.links, grid.links_to_targets, grid.links_to_goals) == (
        123,
        204,
        167,
        37,
    )
    for printed, slug in (
        ("the United Nations Children’s Fund", "unicef"),
        ("UN Women", "un-women"),
        ("International Telecommunications Union", "itu"),
        ("World Bank Group", "world-bank"),
    ):
        assert find_organization(printed).slug == slug
    leads = Facilitation.objects.filter(role="lead").values_list("concept__code", flat=True)
    assert {concept.code for concept in leaves_of("action-lines")} <= set(leads)
