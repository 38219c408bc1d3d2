from datetime import UTC, datetime

import pytest

from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import Conflict
from rapporteur.directory.actions import merging, organizations
from rapporteur.directory.actions.merging import (
    Moved,
    merge_organizations,
    on_merge,
    preview_merge,
    repoint,
)
from rapporteur.directory.actions.organizations import (
    OrganizationDetails,
    add_organization,
    edit_organization,
    version_of,
)
from rapporteur.directory.choices import FacilitationRole, MembershipKind
from rapporteur.directory.errors import CannotMerge, NameTaken, OrganizationChanged
from rapporteur.directory.models import Account, Affiliation, Facilitation, Membership, Organization
from rapporteur.directory.queries import find_organization, parser_names
from rapporteur.search.models import Change
from tests.factories.directory import (
    make_affiliation,
    make_country,
    make_facilitation,
    make_organization,
)
from tests.factories.framework import make_concept

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def secretary():
    return Account.objects.create_user("secretary@example.org")


def merge(source, target, by, **values):
    versions = (version_of(source), version_of(target))
    return merge_organizations(
        **{"source": source, "target": target, "versions": versions, "by": by, "at": NOON, **values}
    )


def edit(organization, by, *, version=None, at=NOON, **values):
    details = OrganizationDetails(**{"name": organization.name, **values})
    return edit_organization(
        organization=organization,
        details=details,
        version=version or version_of(organization),
        by=by,
        at=at,
    )


def test_an_added_organization_is_found_by_all_its_names(secretary):
    details = OrganizationDetails(
        name="Amani Foundation",
        acronym="AF",
        names={"fr": "Fondation Amani"},
        aliases=("Amani", "AMANI"),
        former_names=("Amani Club",),
        kind="civil-society",
        stakeholder_group=make_concept("stakeholder:civil-society"),
        country=make_country("KEN"),
        website="https://amani.example",
    )

    added = add_organization(details=details, by=secretary, at=NOON)

    for printed in ("af", "Fondation Amani", "the Amani", "amani-club"):
        assert find_organization(printed) == added
    assert (added.slug, added.edited_at, added.from_package) == ("af", NOON, False)
    assert added.names == {"en": "Amani Foundation", "fr": "Fondation Amani"}
    assert parser_names().organizations[0].aliases == ("Amani", "Amani Club")
    event = AuditEvent.objects.get()
    assert (event.verb, event.by, event.target_key) == (
        "directory.organization.added",
        secretary,
        str(added.pk),
    )


@pytest.mark.parametrize(
    ("name", "acronym", "slug"),
    [("Add", "ADD", "add-2"), ("منظمة", "", "organization"), ("Itu", "", "itu-3")],
)
def test_an_address_is_free_and_not_reserved(secretary, name, acronym, slug):
    make_organization("First Union", slug="itu")
    make_organization("Second Union", slug="itu-2")

    details = OrganizationDetails(name=name, acronym=acronym)

    assert add_organization(details=details, by=secretary, at=NOON).slug == slug


def test_a_name_of_another_organization_is_refused(secretary):
    bank = make_organization("World Bank", "WB")
    details = OrganizationDetails(name="New Bank", aliases=("W.B.", "The World Bank"))

    with pytest.raises(NameTaken) as refusal:
        add_organization(details=details, by=secretary, at=NOON)

    assert refusal.value.holders == {"W.B.": bank, "The World Bank": bank}
    assert Organization.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_of_two_that_add_one_name_at_once_the_later_is_refused(secretary, monkeypatch):
    """Both looked before either stored: the database's unique key decides."""
    real = organizations.refuse_taken_names
    looked = []

    def look_too_early(details, *, but=None):
        if looked:
            real(details, but=but)
        looked.append(details)

    bank = make_organization("World Bank", "WB")
    monkeypatch.setattr(organizations, "refuse_taken_names", look_too_early)

    with pytest.raises(NameTaken) as refusal:
        add_organization(details=OrganizationDetails(name="The World Bank"), by=secretary, at=NOON)

    assert refusal.value.holders == {"The World Bank": bank}
    assert Organization.objects.count() == 1
    looked.clear()
    monkeypatch.setattr(organizations, "new_slug", lambda details: bank.slug)
    with pytest.raises(Conflict, match="Somebody else added"):
        add_organization(details=OrganizationDetails(name="Other"), by=secretary, at=NOON)
    assert not AuditEvent.objects.exists()


def test_an_edit_replaces_names_and_says_what_changed(secretary):
    bank = make_organization("World Bank", "WB", aliases=["Bank Group"])

    edited = edit(bank, secretary, name="Bank of the World", acronym="WB", aliases=("The Bank",))

    assert find_organization("World Bank") is None
    assert find_organization("Bank Group") is None
    assert find_organization("bank") == edited
    assert edited.edited_at == NOON
    event = AuditEvent.objects.get()
    assert event.verb == "directory.organization.edited"
    assert event.details == {
        "name": ["World Bank", "Bank of the World"],
        "aliases": [["Bank Group"], ["The Bank"]],
        "kind": ["un-entity", "other"],
    }


def test_an_edit_brings_a_retired_organization_back(secretary):
    bank = make_organization("World Bank", retired_at=NOON)

    assert edit(bank, secretary).retired_at is None
    assert find_organization("World Bank") == bank


def test_of_two_edits_the_later_is_refused(secretary):
    bank = make_organization("World Bank")
    seen = version_of(bank)
    edit(bank, secretary, aliases=("The Bank",), version=seen)

    with pytest.raises(OrganizationChanged):
        edit(bank, secretary, aliases=("Their Bank",), version=seen, at=LATER)

    assert find_organization("The Bank") == bank
    assert find_organization("Their Bank") is None


def test_a_merged_organization_is_not_edited(secretary):
    bank = make_organization("World Bank")
    old = make_organization("Old Bank", merged_into=bank)

    with pytest.raises(Conflict, match="was merged into another"):
        edit(old, secretary)


def test_a_merge_moves_what_the_directory_says(secretary):
    bank = make_organization("World Bank", "WB", aliases=["Bank Group"])
    old = make_organization("Old Bank", "OB", former_names=["First Bank"])
    older = make_organization("Older Bank", merged_into=old)
    club = make_organization("Bank Club")
    line, other = make_concept("C1"), make_concept("C2")
    make_facilitation(bank, line)
    make_facilitation(old, line)
    make_facilitation(old, other, role=FacilitationRole.CO)
    make_affiliation(bank, club)
    make_affiliation(old, club)
    make_affiliation(old, bank)
    make_affiliation(club, old)
    both, one = (Account.objects.create_user(f"{name}@example.org") for name in ("both", "one"))
    Membership.objects.create(account=both, organization=bank, asked_at=NOON)
    Membership.objects.create(
        account=both,
        organization=old,
        kind=MembershipKind.FOCAL_POINT,
        asked_at=NOON,
        confirmed_at=NOON,
        confirmed_by=secretary,
    )
    Membership.objects.create(account=one, organization=old, asked_at=NOON)

    preview = preview_merge(source=old, target=bank)
    moved = merge(old, bank, secretary)

    old.refresh_from_db()
    older.refresh_from_db()
    assert (old.merged_into, old.retired_at, old.edited_at) == (bank, None, NOON)
    assert older.merged_into == bank
    for printed in ("Old Bank", "OB", "First Bank", "WB", "Bank Group"):
        assert find_organization(printed) == bank
    assert set(bank.other_names.values_list("text", "kind")) == {
        ("World Bank", "name"),
        ("WB", "acronym"),
        ("Bank Group", "alias"),
        ("Old Bank", "alias"),
        ("OB", "alias"),
        ("First Bank", "former"),
    }
    assert set(Facilitation.objects.values_list("organization__slug", "concept__code", "role")) == {
        ("wb", "C1", "lead"),
        ("wb", "C2", "co"),
    }
    assert set(Affiliation.objects.values_list("organization__slug", "body__slug")) == {
        ("wb", "bank-club"),
        ("bank-club", "wb"),
    }
    assert set(
        Membership.objects.values_list("account__email", "organization", "kind", "confirmed_at")
    ) == {
        ("both@example.org", bank.pk, "focal-point", NOON),
        ("one@example.org", bank.pk, "member", None),
    }
    assert [(str(item.title), item.count) for item in preview] == [
        ("Names and spellings", 3),
        ("Memberships of other bodies", 2),
        ("Members", 1),
        ("Roles on action lines", 2),
        ("People of the organization", 2),
        ("Organizations merged into it before", 1),
    ]
    assert {str(item.title) for item in moved} == {str(item.title) for item in preview}
    events = AuditEvent.objects.order_by("sequence").values_list("verb", "target_key")
    assert list(events) == [
        ("directory.organization.merged", str(old.pk)),
        ("directory.organization.merge-received", str(bank.pk)),
    ]


def test_rooms_say_how_their_references_move(secretary, monkeypatch):
    monkeypatch.setattr(merging, "_movers", dict(merging._movers))
    bank, old = make_organization("World Bank"), make_organization("Old Bank")
    country = make_country("KEN")
    asked = []

    @on_merge
    def move_countries(source, target, dry_run):
        asked.append((source, target, dry_run))
        yield Moved("Countries", 1)
        yield Moved("Nothing", 0)
        if not dry_run:
            country.names = {"en": target.name}
            country.save()

    on_merge(move_countries)
    preview = preview_merge(source=old, target=bank)
    moved = merge(old, bank, secretary)

    assert asked == [(old, bank, True), (old, bank, False)]
    assert Moved("Countries", 1) in preview
    assert Moved("Countries", 1) in moved
    assert "Nothing" not in [item.title for item in moved]
    country.refresh_from_db()
    assert country.name == "World Bank"


def test_a_merge_that_fails_moves_nothing(secretary, monkeypatch):
    monkeypatch.setattr(merging, "_movers", dict(merging._movers))
    bank, old = make_organization("World Bank"), make_organization("Old Bank")

    @on_merge
    def fail(source, target, dry_run):
        raise RuntimeError("a fault of the room")

    with pytest.raises(RuntimeError):
        merge(old, bank, secretary)

    old.refresh_from_db()
    assert old.merged_into is None
    assert find_organization("Old Bank") == old
    assert not AuditEvent.objects.exists()


def test_what_cannot_be_merged(secretary):
    bank = make_organization("World Bank")
    merged = make_organization("Merged Bank", merged_into=bank)
    retired = make_organization("Retired Bank", retired_at=NOON)

    for source, target in ((bank, bank), (merged, bank), (bank, merged), (bank, retired)):
        with pytest.raises(CannotMerge):
            merge(source, target, secretary)
    # A retired one may be merged away.
    assert merge(retired, bank, secretary)


def test_a_merge_of_what_changed_meanwhile_is_refused(secretary):
    bank, old = make_organization("World Bank"), make_organization("Old Bank")
    seen = (version_of(old), version_of(bank))
    edit(bank, secretary, aliases=("The Bank",))

    with pytest.raises(OrganizationChanged):
        merge(old, bank, secretary, versions=seen)


def test_repoint_counts_and_drops_what_would_be_double():
    bank, old = make_organization("World Bank"), make_organization("Old Bank")
    line, other = make_concept("C1"), make_concept("C2")
    make_facilitation(bank, line)
    make_facilitation(old, line)
    make_facilitation(old, other)
    alike = ("concept_id", "role")

    assert repoint(Facilitation, "organization", old, bank, alike=alike, dry_run=True) == 2
    assert old.facilitations.count() == 2
    assert repoint(Facilitation, "organization", old, bank, alike=alike) == 2
    assert (old.facilitations.count(), bank.facilitations.count()) == (0, 2)


def test_the_search_hears_of_every_change(secretary):
    bank = make_organization("World Bank")
    old = make_organization("Old Bank")

    added = add_organization(details=OrganizationDetails(name="New"), by=secretary, at=NOON)
    bank = edit(bank, secretary, aliases=("The Bank",))
    merge(old, bank, secretary)

    changes = Change.objects.filter(kind="directory.organization").order_by("pk")
    keys = list(changes.values_list("key", flat=True))
    assert keys[:2] == [str(added.pk), str(bank.pk)]
    assert set(keys[2:]) == {str(old.pk), str(bank.pk)}
