import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.directory.actions.organizations import version_of
from rapporteur.directory.models import Account, Organization, RoleGrant
from rapporteur.directory.queries import find_organization
from tests.factories.directory import (
    make_affiliation,
    make_country,
    make_facilitation,
    make_group_membership,
    make_organization,
)
from tests.factories.framework import make_concept

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.SECOND_FACTOR_ROLES = ()


@pytest.fixture
def secretary():
    account = Account.objects.create_user("secretary@example.org")
    RoleGrant.objects.create(account=account, role="secretariat", granted_at=NOON)
    return account


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def listed(client, path):
    """Return the JSON rows of a list."""
    return json.loads(client.get(path).content)["rows"]


@pytest.fixture
def union():
    """An organization with everything that the directory may know of one."""
    union = make_organization(
        "Telecom <Union>",
        "TU",
        aliases=["T-Union"],
        former_names=["Telegraph Union"],
        stakeholder_group=make_concept("stakeholder:governments"),
        country=make_country("CHE"),
        website="https://union.example",
    )
    make_affiliation(union, make_organization("United Group", "UG"))
    make_facilitation(union, make_concept("C2"))
    return union


# Organizations


def test_the_list_filters_by_what_is_known(client, union):
    make_organization("Amani Foundation", kind="civil-society", aliases=["Fondation de l'Été"])
    make_organization("Gone Body", retired_at=NOON)
    make_organization("Merged Body", merged_into=union)
    everything = {"telecom", "tu", "ug", "amani-foundation"} - {"telecom"}

    def found(query):
        return {row["id"] for row in listed(client, f"/organizations?format=json&{query}")}

    assert found("") == everything
    assert found("q=t-UNION") == {"tu"}
    assert found("q=l'ete") == {"amani-foundation"}
    assert found("q=…") == set()
    assert found("kind=civil-society") == {"amani-foundation"}
    assert found("group=stakeholder:governments") == {"tu"}
    assert found("member=ug") == {"tu"}
    assert found("facilitates=any") == {"tu"}
    assert found("facilitates=partner") == set()
    assert found("country=CHE") == {"tu"}


def test_the_list_downloads_as_csv_with_formulas_kept_apart(client, union):
    make_organization("=SUM(A1)")

    text = b"".join(client.get("/organizations?format=csv")).decode("utf-8-sig")

    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["suma1"]["name"] == "'=SUM(A1)"
    assert rows["tu"] == {
        "id": "tu",
        "acronym": "TU",
        "name": "Telecom <Union>",
        "name_fr": "",
        "name_es": "",
        "name_ar": "",
        "name_ru": "",
        "name_zh": "",
        "other_names": "T-Union; Telegraph Union",
        "kind": "un-entity",
        "stakeholder_group": "stakeholder:governments",
        "country": "CHE",
        "facilitates": "C2 (lead)",
        "website": "https://union.example",
        "source": "A made-up list of organizations",
        "source_link": "",
    }


def test_a_filter_that_finds_nothing_says_what_to_do(client, union):
    text = page(client, "/organizations?q=nobody")

    assert "No organization matches." in text
    assert 'value="nobody"' in text


def test_an_organization_shows_what_is_known_of_it(client, union):
    text = page(client, "/organizations/tu")

    for shown in (
        "<h1>Telecom &lt;Union&gt; (TU)</h1>",
        "Telegraph Union",
        "T-Union",
        'href="/countries/CHE"',
        'href="/organizations/ug"',
        'href="/action-lines/C2"',
        "Lead facilitator",
        "A made-up outcome document",
    ):
        assert shown in text
    assert "Correct this entry" not in text
    data = json.loads(client.get("/organizations/tu?format=json").content)
    assert data["former_names"] == ["Telegraph Union"]
    assert data["facilitates"][0]["concept"] == "C2"


def test_a_merged_organization_leads_to_where_it_was_merged(client, union):
    old = make_organization("Old Union", merged_into=union)

    response = client.get(f"/fr/organizations/{old.slug}")

    assert (response.status_code, response["Location"]) == (301, "/fr/organizations/tu")
    assert "Old Union" in page(client, "/organizations/tu")


def test_a_retired_organization_says_so(client):
    gone = make_organization("Gone Body", retired_at=NOON)

    text = page(client, gone.get_absolute_url())
    assert "retired on" in text
    assert '<time datetime="2026-03-01">' in text


def test_an_action_line_shows_its_facilitators(client, union):
    make_facilitation(make_organization("Helper", "HLP"), make_concept("C3"), role="partner")

    assert 'href="/organizations/tu"' in page(client, "/action-lines/C2")
    text = page(client, "/action-lines/C3")
    assert "Partner" in text
    assert "Lead facilitator" not in text
    assert "Not known." in page(client, make_concept("C4").get_absolute_url())
    leads = {
        row["code"]: row["lead_facilitators"] for row in listed(client, "/action-lines?format=json")
    }
    assert leads == {"C2": ["TU"], "C3": [], "C4": []}


# Countries


@pytest.fixture
def africa():
    africa = make_concept("region:africa")
    kenya = make_country("KEN", aliases=["Republic of Kenya"])
    egypt = make_country("EGY", names={"en": "Egypt", "fr": "Égypte"})
    make_group_membership(kenya, africa)
    make_group_membership(egypt, africa, since=date(1958, 4, 29))
    make_group_membership(egypt, make_concept("region:western-asia"), until=date(2020, 1, 1))
    return africa


def test_countries_are_listed_in_the_readers_language_and_filtered(client, africa):
    make_country("CHE")

    def found(query):
        return [row["iso3"] for row in listed(client, f"/fr/countries?format=json&{query}")]

    # Égypte, Kenya, Switzerland
    assert found("") == ["EGY", "KEN", "CHE"]
    assert found("region=region:africa") == ["EGY", "KEN"]
    # Egypt left it.
    assert found("region=region:western-asia") == []
    assert found("q=republic") == ["KEN"]
    assert found("q=ke") == ["KEN"]
    assert found("q=egypte") == ["EGY"]
    assert "do not add up" in page(client, "/countries")


def test_a_country_shows_its_groups_with_dates(client, africa):
    text = page(client, "/countries/EGY")

    assert '<time datetime="1958-04-29">' in text
    assert '<time datetime="2020-01-01">' in text
    assert "do not add up" in text
    moved = client.get("/countries/egy")
    assert (moved.status_code, moved["Location"]) == (301, "/countries/EGY")
    assert client.get("/countries/XXX").status_code == 404
    groups = json.loads(client.get("/countries/EGY?format=json").content)["groups"]
    assert [(row["code"], row["since"], row["until"]) for row in groups] == [
        ("region:africa", "1958-04-29", None),
        ("region:western-asia", None, "2020-01-01"),
    ]


def test_regions_count_the_countries_of_today(client, africa):
    rows = listed(client, "/regions?format=json")

    assert [(row["code"], row["countries"]) for row in rows] == [
        ("region:africa", 2),
        ("region:western-asia", 0),
    ]
    text = page(client, "/regions/region:africa")
    assert 'href="/countries/KEN"' in text
    assert "do not add up" in text
    assert client.get("/regions/theme:none").status_code == 404
    assert client.get("/vocabularies/regions/region:africa")["Location"] == "/regions/region:africa"


# What the secretariat keeps


def test_the_secretariat_adds_an_organization(desk):
    make_concept("stakeholder:civil-society")
    make_country("KEN")
    body = {
        "name": "  Amani   Foundation ",
        "acronym": "AF",
        "name_fr": "Fondation Amani",
        "aliases": "Amani\r\n\r\nAMANI; Amani Trust",
        "kind": "civil-society",
        "stakeholder_group": "stakeholder:civil-society",
        "country": "KEN",
        "website": "amani.example",
    }

    response = desk.post("/organizations/add", body)

    assert (response.status_code, response["Location"]) == (302, "/organizations/af")
    added = find_organization("amani trust")
    assert (added.name, added.website) == ("Amani Foundation", "https://amani.example")
    assert (added.country.iso3, added.stakeholder_group.code) == (
        "KEN",
        "stakeholder:civil-society",
    )
    assert "The organization is added." in page(desk, "/organizations/af")


def test_a_faulty_form_keeps_what_was_typed_and_leads_to_each_field(desk):
    make_organization("World Bank", "WB")
    body = {
        "name": "New Bank",
        "aliases": "The World Bank\nMoney House",
        "acronym": "wb",
        "kind": "other",
        "website": "https://new.example",
    }

    response = desk.post("/organizations/add", body)

    text = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_aliases"' in text
    assert 'href="#id_acronym"' in text
    assert "“The World Bank” is a name of World Bank." in text
    assert "The World Bank\nMoney House</textarea>" in text
    assert 'value="https://new.example"' in text
    assert Organization.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("name", "", "Enter the organization&#x27;s name."),
        ("name", " – ", "The name needs at least one letter or digit."),
        ("name", "x" * 301, "300"),
        ("name", "a\x00b", "Null characters are not allowed."),
        ("aliases", "…", "has no letter or digit."),
        ("aliases", "y" * 301, "A name has at most 300 signs."),
        ("website", "javascript:alert(1)", "Enter an address of the web"),
        ("kind", "empire", "empire"),
        ("country", "XXX", "XXX"),
    ],
)
def test_what_a_form_refuses(desk, field, value, problem):
    body = {"name": "A name", "kind": "other", field: value}

    response = desk.post("/organizations/add", body)

    assert response.status_code == 422
    assert problem in response.content.decode()
    assert not Organization.objects.exists()


def test_a_correction_is_saved(desk, union):
    text = page(desk, "/organizations/tu/edit")
    assert "T-Union</textarea>" in text
    body = {
        "name": "Telecommunication Union",
        "acronym": "TU",
        "kind": "un-entity",
        "version": version_of(union),
    }

    response = desk.post("/organizations/tu/edit", body)

    assert (response.status_code, response["Location"]) == (302, "/organizations/tu")
    union.refresh_from_db()
    assert (union.name, union.country) == ("Telecommunication Union", None)
    assert find_organization("T-Union") is None


def test_a_correction_of_what_changed_meanwhile_shows_both_and_may_be_sent_again(desk, union):
    body = {
        "name": "My name",
        "acronym": "TU",
        "kind": "un-entity",
        "country": "CHE",
        "version": "seen before",
    }

    response = desk.post("/organizations/tu/edit", body)

    text = response.content.decode()
    assert response.status_code == 409
    assert "The record was changed after you opened this page." in text
    assert "<td>Telecom &lt;Union&gt;</td><td>My name</td>" in text
    assert 'value="My name"' in text
    assert f'value="{version_of(union)}"' in text
    union.refresh_from_db()
    assert union.name == "Telecom <Union>"
    again = {**body, "version": version_of(union)}
    assert desk.post("/organizations/tu/edit", again).status_code == 302
    union.refresh_from_db()
    assert union.name == "My name"


def test_two_organizations_are_merged_after_a_preview(desk, union):
    old = make_organization("Old Union", "OU")

    assert 'href="?into=tu"' in page(desk, "/organizations/ou/merge?into=telecom")
    assert "No organization is called “nobody”" in page(desk, "/organizations/ou/merge?into=nobody")
    text = page(desk, "/organizations/ou/merge?into=t-union")
    assert "Old Union (OU) becomes part of Telecom &lt;Union&gt; (TU)" in text
    assert "Names and spellings" in text
    body = {
        "into": "tu",
        "source_version": version_of(old),
        "target_version": version_of(union),
    }
    response = desk.post("/organizations/ou/merge", body)

    assert (response.status_code, response["Location"]) == (302, "/organizations/tu")
    assert find_organization("Old Union") == union
    assert client_redirects(desk, "/organizations/ou") == "/organizations/tu"
    assert desk.get("/organizations/ou/merge").status_code == 404
    assert desk.get("/organizations/ou/edit").status_code == 404


def client_redirects(client, path):
    response = client.get(path)
    assert response.status_code == 301
    return response["Location"]


def test_a_merge_that_cannot_be_says_why(desk, union):
    response = desk.get("/organizations/tu/merge?into=TU")
    assert response.status_code == 400
    assert "cannot be merged into itself" in response.content.decode()

    make_organization("Old Union", "OU")
    body = {"into": "tu", "source_version": "seen", "target_version": "before"}
    response = desk.post("/organizations/ou/merge", body)
    assert response.status_code == 409
    assert "was changed after you opened this page" in response.content.decode()
    assert Organization.objects.get(slug="ou").merged_into is None


def test_the_secretariat_sees_its_ways_in(desk, union):
    assert 'href="/organizations/tu/edit"' in page(desk, "/organizations/tu")
    assert 'href="/organizations/add"' in page(desk, "/desk")


# Cost


@pytest.mark.parametrize(
    "path",
    [
        "/organizations",
        "/organizations?format=csv",
        "/organizations?q=o&member=ug&facilitates=any",
        "/organizations/tu",
        "/organizations/ug",
        "/countries",
        "/countries?region=region:africa",
        "/countries/CHE",
        "/regions",
        "/regions/region:africa",
        "/action-lines",
        "/action-lines/C2",
    ],
)
def test_pages_take_as_many_queries_for_few_rows_as_for_many(client, union, africa, path):
    def count():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
            assert response.status_code == 200
            b"".join(response)
        return len(queries)

    group = Organization.objects.get(slug="ug")
    make_group_membership(union.country, africa)
    count()
    few = count()
    for number in (1, 2, 3):
        other = make_organization(
            f"Office {number}", country=union.country, aliases=[f"Bureau {number}"]
        )
        make_affiliation(other, group)
        make_affiliation(union, other)
        line = make_concept(f"C{number + 2}")
        make_facilitation(other, line)
        make_facilitation(union, line)
        make_facilitation(other, union.facilitations.first().concept, role="partner")
        region = make_concept(f"region:number-{number}")
        make_group_membership(union.country, region)
        make_group_membership(make_country(), africa)

    assert count() == few
