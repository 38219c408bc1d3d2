"""Activities for tests: real rows, made by the room's own actions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rapporteur.directory.choices import GrantedRole, MembershipKind
from rapporteur.directory.models import Account, Country, Membership, Organization, RoleGrant
from rapporteur.framework.models import Concept, ConceptScheme
from rapporteur.register.actions import drafting, publishing
from rapporteur.register.content import Content
from rapporteur.register.models import Activity, Version
from tests.policy.accounts import add_second_factor

AT = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
CODES = {
    "action-lines": ("C3", "C4", "C7", "C7.4", "C7.7"),
    "sdg": ("SDG4", "SDG4.1", "SDG9"),
    "gdc": ("GDC-11a",),
    "target-groups": ("target-group:women",),
    "regions": ("region:africa", "region:europe"),
    "itu-regions": ("itu-region:africa",),
    "stakeholder-groups": ("stakeholder:governments", "stakeholder:civil-society"),
}
COUNTRIES = {"KEN": ("KE", "404", "Kenya"), "NAM": ("NA", "516", "Namibia")}


def make_framework() -> None:
    """Make the few concepts and countries that the contents of tests use; twice is once."""
    for order, (scheme, codes) in enumerate(CODES.items()):
        held, _created = ConceptScheme.objects.get_or_create(
            code=scheme, defaults={"order": order, "titles": {"en": scheme}, "source": "test"}
        )
        for place, code in enumerate(codes):
            broader = code.rpartition(".")[0] if scheme in ("action-lines", "sdg") else ""
            Concept.objects.get_or_create(
                code=code,
                defaults={
                    "scheme": held,
                    "order": place,
                    "names": {"en": f"Name of {code}"},
                    "broader": Concept.objects.filter(code=broader).first() if broader else None,
                },
            )
    for iso3, (iso2, m49, name) in COUNTRIES.items():
        Country.objects.get_or_create(
            iso3=iso3, defaults={"iso2": iso2, "m49": m49, "names": {"en": name}}
        )


def make_person(email: str = "keeper@example.org", **values: Any) -> Account:
    found = Account.objects.filter(email=email).first()
    return found or Account.objects.create_user(email, "keeping-the-register-1", **values)


def make_secretariat(email: str = "secretariat@example.org") -> Account:
    account = make_person(email)
    RoleGrant.objects.get_or_create(
        account=account,
        role=GrantedRole.SECRETARIAT,
        defaults={"granted_at": AT},
    )
    add_second_factor(account)
    return Account.objects.get(pk=account.pk)


def make_focal_point(organization: Organization, email: str = "focal@example.org") -> Account:
    account = make_person(email)
    Membership.objects.get_or_create(
        account=account,
        organization=organization,
        defaults={"kind": MembershipKind.FOCAL_POINT, "asked_at": AT, "confirmed_at": AT},
    )
    return Account.objects.get(pk=account.pk)


def make_organization(slug: str = "wells-union", name: str = "Wells Union") -> Organization:
    found, _created = Organization.objects.get_or_create(
        slug=slug, defaults={"name": name, "kind": "civil-society"}
    )
    return found


def make_content(title: str = "School wells online", **values: Any) -> Content:
    """Return a content with nothing wrong in it; ``values`` replace fields."""
    made: dict[str, Any] = {
        "title": title,
        "description": "Maps the wells of village schools and tells when one runs dry.",
        "language": "en",
        "kind": "project",
        "status": "running",
        "coverage": "countries",
        "countries": ("KEN",),
        "starts": "2021",
        "action_lines": ("C7.4",),
        "sdgs": ("SDG4",),
    }
    return Content(**{**made, **values})


def make_draft(*, by: Account | None = None, at: datetime = AT, **values: Any) -> Version:
    """Return the first version of an activity, a draft."""
    make_framework()
    return drafting.begin_activity(content=make_content(**values), by=by or make_person(), at=at)


def make_submitted(*, by: Account | None = None, at: datetime = AT, **values: Any) -> Version:
    draft = make_draft(by=by, at=at, **values)
    return drafting.submit(version=draft, by=by or make_person(), at=at)


def make_activity(*, by: Account | None = None, at: datetime = AT, **values: Any) -> Activity:
    """Return a published activity."""
    version = make_submitted(by=by, at=at, **values)
    return publishing.publish(version=version, by=make_secretariat(), at=at)


def make_withdrawn(*, by: Account | None = None, at: datetime = AT, **values: Any) -> Activity:
    activity = make_activity(by=by, at=at, **values)
    return publishing.withdraw(activity=activity, reason="Ended.", by=make_secretariat(), at=at)
